"""What the profiles' tables are made of: a field's name, and what it says of a work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from enrich.model.accession import ArxivId, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.page import Value
from enrich.model.work import Work
from enrich.page.standing import standing


@dataclass(frozen=True, slots=True)
class Beside:
    """What decides on a work's values beside its record.

    `pdf` is the hosted file's `url`, `status` and `bytes`; `cited_as` the citation key by which the body cites the
    work, as Pandoc reads one (https://pandoc.org/MANUAL.html#citation-syntax), or empty.
    """

    max_authors: int
    pdf: Value = None
    cited_as: str = ""


Saying = Callable[[Work, Beside], Value]
# From a field's name to what it says; what is empty is not written. Dots lead below other keys.
Table = Mapping[str, Saying]


def doi(work: Work, _: Beside) -> Value:
    """Say the DOI alone, without a resolver."""
    return number(work.doi)


def title(work: Work, _: Beside) -> Value:
    """Say the title."""
    return work.title


def container(work: Work, _: Beside) -> Value:
    """Say the journal's full name, or what else the work stands in."""
    return work.container


def short_container(work: Work, _: Beside) -> Value:
    """Say the journal's short name, where it has another than the full one."""
    return work.short_container if work.short_container != work.container else ""


def authors(work: Work, beside: Beside) -> Value:
    """List the authors as texts; a long list ends with "et al."."""
    names, most = [str(author) for author in work.authors], beside.max_authors
    return [*names[:most], "et al."] if len(names) > most else names


def published(work: Work, _: Beside) -> Value:
    """Say the date, as precise as it is known: `2022-04-20`, `2022-04`, `2022`."""
    return str(work.published) if work.published else ""


def volume(work: Work, _: Beside) -> Value:
    """Say the volume, as a text."""
    return work.volume


def issue(work: Work, _: Beside) -> Value:
    """Say the issue, as a text."""
    return work.issue


def pages(work: Work, _: Beside) -> Value:
    """Say the pages, or the article's number."""
    return work.pages


def number(name: Doi | Pmid | Pmcid | ArxivId | None) -> str:
    """Return what stands for an identifier in a field of its own."""
    return name.value if name else ""


def status(work: Work, _: Beside) -> Value:
    """Say what became of the paper, in a word or two; mostly nothing."""
    stands = standing(work)
    return stands.status if stands else ""
