"""What we made for our list, so that all of it goes with it and nothing else: keys, a value's place, a whole block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from enrich.model.note import Note
from enrich.model.page import FrontMatter, Put, Refusal, Value
from enrich.page.front import revision
from enrich.page.front.block import Pair
from enrich.page.front.frontmatter import FORMATS, locate


def missing(data: Mapping[str, Value], path: tuple[str, ...]) -> int:
    """Return how many keys of `path` are not there, which is how many have to be made."""
    value: Value = data
    for depth, name in enumerate(path):
        if not isinstance(value, Mapping) or name not in value:
            return len(path) - depth
        value = value[name]
    return 0


def outermost(data: Mapping[str, Value], path: tuple[str, ...], made: int) -> tuple[str, ...]:
    """Return the path to take out for the list at `path` to go, with those of the `made` keys that hold nothing else.

    Where the list's own key was there before us (`made` is 0), it is to stay, empty: there is nothing to take out.
    """
    if made == 0:
        return ()
    last = len(path)
    while last > 1 and len(path) - last + 1 < made and _only(data, path[:last]):
        last -= 1
    return path[:last]


def _only(data: Mapping[str, Value], path: tuple[str, ...]) -> bool:
    """Tell whether the last key of `path` is the only one of its mapping."""
    parent: Value = data
    for name in path[:-1]:
        parent = parent.get(name) if isinstance(parent, Mapping) else None
    return isinstance(parent, Mapping) and len(parent) == 1


def marked(note: Note, source: bytes) -> Note:
    """Return `note`, of a page that is still `source`, with what no data tell: how emptiness is written there."""
    front = locate(source)
    if front is None:
        return replace(note, begun=True)
    pair = _pair(source, front, note.place) if note.made == 0 else None
    if pair is None or pair.node.value not in ([], None):
        return note
    return replace(note, stood=source[pair.name.end : pair.node.span.end].decode())


def restored(source: bytes, note: Note) -> bytes:
    """Return a page from which our list is gone with the emptiness as it was written before; as it is if in doubt."""
    front = locate(source)
    pair = _pair(source, front, note.place) if note.stood else None
    if pair is None or pair.node.value != [] or not isinstance(front, FrontMatter):
        return source
    result = source[: pair.name.end] + note.stood.encode() + source[pair.node.span.end :]
    again = locate(result)
    path = tuple(note.place.split("."))
    meant = (front.data, revision.apply(front.data, [Put(path, None, "")]))
    is_same = isinstance(again, FrontMatter) and any(revision.is_same(again.data, data) for data in meant)
    return result if is_same else source


def bare(source: bytes) -> bytes:
    """Return a page without the front matter that we made for ours, if nothing stands in it any more."""
    front = locate(source)
    if not isinstance(front, FrontMatter) or front.data:
        return source
    bare = source[: front.block.start] + source[front.block.end :]
    # What comes to stand at the top must not be taken for a front matter.
    return bare if locate(bare) is None else source


def _pair(source: bytes, front: FrontMatter | Refusal | None, place: str) -> Pair | None:
    """Return the key at `place` with its value, where both stand in the source."""
    if not isinstance(front, FrontMatter):
        return None
    node = FORMATS[front.style].read(source, front.inner)
    pair = None
    for name in place.split("."):
        pair = None if isinstance(node, Refusal) else node.get(name)
        if pair is None:
            return None
        node = pair.node
    return pair
