from __future__ import annotations

from dataclasses import replace

from enrich.model.outcome import Difference, PageOutcome, Report
from enrich.service.history import State
from enrich.service.news import news, told


def report(*broken: str) -> Report:
    """Return the report of a run that newly found the PDFs of these papers broken."""
    pages = tuple(
        PageOutcome(
            f"content/{paper[-1]}.md",
            "written",
            changes=(Difference(f"citations[{paper}].pdf", None, PDF, ""),),
        )
        for paper in broken
    )
    return Report(False, 1.0, pages, (), ())


PDF = {"url": "https://cdn.example/x.pdf", "status": "broken"}
A, B = "10.5555/a", "10.5555/b"
DRY = replace(report(A), dry_run=True)


def papers(one: Report, state: State) -> list[str]:
    return [alert.paper for alert in news(one, state)]


def test_what_comes_back_with_every_run_is_told_once() -> None:
    state = told(report(A), State(), "done")
    assert papers(report(A), State()) == [A]
    assert papers(report(A, B), state) == [B]
    assert papers(report(A, B), told(report(A, B), state, "done")) == []


def test_what_was_mended_and_breaks_again_is_news_again() -> None:
    state = told(report(), told(report(A), State(), "done"), "done")
    assert papers(report(A), state) == [A]


def test_a_run_that_did_not_see_every_page_makes_nothing_news_again() -> None:
    state = told(report(), told(report(A), State(), "done"), "incomplete")
    assert papers(report(A), state) == []


def test_what_a_run_found_before_it_was_cut_short_is_told_by_the_next_one() -> None:
    cut = told(report(A), State(), "interrupted")
    # The page says it by now, so the next run itself finds nothing new.
    assert papers(report(), cut) == [A]
    twice = told(report(B), cut, "interrupted")
    assert papers(report(), twice) == [A, B]
    assert papers(report(), told(report(), twice, "done")) == []


def test_a_dry_run_tells_nothing_and_changes_nothing() -> None:
    state = told(report(A), State(), "interrupted")
    assert papers(DRY, state) == []
    assert told(DRY, state, "done") == state
