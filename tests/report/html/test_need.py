from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.model.outcome import CitationOutcome, Difference, Kept, LinkOutcome, PageOutcome, Status
from enrich.report.html import need

PAGE = PageOutcome("a.md", "unchanged")


def citing(status: Status, standing: str = "", *, in_words: bool = False) -> PageOutcome:
    return replace(
        PAGE, citations=(CitationOutcome("x", None, 1, status, in_words=in_words, standing=standing),)
    )


PRESSING = [
    citing("found", "retracted"),
    replace(PAGE, links=(LinkOutcome("u", 1, "ok", pdf="other_paper"),)),
    replace(PAGE, links=(LinkOutcome("u", 1, "broken"),)),
    citing("suspect"),
    citing("suggested"),
    citing("not_found"),
    replace(PAGE, outcome="refused", reason="the block is never closed"),
    replace(PAGE, outcome="incomplete", reason="Crossref did not answer"),
]


def test_pages_are_ranked_by_how_pressing_they_are() -> None:
    ranks = list(map(need.rank, PRESSING))

    assert ranks == sorted(set(ranks))
    assert all(map(need.is_needed, PRESSING))
    assert [need.words(page) for page in PRESSING] == [
        "1 citation of a retracted or doubted paper",
        "1 PDF of another paper",
        "1 broken link",
        "1 suspect citation",
        "1 suggestion",
        "1 DOI that nobody knows",
        "the block is never closed",
        "Crossref did not answer",
    ]


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        replace(PAGE, outcome="written"),
        replace(PAGE, outcome="skipped", reason="opted out"),
        citing("found", "corrected"),
        citing("not_found", in_words=True),
        replace(
            PAGE, links=(LinkOutcome("u", 1, "blocked"), LinkOutcome("u", 1, "broken", "not registered"))
        ),
    ],
)
def test_a_page_that_nobody_need_see_comes_after_those(page: PageOutcome) -> None:
    assert not need.is_needed(page)
    assert need.needs(page) == ()
    assert need.rank(page) > max(map(need.rank, PRESSING))


def test_among_the_others_the_written_ones_come_first() -> None:
    assert need.rank(replace(PAGE, outcome="written")) < need.rank(PAGE)


def test_a_quiet_page_says_what_changes_what_is_kept_or_why_it_was_left() -> None:
    change = Difference("citations[10.1/x]", None, {}, "")
    kept = Kept("citations[10.1/x].journal", "a", "b")

    assert need.words(replace(PAGE, changes=(change,), kept=(kept,))) == (
        "1 paper added; 1 value kept as a person left it"
    )
    assert need.words(replace(PAGE, outcome="skipped", reason="opted out")) == "opted out"
    assert need.words(PAGE) == ""
