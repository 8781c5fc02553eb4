"""A block as it is searched: visible text with the way back to its bytes, and the links in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from enrich.model.page import Span

# Visible text from an offset on, and the bytes it comes from: (offset, start, end).
Run = tuple[int, int, int]


class Target(NamedTuple):
    """A link: its address decoded, the bytes of that, and the visible text that it underlies."""

    url: str
    span: Span
    at: int
    until: int


class Passage(NamedTuple):
    """A block's place in the outline, its text and its links.

    `raised` are the offsets where superscript begins: a note's number may be glued there.
    """

    section: int
    block: int
    text: str
    runs: Sequence[Run]
    targets: Sequence[Target]
    raised: Sequence[int]


def span_of(source: bytes, text: str, runs: Sequence[Run], at: int, until: int) -> Span:
    """Return the bytes that `text` from `at` to `until` (at least one character) comes from."""
    return Span(_byte(source, text, runs, at, 0), _byte(source, text, runs, until - 1, 1))


def _byte(source: bytes, text: str, runs: Sequence[Run], offset: int, after: int) -> int:
    index = bisect_right(runs, offset, key=_offset) - 1
    at, start, end = runs[index]
    piece = text[at : runs[index + 1][0] if index + 1 < len(runs) else len(text)]
    inside = offset - at + after
    if end - start == len(piece):
        return start + inside
    if source[start:end] == piece.encode():
        return start + len(piece[:inside].encode())
    return end if after else start


def _offset(run: Run) -> int:
    return run[0]
