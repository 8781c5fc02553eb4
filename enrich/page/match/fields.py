"""Reads what carries its name: table cells by their heads, lines such as `Authors: Smith J, Doe AB`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from enrich.model.claims import Claims
from enrich.page.match import author_line, citation_line, likeness
from enrich.page.match.journal_place import find_place, find_years

_NAMES: Final = {
    "title": "title titel titre titulo titolo название paper article papertitle articletitle",
    "authors": "author authors autor autoren auteur auteurs autores autori авторы автор firstauthor",
    "journal": "journal publishedin zeitschrift revue revista rivista журнал journalname",
    "year": "year date published jahr annee ano anno год publicationdate publicationyear pubdate",
    "volume": "volume vol band tome tomo том",
    "page": "page pages pp seite seiten firstpage paginas страницы articlenumber",
    "line": "reference references ref refs citation source study publication literature studie quelle ссылка",
}
_KIND: Final = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_LABELLED: Final = re.compile(r"\W{0,3}([^\W\d_][\w ()]{2,18}):\s+(?=\S)")


def read_cells(cells: Iterable[tuple[str, str]]) -> Claims:
    """Return what a table row says: each cell as its column head names it, others not at all."""
    claims = Claims()
    texts = []
    for head, text in cells:
        kind = _kind(head)
        if kind and text:
            claims = _set(claims, kind, text)
            texts.append(text)
    return replace(claims, text="\n".join(texts)[:800])


def read_line(text: str) -> Claims | None:
    """Return what a line says that begins with its own name (`Journal: Nutrients`); None for any other."""
    label = _LABELLED.match(text)
    kind = _kind(label[1]) if label else ""
    if label is None or kind in ("", "line"):
        return None
    return _set(Claims(text=text[label.end() :] if kind == "title" else ""), kind, text[label.end() :])


def join(known: Claims, more: Claims) -> Claims:
    """Return `known` with what `more` says beside it."""
    return Claims(
        titles=known.titles or more.titles,
        authors=known.authors or more.authors,
        journals=known.journals or more.journals,
        years=known.years or more.years,
        volume=known.volume or more.volume,
        page=known.page or more.page,
        text=known.text or more.text,
        issue=known.issue or more.issue,
    )


def count(claims: Claims) -> int:
    """Return how many things are said beside the title, of authors, journal, year and place."""
    return sum(map(bool, (claims.authors, claims.journals, claims.years, claims.volume or claims.page)))


def _kind(head: str) -> str:
    return _KIND.get(likeness.fold(head).replace(" ", ""), "")


def _set(claims: Claims, kind: str, text: str) -> Claims:
    match kind:
        case "title":
            return replace(claims, titles=(*claims.titles, text[:400]))
        case "authors":
            return replace(claims, authors=text[: author_line.LONGEST])
        case "journal":
            return _set_journal(claims, text)
        case "year":
            return replace(claims, years=claims.years + tuple(year for year, _ in find_years(text)))
        case "volume":
            place = find_place(text)
            issue = place.issue if place else ""
            return replace(claims, volume=place.volume if place else text.strip()[:8], issue=issue)
        case "page":
            return replace(claims, page=re.split(r"[-–—,; ]", text.strip())[0][:20])
        case _:
            return _set_reference(claims, text)


def _set_journal(claims: Claims, text: str) -> Claims:
    """Read a cell of the journal's name, and perhaps of where in it the paper stands."""
    line = citation_line.parse(text)
    if line is None or not line.journals:
        return replace(claims, journals=(text[:150],))
    return replace(
        claims,
        journals=line.journals,
        years=claims.years or line.years,
        volume=line.volume or claims.volume,
        page=line.page or claims.page,
        issue=line.issue or claims.issue,
    )


def _set_reference(claims: Claims, text: str) -> Claims:
    line = citation_line.parse(text)
    if line is None:
        return replace(claims, heading=claims.heading or text[:400])
    return Claims(
        titles=claims.titles or line.titles,
        authors=claims.authors or line.authors,
        journals=claims.journals or line.journals,
        years=claims.years or line.years,
        volume=claims.volume or line.volume,
        page=claims.page or line.page,
        issue=claims.issue or line.issue,
    )
