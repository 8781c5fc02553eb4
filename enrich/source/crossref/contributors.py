"""Who made a work, in the order of the deposit: each once, and nobody who is a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from enrich.model.work import Author, Group
from enrich.source.crossref.casing import is_capitals
from enrich.source.crossref.names import Person, family_name, person
from enrich.source.crossref.script import are_one_name, is_latin
from enrich.source.crossref.text import text

_UNIT = re.compile(
    r"\b(?:cent(?:er|re)|clinic|college|department|dept|division|facult[yé]|hospital|institut[eo]?|laborator\w+"
    r"|school|section|unit|universi\w+)\b",
    re.IGNORECASE,
)
_GROUP_WORD = re.compile(
    r"\b(?:collaborat\w+|committee|consortium|group|initiative|investigators|network|society|study|team)\b",
    re.IGNORECASE,
)
# Nobody deposits a longer list in two scripts, and comparing all with all would take minutes.
_LONGEST_TWICE = 200


@dataclass(frozen=True, slots=True)
class _Entry:
    """A person beside what tells two people of one name apart."""

    person: Person
    affiliations: tuple[str, ...] = ()


def people(value: object, *, container: str = "", title: str = "") -> tuple[Person, ...]:
    """Return the contributors of a record's list that have a name.

    Left out: who stands there twice (also in two scripts, where the title's script decides which stays), and
    affiliations that were deposited as authors. A journal that signs as a person is a group.
    """
    values = [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
    shouting = _is_shouting(values)
    entries = [
        _Entry(_signed(named, container), _affiliations(item))
        for item in values
        if (named := person(item, shouting=shouting))
    ]
    once = _each_once(_without_affiliations(entries))
    return tuple(_in_one_script(once, latin=is_latin(title)))


def _is_shouting(values: Iterable[Mapping[str, object]]) -> bool:
    """Whether the record sets its family names in capitals: all of them, and one is too long for initials."""
    families = [family for item in values if sum(map(str.isalpha, family := family_name(item))) > 1]
    return all(map(is_capitals, families)) and any(len(family) > 3 for family in families)


def _affiliations(item: Mapping[str, object]) -> tuple[str, ...]:
    values = item.get("affiliation")
    places = values if isinstance(values, list) else []
    return tuple(name for place in places if isinstance(place, Mapping) and (name := text(place.get("name"))))


def _without_affiliations(entries: list[_Entry]) -> list[_Entry]:
    """Drop `Department of X, University of Y, Country` where people stand beside it."""
    if not any(isinstance(entry.person, Author) for entry in entries):
        return entries
    return [entry for entry in entries if not _is_affiliation(entry.person)]


def _is_affiliation(one: Person) -> bool:
    if isinstance(one, Author):
        return False
    first, *others = one.name.split(", ")
    if _GROUP_WORD.search(one.name) or not _UNIT.search(first):
        return False
    return len(others) > 1 or any(map(_UNIT.search, others))


def _signed(one: Person, container: str) -> Person:
    """Return a journal's own name, deposited as a person's, as a group."""
    return Group(container) if container and str(one).casefold() == container.casefold() else one


def _each_once(entries: list[_Entry]) -> list[Person]:
    kept: dict[str, list[_Entry]] = {}
    people: list[Person] = []
    for entry in entries:
        same = kept.setdefault(str(entry.person).casefold(), [])
        if not any(_may_be_one(entry, other) for other in same):
            same.append(entry)
            people.append(entry.person)
    return people


def _may_be_one(one: _Entry, other: _Entry) -> bool:
    """Whether two entries of one name can be the same person: no two ORCIDs, no two sets of affiliations."""
    orcids = {entry.person.orcid for entry in (one, other) if isinstance(entry.person, Author)}
    places = {entry.affiliations for entry in (one, other) if entry.affiliations}
    return len(orcids - {""}) < 2 and len(places) < 2


def _in_one_script(people: list[Person], *, latin: bool) -> Iterator[Person]:
    """Yield the people; of one in Cyrillic and in Latin letters only the spelling in the title's script."""
    if len(people) > _LONGEST_TWICE:
        yield from people
        return
    wanted = [one for one in people if is_latin(str(one)) is latin]
    for one in people:
        if is_latin(str(one)) is latin or not any(_sound_alike(one, other) for other in wanted):
            yield one


def _sound_alike(one: Person, other: Person) -> bool:
    if isinstance(one, Group) or isinstance(other, Group):
        return False
    return are_one_name(one.family, other.family) and are_one_name(one.given, other.given)
