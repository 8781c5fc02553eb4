"""Blocks and sections while their text is being gathered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, zip_longest
from typing import NamedTuple

from enrich.model.page import Block, BlockKind, Section, Span
from enrich.page.body.passage import Passage, Target

# What a text must hold that may hold an identifier: `10.`, `10/`, an address, a name of an archive, `hep-th/`.
_SIGNS = ("10", "/", "PM", "ubMed", "pm", "rXiv", "rxiv", "RXIV", "ubmed")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+")


class _Link(NamedTuple):
    url: str
    span: Span
    first: int
    last: int


class Draft:
    """A block in pieces: each piece of text and the bytes it stands in, from byte `start` to `end` all told.

    What lies under the text (links, bold, cells, superscript) is kept by the numbers of the pieces.
    """

    __slots__ = (
        *("bold", "cells", "end", "kind", "level", "line", "links"),
        *("parts", "places", "raised", "start", "strong"),
    )

    def __init__(self, kind: BlockKind, start: int, line: int, level: int = 0) -> None:
        self.kind = kind
        self.start = self.end = start
        self.line = line
        self.level = level
        self.parts: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.links: list[_Link] = []
        self.raised: list[int] = []
        self.cells: list[int] = []
        self.strong: list[tuple[int, int]] = []
        self.bold = -1

    def add(self, text: str, start: int, end: int) -> None:
        """Append text that stands in the bytes from `start` to `end`; what nobody can see is left out."""
        if not text.isprintable() and _INVISIBLE.search(text):
            self._add_visible(text, start, end)
            return
        self.parts.append(text)
        self.places.append((start, end))
        self.end = end

    def link(self, url: str, span: Span, first: int) -> None:
        """Put a link under the text from the piece number `first` on."""
        self.links.append(_Link(url, span, first, len(self.parts)))

    def begin_cell(self, start: int) -> None:
        """Begin a row's next cell at the byte `start`, parted from the one before by a tab."""
        if self.cells:
            self.add("\t", start, start)
        self.cells.append(len(self.parts))

    def begin_bold(self) -> None:
        """Begin bold text, unless it is bold already."""
        if self.bold < 0:
            self.bold = len(self.parts)

    def end_bold(self) -> None:
        """End bold text."""
        if self.bold >= 0:
            self.strong.append((self.bold, len(self.parts)))
        self.bold = -1

    def block(self, text: str, heads: Sequence[str]) -> Block:
        """Return the finished block; `heads` are the column heads of the table that a row stands in."""
        parts = self.parts
        return Block(
            self.kind,
            text,
            Span(self.start, self.end),
            self.line,
            self.level,
            tuple("".join(parts[first:last]) for first, last in self.strong) if self.strong else (),
            tuple(link.url for link in self.links) if self.links else (),
            self._cells(heads) if self.cells else (),
        )

    def passage(self, text: str, section: int, block: int) -> Passage:
        """Return the finished block as it is searched; `section` and `block` say which it is."""
        at = list(accumulate(map(len, self.parts), initial=0))
        targets = [Target(url, span, at[first], at[last]) for url, span, first, last in self.links]
        runs = [(offset, *place) for offset, place in zip(at, self.places, strict=False)]
        return Passage(section, block, text, runs, targets, [at[part] for part in self.raised])

    def _cells(self, heads: Sequence[str]) -> tuple[tuple[str, str], ...]:
        # The tab before a cell is a piece of its own.
        lasts = [first - 1 for first in self.cells[1:]]
        cells = ["".join(self.parts[a:b]).strip() for a, b in zip_longest(self.cells, lasts)]
        return tuple(zip((*heads, *("" for _ in cells)), cells, strict=False))

    def _add_visible(self, text: str, start: int, end: int) -> None:
        exact = len(text.encode()) == end - start
        at = 0
        for hidden in [*_INVISIBLE.finditer(text), None]:
            piece = text[at : hidden.start() if hidden else None]
            after = start + len(piece.encode()) if exact else end
            if piece:
                self.add(piece, start, after)
            if hidden:
                at = hidden.end()
                start = after + len(hidden.group().encode()) if exact else start


class Sheet:
    """The sections, blocks and passages gathered so far, and the block being gathered, if any.

    `items` counts the list items and footnotes that are open; `muted` is the byte up to which a comment or
    the like hides everything; `heads` are the column heads of the current table.
    """

    def __init__(self, source: bytes, start: int) -> None:
        self.source = source
        self.sections: list[Section] = []
        self.passages: list[Passage] = []
        self.heads: Sequence[str] = ()
        self.draft: Draft | None = None
        self.items = 0
        self.muted = 0
        self._lowered: bytes | None = None
        self._missing: tuple[bytes, int] | None = None
        self._blocks: list[Block] = []
        self._line = 1
        self._counted = 0
        self._line_at(start)

    def open(self, kind: BlockKind, start: int, level: int = 0) -> Draft:
        """Begin a block, ending the one before it; a heading begins a section."""
        self.close()
        if kind == "heading":
            self.end_section()
        self.draft = Draft(kind, start, self._line_at(start), level)
        return self.draft

    def at(self, start: int) -> Draft:
        """Return the block being gathered, or a new one of the kind that stands here."""
        return self.draft or self.open("item" if self.items else "paragraph", start)

    def text(self, text: str, start: int, end: int) -> None:
        """Add visible text, as far as it is not muted."""
        if start < self.muted:
            if end <= self.muted:
                return
            text, start = self.source[self.muted : end].decode(), self.muted
        draft = self.draft or self.at(start)
        if text.isascii():
            draft.parts.append(text)
            draft.places.append((start, end))
            draft.end = end
        else:
            draft.add(text, start, end)

    def mute(self, start: int, closer: bytes, limit: int | None = None) -> None:
        """Hide all from the byte `start` up to the end of the tag or comment that begins with `closer`.

        Where none comes, the rest of the page is hidden; where none comes before a `limit`, nothing is.
        """
        if self._lowered is None:
            self._lowered = self.source.lower()
        if self._missing == (closer, limit):
            return
        found = self._lowered.find(closer, start, limit)
        end = self._lowered.find(b">", found) + 1 if found >= 0 else 0
        if end or limit is None:
            self.muted = max(self.muted, end or len(self.source))
        else:
            self._missing = (closer, limit)

    def newline(self, start: int, end: int) -> None:
        """Break the line, where there is one."""
        if self.draft and self.draft.parts and start >= self.muted:
            self.draft.add("\n", start, end)

    def close(self) -> Block | None:
        """End the block being gathered and return it; one without text or links is none, but a heading is."""
        draft, self.draft = self.draft, None
        if draft is None:
            return None
        whole = "".join(draft.parts)
        text = whole.rstrip()
        if not (text or draft.links or draft.kind == "heading"):
            return None
        if draft.links or any(sign in text for sign in _SIGNS):
            self.passages.append(draft.passage(whole, len(self.sections), len(self._blocks)))
        block = draft.block(text, self.heads)
        self._blocks.append(block)
        return block

    def end_section(self) -> None:
        """End the section being gathered, if it holds anything."""
        self.close()
        if self._blocks:
            self.sections.append(Section(tuple(self._blocks)))
            self._blocks = []

    def _line_at(self, offset: int) -> int:
        self._line += self.source.count(b"\n", self._counted, offset)
        self._counted = max(offset, self._counted)
        return self._line
