from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.page import Citation, Link, Mention, Page, Refusal, Span
from enrich.store.glance import Glances

DOI = Doi("10.5555/a")
CITATION = Citation(
    (DOI, Doi("10.5555/b")),
    (Mention("10.5555/A.", (DOI,), Span(3, 9), 2, 0, 1, "stray full stop"),),
    (Claims("Heading", ("T",), "A B", ("J",), (2021,), "3", "14", "text"),),
)
LINK = Link("https://cdn.example.org/a.pdf", Span(30, 60), 4, 0, 2)
PAGE = Page("site/a.md", "d1", {"citations": [{"doi": "10.5555/a"}]}, DOI, (CITATION,), (LINK,))


def never() -> Page:
    raise AssertionError("looked again")


def finds(page: Page) -> Callable[[], Page]:
    return lambda: page


class Rows(dict[str, str]):
    def put(self, key: str, text: str) -> None:
        self[key] = text


def test_a_page_that_has_not_changed_is_not_looked_at_again() -> None:
    rows = Rows()
    assert Glances(rows, "t").look("a.md", "site/a.md", "d1", finds(PAGE)) == PAGE

    assert Glances(rows, "t").look("a.md", "site/a.md", "d1", never) == PAGE


def test_what_was_found_is_shown_under_the_name_it_has_now() -> None:
    rows = Rows()
    Glances(rows, "t").look("a.md", "site/a.md", "d1", finds(PAGE))

    assert Glances(rows, "t").look("a.md", "a.md", "d1", never).path == "a.md"


@pytest.mark.parametrize(("terms", "digest"), [("t", "d2"), ("u", "d1")])
def test_other_bytes_or_other_terms_are_looked_at(terms: str, digest: str) -> None:
    rows = Rows()
    Glances(rows, "t").look("a.md", "site/a.md", "d1", finds(PAGE))
    other = Page("site/a.md", digest)

    assert Glances(rows, terms).look("a.md", "site/a.md", digest, finds(other)) == other


@pytest.mark.parametrize(
    "page",
    [
        Page("a.md", "d1", {"citations": [{"published": datetime.date(2021, 7, 1)}]}),
        Page("a.md", "d1", refusal=Refusal("broken", 3)),
        Page("a.md", "d1", skipped="no front matter"),
    ],
)
def test_what_json_cannot_hold_is_not_kept(page: Page) -> None:
    rows = Rows()

    assert Glances(rows, "t").look("a.md", "a.md", "d1", finds(page)) == page
    assert not rows


@settings(deadline=None)
@given(st.text() | st.just('["t","d1",{}]') | st.just('["t","d1",[],"",[[1,2]]]'))
def test_a_damaged_row_is_as_good_as_none(text: str) -> None:
    rows = Rows({"look/a.md": text})

    assert Glances(rows, "t").look("a.md", "site/a.md", "d1", finds(PAGE)) == PAGE
