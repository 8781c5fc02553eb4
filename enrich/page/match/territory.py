"""Finds the lines of a section that belong to one citation, where the section cites several papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from enrich.model.page import Block, Mention, Section
from enrich.page.match import author_line

REACH: Final = 3
"""Lines before and after a citation that can belong to it: title, authors, journal."""

PROSE: Final = 300
"""From this many letters on, a line that lists no authors is prose, and an end of the citation."""

HORIZON: Final = 40
"""Paragraphs on either side that are looked at to learn how a list of references is laid out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of visible text, the paragraph it stands in, and whether it is bold from end to end."""

    text: str
    block: int
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Territory:
    """A citation's own line, what is its own before and after (nearest first), and whether the heading is."""

    own: Line
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    has_heading: bool


def find(section: Section, mention: Mention, foreign: Sequence[Mention]) -> Territory:
    """Return the lines of `section` that belong to `mention`, and to none of the `foreign` ones in it."""
    reach = HORIZON if foreign else REACH
    lines, starts = _lines(section, mention.block, reach)
    own = starts[mention.block] + row_of(section.blocks[mention.block], mention)
    others = {
        starts[each.block] + row_of(section.blocks[each.block], each)
        for each in foreign
        if each.block in starts
    }
    marks = sorted(others | {own})
    place = marks.index(own)
    before = lines[:own][-REACH:]
    after = lines[own + 1 :][:REACH]
    if place:
        _, mine = _share(lines, marks, place - 1)
        before = lines[own - mine : own]
    if place < len(marks) - 1:
        mine, _ = _share(lines, marks, place)
        after = lines[own + 1 : own + 1 + mine]
    has_heading = not any(each.block < mention.block for each in foreign) and not place
    return Territory(
        lines[own], tuple(_until_prose(reversed(before))), tuple(_until_prose(after)), has_heading
    )


def row_of(block: Block, mention: Mention) -> int:
    """Return which line of the block's text the mention stands in: the source's, or the one that names it."""
    rows = block.text.split("\n")
    row = mention.line - block.line
    if 0 <= row < len(rows) and mention.text in rows[row]:
        return row
    named = (place for place, text in enumerate(rows) if mention.text in text)
    return next(named, min(max(row, 0), len(rows) - 1))


def _lines(section: Section, centre: int, reach: int) -> tuple[list[Line], dict[int, int]]:
    """Return the lines of the paragraphs around block `centre`, and where each block begins."""
    blocks = section.blocks
    first = last = centre
    while first > max(0, centre - reach) and blocks[first - 1].kind == "paragraph":
        first -= 1
    while last < min(len(blocks) - 1, centre + reach) and blocks[last + 1].kind == "paragraph":
        last += 1
    lines: list[Line] = []
    starts: dict[int, int] = {}
    for place in range(first, last + 1):
        starts[place] = len(lines)
        strong = blocks[place].strong
        texts = (text.strip() for text in blocks[place].text.split("\n"))
        lines.extend(Line(text, place, text in strong) for text in texts)
    return lines, starts


def is_prose(line: Line) -> bool:
    """Tell whether a line is running text, which no reference reaches across."""
    return len(line.text) > PROSE and not author_line.is_one(line.text)


def _until_prose(lines: Iterable[Line]) -> Iterable[Line]:
    for line in lines:
        if is_prose(line):
            return
        yield line


def _share(lines: Sequence[Line], marks: Sequence[int], place: int) -> tuple[int, int]:
    """How many of the lines between two citations belong to the one before, and how many to the one after."""
    left, right = marks[place], marks[place + 1]
    between = lines[left + 1 : right]
    prose = [row for row, line in enumerate(between) if is_prose(line)]
    if prose:
        return min(prose[0], REACH), min(len(between) - 1 - prose[-1], REACH)
    if lines[left].block == lines[right].block:
        return _split(between, _edges(lines, marks))
    ours = sum(line.block == lines[left].block for line in between)
    theirs = sum(line.block == lines[right].block for line in between)
    more, fewer = _split(between[ours : len(between) - theirs], _edges(lines, marks))
    return ours + more, theirs + fewer


def _edges(lines: Sequence[Line], marks: Sequence[int]) -> tuple[int, int]:
    """How many lines stand before the first citation of a list, and after its last one up to its authors."""
    before = sum(1 for _ in _until_prose(reversed(lines[: marks[0]][-REACH:])))
    rows = [row for row, line in enumerate(lines[marks[-1] + 1 :][:REACH]) if author_line.is_one(line.text)]
    return before, rows[-1] + 1 if rows else 0


def _split(free: Sequence[Line], edges: tuple[int, int]) -> tuple[int, int]:
    """Share lines as the edges of the list show its layout; what the layout does not settle is nobody's."""
    before, after = edges
    if not free:
        return 0, 0
    if before and not after:
        return 0, len(free)
    if after and not before:
        mine = min(after, len(free))
        return mine, len(free) - mine
    if len(free) == before + after:
        return after, before
    names = [author_line.is_one(line.text) for line in free]
    if len(free) > 1 and names[0] and not any(names[1:]):
        return 1, len(free) - 1
    if len(free) > 1 and names[-1] and not any(names[:-1]):
        return 0, len(free)
    return 0, 0
