"""Where a page's front matter stands and what it says, for the three styles that Hugo, Jekyll and Zola read.

Where the generators disagree about where a block ends, it is refused, not guessed. A page whose first line is
`---` begins a front matter for all of them, so one that means a thematic break (and is never closed, or
holds no mapping) is refused too; `----`, `***` and `- item` are Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from enrich.model.page import Entry, FrontMatter, Refusal, Span, Style, Value
from enrich.page.front import json_block, json_glance, toml_block, toml_glance, yaml_block
from enrich.page.front.block import Format, Node, line_at

FORMATS: Mapping[Style, Format] = {"json": json_block, "toml": toml_block, "yaml": yaml_block}

BOM = b"\xef\xbb\xbf"
_LEADING = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*+")
_LINE = re.compile(rb"[^\r\n]*+")
_OPENING = re.compile(rb"(---|\+\+\+)[ \t]*+\r?\n")
_RULE = re.compile(rb"[-+][-+ \t]*+")
# The fence, or a line that only begins like one; Hugo ends the block there too, others do not.
_CLOSING: Mapping[bytes, re.Pattern[bytes]] = {
    b"---": re.compile(rb"^(?:(---|\.\.\.)[ \t]*+\r?(?:\n|\Z)|---)", re.MULTILINE),
    b"+++": re.compile(rb"^(?:(\+\+\+)[ \t]*+\r?(?:\n|\Z)|\+\+\+)", re.MULTILINE),
}
_STYLES: Mapping[bytes, Style] = {b"---": "yaml", b"+++": "toml"}
# What follows the brace in shortcodes, Liquid tags, attribute lists and HTML-like markup, never in JSON.
_NOT_JSON = (b"{{", b"{%", b"{#", b"{:", b"{.", b"{<", b"{!")
_PLACEHOLDER = re.compile(r"\s*(?:\{\{[-.<%\s]|\{%)")


def locate(source: bytes) -> FrontMatter | Refusal | None:
    """Return the front matter of a page, None where it has none. Never raises, whatever the bytes.

    Refused, with the line: a page that is not UTF-8, a block that is not closed, broken or no mapping, a key
    twice in one mapping, too deep nesting, a template's placeholder as a value.
    """
    if (undecodable := _undecodable(source)) is not None:
        return undecodable
    leading = _LEADING.match(source)
    start = leading.end() if leading else 0
    match source[start : start + 1]:
        case b"{":
            located = None if source.startswith(_NOT_JSON, start) else _json(source, start)
        case b"-" | b"+":
            located = _fenced(source, start)
        case _:
            return None
    return _checked(source, located) if isinstance(located, FrontMatter) else located


def newline_of(text: bytes) -> str:
    """Return the line end that most lines of a text have."""
    crlf = text.count(b"\r\n")
    return "\r\n" if 2 * crlf > text.count(b"\n") else "\n"


def _undecodable(source: bytes) -> Refusal | None:
    try:
        source.decode()
    except UnicodeDecodeError as error:
        line = line_at(source, error.start)
        return Refusal(f"the page is not UTF-8 (byte 0x{source[error.start]:02x}): convert it", line)
    return None


def _json(source: bytes, start: int) -> FrontMatter | Refusal:
    glanced = json_glance.glance(source, start)
    if glanced is None:
        root = json_block.read(source, Span(start, len(source)))
        if isinstance(root, Refusal):
            return root
        glanced = root.span, tuple(_entries(root)), _mapping(root)
    inner, entries, data = glanced
    # Hugo takes one line end after the brace for the block's.
    body = inner.end
    body += 2 if source.startswith(b"\r\n", body) else source.startswith(b"\n", body)
    return FrontMatter("json", Span(start, body), inner, body, _newline(source, inner), entries, data)


def _fenced(source: bytes, start: int) -> FrontMatter | Refusal | None:
    opening = _OPENING.match(source, start)
    if opening is None:
        return _not_opened(source, start)
    fence = opening.group(1)
    closing = _CLOSING[fence].search(source, opening.end())
    if closing is None:
        reason = f"the front matter that `{fence.decode()}` opens is never closed; a rule is safer as `***`"
        return Refusal(reason, line_at(source, start))
    if closing.group(1) is None:
        reason = (
            f"a line begins with `{fence.decode()}` and goes on: it closes the front matter for some only"
        )
        return Refusal(reason, line_at(source, closing.start()))
    inner, block = Span(opening.end(), closing.start()), Span(start, closing.end())
    style = _STYLES[fence]
    glanced = toml_glance.glance(source, inner) if style == "toml" else None
    if glanced is None:
        root = FORMATS[style].read(source, inner)
        if isinstance(root, Refusal):
            return root
        glanced = tuple(_entries(root)), _mapping(root)
    newline = newline_of(source[block.start : block.end])
    return FrontMatter(style, block, inner, block.end, newline, *glanced)


def _not_opened(source: bytes, start: int) -> Refusal | None:
    """Judge a page that begins with a dash or plus but has no plain opening fence."""
    found = _LINE.match(source, start)
    line = found.group().rstrip() if found else b""
    if line in (b"---", b"+++"):
        return Refusal(
            f"the front matter that `{line.decode()}` opens is never closed", line_at(source, start)
        )
    if not line.startswith((b"---", b"+++")) or _RULE.fullmatch(line):
        return None
    shown = line[:20].decode(errors="ignore")
    return Refusal(
        f"the first line `{shown}` opens a front matter but is no plain fence", line_at(source, start)
    )


def _checked(source: bytes, front: FrontMatter) -> FrontMatter | Refusal:
    inner = source[front.inner.start : front.inner.end]
    if b"{{" in inner or b"{%" in inner:
        for entry in front.entries:
            value = front.data.get(entry.key)
            if isinstance(value, str) and _PLACEHOLDER.match(value):
                reason = f"`{entry.key}` holds a template's placeholder: a template is no page"
                return Refusal(reason, line_at(source, entry.name.start))
    return front


def _entries(root: Node) -> Iterator[Entry]:
    for pair in root.pairs:
        yield Entry(pair.key, pair.name, pair.node.span)


def _mapping(root: Node) -> dict[str, Value]:
    return root.value if isinstance(root.value, dict) else {}


def _newline(source: bytes, block: Span) -> str:
    """Return the line end of a block, or of the page where the block is one line."""
    text = source[block.start : block.end]
    return newline_of(text if b"\n" in text else source)
