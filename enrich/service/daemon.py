"""The service as a whole: what it opens, in which order, and how it ends, or reads its configuration again."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import structlog

from enrich.config import Config
from enrich.door.session import Work
from enrich.errors import ConfigError, EnrichError
from enrich.model.outcome import Alert, Report
from enrich.net.host import Observe
from enrich.net.thread import in_thread
from enrich.report.tally import Tally
from enrich.run.site import Request, Watcher
from enrich.service import notify
from enrich.service.answer import moment
from enrich.service.application import application, listening
from enrich.service.history import History, Run
from enrich.service.metrics import Metrics
from enrich.service.office import Office, hosts
from enrich.service.readiness import Readiness
from enrich.service.runner import Runner, Working
from enrich.service.schedule import Schedule
from enrich.service.timekeeper import Timekeeper
from enrich.service.views import Views
from enrich.store import cache, lock

_log = structlog.get_logger()

# Reads the configuration, options and all. Raises ConfigError.
Read = Callable[[], Config]


async def serve(read: Read, working: Working, *, now: Callable[[], float] = time.time) -> None:
    """Serve until cancelled; then the run that goes on is cut short, and what came of it kept.

    Raises EnrichError where the service cannot start: a configuration that is wrong, another service on the same
    store, a folder that cannot be written, an address that is taken.
    """
    config = read()
    schedule = scheduled(config)
    folder = config.cache.dir / "service"
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(lock.held(folder / "lock", holder="service", now=now()))
        history = History(folder, config.service.keep)
        daemon = Daemon(read, working, config, schedule, history)
        url = await stack.enter_async_context(listening(application(daemon.office), config.service.listen))
        daemon.greet(url)
        await daemon.live()


def scheduled(config: Config) -> Schedule | None:
    """Return the schedule of a configuration. Raises ConfigError where its cron line means nothing."""
    return Schedule.parse(config.service.cron, config.service.timezone)


class Daemon:
    """One service at work."""

    def __init__(
        self, read: Read, working: Working, config: Config, schedule: Schedule | None, history: History
    ) -> None:
        self._read = read
        self._working = working
        self._schedule = schedule
        self._history = history
        self._keeping: asyncio.Task[None] | None = None
        views = Views(history)
        metrics = Metrics(
            hosts(config),
            {
                "enrich_run_in_progress": lambda: float(self.office.runner.progress is not None),
                "enrich_store_bytes": lambda: float(cache.size(self.office.config.cache.dir)),
                "enrich_last_success_timestamp_seconds": lambda: history.state.last_success,
                "enrich_last_run_timestamp_seconds": lambda: (
                    history.runs[0].begun.began if history.runs else None
                ),
                "enrich_next_run_timestamp_seconds": lambda: self.office.timekeeper.next_start,
            },
        )
        runner = Runner(history, metrics, self._work, self._told)
        timekeeper = Timekeeper(runner, history)
        self.office = Office(config, history, metrics, Readiness(), runner, timekeeper, views)

    def greet(self, url: str) -> None:
        """Log where the service answers and what it will do, and what is not as it should be."""
        service = self.office.config.service
        _log.info("serving", url=url, cron=service.cron or "none", timezone=service.timezone)
        if not self.office.is_open:
            _log.warning("read_only", reason="listens beyond loopback without ENRICH_SERVICE__TOKEN")
        for problem in self.office.readiness.problems(self.office.config):
            _log.warning("not_ready", reason=problem)
        if killed := self._history.recover():
            _log.warning("recovered", run=killed.id, began=moment(killed.begun.began), reason=killed.reason)

    async def live(self) -> None:
        """Keep the schedule until cancelled; SIGHUP reads the configuration again."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, self.reload)
        warming = asyncio.create_task(self._warm())
        try:
            while True:
                office = self.office
                self._keeping = asyncio.create_task(office.timekeeper.keep(self._schedule, office.config))
                await asyncio.wait({self._keeping})
                if not self._keeping.cancelled():
                    # Only a bug ends it otherwise, and a service that does not keep its schedule must not look alive.
                    self._keeping.result()
        finally:
            loop.remove_signal_handler(signal.SIGHUP)
            warming.cancel()
            if self._keeping:
                self._keeping.cancel()
            _log.info("ending", run=progress.begun.id if (progress := self.office.runner.progress) else None)
            await self.office.runner.stop()
            _log.info("ended")

    def reload(self) -> None:
        """Read the configuration again; a wrong one is refused whole, and the old one stays."""
        old = self.office.config
        try:
            new = self._read()
            schedule = scheduled(new)
        except ConfigError as wrong:
            for problem in wrong.problems:
                _log.error("configuration_refused", problem=problem)
            return
        for name, moved in _moved(old, new):
            _log.warning("at_the_next_start", setting=name, value=moved)
        service = replace(new.service, listen=old.service.listen)
        self.office.config = replace(new, service=service, cache=replace(new.cache, dir=old.cache.dir))
        self.office.metrics.hosts = hosts(new)
        self._schedule = schedule
        if self._keeping:
            self._keeping.cancel()
        _log.info("configuration_read", cron=service.cron or "none", timezone=service.timezone)

    def _work(self, config: Config, request: Request, observe: Observe) -> Work:
        """Return the work of a run that first sees whether it could do any."""

        async def work(watcher: Watcher, tally: Tally) -> None:
            if not request.dry_run and (problems := self.office.readiness.problems(config)):
                raise EnrichError("\n".join(problems))
            await self._working(config, request, observe)(watcher, tally)

        return work

    async def _told(self, config: Config, run: Run, report: Report, news: tuple[Alert, ...]) -> None:
        await asyncio.gather(notify.tell(config, run, report, news), self._show(run, report))

    async def _show(self, run: Run, report: Report) -> None:
        """Make the page of a run that ended before somebody asks for it."""
        if run == self.office.views.latest():
            await self.office.views.view(run, is_open=self.office.is_open, report=report)

    async def _warm(self) -> None:
        """Take up where the last process stood: its last report's figures, and its page."""
        run = self.office.views.latest()
        report = await in_thread(partial(self._history.report, run.id), "report") if run else None
        if run and report:
            if not report.dry_run:
                self.office.metrics.standing(report)
            await self._show(run, report)


def _moved(old: Config, new: Config) -> list[tuple[str, str]]:
    """Return the settings that a running service cannot follow, with what they were changed to."""
    pairs: list[tuple[str, str | Path, str | Path]] = [
        ("[service] listen", old.service.listen, new.service.listen),
        ("[cache] dir", old.cache.dir, new.cache.dir),
    ]
    return [(name, str(after)) for name, before, after in pairs if before != after]
