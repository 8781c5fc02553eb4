from __future__ import annotations

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.report.sheet import Sheet, brief, count, duration, visible


def test_an_empty_sheet_is_an_empty_text() -> None:
    assert str(Sheet()) == ""


def test_a_short_entry_stands_beside_its_place_and_a_long_one_below_it() -> None:
    sheet = Sheet(width=40)
    sheet.entry("content/a.md:3", "is too large")
    sheet.entry("content/a.md:3", "is too large to be a text that people have written")
    assert str(sheet).splitlines() == [
        "  content/a.md:3  is too large",
        "  content/a.md:3",
        "    is too large to be a text that",
        "    people have written",
    ]


def test_a_path_is_never_broken() -> None:
    sheet = Sheet(width=20)
    path = "content/a folder/" + "long-" * 20 + "name.md:12"
    sheet.entry(path, "x")
    assert str(sheet).splitlines()[0] == f"  {path}"


def test_parts_are_parted_by_an_empty_line_and_the_first_one_is_not() -> None:
    sheet = Sheet()
    sheet.head("one")
    sheet.head("two")
    assert str(sheet) == "one\n\ntwo\n"


def test_markup_of_a_page_stays_text() -> None:
    sheet = Sheet(colour=True)
    sheet.entry("[red]a[/red].md", ":smile: [link=x]y[/link]", style="")
    assert str(sheet) == "  [red]a[/red].md  :smile: [link=x]y[/link]\n"


def test_colour_is_there_only_when_wanted() -> None:
    for colour in (True, False):
        sheet = Sheet(colour=colour)
        sheet.head("x", "bold red")
        assert ("\x1b[" in str(sheet)) is colour


@law(max_examples=150, deadline=None)
@given(st.text(), st.text(), st.integers(20, 100))
def test_nothing_on_a_page_can_steer_the_terminal(place: str, words: str, width: int) -> None:
    sheet = Sheet(width=width)
    sheet.entry(place, words)
    sheet.line(words, indent=4, hang=4)
    text = str(sheet)
    assert not [
        char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")
    ]
    text.encode("utf-8")


def test_what_hides_is_spelled_out() -> None:
    assert visible("a\x1b[31m\u202eb\n\udcff") == "a\\x1b[31m\\u202eb\\n\\udcff"
    assert visible("naïve 日本 ελ") == "naïve 日本 ελ"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Nutr", "'Nutr'"),
        (None, "None"),
        (datetime.date(2022, 4, 20), "2022-04-20"),
        (["A B", "C"], "['A B', 'C']"),
        ({"doi": "10.1/x", "n": 3}, "doi: '10.1/x', n: 3"),
    ],
)
def test_a_value_is_said_briefly(value: object, text: str) -> None:
    assert brief(value) == text


def test_a_long_value_is_cut() -> None:
    assert len(brief("x" * 1000)) == 72
    assert len(brief(["x" * 1000] * 1000, 50)) == 50


def test_numbers_are_said_with_their_noun() -> None:
    assert [count(1, "page"), count(0, "page"), count(14_000, "page")] == [
        "1 page",
        "0 pages",
        "14,000 pages",
    ]
    assert count(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (0.04, "0 s"),
        (0.42, "0.4 s"),
        (3.0, "3 s"),
        (9.96, "10 s"),
        (119.4, "119 s"),
        (120, "2 min"),
        (200, "3 min 20 s"),
        (7199, "119 min 59 s"),
        (7200, "2 h"),
        (7500, "2 h 5 min"),
    ],
)
def test_durations_are_said_as_people_say_them(seconds: float, text: str) -> None:
    assert duration(seconds) == text
