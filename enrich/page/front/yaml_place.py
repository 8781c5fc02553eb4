"""Places in YAML source: lines and their ends, dashes and colons, and how much of a value is its head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enrich.model.page import Span
from enrich.page.front.block import Node
from enrich.page.front.refinement import children_of
from enrich.page.front.revision import Step

_DASH = re.compile(rb"^ *(-)(?=[ \t\r\n]|\Z)", re.MULTILINE)
# An anchor and a tag in any order (YAML 1.2.2, 6.9), and how a block scalar begins (8.1.1).
PROPERTIES = re.compile(rb"[!&]\S*(?:[ \t]+[!&]\S*)*")
_EMPTY = re.compile(rb"(?:[ \t]*\r?\n)*")
_HEADER = re.compile(rb"(?:[!&]\S*\s+)*[|>][0-9+-]*")


@dataclass(frozen=True, slots=True)
class Child:
    """A pair or item in block style: where its key or dash begins, and where its colon or dash ends."""

    step: Step
    start: int
    mark: int
    node: Node

    @property
    def end(self) -> int:
        """Return where its value ends."""
        return self.node.span.end


@dataclass(frozen=True, slots=True)
class Places:
    """Finds places in one front matter. All offsets are bytes of the page."""

    source: bytes
    inner: Span

    def column(self, offset: int) -> int:
        """Return how many bytes stand before `offset` on its line."""
        return offset - self.source.rfind(b"\n", 0, offset) - 1

    def line_after(self, offset: int) -> int:
        """Return where the line after the one of `offset` begins, or the end of the front matter."""
        return self.source.find(b"\n", offset, self.inner.end) + 1 or self.inner.end

    def line_end(self, offset: int) -> int:
        """Return where the line of `offset` ends, before its line break."""
        end = self.source.find(b"\n", offset, self.inner.end)
        if end < 0:
            return self.inner.end
        return end - 1 if self.source.startswith(b"\r\n", end - 1) and end > offset else end

    def content_after(self, line: int) -> int:
        """Return where the first line that is not empty begins, from the line at `line` on."""
        found = _EMPTY.match(self.source, line, self.inner.end)
        return found.end() if found else line

    def begins_line(self, offset: int) -> bool:
        """Tell whether nothing but spaces stands before `offset` on its line."""
        return not self.source[offset - self.column(offset) : offset].strip(b" ")

    def lead(self, offset: int) -> int:
        """Return where the white space before a value begins, the line break before it included."""
        line = offset - self.column(offset)
        if not self.begins_line(offset) or line == self.inner.start:
            return line + len(self.source[line:offset].rstrip(b" \t"))
        return line - 2 if self.source.startswith(b"\r\n", line - 2) else line - 1

    def head_end(self, node: Node) -> int:
        """Return where a value's text ends on its first line, if more of it follows below a comment.

        That is so for a block scalar's header and for the anchor and tag of a block collection.
        """
        start = node.span.start
        if node.style in ("literal", "folded"):
            found = _HEADER.match(self.source, start)
        elif node.style == "block":
            found = PROPERTIES.match(self.source, start)
        else:
            found = None
        return found.end() if found else node.span.end

    def kept(self, node: Node) -> Iterator[int]:
        """Yield the ends of all block scalars in `node` that keep the empty lines behind them."""
        for child in children_of(node).values():
            if (
                child.style in ("literal", "folded")
                and b"+" in self.source[child.span.start : self.head_end(child)]
            ):
                yield self.line_after(child.span.end)
            yield from self.kept(child)

    def children(self, node: Node) -> list[Child]:
        """Return the pairs or items of a mapping or list in block style."""
        children: list[Child] = []
        for pair in node.pairs:
            mark = self.source.index(b":", pair.name.end) + 1
            children.append(Child(pair.key, pair.name.start, mark, pair.node))
        for index, item in enumerate(node.items):
            dash = self._dash(node, children)
            children.append(Child(index, dash, dash + 1, item))
        return children

    def _dash(self, node: Node, before: Sequence[Child]) -> int:
        """Return where the next dash of a list is: only comments can stand between the item before and it."""
        start = node.span.start
        if not before and self.source.startswith(b"-", start):
            return start
        found = _DASH.search(self.source, self.line_after(before[-1].end if before else start))
        return found.start(1) if found else start

    def last(self, offset: int) -> int:
        """Return where the last line that is not blank ends, its line break included; `offset` at least."""
        end = self.inner.start + len(self.source[self.inner.start : self.inner.end].rstrip())
        return max(offset, self.line_after(end) if end > self.inner.start else end)
