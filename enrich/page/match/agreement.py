"""Holds what a page says of a paper against a record that was found by search: what agrees, what contradicts.

Stricter than `evidence`, which judges a work that the page names by its identifier: here nothing else names it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from rapidfuzz.distance import OSA

from enrich.model.claims import Claims, Fact
from enrich.model.work import Author, Work
from enrich.page.match import author_line, author_match, journal_name, likeness, place_match, thresholds

_NUMBERS: Final = re.compile(r"[1-9]\d*")
_SUPPLEMENT: Final = re.compile(r"s", re.IGNORECASE)


def compare(claims: Claims, work: Work) -> tuple[Fact, ...]:
    """Return the facts about first author, year, journal, volume and first page; none where a side is silent."""
    page = place_match.compare("", claims.page, work)
    found = (
        _first_author(claims.authors, work),
        _year(claims, work),
        _journal(claims, work),
        _volume(claims, work, is_page_same=page is not None and page.weight > 0),
        page,
    )
    return tuple(fact for fact in found if fact)


def _volume(claims: Claims, work: Work, *, is_page_same: bool) -> Fact | None:
    """Compare volumes, and issues where both sides state one: columns and editorials come again in each.

    Another issue contradicts; beside the same first page it is a slip, and the volume says nothing.
    """
    fact = place_match.compare(claims.volume, "", work)
    if fact is None or fact.weight < 0 or not _is_other_issue(claims.issue, work.issue):
        return fact
    sides = f"{claims.volume}({claims.issue})", f"{work.volume}({work.issue})"
    return None if is_page_same else Fact("volume", *sides, thresholds.AGAINST_VOLUME)


def _is_other_issue(page: str, registry: str) -> bool:
    """Tell whether two issues have no number in common; a supplement's number is one of another kind."""
    ours, theirs = set(_NUMBERS.findall(page)), set(_NUMBERS.findall(registry))
    is_comparable = bool(_SUPPLEMENT.search(page)) == bool(_SUPPLEMENT.search(registry))
    return is_comparable and bool(ours and theirs) and ours.isdisjoint(theirs)


def _first_author(line: str, work: Work) -> Fact | None:
    """Hold the first name of a line against the first author; the other names must not contradict either."""
    units = author_line.units(line) if line else ()
    if not units or not work.authors:
        return None
    is_misspelt = _is_misspelt(units[0], work)
    every = author_match.compare(line, work)
    if every and every.weight < 0:
        return None if is_misspelt and len(units) == 1 else every
    first = author_match.compare(" ".join(units[0]), replace(work, authors=work.authors[:1]))
    if first is None or (first.weight < 0 and is_misspelt):
        return None
    return Fact("authors", line, first.registry, first.weight)


def _is_misspelt(unit: author_line.Unit, work: Work) -> bool:
    """Tell whether a name is the first author's but for a typing error, which says nothing."""
    first = work.authors[0]
    names = likeness.families(first.family) if isinstance(first, Author) else ()
    return any(
        len(word) >= thresholds.WORD_TYPO and OSA.distance(word, name, score_cutoff=2) <= 2
        for word in unit
        for name in names
    )


def _year(claims: Claims, work: Work) -> Fact | None:
    years = work.years or ((work.published.year,) if work.published else ())
    pairs = [(abs(ours - theirs), ours, theirs) for ours in claims.years for theirs in years]
    if not pairs:
        return None
    distance, ours, theirs = min(pairs)
    if distance > thresholds.YEAR_NEAR:
        weight = thresholds.AGAINST_YEAR
    else:
        weight = thresholds.WEIGHT_YEAR_NEAR if distance else thresholds.WEIGHT_YEAR
    return Fact("year", str(ours), str(theirs), weight)


def _journal(claims: Claims, work: Work) -> Fact | None:
    """Compare journal names word by word, as ISO 4 abbreviates: letters in common make no journal the same."""
    names = [name for name in (work.container, work.short_container) if name]
    if not names or not claims.journals:
        return None
    ratios = [journal_name.ratio(ours, theirs) for ours in claims.journals for theirs in names]
    ours, theirs = claims.journals[0], names[0]
    if max(ratios) >= 100 or any(_are_alike(one, other) for one in claims.journals for other in names):
        return Fact("journal", ours, theirs, thresholds.WEIGHT_JOURNAL)
    if max(ratios) < thresholds.JOURNAL_OTHER and likeness.script(ours) == likeness.script(theirs):
        return Fact("journal", ours, theirs, thresholds.AGAINST_JOURNAL)
    return None


def _are_alike(ours: str, theirs: str) -> bool:
    one, other = likeness.fold(ours).split(), likeness.fold(theirs).split()
    return len(one) == len(other) and all(map(likeness.is_typo, one, other))
