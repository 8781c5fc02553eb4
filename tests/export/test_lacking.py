from __future__ import annotations

from enrich.export.lacking import lacking
from enrich.model.outcome import CitationOutcome, PageOutcome, Report, Status


def reported(*pages: PageOutcome, works: tuple[tuple[str, Status], ...] = ()) -> Report:
    return Report(True, 0.0, pages, works, ())


def test_nothing_is_said_of_a_whole_bibliography() -> None:
    page = PageOutcome("a.md", "written", citations=(CitationOutcome("10.1/a", "10.1/a", 1, "found"),))

    assert [*lacking(reported(page, PageOutcome("b.md", "skipped"), works=(("10.1/a", "found"),)))] == []


def test_each_reason_is_counted_with_what_to_do() -> None:
    doubtful = (
        CitationOutcome("10.1/S", "10.1/s", 1, "suspect"),
        CitationOutcome("10.1/s", "10.1/s", 9, "suspect"),
        CitationOutcome("Marten 2012", None, 12, "suggested"),
    )
    works: tuple[tuple[str, Status], ...] = (
        ("10.1/a", "not_asked"),
        ("10.1/b", "not_asked"),
        ("10.1/c", "not_found"),
        ("10.1/d", "no_metadata"),
        ("10.1/e", "unavailable"),
        ("10.1/s", "found"),
    )

    assert [*lacking(reported(PageOutcome("a.md", "written", citations=doubtful), works=works))] == [
        "2 papers are not in the store and left out; say `enrich run` first",
        "1 paper is left out, since a source failed; run again",
        "2 papers are left out: no registry describes what the pages name; see `enrich run`",
        "2 papers are left out as suspect or only suggested; see `enrich run`",
    ]


def test_a_page_that_could_not_be_read_is_named() -> None:
    refused = PageOutcome("a.md", "refused", "the YAML is broken", 3)
    unread = PageOutcome("b.md", "incomplete", "permission denied")

    assert [*lacking(reported(refused, unread))] == [
        "a.md:3: left out: the YAML is broken",
        "b.md: left out: permission denied",
    ]
