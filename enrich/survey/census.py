"""The pages of a site, counted. Pure."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, get_args

from enrich.model.page import Style
from enrich.model.survey import CitedBy, Count, Layout, Survey, SurveyedPage

NO_FRONT_MATTER: Final = "none"
FORMATS: Final = (*get_args(Style), NO_FRONT_MATTER)


def counted(layout: Layout, pages: Sequence[SurveyedPage]) -> Survey:
    """Return the survey of a site whose pages show this."""
    refused = tuple(page.refused for page in pages if page.refused)
    unreadable = tuple(page.unreadable for page in pages if page.unreadable)
    whole = [page for page in pages if not page.refused and not page.unreadable]
    return Survey(
        layout,
        pages=len(pages),
        citing=sum(bool(page.cited_by) for page in whole),
        opted_out=sum(page.opted_out for page in whole),
        endings=_counts((_ending(page.path),) for page in pages if not page.unreadable),
        formats=_all(FORMATS, ((page.style or NO_FRONT_MATTER,) for page in whole)),
        cited_by=_all(get_args(CitedBy), (page.cited_by for page in whole)),
        pdf_hosts=_counts(page.pdf_hosts for page in whole),
        own_keys=_counts((page.own_key,) for page in whole if page.own_key),
        taken_keys=_counts(page.taken_keys for page in whole),
        refused=refused,
        unreadable=unreadable,
    )


def _ending(path: str) -> str:
    return posixpath.splitext(path)[1].removeprefix(".")


def _counts(shown: Iterable[Sequence[str]]) -> tuple[Count, ...]:
    """Count names by pages and in all, those on most pages first."""
    pages: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for names in shown:
        pages.update(set(names))
        times.update(names)
    counts = (Count(name, number, times[name]) for name, number in pages.items())
    return tuple(sorted(counts, key=lambda count: (-count.pages, -count.times, count.name)))


def _all(names: Sequence[str], shown: Iterable[Sequence[str]]) -> tuple[Count, ...]:
    """Count each of `names`, in their order, also those that are shown nowhere."""
    counts = {count.name: count for count in _counts(shown)}
    return tuple(counts.get(name, Count(name, 0, 0)) for name in names)
