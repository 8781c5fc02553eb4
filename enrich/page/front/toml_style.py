"""How a page writes its TOML: quotes, arrays, room between tables; and new values in that style."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from enrich.model.page import Span, Value
from enrich.page.front.block import Node
from enrich.page.front.bracket_edit import gaps, indent_at
from enrich.page.front.toml_scan import Statement

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LITERAL = re.compile(r"[^'\x00-\x1f\x7f]*")


@dataclass(frozen=True, slots=True)
class TomlStyle:
    """How a page writes its TOML.

    `assign` stands between key and value, `pad` inside the braces of an inline table. `indent` is that of an
    array's items where they stand on lines of their own, which those of `flat_lists` do not. `literal` says
    that texts stand in single quotes, `spaced` that a blank line stands before each table.
    """

    newline: str
    assign: str
    comma: str
    pad: str
    indent: str
    flat_lists: bool
    literal: bool
    spaced: bool

    @classmethod
    def of(cls, source: bytes, root: Node, found: Sequence[Statement], newline: str) -> TomlStyle:
        """Read the style off a page's front matter."""
        nodes = [node for node in _walk(root) if node.style == "inline" and (node.items or node.pairs)]
        arrays = [node for node in nodes if node.items]
        tall = [node for node in arrays if _is_tall(source, node)]
        commas = [
            gaps(source, node)[1] for node in nodes if node not in tall and len(node.items or node.pairs) > 1
        ]
        pads = [gaps(source, node)[0] for node in nodes if node.pairs]
        assigns = [each.assign for each in found if each.value]
        quotes = {source[node.span.start] for node in _walk(root) if isinstance(node.value, str)}
        return cls(
            newline=newline,
            assign=assigns[-1] if assigns else " = ",
            comma=commas[0] if commas else ", ",
            pad=pads[0] if pads else " ",
            indent=(indent_at(source, tall[0].items[-1].span.start) or "  ") if tall else "  ",
            flat_lists=not arrays or not _is_tall(source, arrays[0]),
            literal=quotes == {ord("'")},
            spaced=_is_spaced(source, found),
        )

    def unit(self, node: Node) -> str | None:
        """Return the indent of an empty array's first items; an inline table stays on its line (TOML 1.0)."""
        return self.indent if node.kind == "list" else None

    def colon(self, source: bytes, node: Node) -> str:
        """Return what stands between key and value."""
        del source, node
        return self.assign

    def name(self, key: str) -> str:
        """Write a key, in quotes where it is not bare."""
        return key if _BARE.fullmatch(key) else _quoted(key)

    def dotted(self, keys: Iterable[str | int]) -> str:
        """Write a table's name; indices of items do not show."""
        return ".".join(self.name(key) for key in keys if isinstance(key, str))

    def text(self, value: Value, indent: str | None) -> str:
        """Write a value that stands on a line with this indent; None keeps it on one line."""
        if isinstance(value, dict):
            pairs = [f"{self.name(key)}{self.assign}{self.text(item, None)}" for key, item in value.items()]
            return f"{{{self.pad}{self.comma.join(pairs)}{self.pad}}}" if pairs else "{}"
        if isinstance(value, list):
            return self._array(value, indent)
        if isinstance(value, str):
            return f"'{value}'" if self.literal and _LITERAL.fullmatch(value) else _quoted(value)
        return json.dumps(value)

    def lines(self, pairs: Iterable[tuple[str, Value]], indent: str = "") -> str:
        """Write `key = value` lines; keys may be dotted names, written already."""
        return "".join(
            f"{indent}{name}{self.assign}{self.text(value, indent)}{self.newline}" for name, value in pairs
        )

    def _array(self, items: Sequence[Value], indent: str | None) -> str:
        is_flat = self.flat_lists and not any(isinstance(item, dict) for item in items)
        if indent is None or is_flat or not items:
            return f"[{self.comma.join(self.text(item, None) for item in items)}]"
        line = f"{self.newline}{indent}{self.indent}"
        texts = (f"{line}{self.text(item, indent + self.indent)}," for item in items)
        return f"[{''.join(texts)}{self.newline}{indent}]"


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's; but TOML forbids a bare DEL too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in (*(pair.node for pair in node.pairs), *node.items):
        yield from _walk(child)


def _is_tall(source: bytes, node: Node) -> bool:
    return b"\n" in source[node.span.start : node.span.end]


def _is_spaced(source: bytes, found: Sequence[Statement]) -> bool:
    headers = [each.lines for each in found[1:] if each.kind != "pair"]
    return not headers or any(
        blank_line_before(source, comments_above(source, lines.start)) for lines in headers
    )


def blank_line_before(source: bytes, offset: int) -> Span | None:
    """Return the line before the one that begins at `offset`, where it is blank."""
    start = source.rfind(b"\n", 0, max(offset - 1, 0)) + 1
    return Span(start, offset) if start < offset and not source[start:offset].strip() else None


def blank_line_at(source: bytes, offset: int) -> int:
    """Return where the line that begins at `offset` ends, if it is blank, else `offset`."""
    end = source.find(b"\n", offset) + 1
    return end if end and not source[offset:end].strip() else offset


def comments_above(source: bytes, offset: int) -> int:
    """Return where the comment lines directly above the line that begins at `offset` begin."""
    while offset > 0:
        start = source.rfind(b"\n", 0, offset - 1) + 1
        if not source[start:offset].lstrip().startswith(b"#"):
            break
        offset = start
    return offset
