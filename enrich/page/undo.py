"""Takes out of a page what we wrote, wherever nobody has edited it since: pure, from the bytes and the memory.

What a person changed stays as a whole, also where only a part of it is theirs. Where nobody changed anything, the
page is again what it was before the first run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from enrich.model.note import Recollection
from enrich.model.outcome import Difference, Kept
from enrich.model.page import Change, Drop, Path, Refusal, Value
from enrich.page import entries, made, own
from enrich.page.front import comment, frontmatter
from enrich.page.profile import shape_of

_WHY: Final = "enrich wrote it, and nobody has edited it since"

# An entry or a field that goes: where it stands, the work and the field, what a person is told of it.
_Gone = tuple[Path, tuple[str, str], Difference]


@dataclass(frozen=True, slots=True)
class Undoing:
    """What to take out of a page, what a person will be told of that, and what stays since somebody edited it.

    `taken` has the work and the field of what goes, by its place; the field is empty where it is a whole entry.
    `edited` are the works of the entries that stay, the fields of which somebody edited.
    """

    changes: tuple[Change, ...] = ()
    differences: tuple[Difference, ...] = ()
    kept: tuple[Kept, ...] = ()
    taken: Mapping[Path, tuple[str, str]] = field(default_factory=dict)
    edited: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Undone:
    """A page without what we wrote, and how it came to that."""

    data: bytes
    undoing: Undoing


def undone(source: bytes, memory: Recollection) -> Undone | Refusal:
    """Return the page `source` without what `memory` says is ours; a refusal where it cannot be read or edited."""
    undone = Undone(source, Undoing())
    for place in memory.places:
        step = _undone_at(undone, memory.at(*place))
        if isinstance(step, Refusal):
            return step
        undone = step
    if memory.begun and undone.undoing.changes:
        return replace(undone, data=made.bare(undone.data))
    return undone


def _undone_at(before: Undone, memory: Recollection) -> Undone | Refusal:
    front = frontmatter.locate(before.data)
    if isinstance(front, Refusal):
        return front
    undoing = undo(front.data, memory) if front else Undoing()
    result = comment.splice(before.data, front, undoing.changes)
    if isinstance(result, Refusal):
        return result
    if memory.last and undoing.changes:
        result = made.restored(result, memory.last)
    past = before.undoing
    return Undone(
        result,
        Undoing(
            (*past.changes, *undoing.changes),
            (*past.differences, *undoing.differences),
            (*past.kept, *undoing.kept),
        ),
    )


def undo(data: Mapping[str, Value], memory: Recollection, why: str = _WHY) -> Undoing:
    """Return what to take out of a front matter at the place of the last note; nothing where nothing is remembered."""
    if memory.last is None:
        return Undoing()
    place = memory.last.place
    path = tuple(place.split(".")) if place else ()
    if shape_of(memory.last.where) == "flat":
        return _flat(data, path, memory, why)
    standing = entries.read(data, path)
    if standing is None or not all(isinstance(item, Mapping) for item in standing.items):
        return Undoing()
    return _list(data, path, standing, memory, why)


def _list(
    data: Mapping[str, Value],
    path: tuple[str, ...],
    standing: entries.Entries,
    memory: Recollection,
    why: str,
) -> Undoing:
    gone: list[_Gone] = []
    kept: list[Kept] = []
    edited: set[str] = set()
    for index, item in enumerate(standing.items):
        work = _work(item, str(standing.names[index]), memory)
        key = f"{'.'.join(path)}[{work}]"
        if work and _is_intact(item, work, memory):
            gone += _entry((*path, index), (key, work), item, memory.theirs(work), why)
        elif work:
            kept.append(Kept(key, dict(item), None, ""))
            edited.add(work)
    changes = tuple(Drop(place, why) for place, _, _ in gone)
    whole = [place for place, _, _ in gone if len(place) == len(path) + 1]
    if gone and len(whole) == len(standing.items) and (outer := made.outermost(data, path, memory.made)):
        changes = (Drop(outer, why),)
    differences = tuple(difference for _, _, difference in gone)
    taken = {place: what for place, what, _ in gone}
    return Undoing(changes, differences, tuple(kept), taken, frozenset(edited))


def _work(item: Mapping[str, Value], name: str, memory: Recollection) -> str:
    """Return the work of ours that an entry is about; empty where it is none of ours."""
    works = memory.identifiers()
    if name in works:
        return name
    return next((work for work in sorted(works) if entries.is_redirected(item, work, memory)), "")


def _is_intact(item: Mapping[str, Value], work: str, memory: Recollection) -> bool:
    """Tell whether an entry is what we made it: nothing of ours changed or gone, nothing come to it."""
    theirs = memory.theirs(work)
    return all(name in theirs or memory.is_ours(work, name, value) for name, value in item.items()) and all(
        name in item for name in memory.fields(work) if name not in theirs and memory.wrote(work, name)
    )


def _entry(
    place: Path, names: tuple[str, str], item: Mapping[str, Value], theirs: tuple[str, ...], why: str
) -> Iterator[_Gone]:
    """Yield an entry of ours as a whole, or those fields that came to a person's own."""
    key, work = names
    if not theirs:
        yield place, (work, ""), Difference(key, dict(item), None, why)
        return
    for name, value in item.items():
        if name not in theirs:
            yield (*place, name), (work, name), Difference(f"{key}.{name}", value, None, why)


def _flat(data: Mapping[str, Value], path: tuple[str, ...], memory: Recollection, why: str) -> Undoing:
    fields = {
        (work, name): memory.theirs(work) for work in memory.identifiers() for name in memory.marks(work)
    }
    standing = own.standing(data, path, sorted({name for _, name in fields}))
    ours = [each for each, theirs in sorted(fields.items()) if each[1] in standing and each[1] not in theirs]
    gone: dict[Path, tuple[str, str]] = {
        (*path, *own.path_of(name)): (work, name)
        for work, name in ours
        if memory.is_ours(work, name, standing[name])
    }
    edited = [each for each in ours if each not in gone.values()]
    deepest = len(own.anchor(path, [name for _, name in fields]))
    return Undoing(
        tuple(Drop(place, why) for place in own.whole(data, gone, deepest, memory.made)),
        tuple(Difference(own.key(path, *what), standing[what[1]], None, why) for what in gone.values()),
        tuple(Kept(own.key(path, *what), standing[what[1]], None, "") for what in edited),
        gone,
        frozenset(work for work, _ in edited),
    )
