"""Reads YAML front matter as a tree of values with their places: the values that PyYAML's safe loader gives.

libyaml's events are read directly: its nodes forget where an alias stands, and a second pass would be needed
for the values. Unknown tags run nothing: what they mark is read as text, a list or a mapping.
"""

from __future__ import annotations

import re
from typing import Final

import yaml
from yaml.constructor import SafeConstructor
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.nodes import ScalarNode

from enrich.model.page import Refusal, Span, Value
from enrich.page.front.block import DEPTH_LIMIT, Node, Pair, line_at
from enrich.page.front.yaml_fault import PLACEHOLDER, BrokenError, refusal

# Values once every alias is counted out in full: a few lines of aliases can mean billions.
VALUES_LIMIT: Final = 100_000

_TAG: Final = "tag:yaml.org,2002:"
_CONSTRUCTED: Final = frozenset(
    _TAG + name for name in ("null", "bool", "int", "float", "binary", "timestamp")
)
# All that PyYAML's constructors of these raise on texts that fit the tag's pattern, or are forced into it.
_UNCONSTRUCTABLE: Final = (ValueError, ArithmeticError, LookupError, AttributeError, yaml.YAMLError)
_RESOLVERS: Final = yaml.SafeLoader.yaml_implicit_resolvers
_CONSTRUCTOR: Final = SafeConstructor()
_STYLES: Final = {"'": "single", '"': "double", "|": "literal", ">": "folded"}
# Anchor and tag, then the indicator of a block scalar with its chomping (YAML 1.2.2, 8.1.1).
_HEADER: Final = re.compile(rb"(?:[!&]\S*\s+)*[|>]([0-9+-]*)")


def read(source: bytes, inner: Span) -> Node | Refusal:
    """Return the mapping that stands at `inner`, or why it is none, with the line counted in the file.

    Keys are texts, as they are written. The styles are "flow" and "block", for scalars "plain", "single",
    "double", "literal" and "folded", and "alias" for `*name`, which has no children of its own. A block with
    no value at all is an empty mapping.
    """
    try:
        text = source[inner.start : inner.end].decode()
    except UnicodeDecodeError as error:
        return Refusal("the front matter is not UTF-8 text", line_at(source, inner.start + error.start))
    if text.startswith("\ufeff"):
        # libyaml eats a byte order mark without counting it.
        return read(source, Span(inner.start + 3, inner.end))
    try:
        return _Reader(source, inner, text).document()
    except BrokenError as broken:
        return Refusal(broken.reason, line_at(source, broken.offset))
    except yaml.YAMLError as error:
        return refusal(error, source, inner, text)


