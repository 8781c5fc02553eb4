"""Tells lines that cite a paper from lines that do not, strictly: each citation found costs a slow question.

`citation_line` reads what it is given as a reference, whatever it is; here is decided what deserves to be read so.
"""

from __future__ import annotations

import re
from typing import Final

from enrich.model.claims import Claims
from enrich.page.match import author_line, citation_line, fields, likeness, territory
from enrich.page.match.citation_line import CitationLine
from enrich.page.match.journal_place import find_place, find_years

_LABEL: Final = re.compile(
    r"^(?:source|reference|citation|cite as|study|published(?: in| online)?|appeared in|from|in)\b\s*:?\s+",
    re.I,
)
_LISTED: Final = re.compile(r"^\s*(?:\[\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)](?=\s))\s*")
_NOT_TITLES: Final = re.compile(
    r"\b(?:download|click|pdf|full[- ]text|see also|read more|items in|pages (?:in|listing)|"
    r"table of contents|further reading|related (?:pages|articles|posts))\b|:$|^https?:|"
    r"^(?:fig|figure|table|category|categories|updated?(?! on))\b",
    re.I,
)
_STOCK: Final = likeness.words(
    "a abstract acknowledgements aim aims and background bibliography comments conclusion conclusions contents new"
    " design discussion findings for here how introduction is it limitations links literature main materials"
    " methods more news notes objective objectives of on other our overview publications purpose reference"
    " references relevant results selected setting some sources studies summary the this update video what why"
)
_SIGN: Final = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)|\d\s?\([^()]{1,12}\)\s?:")
_SMALL: Final = likeness.words(
    "a an and of the in on for to from und der die das des für zur et de du la le les el los en i y na v"
)
_TALK: Final = likeness.words(
    "are at by chapter figure found had has have is our see table that there these this those was we were with"
)
_MARKED: Final = re.compile(
    r"[^\W\d_]{2,}\s?(?:\d|[¹²³⁴⁵⁶⁷⁸⁹*†‡])|[^\W\d_]{2,},? (?:[A-Z]\.? ?-?){1,3}(?:[,;.]|$)|"
    r"(?:^|[\s,;])[A-Z]\. ?-?[A-Z]|\bet\.? al\b|^(?:by|authors?)\b",
)
_PLAIN_END: Final = re.compile(r"[.?!]\s+[^\W\d_a-z][^\W\d_]*\s+[a-z]{2,}\s+[a-z]")
_BRACKET: Final = re.compile(
    r"^(.{12,400}?)\s*\(([^()]{3,150}?(?:\([^()]{2,12}\))?),?\s+((?:18|19|20)\d\d)\)[\s.]*$"
)

_SHORTEST: Final = 30
_TITLE_WORDS: Final = 3
_LONE_TITLE_WORDS: Final = 5
_LONE_TITLE: Final = 24
_PLACED_TITLE: Final = 6
_BESIDE_JOURNAL: Final = 90
_JOURNAL_WORDS: Final = 15
_LONGEST_TITLE: Final = 400


def bare(text: str) -> str:
    """Return a line without identifiers, its number in a list, and a label such as `Source:`."""
    plain = " ".join(citation_line.without_identifiers(text).split())
    return _LABEL.sub("", _LISTED.sub("", plain)).strip()


def is_title(text: str, *, alone: bool = False, is_placed: bool = False) -> bool:
    """Tell whether a line may be a paper's title.

    `alone`: with nothing beside it that names a journal; `is_placed`: right above a paper's whole place.
    """
    if len(text) > _LONGEST_TITLE or _NOT_TITLES.search(text):
        return False
    if not _is_lettered(text):
        return False
    folded = likeness.fold(text)
    words, weight = folded.split(), likeness.weigh(folded)
    is_wide = weight > len(folded)
    least, fewest = (_LONE_TITLE, _LONE_TITLE_WORDS) if alone else (12, _TITLE_WORDS)
    if is_placed:
        least, fewest = _PLACED_TITLE, 1
    if weight < least or (len(words) < fewest and not is_wide) or _STOCK.issuperset(words):
        return False
    return not (author_line.is_one(text) and _MARKED.search(text))


def is_marked_authors(text: str) -> bool:
    """Tell whether a line lists authors beyond doubt: by initials, numbered addresses, `et al.` or `Authors:`."""
    return author_line.is_one(text) and _MARKED.search(text[: author_line.LONGEST]) is not None


