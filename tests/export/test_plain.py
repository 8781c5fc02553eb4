from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.export.plain import line, page_range
from enrich.model.work import Work


@given(text=st.text(st.characters()))
@settings(max_examples=200, deadline=None)
def test_a_line_has_no_breaks_and_is_its_own_line(text: str) -> None:
    said = line(text)

    assert len(said.splitlines()) <= 1
    assert line(said) == said
    assert "\0" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" a\r\n  b\tc\u2028d ", "a b c d"),
        ("a\0b\x07c", "abc"),
        ("e\u0301", "\u00e9"),
        ("\udcff.md", "\ufffd.md"),
    ],
    ids=["white space", "controls", "composed", "half a character"],
)
def test_a_line_is_mended(text: str, said: str) -> None:
    assert line(text) == said


@pytest.mark.parametrize(
    ("pages", "number", "first", "last"),
    [
        ("123-130", "", "123", "130"),
        ("S155-S156", "", "S155", "S156"),
        ("233-240.e2", "", "233", "240.e2"),
        ("1-2-1-10", "", "1-2", "1-10"),
        ("1-5, 7-9", "", "1-5, 7-9", ""),
        ("e94", "e94", "e94", ""),
        ("2020-15", "2020-15", "2020-15", ""),
        ("1-2-3", "", "1-2-3", ""),
        ("-9", "", "-9", ""),
        ("", "", "", ""),
    ],
)
def test_pages_are_a_range_only_where_they_clearly_are(
    pages: str, number: str, first: str, last: str
) -> None:
    assert page_range(Work(None, pages=pages, article_number=number)) == (first, last)
