from __future__ import annotations

import pytest

from enrich.model.outcome import CitationOutcome, Outcome, PageOutcome, Report, Status
from enrich.report.html import coverage


def a_page(outcome: Outcome, *statuses: Status) -> PageOutcome:
    return PageOutcome(
        "a.md", outcome, citations=tuple(CitationOutcome("x", None, 1, each) for each in statuses)
    )


def a_report(*pages: PageOutcome) -> Report:
    return Report(False, 1.0, pages, (), ())


@pytest.mark.parametrize(
    ("page", "word"),
    [
        (a_page("written", "found", "found"), "resolved"),
        (a_page("unchanged", "found", "suspect"), "suspect"),
        (a_page("unchanged", "found", "suggested"), "suspect"),
        (a_page("unchanged", "found", "suspect", "not_found"), "unresolved"),
        (a_page("incomplete", "unavailable"), "unresolved"),
        (a_page("unchanged", "not_asked"), "unresolved"),
        (a_page("unchanged", "no_metadata"), "unresolved"),
        (a_page("no_citation"), "without"),
        (a_page("unchanged"), "without"),
        (a_page("skipped"), "unread"),
        (a_page("refused"), "unread"),
        (a_page("incomplete"), "unread"),
    ],
)
def test_a_page_counts_by_the_worst_of_its_citations(page: PageOutcome, word: str) -> None:
    counted = {part.word: part.count for part in coverage.pages(a_report(page)) if part.count}

    assert counted == {word: 1}


def test_each_citation_counts_once_and_the_shares_make_one() -> None:
    report = a_report(a_page("written", "found", "found", "suspect"), a_page("unchanged", "not_found"))
    parts = coverage.citations(report)

    assert [(part.word, part.count, part.share) for part in parts] == [
        ("resolved", 2, 0.5),
        ("suspect", 1, 0.25),
        ("unresolved", 1, 0.25),
    ]


def test_a_report_without_pages_has_parts_of_nothing() -> None:
    assert {part.share for part in coverage.pages(a_report())} == {0}
