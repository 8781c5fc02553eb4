"""Reads the lines that stand under a title: where the paper appeared, and its authors, each in a line or labelled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from enrich.model.claims import Claims
from enrich.page.match import author_line, byline, fields, reference_line, territory

LONGEST: Final = 300
"""Letters of an author line that are kept where it is all that a paper has beside its title."""

_REACH: Final = 4
_LABELLED_REACH: Final = 8
_NUMBERED: Final = re.compile(
    r"(?:(?:study|paper|article|reference|ref|no)\b\.?\s*)?[#\[(]?\d{1,3}(?:\.\d{1,3})*(?:[.)\]:]+|\s[-–—])\s+|"
    r"\d{1,2}(?:\.\d{1,2})+\s+(?=[^\W\d_])",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: `is_title` where it may head lines of its own, as headings and bold titles do."""

    text: str
    block: int
    row: int
    is_title: bool = False
    is_heading: bool = False
    is_identified: bool = False


def read(group: Sequence[Line]) -> Iterator[tuple[Claims, Line]]:
    """Read a title and, close below it, the one line that says where the paper appeared, or its authors."""
    under = list(_until_prose(group[group[0].is_title :]))
    near = under[:_REACH]
    places = [(claims, line) for line in near if (claims := read_place(line.text))]
    taken = [line for _, line in places]
    authors = next((line for line in near if line not in taken and _lists_authors(line.text)), None)
    named = author_line.bare(authors.text) if authors else ""
    if len(places) == 1:
        claims, line = places[0]
        titles = _titles(group, near, line, claims)
        if titles:
            yield replace(claims, titles=titles, authors=named or claims.authors), line
    elif not places and (labelled := _labelled(group, under[:_LABELLED_REACH])):
        yield labelled
    elif not places and authors and _is_told_by_authors(group[0], authors):
        told = Claims(authors=named, text=authors.text[:LONGEST])
        yield replace(told, titles=_readings(group[0].text)), authors


def read_place(text: str) -> Claims | None:
    """Read a line that has no title and says where a paper appeared, with or without its authors."""
    place = reference_line.read_place(text)
    return place if place and ", " not in place.journals[0] else byline.read(text) or place


def is_byline(head: Line, line: Line, reference: Claims) -> bool:
    """Tell whether a line under a title has no other title: what was read as one is of the authors' names."""
    if not head.is_title or not _is_of_names(reference.titles[0]) or not reference_line.is_title(head.text):
        return False
    return byline.read(line.text) is not None


def _is_of_names(title: str) -> bool:
    """Tell whether a title may be what follows an initial in a list of names: `Doe, Ann Roe`."""
    pieces = title.replace(" and ", ", ").split(", ")
    is_list = len(pieces) > 1 or " " not in title
    return is_list and all(" " not in piece or author_line.is_name(piece) for piece in pieces)


def is_place_above(group: Sequence[Line], title: Line) -> bool:
    """Tell whether the last of the lines before a title belongs to it: some lists begin with where it appeared.

    So it is where nothing else has it: no title, or one that has its own place, or stands in another paragraph.
    """
    if not group or group[-1].is_title or title.is_heading or not read_place(group[-1].text):
        return False
    head, *others = group
    if not head.is_title or not reference_line.is_title(head.text):
        return True
    return group[-1].block == title.block != head.block or any(read_place(line.text) for line in others[:-1])


def _labelled(group: Sequence[Line], under: Sequence[Line]) -> tuple[Claims, Line] | None:
    """Read `Authors: ...`, `Journal: ...`, `Year: ...`, one a line."""
    claims, first = Claims(), None
    for line in under:
        if said := fields.read_line(line.text):
            claims, first = fields.join(claims, said), first or line
    titles = claims.titles or (_readings(group[0].text) if group[0].is_title else ())
    told = fields.count(claims)
    if first is None or not claims.journals or told < 2:
        return None
    if not any(reference_line.is_title(title, is_placed=told > 2) for title in titles):
        return None
    return replace(claims, titles=titles), first


def _is_told_by_authors(head: Line, authors: Line) -> bool:
    is_title = head.is_title and reference_line.is_title(head.text, alone=True)
    return is_title and reference_line.is_marked_authors(authors.text)


def _titles(group: Sequence[Line], near: Sequence[Line], place: Line, claims: Claims) -> tuple[str, ...]:
    """Return what may be the title: the line that heads the group, and one just above the journal's line."""
    head = [group[0].text] if group[0].is_title else []
    above = [line.text for line in near[: near.index(place)] if not _lists_authors(line.text)]
    lines = [*(text for text in above[-1:] if not text.endswith(".")), *head]
    titles = [text for text in lines if reference_line.is_title(text)]
    if not titles and claims.volume and claims.page and claims.years:
        titles = [text for text in lines if reference_line.is_title(text, is_placed=True)]
    return tuple(dict.fromkeys(reading for title in titles for reading in _readings(title)))


def _readings(title: str) -> tuple[str, ...]:
    """Return a title without its number in a list, and with it: chapters of guidelines have one of their own."""
    number = _NUMBERED.match(title)
    rest = title[number.end() :] if number else ""
    return (rest, title) if rest else (title,)


def _lists_authors(text: str) -> bool:
    return author_line.is_one(text) or author_line.is_numbered(text)


def _until_prose(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        if territory.is_prose(territory.Line(line.text, line.block)) and not byline.read(line.text):
            return
        yield line
