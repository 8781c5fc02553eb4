"""Profile `pandoc`, and `quarto`'s bibliography: `references`, a list of CSL items.

The names are those of https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables. What became
of a paper is `status`, which CSL has for just that, and a sentence in `note`, since more styles print notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from enrich.model.accession import ArxivId, Pmcid, Pmid
from enrich.model.csl import date_parts, name
from enrich.model.identifier import Doi
from enrich.model.kind import editors, kind
from enrich.model.page import Value
from enrich.model.work import Author, Group, Work
from enrich.page.profiles import saying
from enrich.page.profiles.saying import Beside, Table, number
from enrich.page.standing import standing


def key(work: Work, beside: Beside) -> Value:
    """Say by what the body cites the work: its own key, else `doi:10.1000/a`, `pmid:23006613`, `pmcid:PMC7`."""
    if beside.cited_as:
        return beside.cited_as
    match work.identifier:
        case Doi(value):
            return f"doi:{value}"
        case Pmid(value):
            return f"pmid:{value}"
        case Pmcid(value):
            return f"pmcid:{value}"
        case ArxivId(value):
            return f"arxiv:{value}"
        case _:
            return ""


def people(everybody: Sequence[Author | Group], most: int) -> Sequence[Author | Group]:
    """Return who is named of a long list: the first ones and the very last, whom some styles print."""
    return everybody if len(everybody) <= most else (*everybody[: most - 1], everybody[-1])


def kind_of(work: Work, _: Beside) -> Value:
    """Say the type, in CSL's words."""
    return kind(work).csl


def note(work: Work, _: Beside) -> Value:
    """Say in a sentence what became of the paper."""
    stands = standing(work)
    told = [stands.sentence] if stands else []
    return " ".join([*told, f"Published as {work.published_as}."] if work.published_as else told)


def _names(everybody: Sequence[Author | Group], beside: Beside) -> Value:
    return [name(person) for person in people(everybody, beside.max_authors)]


def _issued(work: Work, _: Beside) -> Value:
    return {"date-parts": [date_parts(work.published)]} if work.published else None


REFERENCES: Final[Table] = {
    "id": key,
    "type": kind_of,
    "title": saying.title,
    "author": lambda work, beside: _names(work.authors, beside),
    "editor": lambda work, beside: _names(editors(work), beside),
    "container-title": saying.container,
    "container-title-short": saying.short_container,
    "issued": _issued,
    "volume": saying.volume,
    "issue": saying.issue,
    "page": saying.pages,
    "publisher": lambda work, _: work.publisher,
    "ISSN": lambda work, _: ", ".join(work.issn),
    "DOI": saying.doi,
    "PMID": lambda work, _: number(work.pmid),
    "PMCID": lambda work, _: number(work.pmcid),
    "URL": lambda work, _: work.url,
    "status": saying.status,
    "note": note,
}
