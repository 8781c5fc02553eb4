"""Numbers by year as columns: a picture's geometry in percent, so that it fits a screen of any width."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# More columns than this are thinner than a finger or an eye can part.
_MOST: Final = 72
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_TICKS: Final = 5
_GAP: Final = 0.16


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands and how high it is, in percent; `label` is its year or its span of years."""

    x: float
    width: float
    height: float
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Columns:
    """A picture of columns. `ticks` are labels under it, each at its place; `top` is what full height means.

    `step` is how many years a column has.
    """

    columns: tuple[Column, ...]
    ticks: tuple[tuple[float, str], ...]
    top: int
    step: int


def columns(counts: Mapping[int, int]) -> Columns | None:
    """Return the columns of a count for each year, gaps among them; None where there is nothing to show."""
    if not counts:
        return None
    first, last = min(counts), max(counts)
    step = next(step for step in _STEPS if last // step - first // step < _MOST)
    starts = range(first // step * step, last // step * step + 1, step)
    sums = dict.fromkeys(starts, 0)
    for year, count in counts.items():
        sums[year // step * step] += count
    top = _rounded_up(max(sums.values()))
    width = 100 / len(starts)
    made = (
        Column(
            round(width * (index + _GAP / 2), 3),
            round(width * (1 - _GAP), 3),
            round(100 * sums[start] / top, 2),
            str(start) if step == 1 else f"{start} to {start + step - 1}",
            sums[start],
        )
        for index, start in enumerate(starts)
    )
    return Columns(tuple(made), _ticks(starts, width), top, step)


def _ticks(starts: range, width: float) -> tuple[tuple[float, str], ...]:
    """Return a few round years, each under the middle of its column."""
    span = starts[-1] - starts[0]
    every = next(step for step in _STEPS if span // step < _TICKS and step >= starts.step)
    return tuple(
        (round(width * (index + 0.5), 3), str(year))
        for index, year in enumerate(starts)
        if year % every == 0 or len(starts) == 1
    )


def _rounded_up(number: int) -> int:
    """Return the next of 2, 4, 10, 20, 40, 100, ...: halves of it are whole, too."""
    size = 1
    while True:
        for digit in (2, 4, 10):
            if digit * size >= number:
                return digit * size
        size *= 10
