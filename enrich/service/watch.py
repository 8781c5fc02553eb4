"""What the service sees of a run that goes on: its events for the log, how far it has come, and its diffs."""

from __future__ import annotations

import structlog

from enrich.model.outcome import Budget, PageOutcome
from enrich.report.diff import unified
from enrich.report.sheet import visible
from enrich.report.tally import Tally

_log = structlog.get_logger()


class Watch:
    """Watches one run. `step`, `done` and `total` say how far it is, `patches` what changes, by page."""

    def __init__(self, tally: Tally) -> None:
        self.at = ("", 0, 0)
        self.patches: dict[str, str] = {}
        self._tally = tally

    def budget(self, plan: Budget) -> None:
        """Log what is about to be asked."""
        _log.info(
            "budget", works=plan.works, known=plan.known, requests=plan.requests, seconds=round(plan.seconds)
        )

    def files(self, count: int, size: int) -> None:
        """Log what is about to be fetched and read."""
        _log.info("files", count=count, bytes=size)

    def step(self, name: str, done: int, total: int) -> None:
        """Remember how far the run has come."""
        self.at = (name, done, total)

    def page(self, outcome: PageOutcome, old: bytes, new: bytes) -> None:
        """Log a page that is written, and keep its diff."""
        _log.info(outcome.outcome, path=visible(outcome.path), changes=len(outcome.changes))
        self.patches[outcome.path] = unified(outcome.path, old, new).decode("utf-8", "replace")

    def note(self, text: str) -> None:
        """Keep a hint for the report."""
        self._tally.note(text)
        _log.warning("note", text=text)
