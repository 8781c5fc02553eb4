"""Values as YAML text that every reader takes for the same value, in the page's own hand.

A text is either in double quotes, which YAML 1.1 and 1.2 read alike, or plain where no schema of
either (core, JSON, the types of 1.1) can take it for anything but a text. It is never folded: a title stands
on one line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enrich.model.page import Value
from enrich.page.front.block import Node
from enrich.page.front.yaml_place import Places

_PLAIN = re.compile(r"[^\W\d_](?:[\w '()+./-]*[\w'()+./])?")
# What some reader takes for a truth value, nothing or a number (https://yaml.org/type/ and YAML 1.2.2, 10.3).
_RESERVED = frozenset(
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nil", "nan", "inf", "infinity"]
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# What is not printable (YAML 1.2.2, 5.1), what ends a line in YAML 1.1, and spaces that do not look like it.
_ESCAPED = re.compile('[\\\\"\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufff0-\uffff]')


def text(value: str, *, quoted: bool = False) -> str:
    """Return a text as YAML on one line; in double quotes if `quoted` or if it is not surely safe without."""
    if not quoted and _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    return f'"{_ESCAPED.sub(_escape, value)}"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    return _ESCAPES.get(character) or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}")


@dataclass(frozen=True, slots=True)
class Hand:
    """How a page's author writes YAML: columns from a key to what it holds, what begins an item, quotes."""

    list_indent: int = 2
    mapping_indent: int = 2
    dash: str = "- "
    quotes: bool = False

    @classmethod
    def of(cls, places: Places, root: Node) -> Hand:
        """Return the hand that most of the page is written in."""
        lists, mappings, dashes, styles = _habits(places, root)
        mapping_indent = _commonest(mappings)
        list_indent = _commonest(lists, mapping_indent or 2)
        return cls(
            list_indent,
            mapping_indent or list_indent or 2,
            "-" + " " * _commonest(dashes, 1),
            styles["double"] + styles["single"] > styles["plain"],
        )

    def scalar(self, value: Value) -> str:
        """Return a text, number, truth value or None on one line."""
        if isinstance(value, str):
            return text(value, quoted=self.quotes)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float):
            return _number(value)
        return "null" if value is None else str(value)

    def flow(self, value: Value) -> str:
        """Return any value on one line, lists and mappings in brackets."""
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{text(key)}: {self.flow(item)}" for key, item in value.items()) + "}"
        if isinstance(value, list | tuple):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        return self.scalar(value)

    def lines(self, value: Value) -> list[str]:
        """Return a list or mapping that is not empty as lines from column 0; anything else as one line."""
        if isinstance(value, Mapping) and value:
            return [line for key, item in value.items() for line in self.pair(key, item)]
        if isinstance(value, list | tuple) and value:
            return [line for item in value for line in self.item(item)]
        return [self.flow(value)]

    def pair(self, key: str, value: Value) -> list[str]:
        """Return a key and its value as lines, the key at column 0."""
        if not has_lines(value):
            return [f"{text(key)}: {self.flow(value)}"]
        return [f"{text(key)}:", *indented(self.lines(value), self.indent(value))]

    def item(self, value: Value) -> list[str]:
        """Return a list's item as lines, its dash at column 0."""
        first, *more = [self.flow(value)] if isinstance(value, list | tuple) else self.lines(value)
        return [self.dash + first, *indented(more, len(self.dash))]

    def indent(self, value: Value) -> int:
        """Return the columns from a key to the lines of its value, a list or mapping."""
        return self.mapping_indent if isinstance(value, Mapping) else self.list_indent


def has_lines(value: Value) -> bool:
    """Tell whether a value takes lines of its own in block style: a list or mapping that is not empty.

    Lists within a list stand in brackets: few people read `- - 2022`, and nobody can edit it line by line.
    """
    is_nested = isinstance(value, list | tuple) and any(isinstance(item, list | tuple) for item in value)
    return isinstance(value, Mapping | list | tuple) and bool(value) and not is_nested


def indented(lines: Sequence[str], columns: int) -> list[str]:
    """Return the lines moved to the right."""
    return [" " * columns + line for line in lines]


def _number(value: float) -> str:
    """Return a float as YAML 1.1 knows it: a point is a must, infinity and NaN begin with one."""
    if value != value:
        return ".nan"
    if value in (float("inf"), float("-inf")):
        return ".inf" if value > 0 else "-.inf"
    written = repr(value)
    return written if "." in written else written.replace("e", ".0e")


def _commonest(counts: Counter[int], otherwise: int = 0) -> int:
    return counts.most_common(1)[0][0] if counts else otherwise


def _habits(places: Places, root: Node) -> tuple[Counter[int], Counter[int], Counter[int], Counter[str]]:
    """Count the indents of lists and mappings below their keys, spaces behind dashes, and styles of texts."""
    lists: Counter[int] = Counter()
    mappings: Counter[int] = Counter()
    dashes: Counter[int] = Counter()
    styles: Counter[str] = Counter()
    for node, key in _walk(root):
        if isinstance(node.value, str):
            styles[node.style] += 1
        if node.style != "block" or places.source[node.span.start] in b"&!":
            continue
        dashes.update(_gap(places, item.span.start) for item in node.items)
        if key is not None:
            indent = places.column(node.span.start) - places.column(key)
            (lists if node.kind == "list" else mappings)[indent] += 1
    del dashes[0]
    return lists, mappings, dashes, styles


def _walk(node: Node) -> Iterator[tuple[Node, int | None]]:
    """Yield what stands in a mapping or list, at any depth; with the place of its key, if it has one."""
    for pair in node.pairs:
        yield pair.node, pair.name.start
        yield from _walk(pair.node)
    for item in node.items:
        yield item, None
        yield from _walk(item)


def _gap(places: Places, start: int) -> int:
    """Return how many spaces stand between a dash and the item at `start`; 0 where no dash is on its line."""
    before = places.source[start - places.column(start) : start]
    return len(before) - len(before.rstrip(b" ")) if before.rstrip(b" ").endswith(b"-") else 0