class _Reader:
    """One pass over the events of one document."""

    def __init__(self, source: bytes, inner: Span, text: str) -> None:
        self._source, self._inner, self._text = source, inner, text
        self._is_ascii = text.isascii()
        self._index, self._byte = 0, inner.start
        self._next = yaml.CSafeLoader(text).get_event
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._count = 0

    def document(self) -> Node:
        """Return the one mapping that the text is."""
        self._next()
        start = self._next()
        if start is None or isinstance(start, StreamEndEvent):
            return Node("mapping", Span(self._inner.end, self._inner.end), {}, style="block")
        if isinstance(start, DocumentStartEvent) and start.explicit:
            raise BrokenError("`---` or `%` begins another document: remove that line", self._start(start))
        node = self._node(self._next(), 1)
        if node.kind != "mapping":
            raise BrokenError("the front matter is not a mapping of keys to values", node.span.start)
        end, after = self._next(), self._next()
        is_cut = isinstance(end, DocumentEndEvent) and end.explicit
        if end and (is_cut or not isinstance(after, StreamEndEvent)):
            raise BrokenError(
                "the document ends before the front matter does: remove that line", self._start(end)
            )
        return node

    def _node(self, event: Event | None, depth: int) -> Node:
        self._count += 1
        before = self._count
        if isinstance(event, ScalarEvent):
            node = self._scalar(event)
        elif isinstance(event, AliasEvent):
            return self._alias(event)
        elif isinstance(event, MappingStartEvent):
            node = self._mapping(event, depth)
        elif isinstance(event, SequenceStartEvent):
            node = self._list(event, depth)
        else:
            raise TypeError(f"a value cannot begin with {event!r}")
        if event.anchor is not None:
            self._anchors[event.anchor] = node, self._count - before
        return node

    def _alias(self, event: AliasEvent) -> Node:
        span = Span(self._start(event), self._end(event))
        anchored = self._anchors.get(event.anchor or "")
        if anchored is None:
            raise BrokenError(
                f"`*{event.anchor}` repeats a value, but no `&{event.anchor}` stands before it", span.start
            )
        node, size = anchored
        self._count += size
        if self._count > VALUES_LIMIT:
            raise BrokenError(
                f"it holds more than {VALUES_LIMIT:,} values, every `*alias` counted out in full", span.start
            )
        return Node(node.kind, span, node.value, style="alias")

    def _mapping(self, event: MappingStartEvent, depth: int) -> Node:
        start = self._opened(event, depth)
        pairs: dict[str, Pair] = {}
        merge: Pair | None = None
        while not isinstance(name := self._next(), MappingEndEvent):
            key, span = self._key(name, depth)
            if key in pairs:
                raise BrokenError(
                    f"the key `{key}` stands twice in one mapping: remove one of them", span.start
                )
            pairs[key] = pair = Pair(key, span, self._node(self._next(), depth + 1))
            if key == "<<" and isinstance(name, ScalarEvent) and name.implicit[0]:
                merge = pair
        values = {key: pair.node.value for key, pair in pairs.items()}
        if merge:
            del values["<<"]
            values = {**_merged(merge), **values}
        inside = tuple(pairs.values())
        end = self._end(name) if event.flow_style else inside[-1].node.span.end
        return Node(
            "mapping", Span(start, end), values, pairs=inside, style="flow" if event.flow_style else "block"
        )

    def _key(self, event: Event | None, depth: int) -> tuple[str, Span]:
        if isinstance(event, ScalarEvent) and event.anchor is None:
            return event.value, Span(self._start(event), self._end(event))
        node = self._node(event, depth + 1)
        if node.kind != "scalar":
            is_template = self._source.startswith(b"{{", node.span.start - 1)
            reason = PLACEHOLDER if is_template else "a list or a mapping stands where a key should"
            raise BrokenError(reason, node.span.start)
        return event.value if isinstance(event, ScalarEvent) else str(node.value), node.span

    def _list(self, event: SequenceStartEvent, depth: int) -> Node:
        start = self._opened(event, depth)
        items: list[Node] = []
        while not isinstance(item := self._next(), SequenceEndEvent):
            items.append(self._node(item, depth + 1))
        end = self._end(item) if event.flow_style else items[-1].span.end
        values = [item.value for item in items]
        return Node(
            "list",
            Span(start, end),
            values,
            items=tuple(items),
            style="flow" if event.flow_style else "block",
        )

    def _opened(self, event: NodeEvent, depth: int) -> int:
        start = self._start(event)
        if depth > DEPTH_LIMIT:
            raise BrokenError(f"the front matter is nested deeper than {DEPTH_LIMIT} levels", start)
        return start

    def _scalar(self, event: ScalarEvent) -> Node:
        start, end = self._start(event), self._end(event)
        style = _STYLES.get(event.style or "", "plain")
        if style in ("literal", "folded"):
            end = self._block_end(start, end)
        try:
            value = _meaning(event)
        except _UNCONSTRUCTABLE:
            raise BrokenError(
                f"`{event.value[:40]}` is not a valid date or number: put it in quotes", start
            ) from None
        return Node("scalar", Span(start, end), value, style=style)

    def _block_end(self, start: int, end: int) -> int:
        """Return where a block scalar ends, before its last line break; `+` makes empty lines its own."""
        header = _HEADER.match(self._source, start)
        if header is None:
            return end
        text = self._source[header.end() : end]
        own = text.removesuffix(b"\n").removesuffix(b"\r") if b"+" in header[1] else text.rstrip(b"\r\n")
        return header.end() + len(own)

    def _start(self, event: Event) -> int:
        return self._offset(event.start_mark.index if event.start_mark else 0)

    def _end(self, event: Event) -> int:
        return self._offset(event.end_mark.index if event.end_mark else 0)

    def _offset(self, index: int) -> int:
        """Return the byte of a character; fast where characters are asked for in order, as events come."""
        if self._is_ascii:
            return self._inner.start + index
        if index < self._index:
            self._index, self._byte = 0, self._inner.start
        self._byte += len(self._text[self._index : index].encode())
        self._index = index
        return self._byte


def _meaning(event: ScalarEvent) -> Value:
    tag = _resolved(event.value) if event.implicit[0] else event.tag
    if tag not in _CONSTRUCTED:
        return event.value
    value: Value = SafeConstructor.yaml_constructors[tag](_CONSTRUCTOR, ScalarNode(tag, event.value))
    return value


def _resolved(text: str) -> str | None:
    """Return the tag that a plain scalar has by its looks, as PyYAML's resolver does (YAML 1.1)."""
    for tag, pattern in _RESOLVERS.get(text[:1], ()):
        if pattern.match(text):
            return str(tag)
    return None


def _merged(merge: Pair) -> dict[str, Value]:
    """Return what `<<` brings in (https://yaml.org/type/merge.html); of several mappings the first wins."""
    value = merge.node.value
    mappings = value if isinstance(value, list) else [value]
    values: dict[str, Value] = {}
    for mapping in reversed(mappings):
        if not isinstance(mapping, dict):
            raise BrokenError("`<<` takes a mapping or a list of mappings", merge.name.start)
        values |= mapping
    return values
