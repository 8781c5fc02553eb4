"""Reads what a page says of a paper near its citation: title, authors, journal, year, place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from enrich.model.claims import Claims
from enrich.model.page import Block, Mention, Section
from enrich.page.match import author_line, citation_line, fields, likeness, territory
from enrich.page.match.journal_place import find_years

Sections = Sequence[Section]

LONGEST: Final = 800
"""Letters of a citation's own text that are kept."""

_AROUND: Final = (240, 80)
"""Letters before and after a citation in running text that can be its reference."""

_NOT_TITLES: Final = re.compile(r"\b(?:download|click|pdf|full text|see also|read more|free)\b|:$", re.I)


def read(sections: Sections, mention: Mention, others: Sequence[Mention]) -> Claims:
    """Return what the page says near `mention`; what may belong to one of the `others` is left out."""
    section = sections[mention.section]
    block = section.blocks[mention.block]
    foreign = [
        other
        for other in others
        if other.section == mention.section and other.readings[0] != mention.readings[0]
    ]
    if block.kind in ("item", "row"):
        claims = _read_alone(block, mention, [other for other in foreign if other.block == mention.block])
        if foreign or _says_something(claims):
            return claims
    return _read_section(section, mention, foreign)


def _says_something(claims: Claims) -> bool:
    """Tell whether a list item or row is more than a bare identifier, and so a reference of its own."""
    return bool(claims.titles or claims.authors or claims.page or claims.journals or claims.heading)


def _read_alone(block: Block, mention: Mention, foreign: Sequence[Mention]) -> Claims:
    if block.cells and not foreign:
        return fields.read_cells(_cells(block, mention))
    here = replace(mention, block=0)
    claims = _read_section(Section((block,)), here, [replace(other, block=0) for other in foreign])
    own = claims.text if not claims.titles and not claims.page else ""
    return replace(claims, heading=own if likeness.weigh(likeness.fold(own)) > 12 else "")


def _cells(block: Block, mention: Mention) -> list[tuple[str, str]]:
    return [(head, _bare(text, mention)) for head, text in block.cells]


def _read_section(section: Section, mention: Mention, foreign: Sequence[Mention]) -> Claims:
    found = territory.find(section, mention, foreign)
    claims = _read_own(_cut(found.own.text, mention, foreign), mention)
    is_headed = found.has_heading and bool(section.heading)
    for near in (found.before, found.after):
        may_be_title = near is found.before or not (found.before or is_headed)
        for distance, line in enumerate(near):
            is_close = line.block == found.own.block or (near is found.before and distance == 0)
            claims = _join(claims, _read_near(line, claims, is_close=is_close, may_be_title=may_be_title))
    return replace(claims, heading=_bare(section.heading, mention)) if is_headed else claims


def _cut(text: str, mention: Mention, foreign: Sequence[Mention]) -> str:
    """Take from a line of several papers what stands between the last one and this; nothing if unsure."""
    beside = [other for other in foreign if other.block == mention.block and other.line == mention.line]
    if not beside:
        return text
    place = text.find(mention.text)
    places = {text.find(other.text): other.text for other in beside}
    if place < 0 or -1 in places:
        return ""
    before = max((start + len(name) for start, name in places.items() if start < place), default=0)
    return text[before : place + len(mention.text)]


def _read_own(text: str, mention: Mention) -> Claims:
    """Read the line that the identifier stands in: a reference, or running text with one around it."""
    bare = _bare(text, mention)
    if labelled := fields.read_line(bare):
        return labelled
    reference = citation_line.parse(bare)
    if len(text) > territory.PROSE and not (reference and reference.authors):
        return _read_around(text, mention)
    if reference is None:
        return Claims(years=tuple(year for year, _ in find_years(bare)), text=bare)
    return _from_reference(reference, bare)


def _read_around(text: str, mention: Mention) -> Claims:
    """Read the stretch of running text around the identifier; its sentences are no titles."""
    place = text.find(mention.text)
    if place < 0:
        return Claims(text=_bare(text[:LONGEST], mention))
    before, after = _AROUND
    near = _bare(text[max(0, place - before) : place + len(mention.text) + after], mention)
    reference = citation_line.parse(near)
    return replace(_from_reference(reference, near), titles=()) if reference else Claims(text=near)


def _read_near(line: territory.Line, known: Claims, *, is_close: bool, may_be_title: bool) -> Claims:
    """Read a line beside the citation for what is not known yet; empty claims where it has none of that."""
    text = citation_line.without_identifiers(line.text).strip()
    if len(text) < 4:
        return Claims()
    if labelled := fields.read_line(text):
        return labelled
    is_listed = "," in text or ";" in text or not line.is_bold
    if is_listed and author_line.is_one(text):
        return Claims(authors=author_line.bare(text))
    reference = citation_line.parse(text)
    if reference and (reference.page or reference.volume):
        is_bare = not (reference.authors or reference.titles)
        return _from_reference(reference, text) if is_close or is_bare else Claims()
    if not may_be_title or known.titles or likeness.weigh(likeness.fold(text)) < 12:
        return Claims()
    is_title = (line.is_bold or is_close) and citation_line.is_worded(text) and not _NOT_TITLES.search(text)
    return Claims(titles=(text,) if is_title else (), text=text[:LONGEST])


def _from_reference(reference: citation_line.CitationLine, text: str) -> Claims:
    return Claims(
        titles=reference.titles,
        authors=author_line.bare(reference.authors),
        journals=reference.journals,
        years=reference.years,
        volume=reference.volume,
        page=reference.page,
        text=text[:LONGEST],
        issue=reference.issue,
    )


def _bare(text: str, mention: Mention) -> str:
    named = text.replace(mention.text, " ") if mention.text else text
    return " ".join(citation_line.without_identifiers(named).split())


def _join(known: Claims, more: Claims) -> Claims:
    """Fill in what is not known yet; volume and page stay together, and so do a journal and its place."""
    placed = bool(known.volume or known.page)
    return Claims(
        heading=known.heading or more.heading,
        titles=known.titles or more.titles,
        authors=known.authors or more.authors,
        journals=known.journals if known.journals or placed else more.journals,
        years=known.years or more.years,
        volume=known.volume if placed else more.volume,
        page=known.page if placed else more.page,
        text=f"{known.text}\n{more.text}".strip()[:LONGEST] if more.text else known.text,
        issue=known.issue if placed else more.issue,
    )
