"""Reads a line under a title that has authors and journal, but no title: `Roe N, Doe P. Nutrients. 2022;14(9):1715.`"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from enrich.model.claims import Claims
from enrich.page.match import author_line, citation_line, likeness, reference_line
from enrich.page.match.journal_place import find_place, find_years

_PARTED: Final = re.compile(r"(?:[.?!]+,?|(?<=\bet al),?)\s+")
_BEHIND_YEAR: Final = " \t.,;:)]"
_BEFORE_YEAR: Final = " \t.,;:(["
_BESIDES: Final = 90
_DOTTED: Final = 3
_SMALL: Final = 3


def read(text: str) -> Claims | None:
    """Return what the line says; None where it is not all of authors, a journal, and where or when in it."""
    if (
        not reference_line.may_cite(text)
        or len(text) > citation_line.LONGEST
        or author_line.is_sentence(text)
    ):
        return None
    line = reference_line.bare(text)
    place = find_place(line)
    years = tuple(dict.fromkeys(year for year, _ in find_years(line, place)))
    if not years:
        return None
    is_placed = bool(place and place.volume and place.page)
    for authors, journals in _divisions(line[: place.start] if place else line):
        is_whole = len(line) - len(authors) - len(journals[0]) <= _BESIDES
        is_sure = is_placed or reference_line.is_marked_authors(authors)
        if is_whole and is_sure and reference_line.is_journal(journals[0], share=0.2 if is_placed else 0.5):
            told = Claims(authors=author_line.bare(authors), journals=journals, years=years, text=line[:800])
            return replace(told, volume=place.volume, page=place.page, issue=place.issue) if place else told
    return None


def _divisions(head: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each way to divide a text into authors and readings of a journal's name, the likeliest first."""
    for _, start in find_years(head):
        authors, journal = head[:start].rstrip(_BEFORE_YEAR), head[start + 4 :].strip(_BEHIND_YEAR)
        if journal and _are_authors(authors) and (readings := citation_line.journal_readings(journal)):
            yield authors, readings
    yield from _behind_commas(citation_line.without_date(head))
    pieces = _PARTED.split(citation_line.without_date(head))
    least = _begin_journal(pieces)
    starts = range(least, len(pieces))
    if len(starts) < _DOTTED:
        starts = starts[::-1]
    for start in starts:
        authors = ". ".join(pieces[:start])
        readings = citation_line.journal_readings(" ".join(pieces[start:]), pieces[-1])
        if readings and _are_authors(authors):
            yield authors, readings


def _behind_commas(head: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Divide `Roe N, Doe P, Nutrients` behind the last name with initials, or `et al`."""
    names = head.split(", ")
    for count in range(len(names) - 1, 0, -1):
        last, authors, journal = names[count - 1], ", ".join(names[:count]), ", ".join(names[count:])
        is_marked = last.startswith("et al") or reference_line.is_marked_authors(last)
        if is_marked and _is_one_name(journal) and author_line.is_one(authors):
            if readings := citation_line.journal_readings(journal):
                yield authors.rstrip("."), readings
            return


def _is_one_name(journal: str) -> bool:
    """Tell whether no full stop ends anything in a text: none is there, or each word is cut short."""
    return ". " not in journal or all(word.endswith(".") for word in journal.split()[:-1])


def _begin_journal(pieces: list[str]) -> int:
    """Return where a name in short words with full stops begins: `Proc. Natl. Acad. Sci.`"""
    start = len(pieces) - 1
    while start > 1 and citation_line.may_be_of_journal(pieces[start - 1]) and "," not in pieces[start - 1]:
        start -= 1
    return max(start, 1)


def _are_authors(text: str) -> bool:
    if not (author_line.is_one(text) or author_line.is_name(text)):
        return False
    last = text.rpartition(",")[2].split()
    return not any(word.islower() and len(word) > _SMALL and word not in likeness.PARTICLES for word in last)
