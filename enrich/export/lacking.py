"""What a bibliography made from the store lacks, in sentences that say what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from enrich.model.outcome import Report


def lacking(report: Report) -> Iterator[str]:
    """Yield one sentence for each reason why something that the pages cite is left out."""
    works = Counter(status for _, status in report.works)
    if asked := works["not_asked"]:
        yield f"{_papers(asked)} not in the store and left out; say `enrich run` first"
    if failed := works["unavailable"]:
        yield f"{_papers(failed)} left out, since a source failed; run again"
    if unknown := works["not_found"] + works["no_metadata"]:
        yield f"{_papers(unknown)} left out: no registry describes what the pages name; see `enrich run`"
    if doubtful := len(_doubtful(report)):
        yield f"{_papers(doubtful)} left out as suspect or only suggested; see `enrich run`"
    for page in report.pages:
        if page.outcome in ("refused", "incomplete") and not page.citations:
            line = f":{page.line}" if page.line else ""
            yield f"{page.path}{line}: left out: {page.reason}"


def _papers(number: int) -> str:
    return f"{number:,} paper is" if number == 1 else f"{number:,} papers are"


def _doubtful(report: Report) -> set[str]:
    cited = (citation for page in report.pages for citation in page.citations)
    return {one.doi or one.identifier for one in cited if one.status in ("suspect", "suggested")}
