"""One run at a time, from its start to its place in the history, whatever becomes of it."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

import structlog

from enrich.config import Config
from enrich.door.session import Work
from enrich.errors import EnrichError
from enrich.model.outcome import Alert, Report
from enrich.net.host import Observe
from enrich.net.thread import in_thread
from enrich.report.tally import Tally, exit_code, totals
from enrich.run.site import Request
from enrich.service.history import Begun, Ending, History, Run, Trigger
from enrich.service.metrics import Metrics
from enrich.service.news import news, told
from enrich.service.watch import Watch

_log = structlog.get_logger()

_CANNOT_START, _BUG = 2, 70

# How the work of a run is made of its configuration and its request; every request it sends is observed.
Working = Callable[[Config, Request, Observe], Work]
# Hears of a run that ended, in its own time.
Told = Callable[[Config, Run, Report, tuple[Alert, ...]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Progress:
    """A run that goes on: its `step` (`look`, `ask`, `write`; empty before the first), and how far that is."""

    begun: Begun
    step: str
    done: int
    total: int


class Runner:
    """Starts runs and sees them to their end. `now` is Unix seconds, `clock` measures how long they take."""

    def __init__(
        self,
        history: History,
        metrics: Metrics,
        working: Working,
        told: Told,
        *,
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._history = history
        self._metrics = metrics
        self._working = working
        self._told = told
        self._now = now
        self._clock = clock
        self._current: Begun | None = None
        self._watch = Watch(Tally())
        self._working_task: asyncio.Task[None] | None = None
        self._is_stopping = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def progress(self) -> Progress | None:
        """The run that goes on, and how far it is; None where there is none."""
        return Progress(self._current, *self._watch.at) if self._current else None

    def start(self, config: Config, trigger: Trigger, *, dry_run: bool = False) -> Begun | None:
        """Start a run and return it at once; None where another one goes on."""
        if self._current:
            return None
        now = self._now()
        self._current = begun = Begun(self._history.new_id(now), trigger, dry_run, now)
        self._idle.clear()
        self._history.remember(replace(self._history.state, running=begun))
        task = asyncio.create_task(self._see(begun, config))
        self._tasks.add(task)
        task.add_done_callback(self._forget)
        return begun

    async def idle(self) -> None:
        """Wait until no run goes on."""
        await self._idle.wait()

    async def stop(self) -> None:
        """Cut short the run that goes on, keep what came of it, and tell nobody any more; start nothing after it."""
        self._is_stopping = True
        if self._working_task:
            self._working_task.cancel()
        await self._idle.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("bug", exc_info=error)

    async def _see(self, begun: Begun, config: Config) -> None:
        with structlog.contextvars.bound_contextvars(run=begun.id):
            _log.info("run_began", trigger=begun.trigger, dry_run=begun.dry_run)
            try:
                run, report = await self._run(begun, config)
                fresh = news(report, self._history.state)
                run = replace(run, alerts=len(fresh))
                self._conclude(run, report, fresh, config)
                await in_thread(partial(self._history.write, run, report), "report")
                _log_end(run)
            finally:
                self._current = None
                self._idle.set()
            if run.ending != "interrupted":
                await self._told(config, run, report, fresh)

    async def _run(self, begun: Begun, config: Config) -> tuple[Run, Report]:
        tally = Tally()
        self._watch = watch = Watch(tally)
        request = Request(dry_run=begun.dry_run, repair=config.links.repair)
        began = self._clock()

        async def work() -> None:
            await self._working(config, request, self._metrics.observe)(watch, tally)

        self._working_task = task = asyncio.create_task(work())
        if self._is_stopping:
            task.cancel()
        await asyncio.wait({task})
        self._working_task = None
        ending, code, reason = _ending(task)
        if reason:
            tally.note(reason)
        report = tally.report(
            dry_run=begun.dry_run,
            seconds=self._clock() - began,
            interrupted=signal.SIGTERM if ending == "interrupted" else None,
        )
        pages = tuple(replace(page, patch=watch.patches.get(page.path, page.patch)) for page in report.pages)
        report = replace(report, pages=pages)
        code = code or exit_code(report, check=False, fail_on=frozenset())
        ending = "incomplete" if ending == "done" and code else ending
        return Run(begun, report.seconds, ending, code, reason, totals=_counted(report)), report

    def _conclude(self, run: Run, report: Report, fresh: tuple[Alert, ...], config: Config) -> None:
        begun, state = run.begun, told(report, self._history.state, run.ending)
        is_handled = begun.trigger == "schedule" and run.ending != "interrupted"
        is_success = run.ending == "done" and not begun.dry_run
        self._history.remember(
            replace(
                state,
                running=None,
                handled=begun.began if is_handled else state.handled,
                last_success=self._now() if is_success else state.last_success,
            )
        )
        self._history.add(run, config.service.keep)
        self._metrics.ended(report, run.ending, () if run.ending == "interrupted" else fresh)


def _ending(task: asyncio.Task[None]) -> tuple[Ending, int, str]:
    """Return how the work ended, with its exit code and reason where it failed."""
    if task.cancelled():
        return "interrupted", 0, ""
    error = task.exception()
    if error is None:
        return "done", 0, ""
    if isinstance(error, EnrichError):
        reason = "; ".join(str(error).splitlines())
        _log.error("run_failed", reason=reason)
        return "failed", _CANNOT_START, reason
    _log.error("run_failed", reason="this is a bug, and every page is whole", exc_info=error)
    return (
        "failed",
        _BUG,
        f"this is a bug, and every page is whole: {type(error).__name__}; the log has its trace",
    )


def _log_end(run: Run) -> None:
    _log.info(
        "run_ended",
        outcome=run.ending,
        exit_code=run.exit_code,
        seconds=round(run.seconds, 3),
        alerts=run.alerts,
        **{word: count for word, count in run.totals if count and word in ("pages", "written", "works")},
    )


def _counted(report: Report) -> tuple[tuple[str, int], ...]:
    return tuple(totals(report).items())
