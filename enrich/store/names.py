"""Identifiers that stand for others as plain JSON data and back: an article's numbers in PMC, a short DOI's DOI."""

from __future__ import annotations

from typing import TypeVar

from enrich.model.accession import ArticleIds, Pmcid, Pmid
from enrich.model.identifier import Doi

N = TypeVar("N", Doi, Pmid, Pmcid)

# To be raised with every change of what is packed here: rows of another version are not read.
VERSION = 1


def pack_ids(ids: ArticleIds) -> list[str | None]:
    """Return the article's numbers as JSON data."""
    return [ids.pmcid.value, ids.pmid.value if ids.pmid else None, ids.doi.value if ids.doi else None]


def unpack_ids(data: object) -> ArticleIds | None:
    """Return the numbers that `pack_ids` made `data` of, or None where it cannot have."""
    match data:
        case [str(pmcid), str() | None as pmid, str() | None as doi]:
            names = _same(Pmcid, pmcid), _same(Pmid, pmid), _same(Doi, doi)
        case _:
            return None
    ids = ArticleIds(names[0], names[1], names[2]) if names[0] else None
    return ids if ids and pack_ids(ids) == data else None


def pack_doi(doi: Doi) -> str:
    """Return a DOI as JSON data."""
    return doi.value


def unpack_doi(data: object) -> Doi | None:
    """Return the DOI that `pack_doi` made `data` of, or None where it cannot have."""
    return _same(Doi, data) if isinstance(data, str) else None


def _same(kind: type[N], value: str | None) -> N | None:
    name = kind.parse(value) if value is not None else None
    return name if name is not None and name.value == value else None
