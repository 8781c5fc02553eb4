"""Starts runs when the schedule says so, one after the other; what was missed is made up once."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

import structlog

from enrich.config import Config
from enrich.service.history import History
from enrich.service.runner import Runner
from enrich.service.schedule import Schedule

_log = structlog.get_logger()

# The wall clock may be set, and a machine sleep, while we do: it is looked at this often.
_LOOK_S: Final = 30.0


class Timekeeper:
    """Keeps the schedule of one service. `next_start` is when its next run is to begin (Unix s), if there is one.

    `now` is the wall clock; `chance` returns a number from 0 to 1, for the delay of a run.
    """

    def __init__(
        self,
        runner: Runner,
        history: History,
        *,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.next_start: float | None = None
        self._started = 0.0
        self._runner = runner
        self._history = history
        self._now = now
        self._sleep = sleep
        self._chance = chance

    async def keep(self, schedule: Schedule | None, config: Config) -> None:
        """Start a run at each of the schedule's times, until cancelled; without one, none."""
        self.next_start = None
        if schedule is None:
            await asyncio.Event().wait()
            return
        self._begin(schedule)
        while True:
            await self._runner.idle()
            # What was started counts as handled here even where the history could not learn of it.
            handled = max(self._started, self._history.state.handled or self._now())
            delay_s = self._chance() * config.service.jitter_s
            turn = schedule.turn(handled, self._now(), delay_s)
            self.next_start = turn.start
            _log.info(
                "next_run", at=_shown(turn.start), late_s=round(max(0.0, turn.start - turn.due - delay_s))
            )
            while (left_s := turn.start - self._now()) > 0:
                await self._sleep(min(left_s, _LOOK_S))
            await self._runner.idle()
            self._started = self._now()
            self._runner.start(config, "schedule")

    def _begin(self, schedule: Schedule) -> None:
        """Count from now on where this schedule is new, or the clock was ahead of itself: nothing was missed."""
        line, state, now = f"{schedule.line} {schedule.zone}", self._history.state, self._now()
        if state.line != line or state.handled is None or state.handled > now:
            self._history.remember(replace(state, line=line, handled=now))


def _shown(moment: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
