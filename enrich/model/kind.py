"""What kind of work each format takes a work for: one table, by Crossref's types and those of other agencies.

https://api.crossref.org/types; BibTeX's types, since BibLaTeX reads them and BibTeX reads no others; RIS's of 2011;
CSL's of https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from enrich.model.work import Author, Group, Work


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work as the three formats call it."""

    bibtex: str
    ris: str
    csl: str


_ARTICLE: Final = Kind("article", "JOUR", "article-journal")
_BOOK: Final = Kind("book", "BOOK", "book")
# BibTeX's @inbook is a piece without a title of its own, and drops the book's: that would lose one of the two.
_CHAPTER: Final = Kind("incollection", "CHAP", "chapter")
_PAPER: Final = Kind("inproceedings", "CPAPER", "paper-conference")
_PROCEEDINGS: Final = Kind("proceedings", "CONF", "book")
_REPORT: Final = Kind("techreport", "RPRT", "report")
_THESIS: Final = Kind("phdthesis", "THES", "thesis")
_PREPRINT: Final = Kind("misc", "UNPB", "article")
_DATA: Final = Kind("misc", "DATA", "dataset")
_PERIODICAL: Final = Kind("misc", "JFULL", "periodical")
_ENTRY: Final = Kind("incollection", "ENCYC", "entry-encyclopedia")
_REVIEW: Final = Kind("misc", "GEN", "review")
_SOFTWARE: Final = Kind("misc", "COMP", "software")
_OTHER: Final = Kind("misc", "GEN", "document")

_KINDS: Final[dict[str, Kind]] = {
    "article-magazine": Kind("article", "MGZN", "article-magazine"),
    "article-newspaper": Kind("article", "NEWS", "article-newspaper"),
    "book": _BOOK,
    "book-chapter": _CHAPTER,
    "book-part": _CHAPTER,
    "book-section": _CHAPTER,
    "book-series": _BOOK,
    "book-set": _BOOK,
    "book-track": _CHAPTER,
    "bookchapter": _CHAPTER,
    "computationalnotebook": _SOFTWARE,
    "conferencepaper": _PAPER,
    "conferenceproceeding": _PROCEEDINGS,
    "database": _DATA,
    "datapaper": _ARTICLE,
    "dataset": _DATA,
    "dissertation": _THESIS,
    "edited-book": _BOOK,
    "entry": _ENTRY,
    "entry-dictionary": Kind("incollection", "DICT", "entry-dictionary"),
    "journal": _PERIODICAL,
    "journal-article": _ARTICLE,
    "journal-issue": _PERIODICAL,
    "journal-volume": _PERIODICAL,
    "monograph": _BOOK,
    "peer-review": _REVIEW,
    "peerreview": _REVIEW,
    "posted-content": _PREPRINT,
    "proceedings": _PROCEEDINGS,
    "proceedings-article": _PAPER,
    "proceedings-series": _PROCEEDINGS,
    "reference-book": _BOOK,
    "reference-entry": _ENTRY,
    "report": _REPORT,
    "report-component": _REPORT,
    "report-series": _REPORT,
    "review": _REVIEW,
    "software": _SOFTWARE,
    "standard": Kind("misc", "STAND", "standard"),
    "webpage": Kind("misc", "ELEC", "webpage"),
}


def kind(work: Work) -> Kind:
    """Return what formats take `work` for; where nobody says, what stands in a volume is an article."""
    known = _KINDS.get(work.kind)
    return known or (_ARTICLE if work.container and work.volume else _OTHER)


def editors(work: Work) -> tuple[Author | Group, ...]:
    """Return who edited the book that the work is, or is in; who handled an article's manuscript is not cited."""
    return () if kind(work).csl.startswith("article") else work.editors
