"""JSON front matter (RFC 8259, strictly): its values with their places, and edits in the page's layout."""

from __future__ import annotations

import json
import re

from enrich.model.page import Changes, Edit, FrontMatter, Refusal, Span, Value
from enrich.page.front.block import DEPTH_LIMIT, Node, Pair, line_at
from enrich.page.front.bracket_edit import BracketPlanner
from enrich.page.front.json_style import JsonStyle
from enrich.page.front.revision import revise

_BLANK = rb"[ \t\r\n]*+"
_SPACE = re.compile(_BLANK)
_STRING = re.compile(rb'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+"')
_KEY = re.compile(rb"(" + _STRING.pattern + rb")" + _BLANK + rb":" + _BLANK)
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*+)(\.[0-9]++)?([eE][+-]?[0-9]++)?")
_WORDS: dict[bytes, tuple[bytes, Value]] = {
    b"t": (b"true", True),
    b"f": (b"false", False),
    b"n": (b"null", None),
}


def read(source: bytes, inner: Span) -> Node | Refusal:
    """Return the object that begins at `inner.start`; its span says where it ends, at `inner.end` at most.

    Refused, with the line in the file: anything that RFC 8259 does not allow, a key twice in one object, half
    a surrogate pair, nesting deeper than `DEPTH_LIMIT`.
    """
    try:
        return _Reader(source, inner).mapping(inner.start, 1)
    except _BrokenError as broken:
        return Refusal(broken.reason, line_at(source, broken.offset))


def plan(source: bytes, front: FrontMatter, changes: Changes) -> tuple[Edit, ...] | Refusal:
    """Return the edits that make `changes`, laid out like what stands beside them."""
    root = read(source, front.inner)
    if isinstance(root, Refusal):
        return root
    revision = revise(root.value, changes)
    if isinstance(revision, Refusal):
        return revision
    planner = BracketPlanner(source, JsonStyle.of(source, root, front.newline))
    return tuple(sorted(planner.edits(root, revision), key=lambda edit: edit.span.start))


class _BrokenError(Exception):
    """The JSON is not right at `offset`; `reason` is for a person."""

    def __init__(self, reason: str, offset: int) -> None:
        self.reason, self.offset = reason, offset
        super().__init__(reason)


class _Reader:
    """Reads values off the source. Each method is given the offset where its value begins."""

    def __init__(self, source: bytes, inner: Span) -> None:
        self._source, self._end = source, inner.end

    def mapping(self, start: int, depth: int) -> Node:
        """Read the object that begins at `start`, `depth` objects and lists deep."""
        pairs: list[Pair] = []
        data: dict[str, Value] = {}
        at = self._opened(start, b"{", depth)
        more = not self._source.startswith(b"}", at, self._end)
        while more:
            name = _KEY.match(self._source, at, self._end)
            if name is None:
                raise self._broken("a key in double quotes and a colon", at)
            key = self._text(name.group(1), at)
            if key in data:
                raise _BrokenError(f"the key `{key}` stands twice in one mapping: remove one of them", at)
            node = self._value(name.end(), depth)
            pairs.append(Pair(key, Span(*name.span(1)), node))
            data[key] = node.value
            at, more = self._continued(node.span.end, b"}")
        return Node("mapping", Span(start, at + 1), data, pairs=tuple(pairs))

    def _list(self, start: int, depth: int) -> Node:
        items: list[Node] = []
        at = self._opened(start, b"[", depth)
        more = not self._source.startswith(b"]", at, self._end)
        while more:
            items.append(self._value(at, depth))
            at, more = self._continued(items[-1].span.end, b"]")
        return Node("list", Span(start, at + 1), [item.value for item in items], items=tuple(items))

    def _value(self, at: int, depth: int) -> Node:
        first = self._source[at : at + 1]
        if first == b'"':
            return self._string(at)
        if first == b"{":
            return self.mapping(at, depth + 1)
        if first == b"[":
            return self._list(at, depth + 1)
        word, value = _WORDS.get(first, (b"", None))
        if word and self._source.startswith(word, at, self._end):
            return Node("scalar", Span(at, at + len(word)), value)
        return self._number(at)

    def _string(self, at: int) -> Node:
        found = _STRING.match(self._source, at, self._end)
        if found is None:
            raise self._broken("a text that is closed on its line and has valid escapes", at)
        return Node("scalar", Span(at, found.end()), self._text(found.group(), at))

    def _number(self, at: int) -> Node:
        found = _NUMBER.match(self._source, at, self._end)
        if found is None:
            raise self._broken("a value", at)
        try:
            value = float(found.group()) if found.group(1) or found.group(2) else int(found.group())
        except ValueError:
            raise _BrokenError("a number has too many digits: put it in quotes", at) from None
        return Node("scalar", Span(at, found.end()), value)

    def _text(self, token: bytes, at: int) -> str:
        if b"\\" not in token:
            return token[1:-1].decode()
        text = str(json.loads(token))
        if "\\ud" in token.decode().lower() and any("\ud800" <= character <= "\udfff" for character in text):
            raise _BrokenError("a `\\u` escape is half a surrogate pair: write the whole character", at)
        return text

    def _opened(self, start: int, bracket: bytes, depth: int) -> int:
        if depth > DEPTH_LIMIT:
            raise _BrokenError(f"the front matter is nested deeper than {DEPTH_LIMIT} levels", start)
        if not self._source.startswith(bracket, start, self._end):
            raise self._broken(f"`{bracket.decode()}`", start)
        return self._blank(start + 1)

    def _continued(self, at: int, closing: bytes) -> tuple[int, bool]:
        """Return where the next item or the closing bracket stands, and whether an item follows."""
        at = self._blank(at)
        if self._source.startswith(b",", at, self._end):
            return self._blank(at + 1), True
        if self._source.startswith(closing, at, self._end):
            return at, False
        raise self._broken(f"a comma or `{closing.decode()}`", at)

    def _blank(self, at: int) -> int:
        found = _SPACE.match(self._source, at, self._end)
        return found.end() if found else at

    def _broken(self, expected: str, at: int) -> _BrokenError:
        if at >= self._end:
            return _BrokenError("the JSON front matter is never closed with `}`", at)
        if self._source.startswith((b"{{", b"{%"), at) or self._source.startswith((b"{{", b"{%"), at - 1):
            return _BrokenError("a template's placeholder stands where JSON wants a value or key", at)
        shown = self._source[at : at + 12].split(b"\n")[0].decode(errors="ignore").strip()
        return _BrokenError(f"the JSON front matter is broken: {expected} should stand at `{shown}`", at)
