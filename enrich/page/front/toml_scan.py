"""Finds the statements of TOML 1.0 that a parser has already accepted, and the place of each value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from enrich.model.page import Path, Span, Value
from enrich.page.front.block import DEPTH_LIMIT, Node, Pair

_KEY = re.compile(rb"""([A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+(\.[ \t]*+)?""")
_BLANK = re.compile(rb"(?:[ \t\r\n]++|#[^\n]*+)*+")
_BRACKETS = re.compile(rb"\[\[?[ \t]*+")
_EQUALS = re.compile(rb"=[ \t]*+")
_LINE = re.compile(rb"[^\n]*+\n?")
_SCALAR = re.compile(
    rb'"""(?:[^"\\]|\\.|"{1,2}+(?!"))*+"{3,5}+'
    rb"|'''(?:[^']|'{1,2}+(?!'))*+'{3,5}+"
    rb'|"(?:[^"\\\n]|\\.)*+"'
    rb"|'[^'\n]*+'"
    # One space may part a date from its time.
    rb"|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9.:Zz+-]++"
    rb"|[A-Za-z0-9_+.:-]++",
    re.DOTALL,
)

Names = tuple[Span | None, ...]


class ScanError(Exception):
    """Nesting past the limit, or bytes that the scan does not read as the parser did; at `offset`."""

    def __init__(self, reason: str, offset: int) -> None:
        self.reason, self.offset = reason, offset
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Statement:
    """A `key = value`, a `[table]` or an `[[item]]`.

    `path` is what it defines, with the indices of items; `names` the places of its keys, None for keys that
    its section's header gives. `section` is the path of that header, `()` before the first one. `lines` are
    all its lines with comment and line end; `assign` what stands between a pair's key and its `value`.
    """

    kind: Literal["pair", "table", "item"]
    path: Path
    names: Names
    section: Path
    lines: Span
    assign: str = ""
    value: Node | None = None


def statements(source: bytes, inner: Span, data: Mapping[str, Value]) -> Iterator[Statement]:
    """Yield the statements in order; `data` is what the parser says of them. Raises `ScanError`."""
    scan = _Scan(source, inner, data)
    at = scan.blank(inner.start)
    while at < inner.end:
        statement = scan.header(at) if source.startswith(b"[", at) else scan.pair(at)
        yield statement
        at = scan.blank(statement.lines.end)


class _Scan:
    """Reads one statement or value after the other; knows the section it is in."""

    def __init__(self, source: bytes, inner: Span, data: Mapping[str, Value]) -> None:
        self._source, self._inner, self._data = source, inner, data
        self._section: Path = ()
        self._counts: dict[Path, int] = {}

    def header(self, at: int) -> Statement:
        """Read the `[table]` or `[[item]]` at `at` and begin its section."""
        is_item = self._source.startswith(b"[[", at)
        keys, names, end = self._keys(self._match(_BRACKETS, at).end(), 0)
        path: Path = ()
        for key in keys[:-1]:
            path = self._current((*path, key))
        path = (*path, keys[-1])
        if is_item:
            self._counts[path] = self._counts.get(path, 0) + 1
            path = self._current(path)
        else:
            path = self._current(path)
        self._section = path
        return Statement("item" if is_item else "table", path, names, path, self._lines(at, end))

    def pair(self, at: int) -> Statement:
        """Read the `key = value` at `at`."""
        keys, names, end = self._keys(at, len(self._section))
        path = (*self._section, *keys)
        equals = self._match(_EQUALS, end)
        value = self._value(equals.end(), _at(self._data, path, at), len(path))
        above = (None,) * sum(isinstance(step, str) for step in self._section)
        last = names[-1]
        assign = self._source[last.end : value.span.start].decode()
        lines = self._lines(at, value.span.end)
        return Statement("pair", path, (*above, *names), self._section, lines, assign, value)

    def blank(self, at: int) -> int:
        """Return where white space, line ends and comments from `at` on end."""
        return self._match(_BLANK, at).end()

    def _current(self, path: Path) -> Path:
        """Return the path of a table, or that of the last item where it is an array of tables."""
        return (*path, self._counts[path] - 1) if path in self._counts else path

    def _lines(self, start: int, end: int) -> Span:
        begin = max(self._source.rfind(b"\n", 0, start) + 1, self._inner.start)
        return Span(begin, self._match(_LINE, end).end())

    def _keys(self, at: int, above: int) -> tuple[tuple[str, ...], tuple[Span, ...], int]:
        keys: list[str] = []
        names: list[Span] = []
        dot: bytes | None = b"."
        while dot:
            found = self._match(_KEY, at)
            keys.append(_key(found.group(1)))
            names.append(Span(*found.span(1)))
            at, dot = found.end(), found.group(2)
            self._deeper(above + len(keys), at)
        return tuple(keys), tuple(names), at

    def _value(self, at: int, value: Value, depth: int) -> Node:
        self._deeper(depth, at)
        if self._source.startswith(b"[", at):
            return self._array(at, value, depth)
        if self._source.startswith(b"{", at):
            return self._inline(at, value, depth)
        return Node("scalar", Span(at, self._match(_SCALAR, at).end()), value)

    def _array(self, at: int, value: Value, depth: int) -> Node:
        items: list[Node] = []
        start, at = at, self.blank(at + 1)
        while not self._source.startswith(b"]", at):
            items.append(self._value(at, _at(value, (len(items),), at), depth + 1))
            at = self.blank(items[-1].span.end)
            if self._source.startswith(b",", at):
                at = self.blank(at + 1)
        _agree(isinstance(value, list) and len(value) == len(items), at)
        return Node("list", Span(start, at + 1), value, items=tuple(items), style="inline")

    def _inline(self, at: int, value: Value, depth: int) -> Node:
        found: list[Statement] = []
        start, at = at, self.blank(at + 1)
        while not self._source.startswith(b"}", at):
            keys, names, end = self._keys(at, depth)
            equals = self._match(_EQUALS, end)
            node = self._value(equals.end(), _at(value, keys, at), depth + len(keys))
            found.append(Statement("pair", keys, names, (), Span(at, node.span.end), value=node))
            at = self.blank(node.span.end)
            if self._source.startswith(b",", at):
                at = self.blank(at + 1)
        return Node("mapping", Span(start, at + 1), value, nested(found, value, 0).pairs, style="inline")

    def _deeper(self, depth: int, at: int) -> None:
        if depth > DEPTH_LIMIT:
            raise ScanError(f"the front matter is nested deeper than {DEPTH_LIMIT} levels", at)

    def _match(self, pattern: re.Pattern[bytes], at: int) -> re.Match[bytes]:
        found = pattern.match(self._source, at, self._inner.end)
        if found is None:
            raise ScanError("enrich does not read this TOML as its parser does: please report this page", at)
        return found


def nested(found: list[Statement], value: Value, depth: int) -> Node:
    """Return the table or list that statements make, of which all have the same first `depth` steps.

    Its span goes from the first to the last of them, whatever stands between. Its style is "table" where a
    header names it, "tables" for an array of tables, "dotted" where it is known by longer keys only.
    """
    groups: dict[str | int, list[Statement]] = {}
    style = "dotted"
    for each in found:
        if len(each.path) > depth:
            groups.setdefault(each.path[depth], []).append(each)
        else:
            style = "table"
    span = Span(found[0].lines.start, found[-1].lines.end) if found else Span(0, 0)
    if isinstance(value, list):
        items = tuple(
            nested(group, _at(value, (step,), span.start), depth + 1) for step, group in groups.items()
        )
        _agree(len(items) == len(value), span.start)
        return Node("list", span, value, items=items, style="tables")
    pairs = tuple(
        _pair(str(key), group, _at(value, (key,), span.start), depth) for key, group in groups.items()
    )
    _agree(isinstance(value, dict) and value.keys() == groups.keys(), span.start)
    return Node("mapping", span, value, pairs, style=style)


def _pair(key: str, group: list[Statement], value: Value, depth: int) -> Pair:
    place = sum(isinstance(step, str) for step in group[0].path[:depth])
    name = next((each.names[place] for each in group if each.names[place] is not None), None)
    first = group[0]
    if first.value is not None and len(first.path) == depth + 1:
        return Pair(key, name or first.lines, first.value)
    return Pair(key, name or first.lines, nested(group, value, depth + 1))


def _key(token: bytes) -> str:
    if token.startswith(b"'"):
        return token[1:-1].decode()
    if token.startswith(b'"'):
        return _unescaped(token.decode())
    return token.decode()


def _unescaped(token: str) -> str:
    # TOML knows JSON's escapes and one more; a tab may stand as it is.
    wide = re.sub(
        r"(?<!\\)((?:\\\\)*)\\U([0-9A-Fa-f]{8})", lambda found: found[1] + chr(int(found[2], 16)), token
    )
    return str(json.loads(wide, strict=False))


def _at(value: Value, path: Path, offset: int) -> Value:
    for step in path:
        is_item = isinstance(value, list) and isinstance(step, int) and step < len(value)
        _agree(is_item or (isinstance(value, dict) and step in value), offset)
        value = value[step]  # type: ignore[index]
    return value


def _agree(is_so: bool, offset: int) -> None:
    if not is_so:
        raise ScanError("enrich does not read this TOML as its parser does: please report this page", offset)
