"""Edits of YAML in place: in block style line by line, and between brackets where the page has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enrich.model.page import Edit, Span, Value
from enrich.page.front.block import Node
from enrich.page.front.revision import Given, Revision, Step, dotted
from enrich.page.front.yaml_flow import FlowPlanner
from enrich.page.front.yaml_place import Child, Places
from enrich.page.front.yaml_text import Hand, has_lines, indented

_Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans the edits of one page in its hand.

    `kept` are the ends of block scalars with `|+` or `>+`: an empty line that comes to stand there is theirs.
    """

    source: bytes
    places: Places
    hand: Hand
    newline: str
    kept: frozenset[int]

    def edits(self, node: Node, revision: Revision, path: _Path, mark: int) -> Iterator[Edit]:
        """Yield the edits of a mapping or list and of what is in it; those at one place in their order.

        `mark` is where the colon or dash before it ends.
        """
        if node.style == "flow":
            yield from FlowPlanner(self.source, self.hand).edits(node, revision, path)
            return
        children = self.places.children(node)
        for child in children:
            yield from self._inside(child, revision, (*path, child.step))
        dropped = [child for child in children if child.step in revision.dropped]
        if path and len(dropped) == len(children) and not (revision.added or revision.inserted):
            empty = Given([] if node.kind == "list" else {}, revision.dropped[dropped[0].step])
            yield from self._replaced(Child(path[-1], mark, mark, node), empty, path)
            return
        for child in dropped:
            yield from self._dropped(child, children, revision, path)
        yield from self._added(children, revision, path)
        yield from self._inserted(children, revision, path, mark)

    def _inside(self, child: Child, revision: Revision, path: _Path) -> Iterator[Edit]:
        """Yield the edits of a child that stays."""
        if (given := revision.replaced.get(child.step)) is not None:
            yield from self._replaced(child, given, path)
        elif (inner := revision.inside.get(child.step)) is not None:
            if child.node.pairs or child.node.items:
                yield from self.edits(child.node, inner, path, child.mark)
            elif (filling := _filling(child.node, inner)) is not None:
                yield from self._replaced(child, filling, path)

    def _replaced(self, child: Child, given: Given, path: _Path) -> Iterator[Edit]:
        """Yield the edits that put a new value behind a colon or dash; comments beside the old one stay."""
        node, key, why = child.node, dotted(path), given.why
        start, end, head = node.span.start, node.span.end, self.places.head_end(node)
        inline, below = self._written(child, given.value)
        rest = "".join(self.newline + line for line in below)
        if self._is_below(child) and (not inline or node.style in ("block", "literal", "folded")):
            yield from self._edit(child.mark, child.mark, inline and f" {inline}", key, why)
            yield from self._edit(self.places.lead(start), end, rest, key, why)
            return
        if not inline:
            yield from self._edit(self.places.lead(start), head, "", key, why)
        else:
            yield from self._edit(start, head, f" {inline}" if start == end else inline, key, why)
        if head < end:
            yield from self._edit(self.places.line_end(head), end, rest, key, why)
        else:
            yield from self._lines(self.places.line_after(end), below, key, why)

    def _is_below(self, child: Child) -> bool:
        """Tell whether a key's value begins on a later line than its colon."""
        return isinstance(child.step, str) and b"\n" in self.source[child.mark : child.node.span.start]

    def _written(self, child: Child, value: Value) -> tuple[str, list[str]]:
        """Return what of a new value stands behind the colon or dash, and the lines below that."""
        column = self.places.column(child.start)
        if isinstance(child.step, int):
            first, *more = self.hand.lines(value)
            if child.node.span.start == child.node.span.end:
                return self.hand.dash[2:] + first, indented(more, column + len(self.hand.dash))
            return first, indented(more, self.places.column(child.node.span.start))
        if not has_lines(value):
            return self.hand.flow(value), []
        return "", indented(self.hand.lines(value), column + self.hand.indent(value))

    def _dropped(
        self, child: Child, children: Sequence[Child], revision: Revision, path: _Path
    ) -> Iterator[Edit]:
        """Yield the edit that takes a pair or item out: its lines, or what is behind its parent's dash."""
        key, why = dotted((*path, child.step)), revision.dropped[child.step]
        after = self.places.line_after(child.end)
        if self.places.begins_line(child.start):
            line = child.start - self.places.column(child.start)
            is_followed = bool(revision.added or revision.inserted)
            end = self.places.content_after(after) if line in self.kept and not is_followed else after
            yield from self._edit(line, end, "", key, why)
            return
        following = children[1] if len(children) > 1 else child
        stays = following.step not in revision.dropped and child.step not in revision.added
        if stays and not self.source[after : following.start].strip():
            yield from self._edit(child.start, following.start, "", key, why)
        else:
            yield from self._edit(
                self.places.lead(child.start), self.places.line_end(child.end), "", key, why
            )

    def _added(self, children: Sequence[Child], revision: Revision, path: _Path) -> Iterator[Edit]:
        """Yield the edits that put new keys into a mapping, each group behind the lines of its sibling."""
        ends: dict[Step, int] = {child.step: self.places.line_after(child.end) for child in children}
        column = self.places.column(children[0].start) if children else 0
        for sibling, group in revision.added.items():
            last = max(ends.values(), default=0)
            at = ends.get(sibling or "") or (last if path else self.places.last(last))
            for given in group:
                lines = indented(self.hand.pair(given.key, given.value), column)
                yield from self._lines(at, lines, dotted((*path, given.key)), given.why)

    def _inserted(
        self, children: Sequence[Child], revision: Revision, path: _Path, mark: int
    ) -> Iterator[Edit]:
        """Yield the edits that put new items into a list, behind the item before: a comment heads an item."""
        for index, group in revision.inserted.items():
            at = self.places.line_after(children[index - 1].end if index else mark)
            for given in group:
                lines = indented(self.hand.item(given.value), self.places.column(children[0].start))
                yield from self._lines(at, lines, dotted((*path, index)), given.why)

    def _lines(self, at: int, lines: Sequence[str], key: str, why: str) -> Iterator[Edit]:
        written = self.newline.join(lines)
        if at == self.places.inner.start or self.source.startswith(b"\n", at - 1):
            yield from self._edit(at, at, written + self.newline if lines else "", key, why)
        else:
            yield from self._edit(at, at, self.newline + written if lines else "", key, why)

    def _edit(self, start: int, end: int, text: str, key: str, why: str) -> Iterator[Edit]:
        if text or start < end:
            yield Edit(Span(start, end), text.encode(), key, why)


def _filling(node: Node, revision: Revision) -> Given | None:
    """Return what an empty list or mapping becomes; None where nothing comes into it."""
    if node.kind == "list":
        items = [given for group in revision.inserted.values() for given in group]
        return Given([given.value for given in items], items[0].why) if items else None
    pairs = [given for group in revision.added.values() for given in group]
    return Given({given.key: given.value for given in pairs}, pairs[0].why) if pairs else None
