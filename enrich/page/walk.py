"""From the events of a CommonMark parser to blocks of visible text and links."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import ClassVar, NamedTuple, cast

from enrich.model.page import Span
from enrich.page.draft import Draft, Sheet
from enrich.page.markup import Markup
from enrich.page.passage import Target

Event = dict[str, object] | str
Definitions = Mapping[str, Mapping[str, object]]
_Handles = Mapping[str, Callable[["Walk", object, int, int], None]]

_DESTINATION = re.compile(rb"\]\(\s*(?:<((?:[^<>\\\n]|\\.)*)>|(\S*))")
_DEFINED = re.compile(rb"\]:[\s>]*(?:<([^<>\n]*)>|(\S*))")
# `<S1::AID-X>` in an old DOI looks like an autolink of the scheme "S1".
_SCHEMES = ("http:", "https:", "ftp:", "mailto:", "doi:", "info:", "urn:", "hdl:")


class _Link(NamedTuple):
    kind: str
    url: str
    label: str
    start: int
    at: int


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

    def take(self, event: Event, start: int, end: int) -> None:
        """Read one event; `start` and `end` are its bytes in the page."""
        if isinstance(event, str):
            if event != "Rule":
                self.sheet.newline(start, end)
        else:
            kind, value = event.popitem()
            if kind == "Text":
                if not self._hidden:
                    self.sheet.text(cast("str", value), start, end)
            elif kind == "Start" or kind == "End":
                name, data = (
                    (value, None)
                    if isinstance(value, str)
                    else next(iter(cast("dict[str, object]", value).items()))
                )
                if handle := self._TAGS.get(f"{kind} {name}"):
                    handle(self, data, start, end)
            elif handle := self._OTHERS.get(kind):
                handle(self, value, start, end)
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
        self.sheet.heads = []
        self.sheet.open("row", start)

    def _end_head(self, data: object, start: int, end: int) -> None:
        draft = self.sheet.draft
        heads = draft.cell_texts("".join(draft.parts)) if draft else []
        self._end_block(data, start, end)
        self.sheet.heads = heads

    def _begin_row(self, _data: object, start: int, _end: int) -> None:
        self.sheet.open("row", start)

    def _end_table(self, _data: object, _start: int, _end: int) -> None:
        self.sheet.heads = []

    def _begin_cell(self, _data: object, start: int, end: int) -> None:
        self._block_end = end
        self._markup.in_cell = True
        self.sheet.at(start).begin_cell(start, start)

    def _end_cell(self, _data: object, _start: int, _end: int) -> None:
        self._markup.in_cell = False
        self._markup.end_link()

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
        self._link = _Link(kind, url, link["id"], start, self.sheet.at(start).length)

    def _end_link(self, _data: object, _start: int, end: int) -> None:
        link, self._link = self._link, None
        if link is None or self._hidden or link.start < self.sheet.muted:
            return
        draft = self.sheet.at(end)
        if link.kind == "Autolink" and not link.url.lower().startswith(_SCHEMES):
            self.sheet.text(">", end - 1, end)
        elif link.kind != "Email" and link.url:
            draft.targets.append(Target(link.url, self._destination(link, end), link.at, draft.length))

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

    def _raw_line(self, data: object, start: int, end: int) -> None:
        if self._raw:
            self._raw.add(cast("str", data), start, end)

    def _end_raw(self, _data: object, _start: int, end: int) -> None:
        raw, self._raw = self._raw, None
        if raw and raw.runs:
            self._markup.take("".join(raw.parts), raw.runs, end)
            self._end_paragraph(None, end, end)

    def _inline(self, data: object, start: int, end: int) -> None:
        text = cast("str", data)
        if self._hidden:
            return
        if self._source[start - 2 : start] == b"{{":
            self.sheet.text(text, start, end)
        else:
            self._markup.take(text, [(0, start, end)], self._block_end)

    _TAGS: ClassVar[_Handles] = {
        "Start Paragraph": _begin_paragraph,
        "End Paragraph": _end_paragraph,
        "Start Heading": _begin_heading,
        "End Heading": _end_block,
        "Start Item": _begin_item,
        "End Item": _end_item,
        "Start FootnoteDefinition": _begin_item,
        "End FootnoteDefinition": _end_item,
        "Start TableHead": _begin_head,
        "End TableHead": _end_head,
        "Start TableRow": _begin_row,
        "End TableRow": _end_block,
        "End Table": _end_table,
        "Start TableCell": _begin_cell,
        "End TableCell": _end_cell,
        "Start HtmlBlock": _begin_raw,
        "End HtmlBlock": _end_raw,
        "Start CodeBlock": _hide,
        "End CodeBlock": _show,
        "Start Image": _hide,
        "End Image": _show,
        "Start Link": _begin_link,
        "End Link": _end_link,
        "Start Strong": _begin_bold,
        "End Strong": _end_bold,
    }
    _OTHERS: ClassVar[_Handles] = {
        "Code": _code,
        "Html": _raw_line,
        "InlineHtml": _inline,
    }


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
