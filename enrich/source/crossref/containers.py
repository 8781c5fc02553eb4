"""The journal, book or proceedings that a work stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from enrich.source.crossref.text import every

# A chapter's record names its book and the book's series, in either order; no field says which is which.
_SERIES = re.compile(
    r"\b(?:series|lecture notes|springerbriefs|studies in|advances in|topics in|progress in|methods in"
    r"|communications in|contributions to|proceedings in|smart innovation|library of|collection|monographs?"
    r"|schriften\w*|\w+reihe|beiträge|transactions)\b|\bproceedings$",
    re.IGNORECASE,
)


def containers(record: Mapping[str, object]) -> tuple[str, str]:
    """Return the full and the short title; the short one stands in where there is no full one."""
    full = every(record.get("container-title"))
    short = every(record.get("short-container-title"))
    best = max(full, key=_likeness_to_a_book, default="")
    return best or next(iter(short), ""), next(iter(short), "")


def _likeness_to_a_book(title: str) -> tuple[bool, int]:
    return not _SERIES.search(title), len(title)
