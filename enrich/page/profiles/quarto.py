"""Profile `quarto` where the page is the paper: `citation`, a mapping with CSL's names in lower case.

https://quarto.org/docs/reference/metadata/citation.html; a list of numbers is the one partial date that every Quarto
reads as partial, and a group is no name of two words only where it is called `literal`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from enrich.model.csl import date_parts, name
from enrich.model.page import Value
from enrich.model.work import Author, Group, Work
from enrich.page.profiles import csl, saying
from enrich.page.profiles.saying import Beside, Table, number


def _author(work: Work, beside: Beside) -> Value:
    return [_named(person) for person in csl.people(work.authors, beside.max_authors)]


def _named(person: Author | Group) -> Value:
    parts = csl.plain(name(person))
    assert isinstance(parts, Mapping)  # noqa: S101 - a mapping stays one
    return {"name": parts} if "literal" in parts else parts


def _pdf_url(_: Work, beside: Beside) -> Value:
    is_there = isinstance(beside.pdf, Mapping) and beside.pdf.get("status") == "ok"
    return beside.pdf.get("url") if is_there and isinstance(beside.pdf, Mapping) else ""


CITATION: Final[Table] = {
    "type": csl.kind_of,
    "author": _author,
    "container-title": lambda work, beside: csl.plain(saying.container(work, beside)),
    "issued": lambda work, _: date_parts(work.published) if work.published else None,
    "volume": saying.volume,
    "issue": saying.issue,
    "page": saying.pages,
    "publisher": lambda work, _: csl.plain(work.publisher),
    "issn": lambda work, _: work.issn[0] if work.issn else "",
    "doi": saying.doi,
    "pmid": lambda work, _: number(work.pmid),
    "url": lambda work, _: work.url,
    "pdf-url": _pdf_url,
    "status": saying.status,
    "note": csl.note,
}