def may_cite(text: str) -> bool:
    """Tell at a glance whether a line has a year or a volume with its issue, as every citation has."""
    return _SIGN.search(text) is not None


def read_place(text: str) -> Claims | None:
    """Read a line that says where a paper appeared and nothing else: `Nutrients. 2022 Apr 20;14(9):1715.`"""
    labelled = fields.read_line(text)
    if labelled and labelled.journals and (labelled.volume or labelled.page):
        return labelled
    if not may_cite(text):
        return None
    line = bare(text)
    if len(line) > 2 * _BESIDE_JOURNAL:
        return None
    found = citation_line.parse(line)
    if found is None or found.titles or found.authors or not (found.volume or found.page):
        return None
    if not (found.years or found.issue) or not found.journals or not _names_journal(found):
        return None
    journal = found.journals[0]
    begins = line.lstrip("*_([").replace(".", "").startswith(journal.replace(".", ""))
    is_all = begins and len(line) - len(journal) <= _BESIDE_JOURNAL
    return _claims(found, line, found.years) if is_all else None


def read_reference(text: str) -> Claims | None:
    """Read a line that is a whole reference, with its title; None for running text and anything doubtful."""
    if not _SHORTEST <= len(text) <= citation_line.LONGEST:
        return None
    if (len(text) > territory.PROSE and author_line.is_sentence(text)) or not may_cite(text):
        return None
    line = bare(text)
    found = citation_line.parse(line)
    if found is None or not found.titles or not _is_reference(found):
        return None
    if len(line) > territory.PROSE and not (found.authors and found.page):
        return None
    return _claims(found, line, _years(line, found))


def read_linked(text: str) -> Claims | None:
    """Read `Title of a paper (Journal, 2020)`, which is worth asking only where it leads to another site."""
    match = _BRACKET.match(bare(text))
    if match is None or not is_title(match[1]) or not is_journal(match[2]):
        return None
    return Claims(titles=(match[1],), journals=(match[2],), years=(int(match[3]),), text=bare(text))


def _is_reference(found: CitationLine) -> bool:
    title = found.titles[0]
    has_place = bool(found.volume and (found.page or found.issue)) or bool(found.page and found.years)
    journal = any(map(is_journal, found.journals))
    is_full = bool(found.volume and found.page and found.years)
    is_whole = journal and (is_full or (has_place and is_marked_authors(found.authors)))
    if not is_whole and (title[0].islower() or _PLAIN_END.search(title)):
        return False
    if not found.authors:
        return has_place and journal and bool(found.years) and is_title(title)
    if has_place and journal:
        return True
    if not is_title(title) or not found.years:
        return False
    return has_place or (journal and is_marked_authors(found.authors))


def _names_journal(found: CitationLine) -> bool:
    """Tell whether a line begins with a journal: many languages write its later words small."""
    is_whole = bool(found.volume and found.issue and found.page and found.years)
    return is_journal(found.journals[0], share=0.2 if is_whole else 0.5)


def is_journal(name: str, share: float = 0.5) -> bool:
    """Tell whether a text may be a journal's name: it begins large, and so does a share of its words."""
    words = [word.strip("().,:&-") for word in name.split()]
    telling = [word for word in words if word and word not in _SMALL]
    if not telling or len(words) > _JOURNAL_WORDS or words[0][:1].islower():
        return False
    if not _TALK.isdisjoint(word.lower() for word in telling):
        return False
    large = sum(not word[0].islower() for word in telling)
    return large >= share * len(telling) and _is_lettered(name)


def _is_lettered(text: str) -> bool:
    """Tell whether two thirds of a text are letters, as of any name in words."""
    letters = sum(map(str.isalpha, text))
    return letters > 1 and letters * 3 >= 2 * len("".join(text.split()))


def _years(line: str, found: CitationLine) -> tuple[int, ...]:
    """Return the years of a reference, without those in its title."""
    for title in found.titles:
        line = line.replace(title, " ")
    return tuple(dict.fromkeys(year for year, _ in find_years(line, find_place(line)))) or found.years


def _claims(found: CitationLine, line: str, years: tuple[int, ...]) -> Claims:
    return Claims(
        titles=found.titles,
        authors=author_line.bare(found.authors),
        journals=found.journals,
        years=years,
        volume=found.volume,
        page=found.page,
        text=line[:800],
        issue=found.issue,
    )
