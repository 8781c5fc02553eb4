"""Finds the citations of a body that carry no identifier: a title beside a journal's line, or a whole reference.

A line belongs to the title above it. A heading or a bold title begins such a group of lines, a whole reference is
one of its own, and a group with an identifier in it is left to the identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from enrich.model.claims import Claims
from enrich.model.page import Block, Mention, Section, Unidentified
from enrich.page.body.outline import Outline
from enrich.page.match import author_line, citation_line, fields, reference_line, territory

LONGEST: Final = 300
"""Letters of a query: title, first authors and place fit, and the request line holds them in any script."""

_REACH: Final = 4
_AUTHORS: Final = 60
_WRAPPED: Final = 700
_REST: Final = 40
_IDENTIFIER: Final = re.compile(
    r"10\.\d{4,9}(?:\.\d+)*/\S|\bPMID\b\s*:?\s*\d|\bPMC\d|\barXiv:|arxiv\.org/|pubmed|/pmc/|europepmc|doi\.org/",
    re.I,
)

_MARKS: Final = ("10.", "pmid", "pmc", "arxiv", "pubmed", "doi.org/")
"""Of these every identifier has one, and they are found faster."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    block: int
    row: int
    is_title: bool = False
    is_heading: bool = False
    is_identified: bool = False


def find(outline: Outline, mentions: Sequence[Mention]) -> tuple[Unidentified, ...]:
    """Return the papers that the body cites by words alone, in order; the same words only once.

    `mentions` are the identifiers found in it, of whatever kind: what stands with one is not looked at.
    """
    beside: dict[tuple[int, int], list[Mention]] = {}
    for mention in mentions:
        beside.setdefault((mention.section, mention.block), []).append(mention)
    found: dict[str, Unidentified] = {}
    for place, section in enumerate(outline.sections):
        blocks = [
            _lines(block, number, beside.get((place, number), ()))
            for number, block in enumerate(section.blocks)
        ]
        for claims, line in _in_section(section, blocks):
            block = section.blocks[line.block]
            one = Unidentified(query(claims), claims, block.span, block.line + line.row, place, line.block)
            found.setdefault(one.query, one)
    return tuple(found.values())


def query(claims: Claims) -> str:
    """Return the citation in one line, as Crossref's `query.bibliographic` likes it."""
    title = (*claims.titles, claims.heading)[0]
    place = ":".join(part for part in (claims.volume, claims.page) if part)
    when = ";".join(part for part in (str(claims.years[0]) if claims.years else "", place) if part)
    journal = claims.journals[0] if claims.journals else ""
    parts = (title, _first_authors(claims.authors), f"{journal} {when}")
    return ". ".join(part.strip(" .") for part in parts if part.strip(" ."))[:LONGEST].strip()


def _first_authors(line: str) -> str:
    return line if len(line) <= _AUTHORS else line[:_AUTHORS].rpartition(",")[0]


def _in_section(section: Section, blocks: Sequence[Sequence[_Line]]) -> Iterator[tuple[Claims, _Line]]:
    group: list[_Line] = []
    for block, lines in zip(section.blocks, blocks, strict=True):
        if block.kind == "row":
            yield from _in_row(block, lines)
        elif block.kind == "item" and (alone := list(_in_item(block, lines))):
            yield from alone
        else:
            for line in lines:
                if line.is_title:
                    yield from _in_group(group)
                    group = []
                group.append(line)
    yield from _in_group(group)


def _in_row(block: Block, lines: Sequence[_Line]) -> Iterator[tuple[Claims, _Line]]:
    """Read a table's row by its column heads, else each cell as a reference."""
    if any(line.is_identified for line in lines):
        return
    claims = fields.read_cells(
        (head, citation_line.without_identifiers(text).strip()) for head, text in block.cells
    )
    told = sum(map(bool, (claims.authors, claims.journals, claims.years, claims.volume or claims.page)))
    title = (*claims.titles, claims.heading)[0]
    if told > 1 and reference_line.is_title(title, is_placed=told > 2):
        yield claims, lines[0]
        return
    for _, text in block.cells:
        if reference := reference_line.read_reference(text):
            yield reference, lines[0]


def _in_item(block: Block, lines: Sequence[_Line]) -> Iterator[tuple[Claims, _Line]]:
    """Read a list item that is a reference, whole or as a bold title with what follows it."""
    if any(line.is_identified for line in lines):
        return
    text = " ".join(line.text for line in lines)
    if lines and lines[0].is_title:
        yield from _in_group(lines)
    elif reference := reference_line.read_reference(text):
        yield reference, lines[0]
    elif _leads_away(block) and (linked := reference_line.read_linked(text)):
        yield linked, lines[0]


def _leads_away(block: Block) -> bool:
    return any("://" in target for target in block.targets)


