"""Dates as a registry states them: partial, sometimes impossible, never completed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from enrich.model.work import PartialDate

# In this order; Crossref's `issued` is already the earliest of the next ones that it has.
_PUBLISHED = ("published-print", "published-online", "published-other", "published", "posted")
_STATED = ("issued", *_PUBLISHED, "approved")
_FIRST_YEAR, _LAST_YEAR = 1000, 2999


def published(record: Mapping[str, object]) -> PartialDate | None:
    """Return the earliest date of publication that the record states, else the date of its approval."""
    issued = date(record.get("issued"))
    stated = [found for key in _PUBLISHED if (found := date(record.get(key)))]
    return issued or min(stated, key=_order, default=None) or date(record.get("approved"))


def years(record: Mapping[str, object]) -> tuple[int, ...]:
    """Return every year of issue, print, online or other publication and approval, ascending."""
    return tuple(sorted({found.year for key in _STATED if (found := date(record.get(key)))}))


def date(value: object) -> PartialDate | None:
    """Read `{"date-parts": [[2022, 4, 20]]}` or CSL's `raw` as far as it can be true: month 13 is none."""
    if not isinstance(value, Mapping):
        return None
    parts = value.get("date-parts")
    while isinstance(parts, list) and parts and isinstance(parts[0], list):
        parts = parts[0]
    if isinstance(parts, list) and parts and (found := _possible([_number(part) for part in parts[:3]])):
        return found
    raw = value.get("raw") or value.get("literal")
    return _possible(_raw_parts(raw)) if isinstance(raw, str) else None


def _possible(parts: list[int]) -> PartialDate | None:
    year, month, day = (*parts, 0, 0, 0)[:3]
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if not 1 <= month <= 12:
        return PartialDate(year)
    try:
        datetime.date(year, month, day)
    except ValueError:
        return PartialDate(year, month)
    return PartialDate(year, month, day)


def _raw_parts(raw: str) -> list[int]:
    found = PartialDate.parse(raw.strip().partition("T")[0])
    return [found.year, found.month or 0, found.day or 0] if found else []


def _number(part: object) -> int:
    if isinstance(part, str) and part.strip().isascii() and part.strip().isdigit() and len(part) < 9:
        return int(part)
    # A year beyond any calendar would overflow one.
    is_number = isinstance(part, int) and not isinstance(part, bool) and 0 < part <= _LAST_YEAR
    return part if is_number and isinstance(part, int) else 0


def _order(found: PartialDate) -> tuple[int, int, int]:
    """Of two dates in one year (or month) the more precise one counts as the earlier: it says more."""
    return found.year, found.month or 13, found.day or 32
