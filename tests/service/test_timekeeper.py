from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from enrich.config import Config
from enrich.service.history import Begun, History, State, Trigger
from enrich.service.schedule import Schedule
from enrich.service.timekeeper import Timekeeper
from enrich.settings import Service

NIGHTLY = Schedule("17 3 * * *", "UTC")
LINE = "17 3 * * * UTC"


def unix(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


NOON = unix("2026-11-21 12:00")


class Runs:
    """A runner whose runs end at once, each noted with its time; the keeper is cancelled after `most`."""

    def __init__(self, history: History, most: int) -> None:
        self.starts: list[str] = []
        self.now = NOON
        self.slept: list[float] = []
        self.takes_s = 0.0
        self.learns = True
        self._history = history
        self._most = most

    async def idle(self) -> None:
        if len(self.starts) >= self._most:
            raise asyncio.CancelledError

    def start(self, _config: Config, trigger: Trigger) -> Begun:
        begun = Begun(f"run-{len(self.starts)}", trigger, False, self.now)
        self.starts.append(datetime.fromtimestamp(self.now, UTC).strftime("%m-%d %H:%M:%S"))
        self.now += self.takes_s
        if self.learns:
            state = self._history.state
            self._history.remember(State(state.line, begun.began))
        return begun

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


async def kept(
    folder: Path,
    most: int = 1,
    *,
    state: State | None = None,
    schedule: Schedule = NIGHTLY,
    jitter_s: float = 0,
    takes_s: float = 0,
    learns: bool = True,
) -> Runs:
    history = History(folder, 30)
    history.remember(state or history.state)
    runs = Runs(history, most)
    runs.takes_s, runs.learns = takes_s, learns
    keeper = Timekeeper(runs, history, now=lambda: runs.now, sleep=runs.sleep, chance=lambda: 0.5)  # type: ignore[arg-type]
    with pytest.raises(asyncio.CancelledError):
        await keeper.keep(schedule, Config(folder, service=Service(jitter_s=jitter_s)))
    return runs


async def test_runs_start_at_their_times(tmp_path: Path) -> None:
    assert (await kept(tmp_path, 2)).starts == ["11-22 03:17:00", "11-23 03:17:00"]


async def test_the_clock_is_looked_at_every_half_minute(tmp_path: Path) -> None:
    assert max((await kept(tmp_path)).slept) == 30.0


async def test_a_delay_by_chance_puts_a_run_off_and_not_the_next_one(tmp_path: Path) -> None:
    starts = (await kept(tmp_path, 2, jitter_s=600)).starts
    assert starts == ["11-22 03:22:00", "11-23 03:22:00"]


async def test_a_first_start_has_missed_nothing(tmp_path: Path) -> None:
    assert (await kept(tmp_path)).starts == ["11-22 03:17:00"]


async def test_what_was_missed_while_nobody_ran_is_made_up_once_at_once(tmp_path: Path) -> None:
    state = State(LINE, unix("2026-11-18 03:17"))
    assert (await kept(tmp_path, 2, state=state)).starts == ["11-21 12:00:00", "11-22 03:17:00"]


async def test_what_a_long_run_missed_is_made_up_once(tmp_path: Path) -> None:
    hourly = Schedule("0 * * * *", "UTC")
    starts = (await kept(tmp_path, 3, schedule=hourly, takes_s=9_000)).starts
    assert starts == ["11-21 13:00:00", "11-21 15:30:00", "11-21 18:00:00"]


async def test_another_line_has_missed_nothing(tmp_path: Path) -> None:
    state = State("0 6 * * * UTC", unix("2026-11-18 06:00"))
    assert (await kept(tmp_path, state=state)).starts == ["11-22 03:17:00"]


async def test_a_clock_that_was_ahead_holds_up_nothing(tmp_path: Path) -> None:
    state = State(LINE, unix("2040-01-01 00:00"))
    assert (await kept(tmp_path, state=state)).starts == ["11-22 03:17:00"]


async def test_a_history_that_learns_nothing_does_not_start_run_after_run(tmp_path: Path) -> None:
    starts = (await kept(tmp_path, 2, learns=False)).starts
    assert starts == ["11-22 03:17:00", "11-23 03:17:00"]


async def test_the_next_start_is_known(tmp_path: Path) -> None:
    history = History(tmp_path, 30)
    runs = Runs(history, 1)
    keeper = Timekeeper(runs, history, now=lambda: runs.now, sleep=runs.sleep)  # type: ignore[arg-type]
    with pytest.raises(asyncio.CancelledError):
        await keeper.keep(NIGHTLY, Config(tmp_path))
    assert keeper.next_start == unix("2026-11-22 03:17")


async def test_without_a_schedule_nothing_starts(tmp_path: Path) -> None:
    history = History(tmp_path, 30)
    runs = Runs(history, 1)
    keeper = Timekeeper(runs, history)  # type: ignore[arg-type]
    task = asyncio.create_task(keeper.keep(None, Config(tmp_path)))
    await asyncio.sleep(0)
    assert keeper.next_start is None
    assert not task.done()
    task.cancel()
