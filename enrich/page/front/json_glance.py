"""A quick look at JSON front matter: top-level keys and data, in a third of the time that every place takes.

A whole site is looked at, few of its pages are written: only those are read with the place of every value.
"""

from __future__ import annotations

import json
import re

from enrich.model.page import Entry, Span, Value
from enrich.page.front.block import DEPTH_LIMIT

# A text (with the colon that makes it a key) or a bracket; the parser judges what stands between them.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"(?:[ \t\r\n]*+(:)[ \t\r\n]*+)?|[{}\[\]]', re.DOTALL)
_QUOTE, _OPENING = ord('"'), b"{["


def glance(source: bytes, start: int) -> tuple[Span, tuple[Entry, ...], dict[str, Value]] | None:
    """Return the object that begins at `start`: its span, top-level entries and data.

    None stands for anything that is not plainly right; `json_block.read` then says what it is.
    """
    found = _brackets(source, start)
    if found is None:
        return None
    end, keys = found
    block = source[start:end]
    if b"\\ud" in block.lower():
        return None
    try:
        data = _DECODER.decode(block.decode())
    except ValueError:
        return None
    if not isinstance(data, dict) or len(keys) != len(data):
        return None
    edges = [*(name.start for name, _ in keys), end - 1][1:]
    entries = [
        Entry(key, name, Span(value, value + len(source[value:edge].rstrip(b" \t\r\n,"))))
        for key, (name, value), edge in zip(data, keys, edges, strict=True)
    ]
    return Span(start, end), tuple(entries), data


def _brackets(source: bytes, start: int) -> tuple[int, list[tuple[Span, int]]] | None:
    """Return where the brackets that open at `start` close, and each top-level key with its value's start."""
    keys: list[tuple[Span, int]] = []
    depth = 0
    for token in _TOKEN.finditer(source, start):
        at = token.start()
        if source[at] == _QUOTE:
            if depth == 1 and token.end(1) > 0:
                name_end = source.rindex(b'"', at, token.end(1))
                keys.append((Span(at, name_end + 1), token.end()))
        elif source[at] in _OPENING:
            depth += 1
            if depth > DEPTH_LIMIT:
                return None
        else:
            depth -= 1
            if depth == 0:
                return token.end(), keys
    return None


def _unique(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a key stands twice")
    return data


def _refused(word: str) -> Value:
    raise ValueError(f"{word} is no JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refused)
