"""Blocks and sections while their text is being gathered."""

from __future__ import annotations

import re

from enrich.model.page import Block, BlockKind, Section, Span
from enrich.page.passage import Passage, Run, Target

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+")


class Draft:
    """A block: the text so far, the bytes of each piece, and what lies under it; it ends at byte `end`."""

    def __init__(self, kind: BlockKind, start: int, line: int, level: int = 0) -> None:
        self.kind = kind
        self.start = self.end = start
        self.line = line
        self.level = level
        self.length = 0
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.targets: list[Target] = []
        self.raised: list[int] = []
        self.cells: list[int] = []
        self.strong: list[tuple[int, int]] = []
        self.bold = -1

    def add(self, text: str, start: int, end: int) -> None:
        """Append text that stands in the bytes from `start` to `end`; what nobody can see is left out."""
        if not text.isascii() and _INVISIBLE.search(text):
            self._add_visible(text, start, end)
            return
        self.parts.append(text)
        self.runs.append((self.length, start, end))
        self.length += len(text)
        self.end = end

    def begin_cell(self, start: int, end: int) -> None:
        """Begin a row's next cell, parted from the one before by a tab."""
        if self.cells:
            self.add("\t", start, end)
        self.cells.append(self.length)

    def begin_bold(self) -> None:
        """Begin bold text, unless it is bold already."""
        if self.bold < 0:
            self.bold = self.length

    def end_bold(self) -> None:
        """End bold text."""
        if self.bold >= 0:
            self.strong.append((self.bold, self.length))
        self.bold = -1

    def cell_texts(self, text: str) -> list[str]:
        """Return the texts of a row's cells, given the row's whole text."""
        ends = [*(at - 1 for at in self.cells[1:]), len(text)]
        return [text[at:until].strip() for at, until in zip(self.cells, ends, strict=False)]

    def block(self, text: str, heads: list[str]) -> Block:
        """Return the finished block; `heads` are the column heads of the table that a row stands in."""
        cells = self.cell_texts(text) if self.cells else []
        named = [*heads, *[""] * len(cells)]
        return Block(
            self.kind,
            text,
            Span(self.start, self.end),
            self.line,
            self.level,
            tuple(text[at:until] for at, until in self.strong) if self.strong else (),
            tuple(target.url for target in self.targets) if self.targets else (),
            tuple(zip(named, cells, strict=False)) if cells else (),
        )

    def _add_visible(self, text: str, start: int, end: int) -> None:
        exact = len(text.encode()) == end - start
        at = 0
        for hidden in [*_INVISIBLE.finditer(text), None]:
            piece = text[at : hidden.start() if hidden else None]
            before = len(text[:at].encode())
            if piece and exact:
                self.add(piece, start + before, start + before + len(piece.encode()))
            elif piece:
                self.add(piece, start, end)
            at = hidden.end() if hidden else at


class Sheet:
    """The sections, blocks and passages gathered so far, and the block being gathered, if any.

    `items` counts the list items and footnotes that are open; `muted` is the byte up to which a comment or
    the like hides everything; `heads` are the column heads of the current table.
    """

    def __init__(self, source: bytes, start: int) -> None:
        self.source = source
        self.sections: list[Section] = []
        self.passages: list[Passage] = []
        self.heads: list[str] = []
        self.draft: Draft | None = None
        self.items = 0
        self.muted = 0
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
        self.at(start).add(text, start, end)

    def newline(self, start: int, end: int) -> None:
        """Break the line, where there is one."""
        if self.draft and self.draft.length and start >= self.muted:
            self.draft.add("\n", start, end)

    def close(self) -> None:
        """End the block being gathered; one that shows and links nothing leaves no trace (a heading does)."""
        draft, self.draft = self.draft, None
        if draft is None:
            return
        text = "".join(draft.parts).rstrip()
        if not (text or draft.targets or draft.kind == "heading"):
            return
        if draft.targets or "10" in text or "://" in text:
            place = (len(self.sections), len(self._blocks), draft.line, draft.start)
            self.passages.append(Passage(*place, text, draft.runs, draft.targets, draft.raised))
        self._blocks.append(draft.block(text, self.heads))

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
