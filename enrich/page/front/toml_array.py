"""Edits of TOML arrays and inline tables; arrays with comments are edited line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from enrich.model.page import Edit, Path, Span
from enrich.page.front.block import Node
from enrich.page.front.bracket_edit import BracketPlanner, gaps, indent_at
from enrich.page.front.revision import Revision, dotted

# What may follow an item on its line, where lines are edited.
_REST = re.compile(rb"[ \t]*+(,?)[ \t]*+(?:#[^\n]*+)?\r?\n")


class LayoutError(Exception):
    """What is asked cannot be done in the page's layout at `offset`; `reason` says what a person can do."""

    def __init__(self, reason: str, offset: int) -> None:
        self.reason, self.offset = reason, offset
        super().__init__(reason)


class ArrayPlanner(BracketPlanner):
    """Plans the edits of what stands in TOML's brackets. Raises `LayoutError`."""

    def separator(self, node: Node) -> str:
        """Return what goes between two children, without comments."""
        if any("#" in gap for gap in gaps(self.source, node)) and node.items:
            return f",{self.style.newline}{indent_at(self.source, node.items[-1].span.start)}"
        return super().separator(node)

    def children(self, node: Node, revision: Revision, path: Path) -> Iterator[Edit]:
        """Yield the edits that add and drop children, so that a comment stays beside what it is about."""
        comes_or_goes = revision.inserted or revision.dropped
        if node.kind == "list" and comes_or_goes and any("#" in gap for gap in gaps(self.source, node)):
            return self._lines(node, revision, path)
        return super().children(node, revision, path)

    def _lines(self, node: Node, revision: Revision, path: Path) -> Iterator[Edit]:
        lines = [self._line_of(item) for item in node.items]
        if not lines or any(one.end > other.start for one, other in pairwise(lines)):
            raise LayoutError(
                f"`{dotted(path)}` has comments between items on one line: put each on its own",
                node.span.start,
            )
        for index, why in revision.dropped.items():
            yield Edit(lines[int(index)], b"", dotted((*path, index)), why)
        for index, group in revision.inserted.items():
            at = lines[index].start if index < len(lines) else lines[-1].end
            if index == len(lines):
                yield from self._comma(node.items[-1], path)
            for given in group:
                indent = indent_at(self.source, node.items[-1].span.start)
                text = f"{indent}{self.style.text(given.value, indent)},{self.style.newline}"
                yield Edit(Span(at, at), text.encode(), dotted((*path, index)), given.why)

    def _line_of(self, item: Node) -> Span:
        start = self.source.rfind(b"\n", 0, item.span.start) + 1
        rest = _REST.match(self.source, item.span.end)
        if rest is None or self.source[start : item.span.start].strip():
            return Span(0, len(self.source))
        return Span(start, rest.end())

    def _comma(self, last: Node, path: Path) -> Iterator[Edit]:
        """Yield the comma that the last item lacks when another one follows."""
        rest = _REST.match(self.source, last.span.end)
        if rest and not rest.group(1):
            yield Edit(Span(last.span.end, last.span.end), b",", dotted(path), "another item follows")
