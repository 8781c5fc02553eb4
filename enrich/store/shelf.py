"""Answers of one kind, kept from run to run: what was found, what is known to be absent, never a failure."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, get_args

from enrich.model.lookup import Absent, AbsentReason, Found

K = TypeVar("K")
V = TypeVar("V")

_DAY_S = 86_400.0
# Answers that came together must not all fall due on one day.
_JITTER = 0.1
_FOUND = {"at", "found"}
_ABSENT = {"at", "absent", "detail"}
_REASONS: dict[str, AbsentReason] = {reason: reason for reason in get_args(AbsentReason)}


class Rows(Protocol):
    """Texts by key, on disk."""

    def get(self, key: str) -> str | None:
        """Return the text at `key`, or None."""

    def put(self, key: str, text: str) -> None:
        """Keep `text` at `key`, at once."""

    def distrust(self, key: str) -> None:
        """Hear that the text at `key` is no use."""


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long answers are believed, in seconds; each key's own is up to a tenth longer or shorter."""

    found_s: float = 90 * _DAY_S
    absent_s: float = 7 * _DAY_S


class Shelf(Generic[K, V]):
    """Answers by key. `name` and `version` are part of every row's key: a new layout never meets an old row.

    `unpack` returns None for what `pack` cannot have made; such a row counts as missing.
    """

    def __init__(
        self,
        rows: Rows,
        name: str,
        version: int,
        pack: Callable[[V], object],
        unpack: Callable[[object], V | None],
        lifetimes: Lifetimes,
    ) -> None:
        self._rows = rows
        self._prefix = f"{name}/{version}/"
        self._pack = pack
        self._unpack = unpack
        self._lifetimes = lifetimes

    def get(self, key: K, now: float) -> Found[V] | Absent | None:
        """Return what is kept, `stale` where it is past its lifetime at `now` (Unix seconds), or None."""
        place = f"{self._prefix}{key}"
        text = self._rows.get(place)
        if text is None:
            return None
        answer = self._read(text, place, now)
        if answer is None:
            self._rows.distrust(place)
        return answer

    def put(self, key: K, answer: Found[V] | Absent) -> None:
        """Keep `answer` at once, in the place of what was there."""
        match answer:
            case Found(value, at):
                row = {"at": at, "found": self._pack(value)}
            case Absent(reason, detail, at):
                row = {"at": at, "absent": reason, "detail": detail}
        self._rows.put(f"{self._prefix}{key}", json.dumps(row, separators=(",", ":")))

    def _read(self, text: str, place: str, now: float) -> Found[V] | Absent | None:
        try:
            row = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(row, dict):
            return None
        at = row.get("at")
        if not isinstance(at, (int, float)):
            return None
        if row.keys() == _FOUND:
            value = self._unpack(row["found"])
            return (
                None if value is None else Found(value, at, _is_past(self._lifetimes.found_s, place, at, now))
            )
        reason, detail = _REASONS.get(str(row.get("absent"))), row.get("detail")
        if row.keys() != _ABSENT or reason is None or not isinstance(detail, str):
            return None
        return Absent(reason, detail, at, _is_past(self._lifetimes.absent_s, place, at, now))


def _is_past(lifetime_s: float, place: str, at: float, now: float) -> bool:
    own_s = lifetime_s * (1 + _JITTER * (2 * zlib.crc32(place.encode()) / 0xFFFFFFFF - 1))
    # An answer from the future tells of a wrong clock, and would never grow old.
    return not -_DAY_S <= now - at < own_s
