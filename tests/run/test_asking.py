from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from math import inf
from pathlib import Path
from typing import Any

from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.outcome import Budget, PageOutcome
from enrich.model.page import Citation, Mention, Page, Span
from enrich.model.work import Work
from enrich.run.asking import Asking
from enrich.run.library import Desk, Library
from enrich.run.site import Place, Request
from enrich.store.decisions import Decisions
from enrich.store.recall import Answer, Ask

A, B, CUT = Doi("10.5555/a"), Doi("10.5555/b"), Doi("10.5555/b.epub")


class Shelf:
    def __init__(self) -> None:
        self.rows: dict[Doi, Found[Work] | Absent] = {}

    def get(self, key: Doi, now: float) -> Found[Work] | Absent | None:
        return self.rows.get(key)

    def put(self, key: Doi, answer: Found[Work] | Absent) -> None:
        self.rows[key] = answer


def library(
    shelf: Shelf, ask: Ask[Doi, Work], estimate: Callable[[Sequence[Doi]], tuple[int, float]]
) -> Library:
    """Only the desk of works is open: whoever comes to another one fails."""
    closed: Any = Desk(None, None)  # type: ignore[arg-type]
    return Library(Desk(shelf, ask, estimate), closed, closed, closed, closed, closed, Notices(), 0, inf)


class Notices:
    def get(self, key: str, now: float) -> None:
        """No notice was met before."""

    def put(self, key: str, answer: Found[tuple[Work, ...]] | Absent) -> None: ...


class Registry:
    """Answers from a table, one question at a time, and says which rounds it was asked."""

    def __init__(self, *known: Doi) -> None:
        self.known = known
        self.rounds: list[tuple[Doi, ...]] = []
        self.shelf = Shelf()
        self.library = library(self.shelf, self.ask, self.estimate)
        self.decisions = Decisions({})
        self.write_unattested = True
        self.now = float

    async def ask(self, questions: Sequence[Doi], answer: Answer[Doi, Work]) -> None:
        self.rounds.append(tuple(questions))
        for doi in questions:
            await asyncio.sleep(0)
            given: LookUp[Work] = (
                Found(Work(doi), 0) if doi in self.known else Absent("not_found", "unknown", 0)
            )
            answer(doi, given)

    def estimate(self, questions: Sequence[Doi]) -> tuple[int, float]:
        return 1, len(questions)


class Watcher:
    def __init__(self) -> None:
        self.budgets: list[Budget] = []
        self.steps: list[tuple[str, int, int]] = []

    def budget(self, budget: Budget) -> None:
        self.budgets.append(budget)

    def step(self, name: str, done: int, total: int) -> None:
        self.steps.append((name, done, total))

    def files(self, count: int, size: int) -> None: ...

    def page(self, outcome: PageOutcome, old: bytes, new: bytes) -> None: ...

    def note(self, text: str) -> None: ...


def cites(*readings: Doi) -> Citation:
    return Citation(readings, (Mention("x", readings, Span(0, 1), 1, 0, 0),), (Claims(),))


def looked(*citations: Citation) -> list[tuple[Place, Page]]:
    return [
        (Place(Path(f"{n}.md"), f"{n}.md", f"{n}.md"), Page(f"{n}.md", "d", citations=(citation,)))
        for n, citation in enumerate(citations)
    ]


def asking(
    registry: Registry, pages: list[tuple[Place, Page]], watcher: Watcher, *, offline: bool = False
) -> Asking:
    return Asking(registry, Request(offline=offline), pages, watcher)


async def test_each_question_is_asked_once_in_the_order_of_the_pages() -> None:
    registry, watcher = Registry(A, B), Watcher()

    await asking(registry, looked(cites(B), cites(A), cites(B)), watcher).everything()

    assert registry.rounds == [(B, A)]
    assert watcher.budgets == [Budget(2, 0, 1, 2)]
    assert watcher.steps == [("ask", 1, 2), ("ask", 2, 2)]


async def test_a_second_reading_is_asked_only_where_the_first_does_not_exist() -> None:
    registry = Registry(A, B)

    await asking(registry, looked(cites(CUT, B), cites(A, B)), Watcher()).everything()

    assert registry.rounds == [(CUT, A), (B,)]


async def test_a_page_can_be_settled_while_later_ones_are_still_asked() -> None:
    registry, pages = Registry(A), looked(cites(A), cites(CUT, B))
    questions = asking(registry, pages, Watcher())
    everything = asyncio.create_task(questions.everything())

    first = await questions.settled(*pages[0])
    assert first is not None
    assert first[0].status == "found"
    assert not everything.done()
    assert await questions.settled(*pages[1]) is None
    await everything
    last = questions.settle(*pages[1])
    assert last is not None
    assert last[0].status == "not_found"


async def test_what_is_known_is_not_asked_and_offline_asks_nobody() -> None:
    registry, watcher = Registry(), Watcher()
    registry.shelf.rows[A] = Found(Work(A), 0)

    questions = asking(registry, looked(cites(A), cites(B)), watcher, offline=True)
    await questions.everything()

    assert registry.rounds == []
    assert watcher.budgets == [Budget(2, 1, 0, 0)]
    assert isinstance(questions.known.get(B), Failed)
    assert questions.outdated == 0
