"""What is written for one work: one table per profile, from the field's name to what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from enrich.model.page import Value
from enrich.model.work import Update, Work

Shape = Literal["list", "flat"]
Fields = Mapping[str, Value]

# The words of Crossref's updates, folded, and the standing they give a work; the gravest first.
# https://www.crossref.org/documentation/register-maintain-records/maintaining-your-metadata/registering-updates/
_STANDINGS: Final = {
    "retraction": "retracted",
    "partial_retraction": "retracted",
    "removal": "withdrawn",
    "withdrawal": "withdrawn",
    "expression_of_concern": "expression of concern",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
}


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

    def values(self, work: Work) -> Fields:
        """Return what the registry says of `work` under this profile's names; nothing that is empty."""
        table = TABLES[self.shape]
        said = ((name, table[name](work, self.max_authors)) for name in self.fields)
        return {name: value for name, value in said if value not in ("", [], None)}


def _authors(work: Work, most: int) -> Value:
    names = [str(author) for author in work.authors]
    return [*names[:most], "et al."] if len(names) > most else names


def _published(work: Work, _: int) -> Value:
    return str(work.published) if work.published else ""


def _gravest(work: Work) -> Update | None:
    order = list(_STANDINGS)
    events = [event for event in work.updated_by if event.kind in _STANDINGS]
    return min(events, key=lambda event: (order.index(event.kind), str(event.date), event.doi), default=None)


def _status(work: Work, _: int) -> Value:
    event = _gravest(work)
    return _STANDINGS[event.kind] if event else ""


def _notice(work: Work, _: int) -> Value:
    event = _gravest(work)
    if event is None:
        return None
    return {"doi": str(event.doi)} | ({"date": str(event.date)} if event.date else {})


_Table = Mapping[str, Callable[[Work, int], Value]]

LIST: Final[_Table] = {
    "doi": lambda work, _: str(work.doi),
    "title": lambda work, _: work.title,
    "authors": _authors,
    "journal": lambda work, _: work.container,
    "published": _published,
    "volume": lambda work, _: work.volume,
    "issue": lambda work, _: work.issue,
    "pages": lambda work, _: work.pages,
    "status": _status,
    "notice": _notice,
}
FLAT: Final[_Table] = {
    "doi": lambda work, _: str(work.doi),
    "journal": lambda work, _: work.container,
    "authors": _authors,
    "publication_date": _published,
}
TABLES: Final[Mapping[Shape, _Table]] = {"list": LIST, "flat": FLAT}
