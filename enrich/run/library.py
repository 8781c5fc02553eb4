"""Who is asked what: for each kind of question a desk, with the shelf where its answers are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from enrich.model.accession import ArticleIds, Pmcid, Pmid, ShortDoi
from enrich.model.identifier import Doi
from enrich.model.work import Work
from enrich.store.recall import Ask, Shelf

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Desk(Generic[K, V]):
    """One kind of question: where answers are kept, who answers, and how many requests and seconds asking takes."""

    shelf: Shelf[K, V]
    ask: Ask[K, V]
    estimate: Callable[[Sequence[K]], tuple[int, float]] = lambda _questions: (0, 0.0)


@dataclass(frozen=True, slots=True)
class Library:
    """All sources of works. `search_limit` bounds the citations in words that one run asks.

    `notices` keeps, under one key, the works that say what became of others: no page need cite them again.
    `standings` answers with a work's title and events alone: it is asked about works whose record is older than
    `recheck_s` seconds.
    """

    works: Desk[Doi, Work]
    pubmed: Desk[Pmid, Work]
    pmc: Desk[Pmcid, ArticleIds]
    short: Desk[ShortDoi, Doi]
    searches: Desk[str, tuple[Work, ...]]
    standings: Desk[Doi, Work]
    notices: Shelf[str, tuple[Work, ...]]
    search_limit: int
    recheck_s: float
