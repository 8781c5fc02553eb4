"""The report that a person reads: one HTML document that needs no network and is readable without its script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from markupsafe import Markup

from enrich.model.outcome import CitationOutcome, PageOutcome, Report
from enrich.report import addresses, headline
from enrich.report.alerts import alerts
from enrich.report.html import change, columns, coverage, inline, papers, since, view
from enrich.report.html.desk import Desk
from enrich.report.html.hosts import hosts
from enrich.report.html.listing import listing
from enrich.report.html.unregistered import unregistered
from enrich.report.tally import totals

# How many rows a table of findings has; what is left out is said, and every page has its own in the list.
_LISTED: Final = 300
_JOURNALS: Final = 15


def render(
    report: Report, exit_code: int, before: Mapping[str, object] | None = None, *, desk: Desk | None = None
) -> str:
    """Return the report as HTML.

    `before` is the JSON report of the run before this one, as it was parsed. With a `desk` it is the service's
    page, where what is undecided can be decided.
    """
    body = view.body()
    template = view.environment().get_template("report.html")
    text = template.render(
        report=report,
        exit_code=exit_code,
        desk=desk,
        policy=inline.within(desk),
        style=Markup(inline.style()),  # noqa: S704 - our own file
        script=Markup(inline.script()),  # noqa: S704 - our own file
        since=since.since(report, before) if before is not None else None,
        pages=listing(report.pages, lambda page: body(page, desk)),
        listed=_LISTED,
        **_pictures(report),
        **_findings(report),
    )
    # A file name that is no UTF-8 holds lone surrogates.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def policy(desk: Desk | None = None) -> str:
    """Return the Content-Security-Policy that goes with what `render` returns, as the header's value."""
    return inline.policy(desk)


def _pictures(report: Report) -> dict[str, object]:
    works = papers.distinct(report)
    years = papers.by_year(works)
    return {
        "covered": coverage.pages(report),
        "cited": coverage.citations(report),
        "works": len(works),
        "years": years,
        "columns": columns.columns(years),
        "journals": papers.by_journal(works),
        "top": _JOURNALS,
    }


def _findings(report: Report) -> dict[str, object]:
    news = alerts(report)
    return {
        "totals": totals(report),
        "counted": tuple(headline.counted(report)),
        "fallen": papers.fallen(report, news),
        "broke": sum(alert.kind == "broken_pdf" for alert in news),
        "changed": change.counted(each for page in report.pages for each in page.changes),
        "wrong": _wrong(report),
        "unregistered": unregistered(report),
        "undecided": tuple(_undecided(report)),
        "hosts": hosts(report),
        "kept": tuple((page, kept) for page in report.pages for kept in page.kept),
    }


def _wrong(report: Report) -> tuple[addresses.Address, ...]:
    """Return the links that are known to be wrong, PDFs of another paper first."""
    return addresses.gathered(report, addresses.is_other_paper) + addresses.gathered(
        report, lambda link: addresses.is_broken(link) and not addresses.is_other_paper(link)
    )


def _undecided(report: Report) -> Iterator[tuple[PageOutcome, CitationOutcome]]:
    for page in report.pages:
        yield from ((page, cited) for cited in page.citations if cited.status in view.UNDECIDED)
