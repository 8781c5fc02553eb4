"""From the events of a CommonMark parser to blocks of visible text and links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, NamedTuple, cast

from enrich.model.page import Span
from enrich.page.body.draft import Draft, Sheet
from enrich.page.body.markup import Markup

Event = dict[str, str | dict[str, object]] | str
Definitions = Mapping[str, Mapping[str, object]]
_Handles = Mapping[str, Callable[["Walk", object, int, int], None]]

_DESTINATION = re.compile(rb"\]\(\s*(?:<((?:[^<>\\\n]|\\.)*)>|(\S*))")
_DEFINED = re.compile(rb"\]:[\s>]*(?:<([^<>\n]*)>|(\S*))")
# CommonMark's blocks of raw HTML that blank lines do not end: most often long, and hidden.
_HIDING = re.compile(rb"<(?:pre|script|style|textarea)(?=[\s>])|<!--", re.IGNORECASE)
_CLOSERS = {
    opener: opener.replace(b"<", b"</") for opener in (b"<pre", b"<script", b"<style", b"<textarea")
} | {b"<!--": b"-->"}
# `<S1::AID-X>` in an old DOI looks like an autolink of the scheme "S1".
_SCHEMES = ("http:", "https:", "ftp:", "mailto:", "doi:", "info:", "urn:", "hdl:")


class _Link(NamedTuple):
    kind: str
    url: str
    label: str
    start: int
    first: int


class Walk:
    """Takes a body's events in order; what they say is then in `sheet`.

    `define` gives the link reference definitions; it is called only if a link needs them. `start` is the
    body's first byte in the page.
    """

    def __init__(self, source: bytes, start: int, define: Callable[[], Definitions]) -> None:
        self.sheet = Sheet(source, start)
        self._markup = Markup(self.sheet)
        self._source = source
        self._start = start
        self._define = define
        self._definitions: dict[str, Span] | None = None
        self._hidden = 0
        self._last = start
        self._block_end = start
        self._link: _Link | None = None
        self._raw: Draft | None = None

    def take(self, events: Iterable[tuple[Event, Mapping[str, int]]]) -> None:
        """Read the events, each with its bytes in the body."""
        sheet, shift, starts, ends, leaves = self.sheet, self._start, self._STARTS, self._ENDS, self._LEAVES
        for event, place in events:
            start, end = place["start"] + shift, place["end"] + shift
            if isinstance(event, str):
                if event != "Rule":
                    sheet.newline(start, end)
                continue
            kind, value = event.popitem()
            if kind == "Text":
                if not self._hidden:
                    sheet.text(str(value), start, end)
            elif kind in leaves:
                leaves[kind](self, value, start, end)
            else:
                name, data = value.popitem() if isinstance(value, dict) else (value, None)
                if handle := (starts if kind == "Start" else ends).get(name):
                    handle(self, data, start, end)
            self._last = end

    def _begin_paragraph(self, _data: object, start: int, end: int) -> None:
        self._block_end = end
        if self.sheet.draft:
            self.sheet.newline(start, start)
        else:
            self.sheet.at(start)

    def _end_paragraph(self, _data: object, start: int, end: int) -> None:
        if self.sheet.draft and self.sheet.draft.kind == "paragraph":
            self._end_block(None, start, end)
        self._markup.end_link()

    def _end_block(self, _data: object, _start: int, end: int) -> None:
        self._markup.end_link()
        if self.sheet.draft:
            self.sheet.draft.end = max(self.sheet.draft.end, end)
        self.sheet.close()

    def _begin_heading(self, data: object, start: int, end: int) -> None:
        self._block_end = end
        self.sheet.open("heading", start, int(cast("Mapping[str, str]", data)["level"][1:]))

    def _begin_item(self, _data: object, start: int, end: int) -> None:
        self._block_end = end
        self.sheet.items += 1
        self.sheet.open("item", start)

    def _end_item(self, _data: object, _start: int, _end: int) -> None:
        self._markup.end_link()
        self.sheet.close()
        self.sheet.items -= 1

    def _begin_head(self, _data: object, start: int, _end: int) -> None:
        self._markup.in_cell = True
        self.sheet.heads = ()
        self.sheet.open("row", start)

    def _begin_row(self, _data: object, start: int, _end: int) -> None:
        self._markup.in_cell = True
        self.sheet.open("row", start)

    def _end_row(self, _data: object, _start: int, _end: int) -> None:
        self._markup.end_link()
        self._markup.in_cell = False
        self.sheet.close()

    def _end_head(self, _data: object, _start: int, _end: int) -> None:
        self._markup.end_link()
        self._markup.in_cell = False
        if row := self.sheet.close():
            self.sheet.heads = [text for _, text in row.cells]

    def _end_table(self, _data: object, _start: int, _end: int) -> None:
        self.sheet.heads = ()

    def _begin_cell(self, _data: object, start: int, end: int) -> None:
        self._block_end = end
        self._markup.end_link()
        (self.sheet.draft or self.sheet.at(start)).begin_cell(start)

    def _hide(self, _data: object, _start: int, _end: int) -> None:
        self._hidden += 1

    def _show(self, _data: object, _start: int, _end: int) -> None:
        self._hidden -= 1

    def _begin_bold(self, _data: object, start: int, _end: int) -> None:
        self.sheet.at(start).begin_bold()

    def _end_bold(self, _data: object, start: int, _end: int) -> None:
        self.sheet.at(start).end_bold()

    def _code(self, _data: object, start: int, end: int) -> None:
        self.sheet.text(" ", start, end)

    def _begin_link(self, data: object, start: int, _end: int) -> None:
        if self._hidden:
            return
        link = cast("Mapping[str, str]", data)
        kind, url = link["link_type"], link["dest_url"]
        if kind == "Autolink" and not url.lower().startswith(_SCHEMES):
            self.sheet.text("<", start, start + 1)
        self._link = _Link(kind, url, link["id"], start, len(self.sheet.at(start).parts))

    def _end_link(self, _data: object, _start: int, end: int) -> None:
        link, self._link = self._link, None
        if link is None or self._hidden or link.start < self.sheet.muted:
            return
        if link.kind == "Autolink" and not link.url.lower().startswith(_SCHEMES):
            self.sheet.text(">", end - 1, end)
        elif link.kind != "Email" and link.url:
            self.sheet.at(end).link(link.url, self._destination(link, end), link.first)

    def _destination(self, link: _Link, end: int) -> Span:
        if link.kind == "Autolink":
            return Span(link.start + 1, end - 1)
        if link.kind != "Inline":
            return self._defined(link.label) or Span(link.start, end)
        text_end = self._last if self._last < end else link.start + 1
        found = _DESTINATION.match(self._source, text_end, end)
        if found is None:
            return Span(link.start, end)
        start, until = found.span(1 if found[1] is not None else 2)
        return Span(start, min(until, end - 1))

    def _defined(self, label: str) -> Span | None:
        if self._definitions is None:
            self._definitions = {
                _folded(name): self._definition(cast("Mapping[str, int]", definition["span"]))
                for name, definition in self._define().items()
            }
        return self._definitions.get(_folded(label))

    def _definition(self, place: Mapping[str, int]) -> Span:
        start, end = place["start"] + self._start, place["end"] + self._start
        found = _DEFINED.search(self._source, start, end)
        return Span(*found.span(1 if found[1] is not None else 2)) if found else Span(start, end)

    def _begin_raw(self, _data: object, start: int, _end: int) -> None:
        self._raw = Draft("paragraph", start, 0)
        if opener := _HIDING.match(self._source, start):
            self.sheet.mute(opener.end(), _CLOSERS[opener.group().lower()])

    def _raw_line(self, data: object, start: int, end: int) -> None:
        if self._raw and end > self.sheet.muted:
            self._raw.add(cast("str", data), start, end)

    def _end_raw(self, _data: object, _start: int, end: int) -> None:
        raw, self._raw = self._raw, None
        if raw and raw.parts:
            text = "".join(raw.parts)
            self._markup.take(text, raw.passage(text, 0, 0).runs, end)
            self._end_paragraph(None, end, end)

    def _inline(self, data: object, start: int, end: int) -> None:
        text = cast("str", data)
        if self._hidden:
            return
        if self._source[start - 2 : start] == b"{{":
            self.sheet.text(text, start, end)
        else:
            self._markup.take_tag(text, start, end, self._block_end)

    _STARTS: ClassVar[_Handles] = {
        "Paragraph": _begin_paragraph,
        "Heading": _begin_heading,
        "Item": _begin_item,
        "FootnoteDefinition": _begin_item,
        "TableHead": _begin_head,
        "TableRow": _begin_row,
        "TableCell": _begin_cell,
        "HtmlBlock": _begin_raw,
        "CodeBlock": _hide,
        "Image": _hide,
        "Link": _begin_link,
        "Strong": _begin_bold,
    }
    _ENDS: ClassVar[_Handles] = {
        "Paragraph": _end_paragraph,
        "Heading": _end_block,
        "Item": _end_item,
        "FootnoteDefinition": _end_item,
        "TableHead": _end_head,
        "TableRow": _end_row,
        "Table": _end_table,
        "HtmlBlock": _end_raw,
        "CodeBlock": _show,
        "Image": _show,
        "Link": _end_link,
        "Strong": _end_bold,
    }
    _LEAVES: ClassVar[_Handles] = {
        "Code": _code,
        "Html": _raw_line,
        "InlineHtml": _inline,
    }


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
