"""Finds the citations of a body that carry no identifier: a title beside a journal's line, or a whole reference.

A line belongs to the title above it. A heading or a bold title begins such a group of lines, a whole reference is
one of its own, and a group with an identifier in it is left to the identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from enrich.model.claims import Claims
from enrich.model.page import Block, Mention, Section, Unidentified
from enrich.page.body.outline import Outline
from enrich.page.match import citation_line, fields, headed, reference_line, territory
from enrich.page.match.headed import Line

LONGEST: Final = 300
"""Letters of a query: title, first authors and place fit, and the request line holds them in any script."""

_AUTHORS: Final = 60
_WRAPPED: Final = 700
_REST: Final = 40
_IDENTIFIER: Final = re.compile(
    r"10\.\d{4,9}(?:\.\d+)*/\S|\bPMID\b\s*:?\s*\d|\bPMC\d|\barXiv:|arxiv\.org/|pubmed|/pmc/|europepmc|doi\.org/",
    re.I,
)

_MARKS: Final = ("10.", "pmid", "pmc", "arxiv", "pubmed", "doi.org/")
"""Of these every identifier has one, and they are found faster."""


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


def _in_section(section: Section, blocks: Sequence[Sequence[Line]]) -> Iterator[tuple[Claims, Line]]:
    group: list[Line] = []
    for block, lines in zip(section.blocks, blocks, strict=True):
        if block.kind == "row":
            yield from _in_row(block, lines)
        elif block.kind == "item" and (alone := list(_in_item(block, lines))):
            yield from alone
        else:
            for line in lines:
                above: list[Line] = []
                if line.is_title:
                    above = group[-1:] if headed.is_place_above(group, line) else []
                    yield from _in_group(group[: len(group) - len(above)])
                    group = []
                group += [line, *above]
    yield from _in_group(group)


def _in_row(block: Block, lines: Sequence[Line]) -> Iterator[tuple[Claims, Line]]:
    """Read a table's row by its column heads, else each cell as a reference."""
    if any(line.is_identified for line in lines):
        return
    claims = fields.read_cells(
        (head, citation_line.without_identifiers(text).strip()) for head, text in block.cells
    )
    told = fields.count(claims)
    title = (*claims.titles, claims.heading)[0]
    if told > 1 and reference_line.is_title(title, is_placed=told > 2):
        yield claims, lines[0]
        return
    cells = [text for _, text in block.cells]
    references = [found for text in cells if (found := reference_line.read_reference(text))]
    for found in references or _beside_a_title(cells):
        yield found, lines[0]


def _beside_a_title(cells: Sequence[str]) -> Iterator[Claims]:
    """Read a row whose column heads say nothing: one cell says where a paper appeared, another is a title."""
    places = [(text, found) for text in cells if (found := headed.read_place(text))]
    if len(places) == 1:
        cell, found = places[0]
        titles = [text for text in cells if text != cell and reference_line.is_title(text, alone=True)]
        if titles:
            yield replace(found, titles=tuple(titles))


def _in_item(block: Block, lines: Sequence[Line]) -> Iterator[tuple[Claims, Line]]:
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


def _in_group(group: Sequence[Line]) -> Iterator[tuple[Claims, Line]]:
    """Read the lines from one title to the next: what it heads, and every whole reference among them."""
    references = [
        (claims, place)
        for place, line in enumerate(group)
        if (claims := _reference(line)) and not headed.is_byline(group[0], line, claims)
    ]
    if references:
        yield from (
            (claims, group[place]) for claims, place in references if not _is_named_below(group, place)
        )
    elif group and not any(line.is_identified for line in group):
        yield from headed.read(group)


def _reference(line: Line) -> Claims | None:
    return None if line.is_heading or line.is_identified else reference_line.read_reference(line.text)


def _is_named_below(group: Sequence[Line], place: int) -> bool:
    """Tell whether a reference has its identifier on the next line, which is nothing else."""
    after = group[place + 1 : place + 2]
    return any(each.is_identified and len(reference_line.bare(each.text)) < _REST for each in after)


def _lines(block: Block, place: int, mentions: Sequence[Mention]) -> list[Line]:
    """Return a block's lines; a bold title that begins one stands alone, and a wrapped reference is joined."""
    identified = {territory.row_of(block, mention) for mention in mentions}
    everywhere = any(map(_names_identifier, block.targets))
    rows = block.text.split("\n")
    if _is_wrapped(block, rows):
        rows, everywhere = [" ".join(rows)], everywhere or bool(identified)
    lines: list[Line] = []
    for row, text in enumerate(rows):
        is_identified = everywhere or row in identified or _names_identifier(text)
        for piece, is_bold in _pieces(text.strip(), block):
            is_heading = block.kind == "heading"
            is_title = is_heading or (is_bold and reference_line.is_title(piece))
            lines.append(Line(piece, place, row, is_title, is_heading, is_identified))
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
