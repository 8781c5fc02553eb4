"""What a host's answer says about how it wants to be asked: Retry-After and the rate-limit headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

_SECONDS = re.compile(r"\d{1,12}(?:\.\d{1,6})?", re.ASCII)
_INTERVAL = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*([smh]?)", re.ASCII)
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Hints:
    """A host's own words; None where it said nothing.

    `retry_after_s` is how long to leave it alone, `spacing_s` the seconds from one start to the next,
    `at_once` how many questions it takes at the same time.
    """

    retry_after_s: float | None = None
    spacing_s: float | None = None
    at_once: int | None = None


NOTHING_SAID = Hints()
# An answer with none of these (in lower case) says nothing, as most do.
TOLD_IN = frozenset({"retry-after", "x-rate-limit-limit", "x-rate-limit-interval", "x-concurrency-limit"})


def read(headers: Mapping[str, str], now: float) -> Hints:
    """Return what `headers` say; `now` is Unix seconds, for dates. What cannot be read is not there."""
    said = {name.lower(): value.strip() for name, value in headers.items()}
    return Hints(
        retry_after_s=_retry_after_s(said, now),
        spacing_s=_spacing_s(said.get("x-rate-limit-limit", ""), said.get("x-rate-limit-interval", "")),
        at_once=_count(said.get("x-concurrency-limit", "")),
    )


def _retry_after_s(said: Mapping[str, str], now: float) -> float | None:
    """Read seconds or an HTTP date (RFC 9110, 10.2.3), a date against the host's own clock if it shows it."""
    text = said.get("retry-after", "")
    if _SECONDS.fullmatch(text):
        return float(text)
    then = _unix_s(text)
    if then is None:
        return None
    sent = _unix_s(said.get("date", ""))
    return max(0.0, then - (now if sent is None else sent))


def _unix_s(text: str) -> float | None:
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def _spacing_s(limit: str, interval: str) -> float | None:
    count, length = _count(limit), _INTERVAL.fullmatch(interval.lower())
    if count is None or length is None:
        return None
    return float(length[1]) * _UNITS[length[2]] / count


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0 else None
