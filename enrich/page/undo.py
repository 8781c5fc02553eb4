"""Takes out of a page what we wrote, wherever nobody has edited it since: pure, from the bytes and the memory.

What a person changed stays as a whole, also where only a part of it is theirs. Where nobody changed anything, the
page is again what it was before the first run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from enrich.model.note import Recollection
from enrich.model.outcome import Difference, Kept
from enrich.model.page import Change, Drop, FrontMatter, Path, Refusal, Value
from enrich.page import entries, made
from enrich.page.front import frontmatter, splice

_WHY: Final = "enrich wrote it, and nobody has edited it since"

# An entry or a field that goes: where it stands, what a person is told of it.
_Gone = tuple[Path, Difference]


@dataclass(frozen=True, slots=True)
class Undoing:
    """What to take out of a page, what a person will be told of that, and what stays since somebody edited it."""

    changes: tuple[Change, ...] = ()
    differences: tuple[Difference, ...] = ()
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """A page without what we wrote, and how it came to that."""

    data: bytes
    undoing: Undoing


def undone(source: bytes, memory: Recollection) -> Undone | Refusal:
    """Return the page `source` without what `memory` says is ours; a refusal where it cannot be read or edited."""
    front = frontmatter.locate(source)
    if isinstance(front, Refusal):
        return front
    undoing = undo(front.data, memory) if front else Undoing()
    result = splice.splice(source, front, undoing.changes)
    if isinstance(result, Refusal):
        return result
    if memory.last and undoing.changes:
        result = made.restored(result, memory.last)
        result = _without_block(result) if memory.begun else result
    return Undone(result, undoing)


def undo(data: Mapping[str, Value], memory: Recollection) -> Undoing:
    """Return what to take out of a front matter; nothing where nothing is remembered."""
    if memory.last is None:
        return Undoing()
    path = tuple(memory.last.place.split(".")) if memory.last.place else ()
    if not path:
        return _flat(data, memory)
    standing = entries.read(data, path)
    if standing is None or not all(isinstance(item, Mapping) for item in standing.items):
        return Undoing()
    return _list(data, path, standing, memory)


def _list(
    data: Mapping[str, Value], path: tuple[str, ...], standing: entries.Entries, memory: Recollection
) -> Undoing:
    gone: list[_Gone] = []
    kept: list[Kept] = []
    for index, item in enumerate(standing.items):
        work = _work(item, str(standing.names[index]), memory)
        key = f"{'.'.join(path)}[{work}]"
        if work and _is_intact(item, work, memory):
            gone += _entry((*path, index), key, item, memory.theirs(work))
        elif work:
            kept.append(Kept(key, dict(item), None, ""))
    changes = tuple(Drop(place, _WHY) for place, _ in gone)
    whole = [place for place, _ in gone if len(place) == len(path) + 1]
    if gone and len(whole) == len(standing.items) and (outer := made.outermost(data, path, memory.made)):
        changes = (Drop(outer, _WHY),)
    return Undoing(changes, tuple(difference for _, difference in gone), tuple(kept))


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


def _entry(place: Path, key: str, item: Mapping[str, Value], theirs: tuple[str, ...]) -> Iterator[_Gone]:
    """Yield an entry of ours as a whole, or those fields that came to a person's own."""
    if not theirs:
        yield place, Difference(key, dict(item), None, _WHY)
        return
    for name, value in item.items():
        if name not in theirs:
            yield (*place, name), Difference(f"{key}.{name}", value, None, _WHY)


def _flat(data: Mapping[str, Value], memory: Recollection) -> Undoing:
    ours = [
        (work, name)
        for work in sorted(memory.identifiers())
        for name in memory.fields(work)
        if name in data and name not in memory.theirs(work)
    ]
    gone = [name for work, name in ours if memory.is_ours(work, name, data[name])]
    return Undoing(
        tuple(Drop((name,), _WHY) for name in gone),
        tuple(Difference(name, data[name], None, _WHY) for name in gone),
        tuple(Kept(name, data[name], None, "") for _, name in ours if name not in gone),
    )


def _without_block(source: bytes) -> bytes:
    """Return a page without the front matter that we made for ours, if nothing else stands in it."""
    front = frontmatter.locate(source)
    if not isinstance(front, FrontMatter) or front.data:
        return source
    bare = source[: front.block.start] + source[front.block.end :]
    # What comes to stand at the top must not be taken for a front matter.
    return bare if frontmatter.locate(bare) is None else source
