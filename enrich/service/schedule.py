"""When to run: a cron line read in a time zone, as Debian's cron reads it. No clock is read here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from enrich.errors import ConfigError

_FIELDS: Final = 5
_WANTED: Final = 'wants "minute hour day-of-month month day-of-week" such as "17 3 * * *"'


@dataclass(frozen=True, slots=True)
class Turn:
    """A run that the schedule asks for. `due` is what the cron line says, `start` when it is to begin (Unix s)."""

    due: float
    start: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """A cron line in its time zone; made by `parse` only, so that there is always a next time.

    Sunday is 0 and 7. Day of month and day of week both hold where one of them begins with `*`, else either is
    enough. A time that a change of clocks leaves out comes right after the gap; one that it repeats comes once.
    """

    line: str
    zone: str

    @classmethod
    def parse(cls, line: str, zone: str) -> Self | None:
        """Read a cron line; None for an empty one. Raises ConfigError, which names the field that is wrong."""
        if not line.strip():
            return None
        if len(line.split()) != _FIELDS:
            raise ConfigError(f'[service] cron: "{line}" has {len(line.split())} fields; it {_WANTED}')
        schedule = cls(line, zone)
        try:
            schedule.after(0.0)
        except CronSimError as error:
            field = str(error).removeprefix("Bad ")
            raise ConfigError(f'[service] cron: "{line}": its {field} means nothing; it {_WANTED}') from None
        except StopIteration:
            raise ConfigError(f'[service] cron: "{line}" names a day that never comes') from None
        return schedule

    def after(self, moment: float) -> float:
        """Return the first time after `moment`; both are Unix seconds."""
        # Between two readings of the same hour, in autumn, cronsim goes back to the first.
        return next(due for due in self._times(moment) if due > moment)

    def turn(self, handled: float, now: float, delay_s: float) -> Turn:
        """Return the next run after the one that began at `handled`; one that was missed is made up, at once.

        `delay_s` puts off a run that is not late. Whoever counts from the start of a run, as `handled`, makes up
        once for any number of times that were missed.
        """
        due = self.after(handled)
        return Turn(due, now) if due <= now else Turn(due, due + delay_s)

    def _times(self, moment: float) -> Iterator[float]:
        for time in CronSim(self.line, datetime.fromtimestamp(moment, ZoneInfo(self.zone))):
            yield time.timestamp()
