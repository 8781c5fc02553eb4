"""One run as a person meets it: opened, watched, cut short or not, and reported."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from rich.console import Console

from enrich.door import interrupt, workspace
from enrich.door.screen import Screen
from enrich.model.outcome import Report
from enrich.report import github, json_report, junit, markdown, sarif
from enrich.report.html import page
from enrich.report.progress import Bars, Lines, Meter, Silence
from enrich.report.tally import Tally, exit_code
from enrich.report.text import Manner, summary
from enrich.run.site import Watcher

# What `--report FILE` can be: by the file's ending, how the report and its exit code become text.
FORMATS: Final[dict[str, Callable[[Report, int], str]]] = {
    ".json": json_report.render,
    ".xml": lambda report, _: junit.render(report),
    ".md": markdown.render,
    ".html": page.render,
    ".sarif": lambda report, _: sarif.render(report, _folder()),
}
# Those that show what changes in each file.
_WITH_PATCHES: Final = frozenset({".html"})
_INCOMPLETE: Final = 3


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a run is shown: patches go to `out`, everything else to `err`.

    `moving` says that `err` is a terminal where bars may move, `colour` that colours are wanted there.
    """

    out: BinaryIO
    err: TextIO
    moving: bool = False
    colour: bool = False
    width: int = 80


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a run is shown and judged: what the options say and the run itself need not know.

    `annotate` puts GitHub's annotations on the stream where a patch would be.
    """

    dry_run: bool = False
    check: bool = False
    fail_on: frozenset[str] = frozenset()
    reports: tuple[Path, ...] = ()
    diff: bool = False
    annotate: bool = False
    quiet: bool = False
    verbose: bool = False
    progress: bool = True


# What is run: it tells the watcher what happens, and the tally what came of it.
Work = Callable[[Watcher, Tally], Awaitable[None]]


# What is printed of a run in the place of its summary.
Product = Callable[[Report, Manner], str]


class Session:
    """Does `work` once, for a person. A `product` that is asked for goes to `out`, and no summary is said."""

    def __init__(self, work: Work, wishes: Wishes, streams: Streams, product: Product | None = None) -> None:
        self._work = work
        self._product = product
        self._wishes = wishes
        self._streams = streams
        self._tally = Tally()
        self._meter = _meter(wishes, streams)
        self._screen = Screen(
            self._meter,
            self._tally,
            streams.out,
            diff=wishes.diff,
            colour=streams.colour and streams.out.isatty(),
            quiet=wishes.quiet,
            keep=any(path.suffix.lower() in _WITH_PATCHES for path in wishes.reports),
        )
        self._began = time.monotonic()

    def run(self) -> int:
        """Run to the end or to a signal, report, return the exit code. EnrichError where it cannot start."""
        with contextlib.closing(self._meter):
            return interrupt.run(self._work(self._screen, self._tally), self._report)

    def _report(self, interrupted: int | None) -> int:
        self._meter.close()
        seconds = time.monotonic() - self._began
        report = self._tally.report(dry_run=self._wishes.dry_run, seconds=seconds, interrupted=interrupted)
        report = self._screen.patched(report)
        code = exit_code(report, check=self._wishes.check, fail_on=self._wishes.fail_on)
        self._say(report)
        faults = [fault for path in self._wishes.reports if (fault := _written(path, report, code))]
        if self._screen.fault:
            faults.append(f"the output could not be written: {self._screen.fault.strerror}")
        for fault in faults:
            self._streams.err.write(f"enrich: {fault}\n")
        self._streams.err.flush()
        return code or (_INCOMPLETE if faults else 0)

    def _say(self, report: Report) -> None:
        manner = Manner(self._streams.width, self._streams.colour, self._wishes.verbose, self._wishes.quiet)
        if self._product and report.interrupted is None:
            self._screen.show(self._product(report, manner).encode())
            return
        said = summary(report, manner)
        if self._wishes.annotate:
            self._screen.show(github.render(report, _folder()).encode())
            # Both streams end in the same log, where a line that a page made up must command nothing.
            said = github.inert(said)
        self._streams.err.write(said)


def _meter(wishes: Wishes, streams: Streams) -> Meter:
    def say(line: str) -> None:
        streams.err.write(f"{line}\n")
        streams.err.flush()

    if wishes.quiet or not wishes.progress:
        return Silence(say)
    # Log lines and bars would overwrite each other.
    if streams.moving and not wishes.verbose:
        return Bars(Console(file=streams.err, force_terminal=True, no_color=not streams.colour))
    return Lines(say, time.monotonic)


def _folder() -> str:
    return workspace.folder(os.environ, Path.cwd())


def _written(path: Path, report: Report, code: int) -> str:
    """Write one report file; return what went wrong, or an empty text."""
    try:
        path.write_text(FORMATS[path.suffix.lower()](report, code), encoding="utf-8")
    except OSError as error:
        return f"{path}: the report could not be written: {error.strerror}"
    return ""
