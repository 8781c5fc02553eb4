"""What raw HTML inside Markdown does to blocks, text and links."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from enrich.model.page import BlockKind, Span
from enrich.page.body.draft import Sheet
from enrich.page.body.passage import Run, span_of
from enrich.page.body.tag import HIDDEN, Token, href, tokens

_ENTITY = re.compile(r"(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)")
_LINES = frozenset(("p", "div", "center", "section", "article", "details", "summary", "blockquote", "figure"))
_GROUPS = frozenset(("ul", "ol", "dl", "table", "thead", "tbody", "tfoot"))
_BREAKS = frozenset(("br", "hr"))
_KINDS: Mapping[str, BlockKind] = {"li": "item", "dt": "item", "dd": "item", "tr": "row"}
_LEVELS = {f"h{level}": level for level in range(1, 7)}
# Every other tag only vanishes.
_MEANT = frozenset(("a", "td", "th", "sup", "b", "strong", *_LINES, *_GROUPS, *_BREAKS, *_KINDS, *_LEVELS))
_MEANT_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_MEANT | HIDDEN))})[\s/>]", re.IGNORECASE)


class _Anchor(NamedTuple):
    url: str
    span: Span
    first: int


class Markup:
    """Applies raw HTML to a sheet. In a Markdown table's cell (`in_cell`) no tag divides the row."""

    def __init__(self, sheet: Sheet) -> None:
        self.in_cell = False
        self._sheet = sheet
        self._anchor: _Anchor | None = None

    def take(self, text: str, runs: Sequence[Run], block_end: int) -> None:
        """Read raw HTML that stands in the bytes of `runs`; unclosed code ends at the byte `block_end`."""
        for token in tokens(text):
            if token.kind == "text":
                self._text(text, runs, token)
                continue
            if token.kind != "hidden" and token.name not in _MEANT:
                continue
            place = span_of(self._sheet.source, text, runs, token.start, token.end)
            if place.start < self._sheet.muted:
                continue
            if token.kind == "hidden":
                self._hide(token, place, block_end)
            elif token.name == "a":
                self._link(text, runs, token, place)
            else:
                self._tag(token, place)

    def take_tag(self, text: str, start: int, end: int, block_end: int) -> None:
        """Read one tag in Markdown's own text, from the byte `start` to `end`."""
        if _MEANT_TAG.match(text):
            self.take(text, [(0, start, end)], block_end)

    def end_link(self) -> None:
        """End the link that is open, if any, with the text so far."""
        if self._anchor is None:
            return
        anchor, self._anchor = self._anchor, None
        if draft := self._sheet.draft:
            draft.link(anchor.url, anchor.span, anchor.first)

    def _text(self, text: str, runs: Sequence[Run], token: Token) -> None:
        at = token.start
        for line in text[token.start : token.end].splitlines(keepends=True):
            for piece in _ENTITY.split(line):
                if piece and (self._sheet.draft or not piece.isspace()):
                    place = span_of(self._sheet.source, text, runs, at, at + len(piece))
                    self._sheet.text(
                        html.unescape(piece) if piece[0] == "&" else piece, place.start, place.end
                    )
                at += len(piece)

    def _hide(self, token: Token, place: Span, block_end: int) -> None:
        if not token.closer:
            return
        # A comment may close with its own first dashes.
        start = place.end if token.name else place.start + 2
        self._sheet.mute(start, token.closer.encode(), block_end if token.name == "code" else None)

    def _link(self, text: str, runs: Sequence[Run], token: Token, place: Span) -> None:
        self.end_link()
        where = href(text[token.start : token.end]) if token.kind == "open" else None
        if where is None or where[0] == where[1]:
            return
        at, until = token.start + where[0], token.start + where[1]
        draft = self._sheet.at(place.start)
        span = span_of(self._sheet.source, text, runs, at, until)
        self._anchor = _Anchor(html.unescape(text[at:until]).strip(), span, len(draft.parts))

    def _tag(self, token: Token, place: Span) -> None:
        name, opens = token.name, token.kind == "open"
        kind: BlockKind | None = "heading" if name in _LEVELS else _KINDS.get(name)
        draft = self._sheet.draft
        if name in _BREAKS or (self.in_cell and (kind or name in _LINES or name in _GROUPS)):
            self._sheet.newline(place.start, place.end)
        elif kind:
            self._end_block()
            if opens:
                self._sheet.open(kind, place.start, _LEVELS.get(name, 0))
        elif name in _GROUPS or (name in _LINES and draft and draft.kind == "paragraph"):
            self._end_block()
        elif name in _LINES:
            self._sheet.newline(place.start, place.end)
        else:
            self._style(name, opens, place)

    def _style(self, name: str, opens: bool, place: Span) -> None:
        if name in ("td", "th") and opens:
            if draft := self._sheet.draft:
                draft.begin_cell(place.start)
        elif name == "sup" and opens:
            if draft := self._sheet.draft:
                draft.raised.append(len(draft.parts))
        elif name in ("b", "strong"):
            draft = self._sheet.at(place.start)
            draft.begin_bold() if opens else draft.end_bold()

    def _end_block(self) -> None:
        self.end_link()
        self._sheet.close()
