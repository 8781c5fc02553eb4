"""Compares volume and first page, or article number, of a page's reference with those of a work."""

from __future__ import annotations

import re
from typing import Final

from enrich.model.claims import Fact
from enrich.model.work import Work
from enrich.page.match import thresholds

_NUMBER: Final = re.compile(r"([a-z]*)0*(\d+)([a-z]*)")
_DASH: Final = re.compile(r"\s*[-–—−,;]\s*")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def compare(volume: str, page: str, work: Work) -> Fact | None:
    """Return whether volume and first page agree; None where one side lacks them or begins at 1."""
    same_volume = _is_same_volume(volume, work.volume) if volume and work.volume else None
    is_page_same = _is_same_page(page, work) if page else None
    ours, theirs = f"{volume}:{page}", f"{work.volume}:{work.pages or work.article_number}"
    if is_page_same is None:
        if same_volume is None:
            return None
        weight = thresholds.WEIGHT_VOLUME if same_volume else thresholds.AGAINST_VOLUME
        return Fact("volume", volume, work.volume, weight)
    if not is_page_same:
        return Fact("page", ours, theirs, thresholds.AGAINST_PAGE)
    if same_volume is None:
        return Fact("page", ours, theirs, thresholds.WEIGHT_PAGE_ALONE)
    return Fact("page", ours, theirs, thresholds.WEIGHT_PAGE) if same_volume else None


def _is_same_page(page: str, work: Work) -> bool | None:
    """Hold a first page against pages, article number and the DOI's end; None if it identifies nothing."""
    ours = _parts(page)
    if ours is None or ours[1] == "1":
        return None
    ends = _DASH.split(work.pages.lower().strip()) if work.pages else []
    known = [parts for parts in (_parts(work.article_number), _parts(ends[0] if ends else "")) if parts]
    if any(_alike(ours, parts) for parts in known) or _ends_doi(page, work):
        return True
    known = [parts for parts in known if parts[1] != "1" and _is_numbered_alike(ours, parts)]
    if not known or _is_inside(ours, ends):
        return None
    return False


def _parts(page: str) -> tuple[str, str, str] | None:
    found = _NUMBER.match(page.strip().lower())
    return (found[1], found[2], found[3]) if found else None


def _alike(ours: tuple[str, str, str], theirs: tuple[str, str, str]) -> bool:
    """`e24` and `24` are one page, `S24` and `e24` are not."""
    if ours[1] != theirs[1]:
        return False
    before = not ours[0] or not theirs[0] or ours[0] == theirs[0]
    return before and (not ours[2] or not theirs[2] or ours[2] == theirs[2])


def _is_numbered_alike(ours: tuple[str, str, str], theirs: tuple[str, str, str]) -> bool:
    """Tell whether two numbers count the same: an article number is no printed page."""
    return bool(ours[0]) == bool(theirs[0]) and (len(ours[1]) > 4) == (len(theirs[1]) > 4)


def _ends_doi(page: str, work: Work) -> bool:
    """Article numbers are often the end of the DOI, and stay there when the registry learns the pages."""
    number = page.strip().lower()
    return len(number) >= 5 and str(work.doi or "").endswith(number.lstrip("e"))


def _is_inside(ours: tuple[str, str, str], ends: list[str]) -> bool:
    """Tell whether a page lies within the range: the place that somebody quotes."""
    if len(ends) != 2 or ours[0]:
        return False
    first, last = (end if end.isdecimal() else "" for end in ends)
    if not first or not last:
        return False
    last = first[: max(0, len(first) - len(last))] + last
    return int(first) < int(ours[1]) <= int(last)


def _is_same_volume(page: str, registry: str) -> bool:
    return _volume(page) == _volume(registry)


def _volume(text: str) -> str:
    lowered = text.strip().lower()
    if found := re.match(r"0*(\d+)", lowered):
        return found[1]
    return str(_roman(lowered)) if lowered and set(lowered) <= set(_ROMAN) else lowered


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(
        -value if value < max(values[place + 1 :], default=0) else value for place, value in enumerate(values)
    )
