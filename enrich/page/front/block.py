"""A front matter as a tree of values with their places: what each format reads and plans its edits on.

Each format is a module of two functions, the shape of `Format`: `json_block`, `yaml_block`, `toml_block`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from enrich.model.page import Changes, Edit, FrontMatter, Refusal, Span, Value

# Far above any real front matter, far below what makes a parser or a walk of ours run out of stack.
DEPTH_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a front matter with its place.

    `span` is the value's own bytes in the whole page source, `value` what it means as plain data. A mapping
    has `pairs` in the page's order, a list has `items`. `style` is the format's own word for how it is
    written: "flow", "block", "inline", "table", ...
    """

    kind: Literal["mapping", "list", "scalar"]
    span: Span
    value: Value
    pairs: tuple[Pair, ...] = ()
    items: tuple[Node, ...] = ()
    style: str = ""

    def get(self, key: str) -> Pair | None:
        """Return the pair with this key, or None."""
        return next((pair for pair in self.pairs if pair.key == key), None)


@dataclass(frozen=True, slots=True)
class Pair:
    """A key of a mapping, the bytes of its name (quotes included) and its value."""

    key: str
    name: Span
    node: Node


class Format(Protocol):
    """What a format module offers. Both functions are pure and never raise, whatever the bytes are."""

    def read(self, source: bytes, inner: Span) -> Node | Refusal:
        """Return the mapping that stands at `inner`, or why it is none, with the line counted in the file.

        Refused: broken syntax, not a mapping, a key twice in one mapping (at any depth), nesting deeper than
        `DEPTH_LIMIT`, a value that the format cannot mean (`{{ }}` of a template).
        """

    def plan(self, source: bytes, front: FrontMatter, changes: Changes) -> tuple[Edit, ...] | Refusal:
        """Return the byte edits that make `changes`: sorted, not overlapping, inside `front.block`.

        All paths address the front matter as it stands before any change.
        """


def line_at(source: bytes, offset: int) -> int:
    r"""Return the line of a byte, counted from 1; `\n`, `\r\n` and a lone `\r` end a line."""
    before = source[:offset]
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")


def lines(source: bytes, span: Span) -> Iterator[Span]:
    r"""Yield the lines within `span` with their ends (`\n`, so `\r\n` too); the last one perhaps without."""
    start = span.start
    while start < span.end:
        end = source.find(b"\n", start, span.end) + 1 or span.end
        yield Span(start, end)
        start = end
