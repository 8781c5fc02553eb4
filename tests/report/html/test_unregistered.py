from __future__ import annotations

from enrich.model.outcome import CitationOutcome, PageOutcome, Report
from enrich.report.html.unregistered import Unregistered, unregistered


def test_an_identifier_that_nobody_knows_is_listed_once_with_its_places() -> None:
    lost = CitationOutcome("10.1/x", None, 3, "not_found", "no agency knows it")
    words = CitationOutcome("Somebody. Something. 2001", None, 5, "not_found", in_words=True)
    found = CitationOutcome("10.1/y", "10.1/y", 7, "found")
    pages = tuple(PageOutcome(path, "unchanged", citations=(lost, words, found)) for path in ("a.md", "b.md"))

    assert unregistered(Report(False, 1.0, pages, (), ())) == (
        Unregistered("10.1/x", "no agency knows it", ("a.md:3", "b.md:3")),
    )
