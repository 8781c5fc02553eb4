"""A page's body as its readers see it: sections, blocks of visible text, link targets, each with its bytes.

CommonMark with the extensions that Hugo's goldmark has on by default: tables, footnotes, strikethrough,
heading attributes. Code, images, comments and what raw HTML hides are part of no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

import pyromark

from enrich.model.page import Section
from enrich.page.body.passage import Passage
from enrich.page.body.walk import Event, Walk

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
)
_PARSER = pyromark.Markdown(options=_OPTIONS)
_SIGNS = (b"10.", b"doi", b"http", b"href", b"](")


@dataclass(frozen=True, slots=True)
class Outline:
    """A body as read: `sections` for people and evidence, `passages` (those worth searching) for `scan`."""

    source: bytes
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


def may_hold(source: bytes, start: int) -> bool:
    """Whether the body from byte `start` on can hold an identifier or a link; cheap, and never wrongly no."""
    body = source[start:].lower()
    return any(sign in body for sign in _SIGNS)


def read(source: bytes, start: int) -> Outline:
    """Read the body of a page from byte `start` on. `source` is UTF-8; beyond that any text is Markdown."""
    body = source[start:].decode()
    walk = Walk(source, start, lambda: _PARSER.reference_definitions(body))
    events = cast("Iterable[tuple[Event, Mapping[str, int]]]", _PARSER.events_with_range(body))
    walk.take(events)
    walk.sheet.end_section()
    return Outline(source, tuple(walk.sheet.sections), tuple(walk.sheet.passages))
