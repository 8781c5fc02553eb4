"""What a run works with and what it is asked to do: values and ports, put together by the wiring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from enrich.model.outcome import Budget, HostTraffic, PageOutcome
from enrich.page.look import Terms
from enrich.run.checking import Tools
from enrich.run.library import Library
from enrich.store.decisions import Decisions
from enrich.store.glance import Glances
from enrich.store.memory import Memory
from enrich.store.suggestion import Suggestion


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is: its file, its name for a person (from the working directory), and for the site's memory."""

    file: Path
    shown: str
    page: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked to do. `dry_run` writes neither pages nor memory; `refresh` asks anew what is known.

    `repair` mends addresses in the pages' bodies; `suggest` puts questions about papers that are not sure into the
    file of decisions. `changed` leaves out pages that git does not say changed against it (empty: HEAD); `only_pages`
    takes of `paths` nothing but what the configuration calls a page.
    """

    paths: tuple[str, ...] = ()
    dry_run: bool = False
    offline: bool = False
    refresh: bool = False
    repair: bool = False
    suggest: bool = False
    changed: str | None = None
    only_pages: bool = False


class Watcher(Protocol):
    """The door's eyes: plain calls, none of which may stop the run."""

    def budget(self, budget: Budget) -> None:
        """Hear what is about to be asked."""

    def files(self, count: int, size: int) -> None:
        """Hear how many hosted files are about to be fetched whole and read, and how many bytes that is."""

    def step(self, name: str, done: int, total: int) -> None:
        """Hear how far the step `look`, `ask` or `write` has come."""

    def page(self, outcome: PageOutcome, old: bytes, new: bytes) -> None:
        """Hear of a page that is written, or would be in a dry run."""

    def note(self, text: str) -> None:
        """Hear a hint for the person who runs this."""


@dataclass(frozen=True, slots=True)
class Site:
    """All that a run works with: the pages, what the configuration says of them, the store, and who answers.

    `terms` says what holds for a page, by its name for the memory.
    `suggest` puts questions to a person and says what came of that.
    """

    places: tuple[Place, ...]
    terms: Callable[[str], Terms]
    write_unattested: bool
    max_bytes: int
    glances: Glances
    library: Library
    links: Tools
    memory: Memory
    decisions: Decisions
    suggest: Callable[[Sequence[Suggestion]], str]
    notes: Callable[[], Iterable[str]]
    traffic: Callable[[], Iterable[tuple[str, HostTraffic]]]
    now: Callable[[], float]
