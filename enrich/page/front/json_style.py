"""How a page writes its JSON: indent, separators, escapes; and new values in that style."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from enrich.model.page import Value
from enrich.page.front.block import Node
from enrich.page.front.bracket_edit import gaps, indent_at

_DEFAULT_INDENT = "    "
_ESCAPED = re.compile(rb"\\u(?!00[0-7])[0-9a-fA-F]{4}")
_HTML_ESCAPED = re.compile(rb"\\u00(?:26|3[cCeE])")
_HTML = re.compile(r"[<>&]")


@dataclass(frozen=True, slots=True)
class JsonStyle:
    r"""How a page writes its JSON.

    `indent` is one level, None where all stands on one line. `after_key` is the colon with its blanks, `pad`
    what stands inside the braces of an object on one line; `flat_lists` says that lists of scalars stand on
    one line even so. `ascii`, `upper`, `slash` and `html` say whether it writes `\u2013`, `\u201C`, `\/` and
    `\u0026`.
    """

    indent: str | None
    newline: str
    comma: str
    after_key: str
    pad: str
    flat_lists: bool
    ascii: bool
    upper: bool
    slash: bool
    html: bool

    @classmethod
    def of(cls, source: bytes, root: Node, newline: str) -> JsonStyle:
        """Read the style off a page's front matter."""
        block = source[root.span.start : root.span.end]
        escapes = b"".join(_ESCAPED.findall(block)).replace(b"\\u", b"")
        indent = _unit(source, root)
        after_key = _after_key(source, root) or ": "
        flat = next((node for node in _walk(root) if _is_flat(source, node)), root)
        return cls(
            indent=indent,
            newline=newline,
            comma=_comma(source, flat) or ("," if after_key == ":" else ", "),
            after_key=after_key,
            pad=_pad(source, flat),
            flat_lists=indent is None or _has_flat_lists(source, root),
            ascii=bool(escapes) and block.isascii(),
            upper=escapes != escapes.lower(),
            slash=b"\\/" in block,
            html=bool(_HTML_ESCAPED.search(block)),
        )

    def text(self, value: Value, indent: str | None) -> str:
        """Write a value that stands on a line with this indent; None keeps it on one line."""
        if isinstance(value, dict) and value:
            pairs = ((self.name(key), self.text(item, self._deeper(indent))) for key, item in value.items())
            return self._enclosed("{", [f"{name}{self.after_key}{text}" for name, text in pairs], "}", indent)
        if isinstance(value, list) and value:
            if self.flat_lists and not any(isinstance(item, dict | list) for item in value):
                indent = None
            return self._enclosed("[", [self.text(item, self._deeper(indent)) for item in value], "]", indent)
        return self.scalar(value)

    def name(self, key: str) -> str:
        """Write a key."""
        return self.scalar(key)

    def unit(self, node: Node) -> str | None:
        """Return the indent of the children of an object or list that has none yet; None for one line."""
        del node
        return self.indent

    def colon(self, source: bytes, node: Node) -> str:
        """Return the colon with its blanks as the object writes it, else as the page does."""
        return _after_key(source, node) or self.after_key

    def scalar(self, value: Value) -> str:
        """Write one scalar, or an empty list or mapping."""
        if not isinstance(value, str):
            return json.dumps(value)
        text = json.dumps(value, ensure_ascii=self.ascii)
        if self.ascii and self.upper:
            text = re.sub(
                r"(?<!\\)((?:\\\\)*\\u)([0-9a-f]{4})", lambda found: found[1] + found[2].upper(), text
            )
        if self.slash:
            text = text.replace("/", "\\/")
        if self.html:
            text = _HTML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
        # Some importers find the block's end by counting braces, in texts too.
        return text if _is_balanced(value) else text.replace("{", "\\u007b").replace("}", "\\u007d")

    def _enclosed(self, opening: str, parts: list[str], closing: str, indent: str | None) -> str:
        deeper = self._deeper(indent)
        if deeper is None:
            pad = self.pad if opening == "{" else ""
            return f"{opening}{pad}{self.comma.join(parts)}{pad}{closing}"
        line = f"{self.newline}{deeper}"
        return f"{opening}{line}{f',{line}'.join(parts)}{self.newline}{indent}{closing}"

    def _deeper(self, indent: str | None) -> str | None:
        return None if indent is None or self.indent is None else indent + self.indent


def _after_key(source: bytes, node: Node) -> str:
    """Return the last pair's colon with the blanks around it, empty where there is none to go by."""
    if not node.pairs:
        return ""
    colon = source[node.pairs[-1].name.end : node.pairs[-1].node.span.start].decode()
    return "" if "\n" in colon else colon


def _unit(source: bytes, root: Node) -> str | None:
    if not root.pairs:
        return _DEFAULT_INDENT
    outer = indent_at(source, root.span.start)
    for pair in root.pairs:
        if source.rfind(b"\n", root.span.start, pair.name.start) > 0:
            return indent_at(source, pair.name.start).removeprefix(outer)
    return None


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in (*(pair.node for pair in node.pairs), *node.items):
        yield from _walk(child)


def _is_flat(source: bytes, node: Node) -> bool:
    children = len(node.pairs) + len(node.items)
    return children > 1 and b"\n" not in source[node.span.start : node.span.end]


def _has_flat_lists(source: bytes, root: Node) -> bool:
    """Tell whether the first list of scalars stands on one line; a page without any is laid out in lines."""
    for node in _walk(root):
        if node.items and all(item.kind == "scalar" for item in node.items):
            return b"\n" not in source[node.span.start : node.span.end]
    return False


def _comma(source: bytes, flat: Node) -> str:
    comma = gaps(source, flat)[1] if len(flat.pairs) + len(flat.items) > 1 else ""
    return "" if "\n" in comma else comma


def _pad(source: bytes, flat: Node) -> str:
    pad = gaps(source, flat)[0] if flat.pairs else ""
    return "" if "\n" in pad else pad


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0
