"""A quick look at plain TOML front matter: top-level keys and data, in a fraction of the reader's time.

Plain is what nearly all pages are: bare keys, texts without escapes, whole numbers, dates, flat arrays and
inline tables, headers. Anything else, and anything doubtful, is left to `toml_block.read`.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from enrich.model.page import Entry, Span, Value

_DEPTH = 16
_TEXT = rb"\x00-\x08\x0a-\x1f\x7f"
_BARE = rb"[A-Za-z0-9_-]++"
_GAP = rb"(?:[ \t]|\r?\n)*+"
_ATOM = (
    rb'(?:"[^"\\' + _TEXT + rb"]*+\"|'[^'" + _TEXT + rb"]*+'|true|false"
    rb"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
    rb"|[+-]?(?:0|[1-9][0-9]{0,17}+))(?![0-9A-Za-z_.:\"'-])"
)
_ARRAY = rb"\[%(gap)s(?:%(atom)s%(gap)s(?:,%(gap)s%(atom)s%(gap)s)*+,?+%(gap)s)?+\]" % {
    b"gap": _GAP,
    b"atom": _ATOM,
}
_PAIR = rb"%b[ \t]*+=[ \t]*+%b[ \t]*+" % (_BARE, _ATOM)
_TABLE = rb"\{[ \t]*+(?:%b(?:,[ \t]*+%b)*+)?+\}" % (_PAIR, _PAIR)
_STATEMENT = re.compile(
    rb"[ \t]*+(?:(?P<key>%b)[ \t]*+=[ \t]*+(?:(?P<atom>%b)|(?P<array>%b)|(?P<table>%b))"
    % (_BARE, _ATOM, _ARRAY, _TABLE)
    + rb"|(?:\[(?P<header>%b(?:\.%b)*+)\]|\[\[(?P<item>%b(?:\.%b)*+)\]\]))?+" % (_BARE, _BARE, _BARE, _BARE)
    + rb"[ \t]*+(?:#[^%b]*+)?+(?:\r?\n|\Z)" % _TEXT
)
_ATOMS = re.compile(_ATOM)
_PAIRS = re.compile(rb"(%b)[ \t]*+=[ \t]*+(%b)" % (_BARE, _ATOM))


def glance(source: bytes, inner: Span) -> tuple[tuple[Entry, ...], dict[str, Value]] | None:
    """Return the top-level entries and the data of the document at `inner`; None where it is not plain."""
    document = _Document()
    at = inner.start
    while at < inner.end:
        found = _STATEMENT.match(source, at, inner.end)
        try:
            if found is None or not document.takes(found):
                return None
        except ValueError:
            return None
        at = found.end()
    return document.entries(), document.data


class _Document:
    """The data that statements have made so far, and where its top-level keys stand."""

    def __init__(self) -> None:
        self.data: dict[str, Value] = {}
        self._table = self.data
        # Tables that headers have made may grow, inline ones may not.
        self._grows: set[int] = set()
        self._names: dict[str, Span] = {}
        self._values: dict[str, Span] = {}
        self._top = ""

    def takes(self, found: re.Match[bytes]) -> bool:
        """Add a statement; say whether it was plain. Raises `ValueError` on a date that there is not."""
        kind = found.lastgroup
        if kind is None:
            return True
        if kind in ("header", "item"):
            return self._open(found, kind)
        key = found["key"].decode()
        if key in self._table:
            return False
        value = _value(kind, found[kind])
        self._table[key] = value
        if self._table is self.data:
            self._names[key], self._values[key] = Span(*found.span("key")), Span(*found.span(kind))
        else:
            self._values[self._top] = Span(self._values[self._top].start, found.end())
        return value is not None

    def entries(self) -> tuple[Entry, ...]:
        """Return the top-level keys in the page's order."""
        return tuple(Entry(key, self._names[key], self._values[key]) for key in self.data)

    def _open(self, found: re.Match[bytes], kind: str) -> bool:
        *above, last = keys = found[kind].decode().split(".")
        parent = self._parent(above)
        if parent is None or len(keys) > _DEPTH:
            return False
        table: dict[str, Value] = {}
        if kind == "item":
            if last not in parent:
                parent[last] = made = list[Value]()
                self._grows.add(id(made))
            items = parent[last]
            if not isinstance(items, list) or id(items) not in self._grows:
                return False
            items.append(table)
        elif last in parent:
            return False
        else:
            parent[last] = table
        self._grows.add(id(table))
        self._table, self._top = table, keys[0]
        start = found.start(kind)
        name = Span(start, start + len(keys[0]))
        first = self._values.get(self._top, Span(found.start(), 0))
        self._names.setdefault(self._top, name)
        self._values[self._top] = Span(first.start, found.end())
        return True

    def _parent(self, keys: list[str]) -> dict[str, Value] | None:
        table = self.data
        for key in keys:
            if key not in table:
                table[key] = made = dict[str, Value]()
                self._grows.add(id(made))
            child = table[key]
            if isinstance(child, list) and id(child) in self._grows:
                child = child[-1]
            if not isinstance(child, dict) or id(child) not in self._grows:
                return None
            table = child
        return table


def _value(kind: str, text: bytes) -> Value:
    """Return what a value means, None for an inline table with a key twice."""
    if kind == "atom":
        return _atom(text)
    if kind == "array":
        return [_atom(atom) for atom in _ATOMS.findall(text)]
    pairs = _PAIRS.findall(text)
    table = {key.decode(): _atom(atom) for key, atom in pairs}
    return table if len(table) == len(pairs) else None


def _atom(text: bytes) -> str | int | date:
    if text[:1] in (b'"', b"'"):
        return text[1:-1].decode()
    if text in (b"true", b"false"):
        return text == b"true"
    if text[4:5] == b"-":
        return datetime.fromisoformat(text.decode()) if len(text) > 10 else date.fromisoformat(text.decode())
    return int(text)
