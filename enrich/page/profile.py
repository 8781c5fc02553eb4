"""What is written for one work: one table per profile, from the field's name to what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from enrich.model.accession import ArxivId, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.page import Value
from enrich.model.work import Work
from enrich.page.standing import standing

Shape = Literal["list", "flat"]
Fields = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Beside:
    """What decides on a work's values beside its record."""

    max_authors: int
    pdf: Value = None


@dataclass(frozen=True, slots=True)
class Profile:
    """Where a work's values stand and which they are.

    `list` keeps one entry a work under `place`; `flat` writes the page's own work at top level (`place` is empty).
    `fields` are the names to write, in order.
    """

    shape: Shape
    place: str
    fields: tuple[str, ...]
    max_authors: int

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to the list; empty for the flat profile."""
        return tuple(self.place.split(".")) if self.place else ()

    def values(self, work: Work, pdf: Value = None) -> Fields:
        """Return what is known of `work`, and of the file hosted beside it, under our names; nothing empty."""
        table, beside = TABLES[self.shape], Beside(self.max_authors, pdf)
        said = ((name, table[name](work, beside)) for name in self.fields)
        return {name: value for name, value in said if value not in ("", [], None)}


def _authors(work: Work, beside: Beside) -> Value:
    names, most = [str(author) for author in work.authors], beside.max_authors
    return [*names[:most], "et al."] if len(names) > most else names


def _published(work: Work, _: Beside) -> Value:
    return str(work.published) if work.published else ""


def _status(work: Work, _: Beside) -> Value:
    stands = standing(work)
    return stands.status if stands else ""


def _notice(work: Work, _: Beside) -> Value:
    stands = standing(work)
    if stands is None or stands.notice is None:
        return None
    return {"doi": str(stands.notice)} | ({"date": str(stands.date)} if stands.date else {})


def _number(name: Doi | Pmid | Pmcid | ArxivId | None) -> Value:
    return name.value if name else ""


_Table = Mapping[str, Callable[[Work, Beside], Value]]

LIST: Final[_Table] = {
    "doi": lambda work, _: _number(work.doi),
    "title": lambda work, _: work.title,
    "authors": _authors,
    "journal": lambda work, _: work.container,
    "published": _published,
    "volume": lambda work, _: work.volume,
    "issue": lambda work, _: work.issue,
    "pages": lambda work, _: work.pages,
    "pdf": lambda _, beside: beside.pdf,
    "pmid": lambda work, _: _number(work.pmid),
    "pmcid": lambda work, _: _number(work.pmcid),
    "arxiv": lambda work, _: _number(work.arxiv),
    "published_as": lambda work, _: _number(work.published_as),
    "status": _status,
    "notice": _notice,
}
FLAT: Final[_Table] = {
    "doi": lambda work, _: _number(work.doi),
    "journal": lambda work, _: work.container,
    "authors": _authors,
    "publication_date": _published,
}
TABLES: Final[Mapping[Shape, _Table]] = {"list": LIST, "flat": FLAT}
