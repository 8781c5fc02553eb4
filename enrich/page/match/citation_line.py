"""Reads a reference in one line, as PubMed, Vancouver, APA, Chicago, Harvard, IEEE and ACS write it.

It guesses, as any reader of references without a database does; so every part may be missing, and `journals`
holds several readings of one name. No pattern backtracks far: each starts at a digit, a quote or a full stop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from enrich.page.match import author_line
from enrich.page.match.journal_place import find_place, find_years

LONGEST: Final = 1600
"""Letters of a line that are read: a reference of forty authors; what is longer is prose."""


@dataclass(frozen=True, slots=True)
class CitationLine:
    """The parts of a reference; what is not there is empty. `page` is the first page or article number."""

    authors: str = ""
    titles: tuple[str, ...] = ()
    journals: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    volume: str = ""
    issue: str = ""
    page: str = ""


_URL: Final = re.compile(r"(?:https?://|www\.)\S+")
_DOI: Final = re.compile(r"(?:[Dd](?:oi|OI)\s*[:=]?\s*)?(?:(?:dx\.)?doi\.org/)?10\.\d{4,9}(?:\.\d+)*/\S+")
_NUMBERS: Final = re.compile(
    r"(?:PMID|PMCID|PubMed ID|ISSN|ISBN|arXiv)\s*[:#]?\s*(?:PMC)?[\d.X-]*|PMC\d+|\bdoi\b\s*:?"
)

_ACRONYM: Final = re.compile(r"\s\([A-Z]{2,8}\)?$")
_OPENED: Final = re.compile(r"^.*\((?=[^()]*$)")
_IN: Final = re.compile(r"^[Ii]n:? (?=[A-Z])")
_IN_BRACKETS: Final = re.compile(r"\(([^\W\d_][^()\d]{1,100}?)[,.]?\s(?:18|19|20)\d\d\)[\s.]*$")
_LISTED: Final = re.compile(r"^\s*(?:\[\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)](?=\s))\s*")
# Titles quote, and have apostrophes: a full stop or comma beside a mark closes it more surely than a mark alone.
_QUOTED: Final = re.compile(
    r"[“„«\"](?P<double>.{3,400}?(?:(?<=[.,])[”“»\"]|[”“»\"](?=[.,;]))|[^“”„«»\"]{12,400}[”“»\"])|"
    r"(?<=[\s(])[‘'](?P<single>.{5,400}?[’'](?=[,.;])|[^‘’]{5,400}?[’'](?=\s))"
)
_MONTH: Final = (
    r"(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|fév(?:rier)?|mar(?:ch|s)?|märz?|apr(?:il)?|avr(?:il)?|ma[yi]|"
    r"jun[ei]?|juin|jul[yi]?|juil(?:let)?|aug(?:ust)?|août|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|"
    r"nov(?:ember|embre)?|de[cz](?:ember|embre)?|déc(?:embre)?|spring|summer|autumn|fall|winter)\b\.?"
)
_DATE_LAST: Final = re.compile(
    rf"(?:(?:18|19|20)\d\d[a-e]?(?:[ ,]+{_MONTH}(?:[-/–]{_MONTH})?)?(?:\s+\d{{1,2}})?|"
    rf"(?:\d{{1,2}}\.?\s)?\b{_MONTH}\s(?:\d{{1,2}},?\s)?(?:18|19|20)\d\d)$",
    re.I,
)
_LONGEST_DATE: Final = 32
_LABELS_LAST: Final = frozenset({"in", "published", "vol", "volume", "no", "issue", "epub"})
_YEAR_CLOSES: Final = re.compile(r"[a-e]?(?:,? [A-Za-z]+(?: \d{1,2})?)?(?:\)[.,:]?|[.:,])\s+")
_SENTENCE: Final = re.compile(r"(?:[.?!]+|(?<=\bet al))\s+")
_MORE_AUTHORS: Final = re.compile(
    r"(?:&|and\b|et\.? al\b|[^\W\d_]\.?(?:,|$)|[^\W\d_]+(?:[ '’-][^\W\d_]+){0,2},\s?[^\W\d_a-z]\b)"
)
_PART_LAST: Final = re.compile(r"(?:part|pt|teil|partie)\.? ?(?:[ivx]+|\d+|one|two)", re.I)
_LITTLE: Final = frozenset({"in", "of", "for", "on", "with", "to", "by", "from", "at"})
_INITIALS_LAST: Final = re.compile(r"[^\W\d_],? (?:[A-Z]\.?[ -]?){1,4}$")
_NO_NAME: Final = re.compile(
    rf"[;]|^(?:{_MONTH}|vol\.?|volume|no|pp?|[\W\d_]+|.*\b(?:no|pp?)$)$|,\s*\d", re.I
)
_EDGES: Final = " \t\n.,;:()[]'\"“”‘’*|-–—"


def without_identifiers(text: str) -> str:
    """Return `text` without DOIs, addresses and database numbers: they only look like evidence."""
    if "://" in text or "www." in text:
        text = _URL.sub(" ", text)
    if "10." in text:
        text = _DOI.sub(" ", text)
    if any(name in text for name in ("PM", "PubMed", "IS", "arXiv", "doi")):
        text = _NUMBERS.sub(" ", text)
    return text


def parse(text: str) -> CitationLine | None:
    """Read one line without identifiers; None where no journal place and no dated reference is in it."""
    text = _LISTED.sub("", text[:LONGEST])
    place = find_place(text)
    years = find_years(text, place)
    if place is None:
        return _dated(text, years)
    authors, titles, journals = _divide(without_date(text[: place.start]))
    return CitationLine(authors, titles, journals, _numbers(years), place.volume, place.issue, place.page)


def _dated(text: str, years: tuple[tuple[int, int], ...]) -> CitationLine | None:
    """Read a reference without volume and pages, which is known by its authors and its year."""
    if not years:
        return None
    if found := _IN_BRACKETS.search(text):
        return CitationLine(journals=journal_readings(found[1]), years=_numbers(years))
    authors, titles, journals = _divide(without_date(text))
    return CitationLine(authors, titles, journals, _numbers(years)) if authors else None


def _numbers(years: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(year for year, _ in years))


def without_date(head: str) -> str:
    """Take a date, and words such as `vol.`, off the end."""
    head = head.rstrip(" \t\n.,;:()")
    if found := _DATE_LAST.search(head, max(0, len(head) - _LONGEST_DATE)):
        head = head[: found.start()].rstrip(" \t\n.,;:(")
    while head.rpartition(" ")[2].lower() in _LABELS_LAST:
        head = head.rpartition(" ")[0].rstrip(" \t\n.,;:(")
    return head


def _divide(head: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Divide what stands before the place into authors, titles and readings of the journal."""
    quoted = _QUOTED.search(head)
    if quoted and _is_begun(head[: quoted.start()].rstrip()):
        authors = _authors(without_date(head[: quoted.start()]))
        return authors, (_trim(quoted["double"] or quoted["single"]),), journal_readings(head[quoted.end() :])
    for _, start in find_years(head):
        closed = _YEAR_CLOSES.match(head, start + 4)
        authors = _authors(head[:start])
        if closed and (authors or start <= 2):
            return (authors, *_title_and_journal(_SENTENCE.split(head[closed.end() :]), after_authors=True))
    pieces = _SENTENCE.split(head)
    cut = _count_authors(pieces)
    return (". ".join(pieces[:cut]), *_title_and_journal(pieces[cut:], after_authors=cut > 0))


