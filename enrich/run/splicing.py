"""A page's new bytes: what we wrote for another profile goes, what is to be written comes, and all of it is proved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from enrich.model.note import Note, Recollection
from enrich.model.page import Edit, FrontMatter, Refusal, Style, Value
from enrich.page import made
from enrich.page.body import mend
from enrich.page.compose import Composition
from enrich.page.front import comment, frontmatter, revision

Composing = Callable[[Mapping[str, Value], Recollection], Composition]

_UNPROVED: Final = "enrich could not prove its own edit, and wrote nothing; please report this page"


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be done to a page: its front matter composed, how to compose it again, and repairs of its body."""

    composed: Composition
    composing: Composing
    memory: Recollection
    repairs: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Spliced:
    """A page's new bytes, what was composed to make them, and what to remember of them."""

    data: bytes
    composed: Composition
    note: Note


def spliced(old: bytes, planned: Planned, create: Style | None) -> Spliced | Refusal:
    """Return the page's new bytes; splicing proves them, and composing once more proves that they are the end of it."""
    front = frontmatter.locate(old)
    if isinstance(front, Refusal):
        return front
    composed = planned.composed
    if composed.is_placed and front:
        # What was held of the front matter tells that something moves, not between which keys.
        composed = planned.composing(front.data, planned.memory)
    body = mend.mended(old, front.body if front else 0, planned.repairs)
    left = body if isinstance(body, Refusal) else _left(body, front, composed)
    if isinstance(left, Refusal):
        return left
    source, front = left
    new = comment.splice(source, front, composed.changes, create)
    if isinstance(new, Refusal):
        return new
    data = revision.apply(front.data if front else {}, composed.changes)
    if not isinstance(data, Mapping) or _is_changed(planned.composing(data, Recollection(composed.note))):
        return Refusal(_UNPROVED)
    is_bare = planned.memory.begun and composed.departures and not data
    return Spliced(made.bare(new) if is_bare else new, composed, made.marked(composed.note, source))


def after(held: Mapping[str, Value], composed: Composition) -> Mapping[str, Value] | None:
    """Return what is held of a front matter once it is written; None where that cannot be told."""
    value: Value = held
    for changes in (*(each.changes for each in composed.departures), composed.changes):
        value = revision.apply(value, changes)
    return value if isinstance(value, Mapping) else None


def _left(
    source: bytes, front: FrontMatter | None, composed: Composition
) -> tuple[bytes, FrontMatter | None] | Refusal:
    """Return the page without what goes, and its front matter then."""
    for departure in composed.departures:
        gone = comment.splice(source, front, departure.changes)
        if isinstance(gone, Refusal):
            return gone
        source = made.restored(gone, departure.note)
        again = frontmatter.locate(source)
        if not isinstance(again, FrontMatter):
            return again or Refusal(_UNPROVED)
        front = again
    return source, front


def _is_changed(composed: Composition) -> bool:
    return bool(composed.changes or composed.departures)
