"""What a run shows while it goes on: diffs on one stream, all else on the other."""

from __future__ import annotations

from dataclasses import replace
from typing import BinaryIO

import structlog

from enrich.model.outcome import Budget, PageOutcome, Report
from enrich.report.diff import coloured, readable, unified
from enrich.report.progress import Meter, budget, files
from enrich.report.sheet import visible
from enrich.report.tally import Tally

_log = structlog.get_logger()


class Screen:
    """Watches a run for the person before it.

    With `diff`, pages that change are shown on `out`, with `colour` for a terminal; with `keep` their patches go
    into the report. A stream that nobody reads any more is left alone; another fault of it is kept in `fault`:
    nothing here may stop a run.
    """

    def __init__(
        self,
        meter: Meter,
        tally: Tally,
        out: BinaryIO,
        *,
        diff: bool,
        colour: bool,
        quiet: bool,
        keep: bool = False,
    ) -> None:
        self.fault: OSError | None = None
        self._patches: dict[str, str] | None = {} if keep else None
        self._meter = meter
        self._tally = tally
        self._out: BinaryIO | None = out
        self._diff = diff
        self._colour = colour
        self._quiet = quiet
        self._is_asking = False

    def budget(self, plan: Budget) -> None:
        """Say the line before asking."""
        self._is_asking = True
        _log.info(
            "budget", works=plan.works, known=plan.known, requests=plan.requests, seconds=round(plan.seconds)
        )
        if not self._quiet:
            self._meter.say(budget(plan))

    def files(self, count: int, size: int) -> None:
        """Say what will be fetched to see which paper it is."""
        if not self._quiet:
            self._meter.say(files(count, size))

    def step(self, name: str, done: int, total: int) -> None:
        """Move the progress."""
        self._meter.step(name, done, total)

    def page(self, outcome: PageOutcome, old: bytes, new: bytes) -> None:
        """Print the page's diff."""
        _log.info(outcome.outcome, path=visible(outcome.path), changes=len(outcome.changes))
        if self._patches is not None:
            self._patches[outcome.path] = readable(outcome.path, old, new)
        if self._diff:
            diff = unified(outcome.path, old, new)
            self.show(coloured(diff) if self._colour else diff)

    def patched(self, report: Report) -> Report:
        """Return `report` with the patches that were kept."""
        if not self._patches:
            return report
        patches = self._patches
        return replace(
            report, pages=tuple(replace(page, patch=patches.get(page.path, "")) for page in report.pages)
        )

    def show(self, text: bytes) -> None:
        """Print `text` as it is."""
        if self._out is None:
            return
        try:
            if self._out.isatty():
                # Bars on the same terminal would be torn apart.
                self._meter.close()
            self._out.write(text)
            self._out.flush()
        except BrokenPipeError:
            self._out = None
        except OSError as error:
            self.fault, self._out = error, None

    def note(self, text: str) -> None:
        """Keep a hint for the summary; say it at once too where nothing has been asked yet."""
        self._tally.note(text)
        if not (self._is_asking or self._quiet):
            self._meter.say(visible(text))
