"""Profile `pandoc`, and `quarto`'s bibliography: `references`, a list of CSL items.

The names are those of https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables. What became
of a paper is `status`, which CSL has for just that, and a sentence in `note`, since more styles print notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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

_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<>$~^@|#&]")


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


def plain(value: Value) -> Value:
    """Say a text, or the texts of a mapping, so that Pandoc prints it as it is.

    Pandoc and Quarto read metadata as Markdown (https://pandoc.org/MANUAL.html#metadata-variables), where a title
    such as `C*-algebra and K*-theory` is emphasis and one with a tag is markup.
    """
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    return _MARKUP.sub(r"\\\g<0>", value) if isinstance(value, str) else value


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
    return [plain(name(person)) for person in people(everybody, beside.max_authors)]


def _issued(work: Work, _: Beside) -> Value:
    return {"date-parts": [date_parts(work.published)]} if work.published else None


REFERENCES: Final[Table] = {
    "id": key,
    "type": kind_of,
    "title": lambda work, beside: plain(saying.title(work, beside)),
    "author": lambda work, beside: _names(work.authors, beside),
    "editor": lambda work, beside: _names(editors(work), beside),
    "container-title": lambda work, beside: plain(saying.container(work, beside)),
    "container-title-short": lambda work, beside: plain(saying.short_container(work, beside)),
    "issued": _issued,
    "volume": saying.volume,
    "issue": saying.issue,
    "page": saying.pages,
    "publisher": lambda work, _: plain(work.publisher),
    "ISSN": lambda work, _: ", ".join(work.issn),
    "DOI": saying.doi,
    "PMID": lambda work, _: number(work.pmid),
    "PMCID": lambda work, _: number(work.pmcid),
    "URL": lambda work, _: work.url,
    "status": saying.status,
    "note": note,
}