def _in_group(group: Sequence[_Line]) -> Iterator[tuple[Claims, _Line]]:
    """Read the lines from one title to the next: what it heads, and every whole reference among them."""
    references = [(claims, place) for place, line in enumerate(group) if (claims := _reference(line))]
    if references:
        yield from (
            (claims, group[place]) for claims, place in references if not _is_named_below(group, place)
        )
    elif group and not any(line.is_identified for line in group):
        yield from _headed(group)


def _reference(line: _Line) -> Claims | None:
    return None if line.is_heading or line.is_identified else reference_line.read_reference(line.text)


def _is_named_below(group: Sequence[_Line], place: int) -> bool:
    """Tell whether a reference has its identifier on the next line, which is nothing else."""
    after = group[place + 1 : place + 2]
    return any(each.is_identified and len(reference_line.bare(each.text)) < _REST for each in after)


def _headed(group: Sequence[_Line]) -> Iterator[tuple[Claims, _Line]]:
    """Read a title and, close below it, the one line that says where the paper appeared, or its authors."""
    near = list(_until_prose(group[group[0].is_title :]))[:_REACH]
    places = [(claims, line) for line in near if (claims := reference_line.read_place(line.text))]
    authors = next((line for line in near if _lists_authors(line.text)), None)
    named = author_line.bare(authors.text) if authors else ""
    if len(places) == 1:
        claims, line = places[0]
        titles = _titles(group, near, line, claims)
        if titles:
            yield replace(claims, titles=titles, authors=named), line
    elif not places and authors and _is_told_by_authors(group[0], authors):
        yield Claims(titles=(group[0].text,), authors=named, text=authors.text[:LONGEST]), authors


def _is_told_by_authors(head: _Line, authors: _Line) -> bool:
    is_title = head.is_title and reference_line.is_title(head.text, alone=True)
    return is_title and reference_line.is_marked_authors(authors.text)


def _titles(group: Sequence[_Line], near: Sequence[_Line], place: _Line, claims: Claims) -> tuple[str, ...]:
    """Return what may be the title: the line that heads the group, and one just above the journal's line."""
    head = [group[0].text] if group[0].is_title else []
    above = [line.text for line in near[: near.index(place)] if not _lists_authors(line.text)]
    lines = [*(text for text in above[-1:] if not text.endswith(".")), *head]
    titles = [text for text in lines if reference_line.is_title(text)]
    if not titles and claims.volume and claims.page and claims.years:
        titles = [text for text in lines if reference_line.is_title(text, is_placed=True)]
    return tuple(dict.fromkeys(titles))


def _lists_authors(text: str) -> bool:
    return author_line.is_one(text) or author_line.is_numbered(text)


def _until_prose(lines: Sequence[_Line]) -> Iterator[_Line]:
    for line in lines:
        if territory.is_prose(territory.Line(line.text, line.block)):
            return
        yield line


def _lines(block: Block, place: int, mentions: Sequence[Mention]) -> list[_Line]:
    """Return a block's lines; a bold title that begins one stands alone, and a wrapped reference is joined."""
    identified = {territory.row_of(block, mention) for mention in mentions}
    everywhere = any(map(_names_identifier, block.targets))
    rows = block.text.split("\n")
    if _is_wrapped(block, rows):
        rows, everywhere = [" ".join(rows)], everywhere or bool(identified)
    lines: list[_Line] = []
    for row, text in enumerate(rows):
        is_identified = everywhere or row in identified or _names_identifier(text)
        for piece, is_bold in _pieces(text.strip(), block):
            is_heading = block.kind == "heading"
            is_title = is_heading or (is_bold and reference_line.is_title(piece))
            lines.append(_Line(piece, place, row, is_title, is_heading, is_identified))
    return lines


def _names_identifier(text: str) -> bool:
    lowered = text.lower()
    return any(map(lowered.__contains__, _MARKS)) and _IDENTIFIER.search(text) is not None


def _pieces(text: str, block: Block) -> Iterator[tuple[str, bool]]:
    for strong in block.strong:
        if text.startswith(strong) and reference_line.is_title(strong):
            yield strong, True
            if rest := text[len(strong) :].strip(" \t.:-–—"):
                yield rest, False
            return
    if text:
        yield text, False


def _is_wrapped(block: Block, rows: Sequence[str]) -> bool:
    """Tell whether the source breaks one reference over several lines."""
    if block.kind != "paragraph" or len(rows) < 2 or block.strong or not reference_line.may_cite(block.text):
        return False
    if len(block.text) > _WRAPPED or any(reference_line.read_reference(row) for row in rows):
        return False
    joined = reference_line.read_reference(" ".join(rows))
    return joined is not None and bool(joined.authors)