def _is_begun(before: str) -> bool:
    """Tell whether a quotation is the title, rather than words that the title quotes."""
    if not before[-1:].isalpha() or before.endswith("et al"):
        return True
    return not before.split()[-1].islower() and bool(_authors(before))


def _authors(text: str) -> str:
    text = text.strip(" \t\n,;:([-–—")
    return text if author_line.is_one(text) else ""


def _count_authors(pieces: list[str]) -> int:
    """How many of the sentences at the front list authors: a full stop behind initials ends no list."""
    if len(pieces) < 2 or not author_line.is_one(pieces[0]):
        return 0
    cut = 1
    while cut < len(pieces) - 1 and _MORE_AUTHORS.match(pieces[cut]):
        cut += 1
    return 0 if pieces[cut][:1].islower() and not _INITIALS_LAST.search(pieces[cut - 1]) else cut


def _title_and_journal(pieces: list[str], *, after_authors: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pieces = [piece for piece in pieces if piece.strip(_EDGES)]
    if not pieces:
        return (), ()
    start = len(pieces) - 1
    while start > after_authors and may_be_of_journal(pieces[start - 1]):
        start -= 1
    journal = _trim(" ".join(pieces[start:]))
    if start:
        title = _trim(" ".join(pieces[:start]))
        is_title = after_authors or (start == 1 and (is_worded(title) or _has_little_words(title)))
        return (title,) if is_title else (), journal_readings(journal, pieces[-1])
    title, comma, last = journal.rpartition(", ")
    if comma and is_worded(title):
        return (_trim(title),), journal_readings(journal, last)
    return (), journal_readings(journal, pieces[-1])


def may_be_of_journal(piece: str) -> bool:
    """Tell whether a short piece may be of a journal's name (`Proc. Natl. Acad. Sci`), rather than `Part III`."""
    return len(piece) <= 12 and piece.count(" ") <= 1 and not _PART_LAST.fullmatch(piece)


def _has_little_words(text: str) -> bool:
    """Tell whether a text in Capital Letters has words that join no names."""
    words = text.split()
    return len(words) > 3 and not _LITTLE.isdisjoint(map(str.lower, words))


def is_worded(text: str) -> bool:
    """Tell whether a text without quotes or authors before it reads like a title, not like names."""
    words = text.split()
    return len(words) > 3 and any(word.islower() and len(word) > 3 for word in words)


def journal_readings(*readings: str) -> tuple[str, ...]:
    """Return readings of one name: all that may be of it, and the least."""
    names = (_IN.sub("", _trim(_OPENED.sub("", _ACRONYM.sub("", name)))) for name in readings)
    return tuple(dict.fromkeys(name for name in names if 1 < len(name) <= 150 and not _NO_NAME.search(name)))


def _trim(text: str) -> str:
    return text.strip(_EDGES)
