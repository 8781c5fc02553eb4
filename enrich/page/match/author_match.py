"""Compares an author line of a page with the authors of a work, by family name and first initial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from enrich.model.claims import Fact
from enrich.model.work import Author, Group, Work
from enrich.page.match import author_line, likeness, thresholds

_MOST: Final = 30
"""Authors of a work that are compared: pages name the first ones."""


def compare(line: str, work: Work) -> Fact | None:
    """Return whether the names in `line` are the work's; None where nobody can tell."""
    units = author_line.units(line) if line else ()
    persons = [person for person in work.authors if isinstance(person, Author) and person.family][:_MOST]
    if not units:
        return None
    if not persons:
        return _compare_groups(line, work)
    if likeness.script(line) != likeness.script(" ".join(person.family for person in persons)):
        return None
    found, shared = _count(units, persons)
    possible = min(len(units), len(persons))
    named = ", ".join(person.family for person in persons)
    if found >= possible * thresholds.AUTHORS_FOUND:
        weight = thresholds.WEIGHT_AUTHORS if found > 1 else thresholds.WEIGHT_ONE_AUTHOR
        return Fact("authors", line, named, weight)
    if _compare_groups(line, work):
        return None
    if shared <= possible * thresholds.AUTHORS_MISSED:
        return Fact("authors", line, named, thresholds.AGAINST_AUTHORS)
    if found <= possible * thresholds.AUTHORS_MISSED and shared <= possible * thresholds.AUTHORS_NAMESAKES:
        return Fact("authors", line, named, thresholds.AGAINST_NAMESAKES)
    return None


def _compare_groups(line: str, work: Work) -> Fact | None:
    text = f" {likeness.fold(line)} "
    for group in work.authors:
        if isinstance(group, Group) and f" {likeness.fold(group.name)} " in text:
            return Fact("authors", line, group.name, thresholds.WEIGHT_ONE_AUTHOR)
    return None


def _count(units: Sequence[author_line.Unit], persons: Iterable[Author]) -> tuple[int, int]:
    """How many persons are named with their initial, and how many at least share their family name."""
    places: dict[str, list[int]] = {}
    for place, unit in enumerate(units):
        for word in unit:
            places.setdefault(word, []).append(place)
    found = shared = 0
    for person in persons:
        is_found, is_shared = _find(person, units, places)
        found += is_found
        shared += is_shared
    return found, shared


def _find(
    person: Author, units: Sequence[author_line.Unit], places: Mapping[str, Sequence[int]]
) -> tuple[bool, bool]:
    given = person.given[:1]
    initial = given.lower() if given.isascii() and given.isalpha() else likeness.fold(person.given[:4])[:1]
    shared = False
    for form in likeness.families(person.family):
        words = form.split()
        telling = words if len(words) == 1 else [word for word in words if len(word) > 3] or words
        for place in (place for word in telling for place in places.get(word, ())):
            shared = True
            if _agrees(initial, words, units, place):
                return True, True
    return False, shared


def _agrees(initial: str, words: Sequence[str], units: Sequence[author_line.Unit], place: int) -> bool:
    """Tell whether the rest of a name begins like the given name, which may also stand behind a comma."""
    rest = [word for word in units[place] if word not in words]
    if not rest and place + 1 < len(units) and len(units[place + 1]) == 1:
        rest = list(units[place + 1])
        return not initial or any(word[0] == initial for word in rest) or len(units[place]) == 1
    return not initial or not rest or any(word[0] == initial for word in rest)
