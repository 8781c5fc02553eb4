"""What composing takes and gives: the works that a page cites, and the changes that follow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from enrich.model.accession import Identifier
from enrich.model.note import Note
from enrich.model.outcome import Difference, Kept
from enrich.model.page import Change, Value
from enrich.page.match import likeness
from enrich.page.profile import Fields


@dataclass(frozen=True, slots=True)
class Cited:
    """One work that a page cites, in order of first mention.

    `names` are all identifiers of the work, the one it goes by first. `said` is what to write, or None where
    nothing may be: no answer, no such paper, or a suspect one. `readings` are all identifiers that the page may
    mean by it: their entries count as cited. `agency` is who says so. Fields to `leave` are those that nobody
    knows anything new about.
    """

    names: tuple[Identifier, ...]
    readings: frozenset[Identifier]
    said: Fields | None
    agency: str = "Crossref"
    leave: frozenset[str] = frozenset()

    @property
    def name(self) -> Identifier:
        """What the work goes by: in the memory, and in what a person is told."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Unsure:
    """What citations that could not be settled say: an entry may be theirs, if it has one of their `titles`.

    Papers that a person `refused` are nobody's.
    """

    titles: tuple[str, ...] = ()
    refused: frozenset[Identifier] = frozenset()

    def may_mean(self, title: Value, names: Collection[Identifier]) -> bool:
        """Tell whether an entry with this title and these names may be of a paper that the page still cites."""
        if not isinstance(title, str) or self.refused.intersection(names):
            return False
        folded = likeness.fold(title)
        return any(likeness.is_same_title(likeness.fold(each), folded) for each in self.titles)


SURE: Final = Unsure()
"""Every citation is settled."""


@dataclass(frozen=True, slots=True)
class Departure:
    """What we wrote for another profile and take out of a page: the note of it, and the changes."""

    note: Note
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """The changes for one page, what a person will be told of them, and what to remember once they are made.

    First the page is left as `departures` say, one after the other: what we wrote there for another profile goes.
    The `changes` are then made to what they leave. Whether there are any, the held part of a page tells; where they
    go once they come back from another place, as `is_placed` tells, only the whole of it does.
    """

    changes: tuple[Change, ...]
    differences: tuple[Difference, ...]
    kept: tuple[Kept, ...]
    note: Note
    departures: tuple[Departure, ...] = ()
    is_placed: bool = False
