from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from enrich.model.accession import Identifier, Pmid
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.outcome import Budget
from enrich.model.work import Update, Work
from enrich.run.inquiry import Inquiry
from enrich.run.known import Known
from enrich.run.library import Desk, Library
from enrich.run.site import Request

A, B, PMID = Doi("10.5555/a"), Doi("10.5555/b"), Pmid("7")
NOW = 1_000.0


class Source:
    """A desk's shelf and its source in one: answers from a table, and remembers what it was asked."""

    def __init__(self, **table: Any) -> None:
        self.kept: dict[Any, Any] = {}
        self.table: dict[str, Any] = table
        self.asked: list[Any] = []

    def get(self, key: Any, now: float) -> Any:
        return self.kept.get(key)

    def put(self, key: Any, answer: Any) -> None:
        self.kept[key] = answer

    async def ask(self, questions: Sequence[Any], answer: Any) -> None:
        self.asked += questions
        for question in questions:
            await asyncio.sleep(0)
            answer(question, self.table.get(str(question), Absent("not_found", "unknown", NOW)))

    @property
    def desk(self) -> Any:
        return Desk(self, self.ask, lambda questions: (1, float(len(questions))))


class Watcher:
    def __init__(self) -> None:
        self.budgets: list[Budget] = []

    def budget(self, budget: Budget) -> None:
        self.budgets.append(budget)

    def step(self, name: str, done: int, total: int) -> None: ...


class Case:
    """One inquiry over sources that a test fills."""

    def __init__(self, *, offline: bool = False, limit: int = 9, recheck_s: float = 100) -> None:
        self.works, self.pubmed, self.searches, self.standings = Source(), Source(), Source(), Source()
        closed = Source().desk
        self.library = Library(
            self.works.desk,
            self.pubmed.desk,
            closed,
            closed,
            self.searches.desk,
            self.standings.desk,
            Source(),
            limit,
            recheck_s,
        )
        self.known = Known()
        self.watcher = Watcher()
        watcher: Any = self.watcher
        self.inquiry = Inquiry(self.library, self.known, Request(offline=offline), watcher, NOW)

    def first(self, *names: Identifier) -> None:
        asyncio.run(self.inquiry.first(names))


def test_a_doi_that_a_number_means_is_not_asked_a_second_time() -> None:
    case = Case()
    case.works.table = {str(A): Found(Work(A), NOW)}
    case.pubmed.table = {str(PMID): Found(Work(A, pmid=PMID), NOW)}

    case.first(A, PMID)

    assert case.works.asked == [A]
    assert isinstance(case.known.get(PMID), Found)
    assert case.watcher.budgets == [Budget(2, 0, 2, 1.0)]


def test_a_doi_that_only_a_number_leads_to_is_asked_too() -> None:
    case = Case()
    case.works.table = {str(B): Found(Work(B), NOW)}
    case.pubmed.table = {str(PMID): Found(Work(B, pmid=PMID), NOW)}

    case.first(PMID)

    assert case.works.asked == [B]
    answer: LookUp[Work] | None = case.known.get(PMID)
    assert isinstance(answer, Found)
    assert answer.value.identifiers == (B, PMID)


def test_works_known_long_enough_are_asked_what_became_of_them() -> None:
    case = Case()
    case.works.kept = {A: Found(Work(A, volume="13"), NOW - 500), B: Found(Work(B), NOW - 50)}
    retraction = Update("retraction", Doi("10.5555/n"))
    case.standings.table = {str(A): Found(Work(A, "RETRACTED: Bones", updated_by=(retraction,)), NOW)}

    case.first(A, B)

    assert case.works.asked == []
    assert case.standings.asked == [A]
    assert case.known.get(A) == Found(
        Work(A, "RETRACTED: Bones", volume="13", updated_by=(retraction,)), NOW - 500
    )
    assert case.watcher.budgets == [Budget(2, 2, 1, 1.0, rechecked=1)]
    assert case.inquiry.outdated == 0


def test_where_nobody_says_what_became_of_a_work_the_old_word_serves_and_is_told() -> None:
    case = Case()
    case.works.kept = {A: Found(Work(A, volume="13"), NOW - 500)}
    case.standings.table = {str(A): Failed("unavailable", "503")}

    case.first(A)

    assert case.known.get(A) == Found(Work(A, volume="13"), NOW - 500)
    assert case.inquiry.outdated == 1


def test_offline_nobody_is_asked_and_nothing_is_outdated() -> None:
    case = Case(offline=True)
    case.works.kept = {A: Found(Work(A), NOW - 500)}

    case.first(A, B, PMID)

    assert case.works.asked == case.pubmed.asked == case.standings.asked == []
    assert isinstance(case.known.get(B), Failed)
    assert case.inquiry.outdated == 0
    assert case.watcher.budgets == [Budget(3, 1, 0, 0.0)]


def test_as_many_words_are_searched_as_a_run_may_and_the_others_wait() -> None:
    case = Case(limit=1)
    case.searches.table = {"one": Found((), NOW), "two": Found((Work(A),), NOW)}

    asyncio.run(case.inquiry.searches(["one", "two"]))

    assert case.searches.asked == ["one"]
    assert isinstance(case.known.searches["one"], Absent), "an empty answer is no work"
    assert case.known.searches["two"] == Failed(
        "not_asked", "more citations in words than [match] limit; the next run asks on"
    )


def test_the_words_to_search_for_are_told_beforehand_as_far_as_a_run_may_search() -> None:
    case = Case(limit=2)
    case.searches.kept = {"known": Found((), NOW)}

    asyncio.run(case.inquiry.first([], ["one", "two", "three", "known", "one"]))

    (budget,) = case.watcher.budgets
    assert (budget.works, budget.searched) == (0, 2)
    assert case.searches.asked == []


def test_what_a_search_found_need_not_be_asked_for_again() -> None:
    case = Case()
    case.known.searches["one"] = Found((Work(A, volume="13"),), NOW)

    case.inquiry.seed([A, B])
    asyncio.run(case.inquiry.works([A]))

    assert case.works.asked == []
    assert case.known.get(A) == Found(Work(A, volume="13"), NOW)
