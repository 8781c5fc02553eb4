"""Edits of lists and mappings that stand in brackets: what is added looks like what stands beside it.

JSON's objects and lists, TOML's arrays and inline tables: commas between, nothing else but white space.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from enrich.model.page import Edit, Path, Value
from enrich.page.front.block import Node
from enrich.page.front.revision import Given, Revision, Step, dotted
from enrich.page.front.sequence import Role, child_spans, joints


class BracketStyle(Protocol):
    """How a page writes what stands in brackets."""

    @property
    def newline(self) -> str:
        """The line end."""

    @property
    def comma(self) -> str:
        """What parts children on one line."""

    @property
    def pad(self) -> str:
        """What stands inside the braces of a mapping on one line."""

    def unit(self, node: Node) -> str | None:
        """Return the indent of the children of a list or mapping that has none yet; None for one line."""

    def text(self, value: Value, indent: str | None) -> str:
        """Write a value that stands on a line with this indent; None keeps it on one line."""

    def name(self, key: str) -> str:
        """Write a key."""

    def colon(self, source: bytes, node: Node) -> str:
        """Return what parts key and value in this mapping."""


class BracketPlanner:
    """Plans the edits of what stands in brackets on one page."""

    def __init__(self, source: bytes, style: BracketStyle) -> None:
        self.source, self.style = source, style

    def edits(self, node: Node, revision: Revision, path: Path = ()) -> Iterator[Edit]:
        """Yield the edits of a list or mapping and of what is in it; in no order, none overlapping."""
        children: dict[Step, Node] = dict(enumerate(node.items))
        children.update({pair.key: pair.node for pair in node.pairs})
        is_flat = "\n" not in self.separator(node)
        for step, inner in revision.inside.items():
            yield from self.edits(children[step], inner, (*path, step))
        for step, given in revision.replaced.items():
            yield self.replacement(children[step], given, (*path, step), is_flat=is_flat)
        yield from self.children(node, revision, path)

    def replacement(self, old: Node, given: Given, path: Path, *, is_flat: bool) -> Edit:
        """Return the edit that puts a new value in an old one's place, on one line where that was."""
        has_children = bool(old.pairs or old.items)
        stays_flat = is_flat or (has_children and b"\n" not in self.source[old.span.start : old.span.end])
        indent = None if stays_flat else indent_at(self.source, old.span.start)
        return Edit(old.span, self.style.text(given.value, indent).encode(), dotted(path), given.why)

    def children(self, node: Node, revision: Revision, path: Path) -> Iterator[Edit]:
        """Yield the edits that add and drop children."""
        separator = self.separator(node)
        for joint in joints(node, revision):
            new = [self.child(given, node, separator) for given in joint.new]
            text = self._joined(new, joint.role, separator, node)
            yield Edit(joint.span, text.encode(), dotted((*path, joint.step)), joint.why)

    def child(self, given: Given, node: Node, separator: str) -> str:
        """Write a new pair or item that comes behind `separator`."""
        text = self.style.text(given.value, _indent(separator) if "\n" in separator else None)
        if node.kind == "list":
            return text
        return self.style.name(given.key) + self.style.colon(self.source, node) + text

    def separator(self, node: Node) -> str:
        """Return what goes between two children: a gap that breaks the line before any other."""
        if not node.pairs and not node.items:
            unit = self.style.unit(node)
            return self.style.comma if unit is None else self._line(node) + unit
        first, *between = gaps(self.source, node)[:-1]
        broken = [gap for gap in reversed(between) if "\n" in gap]
        if broken:
            return _without_blank_lines(broken[0])
        if "\n" in first:
            return _without_blank_lines("," + first)
        return between[-1] if between else self.style.comma

    def _line(self, node: Node) -> str:
        return f",{self.style.newline}{indent_at(self.source, node.span.start)}"

    def _joined(self, new: list[str], role: Role, separator: str, node: Node) -> str:
        match role:
            case "behind":
                return "".join(separator + text for text in new)
            case "before":
                return "".join(text + separator for text in new)
            case "instead" | "emptying":
                return separator.join(new)
            case "filling":
                return self._filled(new, separator, node)

    def _filled(self, new: list[str], separator: str, node: Node) -> str:
        """Lay out the children of a list or mapping that had none."""
        if "\n" not in separator:
            pad = self.style.pad if node.kind == "mapping" else ""
            return pad + separator.join(new) + pad
        return separator.removeprefix(",") + separator.join(new) + self._line(node).removeprefix(",")


def gaps(source: bytes, node: Node) -> list[str]:
    """Return what stands before, between and after the children of a node in brackets."""
    spans = child_spans(node)
    ends = [node.span.start + 1, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), node.span.end - 1]
    return [source[end:start].decode() for end, start in zip(ends, starts, strict=True)]


def indent_at(source: bytes, offset: int) -> str:
    """Return the white space that begins the line of a byte."""
    return _indent(source[source.rfind(b"\n", 0, offset) + 1 : offset].decode())


def _indent(text: str) -> str:
    """Return the white space that begins a text's last line."""
    line = text.rpartition("\n")[2]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _without_blank_lines(gap: str) -> str:
    before, _, after = gap.partition(",")
    if after.count("\n") > 1:
        above, _, last = after.rpartition("\n")
        after = f"\r\n{last}" if above.endswith("\r") else f"\n{last}"
    return f"{before},{after}"
