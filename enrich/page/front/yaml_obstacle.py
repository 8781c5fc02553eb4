"""What stands in the way of changing a YAML front matter in place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from enrich.model.page import Refusal, Span
from enrich.page.front.block import Node, line_at
from enrich.page.front.refinement import children_of
from enrich.page.front.revision import Revision
from enrich.page.front.sequence import child_spans
from enrich.page.front.yaml_place import PROPERTIES, Places

_ANCHOR = re.compile(rb"&([^\s,\[\]{}]+)")
_COLON = re.compile(rb"[ \t]*:")
# What ends a line for YAML 1.1, but neither for 1.2 (but for CR) nor for this program: CR, NEL, LS, PS.
_STRAY = re.compile(rb"\r(?!\n)|\xc2\x85|\xe2\x80[\xa8\xa9]")


def obstacle(places: Places, root: Node, revision: Revision) -> Refusal | None:
    """Return why `revision` cannot be made in place, with the line, or None."""
    source = places.source
    if (stray := _stray(places, root)) is not None:
        return Refusal("a line ends in an unusual character (CR, NEL, LS or PS)", line_at(source, stray))
    repeated = (
        frozenset(_repeated(source, root)) if b"*" in source[root.span.start : root.span.end] else frozenset()
    )
    found = next(_Search(places, repeated).obstacles(root, revision), None)
    return Refusal(found[0], line_at(source, found[1])) if found else None


def _stray(places: Places, root: Node) -> int | None:
    """Return where a character outside of all values ends a line for some readers only."""
    strays = [found.start() for found in _STRAY.finditer(places.source, places.inner.start, places.inner.end)]
    if not strays:
        return None
    values = list(_scalars(root))
    return next((at for at in strays if not any(span.start <= at < span.end for span in values)), None)


def _scalars(node: Node) -> Iterator[Span]:
    if node.kind == "scalar":
        yield node.span
    for child in children_of(node).values():
        yield from _scalars(child)


def _repeated(source: bytes, node: Node) -> Iterator[bytes]:
    """Yield the names of all anchors that an alias repeats."""
    if node.style == "alias":
        yield source[node.span.start + 1 : node.span.end]
    for pair in node.pairs:
        if source.startswith(b"*", pair.name.start):
            yield source[pair.name.start + 1 : pair.name.end]
    for child in children_of(node).values():
        yield from _repeated(source, child)


@dataclass(frozen=True, slots=True)
class _Search:
    """Walks along a revision and yields what is in its way: the reason and the byte."""

    places: Places
    repeated: frozenset[bytes]

    def obstacles(self, node: Node, revision: Revision) -> Iterator[tuple[str, int]]:
        if node.style == "alias" or self._is_repeated(self._properties(node)):
            yield "an alias repeats what is to be changed here: write it out in full", node.span.start
        yield from self._layout(node)
        children = children_of(node)
        spans = dict(zip(children, child_spans(node), strict=True))
        for step in (*revision.replaced, *revision.dropped, *revision.inside):
            if step not in children:
                yield f"`{step}` comes from another mapping by `<<`: write it out", node.span.start
            elif step in revision.inside:
                yield from self.obstacles(children[step], revision.inside[step])
            elif self._is_repeated(spans[step]):
                yield "an alias repeats what is to be changed here: write it out in full", spans[step].start

    def _properties(self, node: Node) -> Span:
        found = PROPERTIES.match(self.places.source, node.span.start)
        return Span(node.span.start, found.end() if found else node.span.start)

    def _is_repeated(self, span: Span) -> bool:
        names = _ANCHOR.findall(self.places.source, span.start, span.end)
        return not self.repeated.isdisjoint(names)

    def _layout(self, node: Node) -> Iterator[tuple[str, int]]:
        source, start = self.places.source, node.span.start
        if node.style == "flow":
            if source[start] not in b"[{&!":
                yield "a pair stands in a list without braces: give it some", start
        elif node.kind == "list" and not self.places.begins_line(start) and source[start] not in b"&!":
            yield "a list begins behind another one's dash: give it a line of its own", start
        for pair in node.pairs if node.style == "block" else ():
            is_first = pair.name.start == start or self.places.begins_line(pair.name.start)
            if not is_first or not _COLON.match(source, pair.name.end):
                yield "a key stands behind `?`: write it as `key: value`", pair.name.start
