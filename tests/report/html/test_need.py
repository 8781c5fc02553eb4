from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.model.outcome import CitationOutcome, Difference, Kept, LinkOutcome, PageOutcome, Status
from enrich.report.html.need import need

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
    needs = list(map(need, PRESSING))
    ranks = [each.rank for each in needs]

    assert ranks == sorted(set(ranks))
    assert all(each.is_pressing for each in needs)
    assert [each.words for each in needs] == [
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
    assert not need(page).is_pressing
    assert need(page).rank > max(need(each).rank for each in PRESSING)


def test_among_the_others_the_written_ones_come_first() -> None:
    assert need(replace(PAGE, outcome="written")).rank < need(PAGE).rank


def test_a_quiet_page_says_what_changes_what_is_kept_or_why_it_was_left() -> None:
    change = Difference("citations[10.1/x]", None, {}, "")
    kept = Kept("citations[10.1/x].journal", "a", "b")

    assert need(replace(PAGE, changes=(change,), kept=(kept,))).words == (
        "1 paper added; 1 value kept as a person left it"
    )
    assert need(replace(PAGE, outcome="skipped", reason="opted out")).words == "opted out"
    assert need(PAGE).words == ""
