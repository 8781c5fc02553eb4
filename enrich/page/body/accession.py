"""Identifiers other than DOIs as pages spell them: PubMed, PMC and arXiv numbers, short DOIs.

A number counts where the archive's name or address stands by it; alone it may be a page or a year.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from enrich.model.accession import ARCHIVES, Accession, ArxivId, Pmcid, Pmid, ShortDoi
from enrich.model.page import Mention, Span
from enrich.page.body.outline import Outline
from enrich.page.body.passage import Passage, Target, span_of

_Read = Callable[[str], Accession | None]


class _Form(NamedTuple):
    """One spelling: its first group is what `read` reads. `sign` is what a text of it holds, in lower case."""

    sign: re.Pattern[str]
    spelling: re.Pattern[str]
    read: _Read


class _Sighting(NamedTuple):
    """An identifier in a text: its spelling from `start` to `end`, with what names its kind."""

    start: int
    end: int
    identifier: Accession


class _Place(NamedTuple):
    """A sighting in a passage: visible offsets (a target's are its link's), what the page says, and its bytes."""

    at: int
    until: int
    text: str
    span: Span
    identifier: Accession


def _pmc(number: str) -> Pmcid | None:
    return Pmcid.parse(f"PMC{number}")


def _short(code: str) -> ShortDoi | None:
    return None if code.lower() in _PAGES_OF_DOI_ORG else ShortDoi.parse(f"10/{code}")


def _coined(code: str) -> ShortDoi | None:
    """Take a code that nothing introduces: doi.org coins them without vowels, as no word or month is."""
    return None if _VOWEL.search(code, 1) or code in _UNITS else ShortDoi.parse(f"10/{code}")


_HOST = r"(?<![\w.-])(?:https?://)?(?:(?:www|m|dx|export)\.)?"
_NCBI = rf"{_HOST}ncbi\.nlm\.nih\.gov"
_ARXIV_NUMBER = r"(\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/\d{7}(?:v\d{1,2})?)(?!\w)"
_OLD_ARXIV = (
    rf"((?:{'|'.join(sorted(ARCHIVES, key=len, reverse=True))})(?:\.[a-z]{{2}})?/\d{{7}}(?:v\d{{1,2}})?)"
)
# Wikis hold a number to its name by spaces that do not break.
_SPACE = r"[\s\xa0\u202f]"
_GAP = rf"{_SPACE}{{0,3}}"
# `23,006,613` is a number that somebody made readable: its first group is nobody's.
_NUMBER = rf"(?:0{{1,2}}(?=\d{{6}}))?(\d{{4,}}|\d{{1,3}}(?!\d|(?:[.,]|{_SPACE})\d{{3}}(?!\d)))(?!\w)"
# A code ends the address: what goes on is a DOI, a file or a word.
_CODE_ENDS = r"(?!/?[\w%-]|[.:]\w)"

_VOWEL = re.compile(r"[aeiouy]")
_UNITS = frozenset({"kgbw", "mmhg", "mths"})
_PAGES_OF_DOI_ORG = frozenset(
    {
        "about",
        "api",
        "contact",
        "doi",
        "doira",
        "events",
        "factsheets",
        "faq",
        "handbook",
        "help",
        "index",
        "legal",
    }
    | {"members", "news", "overview", "policies", "resources", "search", "services", "sitemap", "topics"}
)


def _form(sign: str, spelling: str, read: _Read) -> _Form:
    return _Form(re.compile(sign), re.compile(spelling, re.IGNORECASE | re.ASCII), read)


_ADDRESSES = (
    _form("pubmed\\.ncbi", rf"{_HOST}pubmed\.ncbi\.nlm\.nih\.gov/(?:\?term=)?(\d+)(?!\w)", Pmid.parse),
    _form("pubmed\\.gov", rf"{_HOST}pubmed\.gov/(\d+)(?!\w)", Pmid.parse),
    _form("/pubmed/", rf"{_NCBI}/(?:m/)?pubmed/(?:\?(?:[^\s#]{{0,300}}&)?term=)?(\d+)(?!\w)", Pmid.parse),
    _form(
        "list_uids=",
        rf"{_NCBI}/(?:entrez/query\.fcgi|sites/entrez)\?[^\s#]{{0,300}}?\blist_uids=(\d+)(?!\w)",
        Pmid.parse,
    ),
    _form("/pmid/", rf"{_NCBI}/pmc/articles/pmid/(\d+)(?!\w)", Pmid.parse),
    _form("/med/", rf"{_HOST}europepmc\.org/(?:article|articles|abstract)/med/(\d+)(?!\w)", Pmid.parse),
    _form("identifiers", rf"{_HOST}identifiers\.org/(?:pubmed|pmid)[:/](\d+)(?!\w)", Pmid.parse),
    _form("pmc\\.ncbi", rf"{_HOST}pmc\.ncbi\.nlm\.nih\.gov/articles/(?:PMC)?(\d+)(?!\w)", _pmc),
    _form("/pmc/", rf"{_NCBI}/(?:labs/)?pmc/articles/(?:PMC)?(\d+)(?!\w)", _pmc),
    _form(
        "europepmc",
        rf"{_HOST}europepmc\.org/(?:article|articles|abstract)/(?:PMC/)?PMC/?(\d+)(?!\w)",
        _pmc,
    ),
    _form(
        "artid=", rf"{_HOST}pubmedcentral\.(?:nih\.)?gov/[^\s#]{{0,300}}?\bartid=(?:PMC)?(\d+)(?!\w)", _pmc
    ),
    _form(
        "arxiv|lanl|ar5iv",
        rf"{_HOST}(?:arxiv\.org|xxx\.lanl\.gov|ar5iv\.org|ar5iv\.labs\.arxiv\.org)"
        rf"/(?:abs|pdf|html|format|ps|dvi|src|e-print)/(?:arxiv:)?{_ARXIV_NUMBER}",
        ArxivId.parse,
    ),
    _form("doi\\.org/10/", rf"{_HOST}doi\.org/10/([a-z0-9]{{2,10}}){_CODE_ENDS}", _short),
    _form("doi\\.org/(?!10\\.)", rf"{_HOST}doi\.org/([a-z0-9]{{3,10}}){_CODE_ENDS}", _short),
)
_MARKS = (
    _form("pmid", rf"(?<![\w/])PMIDs?{_GAP}[:：#=|-]?{_GAP}{_NUMBER}", Pmid.parse),
    _form(
        "pubmed",
        rf"(?<![\w/])PubMed(?:{_SPACE}{{1,3}}(?:ID|identifier))?{_GAP}[:：]{_GAP}0{{0,2}}(\d{{5,}})(?!\w)",
        Pmid.parse,
    ),
    _form(
        "pubmed", rf"(?<![\w/])PubMed{_SPACE}{{1,3}}(?:ID|identifier)s?{_SPACE}{{1,3}}{_NUMBER}", Pmid.parse
    ),
    _form("pmc", rf"(?<![\w/])(?:PMCIDs?{_GAP}[:：#=|]?{_GAP})?PMC{_SPACE}?(\d{{5,}})(?!\w)", _pmc),
    _form("pmcid", rf"(?<![\w/])PMCIDs?{_GAP}[:：#=|]?{_GAP}(?:PMC{_SPACE}?)?{_NUMBER}", _pmc),
    _form(
        "arxiv",
        rf"(?<![\w/.])arxiv(?:\s{{1,3}}(?:e-?print|preprint))?(?:,?\s{{1,3}}arxiv)?\s{{0,3}}[:#]?\s{{0,3}}{_ARXIV_NUMBER}",
        ArxivId.parse,
    ),
    _form(
        "abs/",
        rf"(?<![\w/.])(?:CoRR|arXiv)[,:]?\s{{0,3}}(?:vol\.?\s{{0,3}})?abs/{_ARXIV_NUMBER}",
        ArxivId.parse,
    ),
    _form("/\\d{7}", rf"(?<![\w/.:-]){_OLD_ARXIV}(?!\w)", ArxivId.parse),
    _form(
        "10/[a-z0-9]", rf"(?<![\w/.])(?:short)?doi\s?[:=]?\s{{0,3}}10/([a-z0-9]{{3,10}}){_CODE_ENDS}", _short
    ),
    _form("10/[a-z]", rf"(?<![\w/.:-])10/([a-z][a-z0-9]{{3,7}}){_CODE_ENDS}", _coined),
)
_FORMS = (*_ADDRESSES, *_MARKS)
# `PMIDs: 23006613, 23006614 and 23006615`
_PLURAL = re.compile(r"(?:PMID|ID|identifier)s\b", re.IGNORECASE)
_NEXT = re.compile(r"\s{0,3}(?:[,;/&]|\band\b)\s{0,3}(?:and\s{1,3})?(\d{5,8})(?!\w|[.:]\d)", re.ASCII)


def mentions(outline: Outline) -> tuple[Mention, ...]:
    """Return the PubMed, PMC, arXiv numbers and short DOIs that the body cites, in order.

    A link's text and target that name the same are one mention. `text` is the number with what names its kind.
    """
    source = outline.source
    found = [(passage, place) for passage in outline.passages for place in _places(source, passage)]
    breaks = [newline.start() for newline in re.finditer(b"\n", source)] if found else []
    return tuple(
        Mention(
            place.text,
            (place.identifier,),
            place.span,
            bisect_left(breaks, place.span.start) + 1,
            passage.section,
            passage.block,
        )
        for passage, place in found
    )


def in_address(url: str) -> Accession | None:
    """Return the identifier that a web address carries, or None."""
    sighting = next(iter(_sightings(url, _ADDRESSES)), None)
    return sighting.identifier if sighting else None


def _places(source: bytes, passage: Passage) -> list[_Place]:
    shown = [_shown(source, passage, each) for each in _sightings(passage.text, _FORMS)]
    ends = [place.until for place in shown]
    alone: list[_Place] = []
    for target in passage.targets:
        for sighting in _sightings(target.url, _ADDRESSES)[:1]:
            over = shown[bisect_right(ends, target.at) : bisect_left(ends, target.until) + 1]
            if not any(_are_one(place, target, sighting) for place in over):
                alone.append(_under(source, target, sighting))
    return sorted([*shown, *alone], key=lambda place: place.at) if alone else shown


def _sightings(text: str, forms: Iterable[_Form]) -> list[_Sighting]:
    """Find what any of the forms finds, in order; where two overlap, the one that begins first, or is longer."""
    lowered = text.lower()
    found = sorted(
        (each for form in forms if form.sign.search(lowered) for each in _of_form(text, form)),
        key=lambda sighting: (sighting.start, -sighting.end),
    )
    apart: list[_Sighting] = []
    for sighting in found:
        if not apart or sighting.start >= apart[-1].end:
            apart.append(sighting)
    return apart


def _of_form(text: str, form: _Form) -> Iterator[_Sighting]:
    for found in form.spelling.finditer(text):
        identifier = form.read(found[1])
        if identifier is None:
            continue
        yield _Sighting(found.start(), found.end(1), identifier)
        if isinstance(identifier, Pmid) and _PLURAL.search(found.group()):
            yield from _further(text, found.end(1))


def _further(text: str, end: int) -> Iterator[_Sighting]:
    while found := _NEXT.match(text, end):
        end = found.end(1)
        if pmid := Pmid.parse(found[1]):
            yield _Sighting(found.start(1), end, pmid)


def _shown(source: bytes, passage: Passage, sighting: _Sighting) -> _Place:
    start, end, identifier = sighting
    span = span_of(source, passage.text, passage.runs, start, end)
    return _Place(start, end, passage.text[start:end], span, identifier)


def _under(source: bytes, target: Target, sighting: _Sighting) -> _Place:
    start, end, identifier = sighting
    span = target.span
    if source[span.start : span.end] == target.url.encode():
        before = span.start + len(target.url[:start].encode())
        span = Span(before, before + end - start)
    return _Place(target.at, target.until, target.url[start:end], span, identifier)


def _are_one(shown: _Place, target: Target, under: _Sighting) -> bool:
    return shown.identifier == under.identifier and shown.at < target.until
