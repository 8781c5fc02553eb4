"""What we wrote for another profile, or under another key: it goes, but for what somebody edited.

What stays is remembered with the place that it stays in, and how things stood there: whoever goes back to the former
profile finds the page as it was, deleted values and the order of keys and entries included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from enrich.model.note import Note, Recollection, Where
from enrich.model.outcome import Difference, Kept
from enrich.model.page import Value
from enrich.page import entries, order, own
from enrich.page.composition import Cited, Departure, Unsure
from enrich.page.front import revision
from enrich.page.profile import shape_of
from enrich.page.undo import Undoing, undo

_WHY: Final = "enrich wrote it for another profile or key, and nobody has edited it since"


@dataclass(frozen=True, slots=True)
class Moved:
    """A front matter without what goes, how it came to that, and the notes of what is left."""

    data: Mapping[str, Value]
    departures: tuple[Departure, ...] = ()
    differences: tuple[Difference, ...] = ()
    kept: tuple[Kept, ...] = ()
    left: tuple[Note, ...] = ()


def moved(
    data: Mapping[str, Value],
    cited: Sequence[Cited],
    memory: Recollection,
    where: Where,
    *,
    settled: bool,
    unsure: Unsure,
) -> Moved:
    """Take out of `data` what is remembered of other places than `where`.

    Nothing goes of a work that nobody could say anything about: it stays until it can be written anew.
    """
    result = Moved(data)
    for place in memory.places:
        if place != where:
            result = _without(result, cited, memory.at(*place), settled=settled, unsure=unsure)
    return replace(result, left=tuple(sorted(result.left, key=lambda note: note.where)))


def _without(
    moved: Moved, cited: Sequence[Cited], memory: Recollection, *, settled: bool, unsure: Unsure
) -> Moved:
    note = memory.last or Note("")
    free = _free(memory, cited, settled=settled) - _meant(moved.data, memory, cited, unsure)
    undoing = undo(moved.data, _only(memory, free), _WHY)
    works = _remembered(moved.data, memory, undoing, free)
    rest = replace(
        note,
        works=works,
        theirs={work: memory.theirs(work) for work in works if memory.theirs(work)},
        begun=False,
        order=order.of(moved.data, note, undoing, [str(work.name) for work in cited]),
        left=(),
    )
    data = revision.apply(moved.data, undoing.changes)
    left = (*moved.left, rest) if rest.works or rest.order else moved.left
    if not undoing.changes or not isinstance(data, Mapping):
        return replace(moved, left=left)
    return Moved(
        data,
        (*moved.departures, Departure(note, undoing.changes)),
        (*moved.differences, *undoing.differences),
        (*moved.kept, *undoing.kept),
        left,
    )


def _free(memory: Recollection, cited: Sequence[Cited], *, settled: bool) -> frozenset[str]:
    """Return the works whose values may go."""
    spared = {str(name) for work in cited if work.said is None for name in (*work.names, *work.readings)}
    known = {str(name) for work in cited if work.said is not None for name in work.names}
    works = memory.identifiers()
    return works - spared if settled else works & known


def _meant(
    data: Mapping[str, Value], memory: Recollection, cited: Sequence[Cited], unsure: Unsure
) -> frozenset[str]:
    """Return the works that no citation names, but that one in words may mean by the title that stands there."""
    known = {str(name) for work in cited for name in work.names}
    place = memory.last.place if memory.last else ""
    standing = entries.read(data, tuple(place.split("."))) if place and unsure.titles else None
    found = zip(standing.names, standing.items, strict=True) if standing else ()
    return frozenset(
        str(name)
        for name, item in found
        if str(name) not in known and unsure.may_mean(item.get("title"), entries.identifiers(item))
    )


def _only(memory: Recollection, works: frozenset[str]) -> Recollection:
    last, before = (
        replace(note, works={work: marks for work, marks in note.works.items() if work in works})
        if note
        else None
        for note in (memory.last, memory.before)
    )
    return Recollection(last, before)


def _remembered(
    data: Mapping[str, Value], memory: Recollection, undoing: Undoing, free: frozenset[str]
) -> Mapping[str, Mapping[str, str]]:
    """Return the marks of what a person edited or deleted, and of what had to stay."""
    where = memory.last.where if memory.last else ("", "")
    remembered = {}
    for work in sorted(memory.identifiers()):
        marks = memory.marks(work)
        if work in free:
            is_flat = shape_of(where) == "flat"
            marks = (
                _fields(data, where[0], work, memory, undoing) if is_flat else _entry(work, memory, undoing)
            )
        if marks:
            remembered[work] = marks
    return remembered


def _entry(work: str, memory: Recollection, undoing: Undoing) -> Mapping[str, str]:
    """Return the marks of an entry that a person edited, or deleted as a whole."""
    marks = memory.marks(work)
    if work in undoing.edited:
        return marks
    is_taken = any(work == name for name, _ in undoing.taken.values())
    is_deleted = not is_taken and any(memory.wrote(work, name) for name in marks)
    return marks if is_deleted else {}


def _fields(
    data: Mapping[str, Value], place: str, work: str, memory: Recollection, undoing: Undoing
) -> Mapping[str, str]:
    """Return the marks of the fields that a person edited or deleted; beside them, of those that were theirs."""
    marks = memory.marks(work)
    standing = own.standing(data, tuple(place.split(".")) if place else (), marks)
    stay = {
        name: mark
        for name, mark in marks.items()
        if (work, name) not in undoing.taken.values() and (name in standing or memory.wrote(work, name))
    }
    theirs = {name for name in memory.theirs(work) if name in standing}
    return {} if stay.keys() <= theirs else stay
