"""What a run says while it goes on: the budget line, and how far each step has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from enrich.model.outcome import Budget
from enrich.report.sheet import count, duration

_STEPS: Final = {"look": "looking at pages", "ask": "asking registries", "write": "writing pages"}
# Plain lines tell of a step at most this often, and at its end.
_EVERY_S: Final = 10.0
_ENDED: Final = float("inf")


class Meter(Protocol):
    """Shows how far a run has come, until it is closed."""

    def step(self, name: str, done: int, total: int) -> None:
        """Show that the step `look`, `ask` or `write` has come to `done` of `total`."""

    def say(self, line: str) -> None:
        """Show one line, above whatever moves."""

    def close(self) -> None:
        """Stop, and leave the terminal as it was."""


class Silence:
    """Shows nothing of the steps, and lines only as `say` is told."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say

    def step(self, name: str, done: int, total: int) -> None:
        """Show nothing."""

    def close(self) -> None:
        """Have nothing to leave."""


class Lines:
    """Plain lines for logs and pipes: the end of each step, and at times what lies between."""

    def __init__(self, say: Callable[[str], None], now: Callable[[], float]) -> None:
        self.say = say
        self._now = now
        self._told: dict[str, float] = {}

    def step(self, name: str, done: int, total: int) -> None:
        """Say a line where the step has ended, or the last line is ten seconds old."""
        now = self._now()
        told = self._told.setdefault(name, now)
        ended = bool(total) and done >= total
        if told == _ENDED or not (ended or now - told >= _EVERY_S):
            return
        self._told[name] = _ENDED if ended else now
        self.say(f"{_STEPS.get(name, name)}: {done:,} of {total:,}")

    def close(self) -> None:
        """Have nothing to leave."""


class Bars:
    """Moving bars for a terminal; each step has its own."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<17}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            refresh_per_second=8,
        )
        self._tasks: dict[str, TaskID] = {}
        self._progress.start()

    def step(self, name: str, done: int, total: int) -> None:
        """Move the step's bar."""
        if total and name not in self._tasks:
            self._tasks[name] = self._progress.add_task(_STEPS.get(name, name), total=total)
        if name in self._tasks:
            self._progress.update(self._tasks[name], completed=done, total=total)

    def say(self, line: str) -> None:
        """Show one line above the bars."""
        self._progress.console.print(line, soft_wrap=True, highlight=False, markup=False, emoji=False)

    def close(self) -> None:
        """Take the bars away."""
        self._progress.stop()


def budget(plan: Budget) -> str:
    """Return the line said before asking: what is known, what is asked, about how long it takes."""
    asked = plan.works - plan.known
    is_nothing = not (asked or plan.rechecked or plan.searched)
    if is_nothing:
        return (
            f"{count(plan.works, 'work')}: all known, nothing to ask" if plan.works else "no work to look up"
        )
    if not plan.requests:
        return f"{count(plan.works, 'work')}: {plan.known:,} known, {asked:,} unknown and not asked"
    parts = (
        f"{plan.known:,} known" if plan.works else "",
        f"{asked:,} to ask" if asked else "",
        f"{plan.rechecked:,} to ask again whether they still stand" if plan.rechecked else "",
        f"{count(plan.searched, 'citation')} in words to search for" if plan.searched else "",
    )
    said = ", ".join(filter(None, parts))
    about = f"{count(plan.requests, 'request')}, about {duration(plan.seconds)}"
    return f"{count(plan.works, 'work')}: {said} in {about}"


def files(number: int, size: int) -> str:
    """Return the line said before hosted files are fetched whole: how many, and how many megabytes."""
    return f"{count(number, 'hosted file')} to fetch and read, {size / 1e6:,.1f} MB"
