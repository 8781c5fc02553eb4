"""What a run shows while it goes on: diffs on one stream, all else on the other."""

from __future__ import annotations

from typing import BinaryIO

import structlog

from enrich.model.outcome import Budget, PageOutcome
from enrich.report.diff import coloured, unified
from enrich.report.progress import Meter, budget
from enrich.report.sheet import visible
from enrich.report.tally import Tally

_log = structlog.get_logger()


class Screen:
    """Watches a run for the person before it.

    Diffs go to `diffs` where that is given, with `colour` for a terminal. A stream that nobody reads any more
    is left alone; another fault of it is kept in `fault`, since nothing here may stop a run.
    """

    def __init__(
        self, meter: Meter, tally: Tally, *, diffs: BinaryIO | None, colour: bool, quiet: bool
    ) -> None:
        self.fault: OSError | None = None
        self._meter = meter
        self._tally = tally
        self._diffs = diffs
        self._colour = colour
        self._quiet = quiet

    def budget(self, plan: Budget) -> None:
        """Say the line before asking."""
        _log.info(
            "budget", works=plan.works, known=plan.known, requests=plan.requests, seconds=round(plan.seconds)
        )
        if not self._quiet:
            self._meter.say(budget(plan))

    def step(self, name: str, done: int, total: int) -> None:
        """Move the progress."""
        self._meter.step(name, done, total)

    def page(self, outcome: PageOutcome, old: bytes, new: bytes) -> None:
        """Print the page's diff."""
        _log.info(outcome.outcome, path=visible(outcome.path), values=len(outcome.changes))
        if self._diffs is None:
            return
        diff = unified(outcome.path, old, new)
        if self._diffs.isatty():
            # Bars on the same terminal would be torn apart by the diff.
            self._meter.close()
        try:
            self._diffs.write(coloured(diff) if self._colour else diff)
            self._diffs.flush()
        except BrokenPipeError:
            self._diffs = None
        except OSError as error:
            self.fault, self._diffs = error, None

    def note(self, text: str) -> None:
        """Keep a hint for the summary."""
        self._tally.note(text)
