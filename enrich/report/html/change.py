"""What a run changes, counted by kind: papers added and taken out, values filled in and brought up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from enrich.model.outcome import Difference
from enrich.report.sheet import count

_WORDS: Final = {
    "added": ("paper added", "papers added"),
    "removed": ("paper taken out", "papers taken out"),
    "filled": ("value filled in", "values filled in"),
    "updated": ("value brought up to date", "values brought up to date"),
    "cleared": ("value taken out", "values taken out"),
}


def counted(changes: Iterable[Difference]) -> tuple[str, ...]:
    """Return how many changes there are of each kind that there are any of, in words."""
    counts = Counter(map(_kind, changes))
    return tuple(count(counts[kind], *words) for kind, words in _WORDS.items() if counts[kind])


def _kind(change: Difference) -> str:
    if change.key.endswith("]"):
        return "added" if change.old is None else "removed" if change.new is None else "updated"
    return "filled" if change.old is None else "cleared" if change.new is None else "updated"
