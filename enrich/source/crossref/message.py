"""What Crossref's answers hold, as habanero hands them on: unchecked JSON, read no further than its records.

A `message` of another shape raises LookupError, TypeError or the like; one that is not whole is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Record = Mapping[str, object]
Records = tuple[Record, ...]

ROWS: Final = 5
"""Records that a search asks for: the right one is nearly always among the first three, its twins beside it."""


def listed(said: object) -> Records | None:
    """Return a list answer's records, or None if it does not hold all that it counts."""
    items, total = _items(said), said["message"]["total-results"]  # type: ignore[index]
    return items if items is not None and total <= len(items) else None


def ranked(said: object) -> Records | None:
    """Return the records of a search, the best first; None if they are more than were asked for."""
    items = _items(said)
    return items if items is not None and len(items) <= ROWS else None


def single(said: object) -> Records | None:
    """Return the one record that a work's own address answers with."""
    message = said["message"]  # type: ignore[index]
    return (message,) if isinstance(message, dict) else None


def _items(said: object) -> Records | None:
    items = said["message"]["items"]  # type: ignore[index]
    return tuple(items) if all(isinstance(item, dict) for item in items) else None
