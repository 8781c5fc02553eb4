"""TOML front matter (1.0, as `tomllib` reads it): its values with their places, and edits in its style."""

from __future__ import annotations

import re
import tomllib

from enrich.model.page import Changes, Edit, FrontMatter, Refusal, Span
from enrich.page.front.block import DEPTH_LIMIT, Node, line_at
from enrich.page.front.revision import revise
from enrich.page.front.toml_edit import Planner
from enrich.page.front.toml_scan import ScanError, Statement, nested, statements
from enrich.page.front.toml_style import TomlStyle

# tomllib's time and memory grow with the square of a dotted key's length.
_DOTTED = re.compile(
    rb"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){%d}""" % DEPTH_LIMIT
)
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read(source: bytes, inner: Span) -> Node | Refusal:
    """Return the document that stands at `inner`, or what is wrong with it and on which line of the file.

    Styles: "table", "tables" (an array of them) and "dotted" are made of statements that may stand apart;
    what is "inline" stands in brackets.
    """
    document = _read(source, inner)
    return document if isinstance(document, Refusal) else document[0]


def plan(source: bytes, front: FrontMatter, changes: Changes) -> tuple[Edit, ...] | Refusal:
    """Return the edits that make `changes`: lines and tables where they change nobody's meaning."""
    document = _read(source, front.inner)
    if isinstance(document, Refusal):
        return document
    root, found = document
    revision = revise(root.value, changes)
    if isinstance(revision, Refusal):
        return revision
    style = TomlStyle.of(source, root, found, front.newline)
    return Planner(source, front.inner, found, style).plan(root, revision)


def _read(source: bytes, inner: Span) -> tuple[Node, list[Statement]] | Refusal:
    if too_long := _DOTTED.search(source, inner.start, inner.end):
        return _too_deep(source, too_long.start())
    try:
        data = tomllib.loads(source[inner.start : inner.end].decode())
    except tomllib.TOMLDecodeError as error:
        return _broken(source, inner, str(error))
    except RecursionError:
        return _too_deep(source, inner.start)
    except ValueError:
        return Refusal("a number has too many digits: put it in quotes", line_at(source, inner.start))
    try:
        found = list(statements(source, inner, data))
        return nested(found, data, 0), found
    except ScanError as error:
        return Refusal(error.reason, line_at(source, error.offset))


def _too_deep(source: bytes, offset: int) -> Refusal:
    return Refusal(f"the front matter is nested deeper than {DEPTH_LIMIT} levels", line_at(source, offset))


def _broken(source: bytes, inner: Span, message: str) -> Refusal:
    place = _PLACE.search(message)
    first = line_at(source, inner.start)
    line = first + int(place.group(1)) - 1 if place and place.group(1) else line_at(source, inner.end) - 1
    text = source.splitlines()[line - 1] if line > 0 else b""
    if b"{{" in text or b"{%" in text:
        return Refusal("a template's placeholder stands where TOML wants a value", line)
    said = message[: place.start()] if place else message
    if "overwrite" in said or "twice" in said or "already" in said:
        return Refusal(f"a key or table stands twice in the TOML front matter ({said})", line)
    return Refusal(f"the TOML front matter is broken: {said}", line)
