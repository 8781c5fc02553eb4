"""Counting a run: what came in so far, the totals of a report, and the exit code that they mean."""

from __future__ import annotations

from collections import Counter
from typing import Final, get_args

from enrich.model.link import LinkStatus
from enrich.model.outcome import HostTraffic, Outcome, PageOutcome, Report, Status
from enrich.report.alerts import alerts
from enrich.report.sheet import count

# What `--fail-on` may name: everything that a person may want to be told of, so not the good ends.
FINDINGS: Final = (
    "skipped",
    "no_citation",
    "refused",
    "incomplete",
    "not_found",
    "no_metadata",
    "unavailable",
    "suspect",
    "not_asked",
    "broken",
    "blocked",
    "unknown",
    "other_paper",
    "suggested",
    "retracted",
)


class Tally:
    """Collects a run's results as they come, so that a run cut short still has a report.

    Everything is keyed: what is said again of the same page, work or host replaces what was said before.
    """

    def __init__(self) -> None:
        self._pages: dict[str, PageOutcome] = {}
        self._works: dict[str, Status] = {}
        self._requests: dict[str, HostTraffic] = {}
        self._notes: dict[str, None] = {}
        self._is_short = False

    def add_page(self, outcome: PageOutcome) -> None:
        """Take what became of one page."""
        self._pages[outcome.path] = outcome

    def knows(self, path: str) -> bool:
        """Tell whether the page at `path` was counted already."""
        return path in self._pages

    def page(self, path: str) -> PageOutcome:
        """Return what became of the page at `path`, which was counted."""
        return self._pages[path]

    def work(self, identifier: str, status: Status) -> None:
        """Take what one distinct identifier was resolved to; `suspect` belongs to citations, never here."""
        self._works[identifier] = status

    def requests(self, host: str, traffic: HostTraffic) -> None:
        """Take what was asked of one host so far, all of it and not only what is new."""
        self._requests[host] = traffic

    def note(self, text: str) -> None:
        """Take a hint for the person who reads the summary."""
        self._notes[text] = None

    def outdated(self, works: int) -> None:
        """Take that old answers serve for `works`, since nobody could be asked: the run is incomplete."""
        self._is_short = True
        self.note(
            f"old answers serve for {count(works, 'work')}, since no new ones could be had; the next run asks again"
        )

    def silent(self, host: str) -> None:
        """Take that one of the site's own hosts could not be asked at all: the run is incomplete."""
        self._is_short = True
        self.note(f"{host} could not be asked about any of its files; what pages say of them stays")

    def report(self, *, dry_run: bool, seconds: float, interrupted: int | None = None) -> Report:
        """Return the run so far, in sorted order; `interrupted` is the signal number that ended it."""
        return Report(
            dry_run=dry_run,
            seconds=seconds,
            pages=tuple(self._pages[path] for path in sorted(self._pages)),
            works=tuple(sorted(self._works.items())),
            requests=tuple(sorted(self._requests.items())),
            notes=tuple(self._notes),
            interrupted=interrupted,
            outdated=self._is_short,
        )


def totals(report: Report) -> dict[str, int]:
    """Return the report's counts: pages by outcome, distinct works by status, links by status.

    `suspect` and `suggested` count citations, `other_paper` links, `retracted` the entries that say so newly; a link
    counts wherever it stands on a page.
    """
    pages = Counter(page.outcome for page in report.pages)
    works = Counter(status for _, status in report.works)
    cited = Counter(cited.status for page in report.pages for cited in page.citations)
    works |= Counter({word: cited[word] for word in ("suspect", "suggested")})
    links = [link for page in report.pages for link in page.links]
    verdicts = Counter(link.status for link in links)
    return {
        "pages": len(report.pages),
        **{word: pages[word] for word in get_args(Outcome)},
        "works": len(report.works),
        **{word: works[word] for word in get_args(Status)},
        "links": len(links),
        **{word: verdicts[word] for word in get_args(LinkStatus)},
        "other_paper": sum(link.pdf == "other_paper" for link in links),
        "retracted": sum(alert.kind == "retracted" for alert in alerts(report)),
    }


def exit_code(report: Report, *, check: bool, fail_on: frozenset[str]) -> int:
    """Return what the run ends with: 0 done, 1 findings, 3 incomplete, 128 + a signal that cut it short.

    Findings are a page that would change under `check`, and any word of `fail_on` that was met. A link that
    could not be asked leaves no run incomplete: some host or other is always away.
    """
    if report.interrupted is not None:
        return 128 + report.interrupted
    counts = totals(report)
    if (check and counts["written"]) or any(counts[word] for word in fail_on):
        return 1
    return 3 if counts["incomplete"] or counts["unavailable"] or report.outdated else 0
