"""PubMed's summary of a paper made a `Work`: https://www.ncbi.nlm.nih.gov/books/NBK25499/#chapter4.ESummary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from enrich.model.accession import Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Update, Work
from enrich.source import medline
from enrich.source.crossref.text import text

AGENCY = "PubMed"

# Of the links to other papers, those that say what became of this one: `Retraction in`, `Erratum in`, ...
_EVENT = re.compile(r"(.*(?:retract|withdraw|concern|errat|correct).*) in", re.IGNORECASE)
_DATE_OF_NOTICE = re.compile(r"\.\s(\d{4}(?: [A-Z][a-z]{2}(?: \d{1,2})?)?)[;:.]")
_RETRACTED = "retracted publication"
_ARTICLE_NUMBER = re.compile(r"(?:pii: ?)?(e?\d{1,8})(?![\w-])", re.IGNORECASE)
_KINDS = {"book": "book", "chapter": "book-chapter"}

Summary = Mapping[str, object]


def work(pmid: Pmid, summary: Summary) -> Work | None:
    """Return the work that a summary describes, by its DOI where it states one; None where it says nothing."""
    ids = article_ids(summary)
    title = medline.title(_said(summary, "title"))
    original = medline.title(_said(summary, "vernaculartitle"))
    doi = Doi.parse(ids.get("doi", ""))
    if not (title or original or doi):
        return None
    published, years = _dates(summary)
    number = _article_number(summary)
    return Work(
        doi=doi,
        title=title or original,
        other_titles=(original,) if title and original not in ("", title) else (),
        authors=tuple(_authors(summary)),
        container=medline.journal(_said(summary, "fulljournalname") or _said(summary, "booktitle")),
        short_container=text(summary.get("source")),
        published=published,
        years=years,
        volume=text(summary.get("volume")),
        issue=text(summary.get("issue")),
        pages=medline.pages(_said(summary, "pages")) or number,
        article_number=number,
        kind=_KINDS.get(_said(summary, "doctype"), "journal-article"),
        publisher=text(summary.get("publishername")),
        issn=tuple(filter(None, dict.fromkeys((_said(summary, "issn"), _said(summary, "essn"))))),
        updated_by=tuple(_events(summary)),
        agency=AGENCY,
        pmid=pmid,
        pmcid=Pmcid.parse(ids.get("pmc", "")),
    )


def article_ids(summary: Summary) -> dict[str, str]:
    """Return the paper's identifiers by kind (`pubmed`, `doi`, `pmc`, ...), as they are stated."""
    ids: dict[str, str] = {}
    for item in _items(summary, "articleids"):
        ids.setdefault(_said(item, "idtype"), _said(item, "value"))
    return ids


def _dates(summary: Summary) -> tuple[PartialDate | None, tuple[int, ...]]:
    """Return the earliest date of publication, in print or before it, and every year that is stated."""
    stated = [medline.date(_said(summary, name)) for name in ("pubdate", "epubdate")]
    known = [date for date in stated if date]
    # Of two dates in one year the more precise one says more.
    earliest = min(known, key=lambda date: (date.year, date.month or 13, date.day or 32), default=None)
    return earliest, tuple(sorted({date.year for date in known}))


def _authors(summary: Summary) -> Iterator[Author | Group]:
    for item in _items(summary, "authors"):
        name, kind = _said(item, "name"), _said(item, "authtype")
        one = medline.group(name) if kind == "CollectiveName" else medline.person(name)
        if one is not None and kind in ("Author", "CollectiveName", ""):
            yield one


def _article_number(summary: Summary) -> str:
    if _said(summary, "pages"):
        return ""
    found = _ARTICLE_NUMBER.match(_said(summary, "elocationid"))
    return found[1] if found else ""


def _events(summary: Summary) -> Iterator[Update]:
    """Yield what became of the paper; a notice's DOI and date stand in its citation, if anywhere."""
    is_told = False
    for item in _items(summary, "references"):
        found = _EVENT.fullmatch(_said(item, "reftype"))
        if found is None:
            continue
        kind = re.sub(r"\W+", "_", found[1].lower())
        is_told = is_told or "retract" in kind
        source = _said(item, "refsource")
        date = _DATE_OF_NOTICE.search(source)
        yield Update(kind, Doi.parse(source), medline.date(date[1]) if date else None, AGENCY)
    types = summary.get("pubtype")
    names = [text(name).lower() for name in types] if isinstance(types, list) else []
    if _RETRACTED in names and not is_told:
        yield Update("retraction", None, None, AGENCY)


def _items(summary: Summary, name: str) -> Iterator[Mapping[str, object]]:
    stated = summary.get(name)
    yield from (item for item in stated if isinstance(item, Mapping)) if isinstance(stated, list) else ()


def _said(summary: Summary, name: str) -> str:
    value = summary.get(name)
    return value.strip() if isinstance(value, str) else ""
