"""Asks the library what the store does not know, each question once, and tells how far it has come."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from enrich.model.accession import Identifier, Pmcid, Pmid, ShortDoi
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.outcome import Budget
from enrich.model.work import Work
from enrich.page.standing import brought_up
from enrich.run.known import Known
from enrich.run.library import Desk, Library
from enrich.run.site import Request, Watcher
from enrich.store.recall import Answer, recall

K = TypeVar("K", Doi, Pmid, Pmcid, ShortDoi, str)
V = TypeVar("V")

_LATER: Final = Failed("not_asked", "more citations in words than [match] limit; the next run asks on")
_NO_RECORD: Final = "no record at Crossref has these words"


class Inquiry:
    """One run's questions, over the store and the sources. What is answered stands in `known`."""

    def __init__(
        self, library: Library, known: Known, request: Request, watcher: Watcher, now: float
    ) -> None:
        self._library = library
        self._known = known
        self._request = request
        self._watcher = watcher
        self._now = now
        self._asked: set[Doi] = set()
        self._due: dict[Doi, Found[Work]] = {}
        self._unchecked: set[Doi] = set()
        self._news = asyncio.Event()
        self._are_named = asyncio.Event()
        self._wanted = 0
        self._lacking = 0
        self._rechecked = 0
        self._searched = 0
        self._answered = 0
        self._cost = (0, 0.0)
        self._told = False

    @property
    def outdated(self) -> int:
        """How many works have but an old answer, though new ones were to be had."""
        known = self._known
        answers = (*known.works.values(), *known.pubmed.values(), *known.pmc.values(), *known.short.values())
        stale = sum(not isinstance(answer, Failed) and answer.stale for answer in answers)
        return 0 if self._request.offline else stale + len(self._unchecked)

    async def first(self, names: Iterable[Identifier], words: Iterable[str] = ()) -> None:
        """Ask about the likeliest readings of all pages: DOIs at once, and meanwhile what the other numbers mean.

        How many `words` are to be searched for later is told beforehand, too.
        """
        wanted = dict.fromkeys(names)
        self._wanted = len(wanted)
        self._searched = 0 if self._request.offline else self._unknown(words)
        numbers = [name for name in wanted if not isinstance(name, Doi)]
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._dois([name for name in wanted if isinstance(name, Doi)]))
            tasks.create_task(self.works(numbers))
        # A number whose DOI was being asked already may lead on, now that it is answered.
        await self.works(numbers)
        if not self._told:
            self._lacking = sum(isinstance(self._known.get(name), Failed) for name in wanted)
            self._tell()

    async def works(self, names: Sequence[Identifier]) -> None:
        """Ask until it is known what each of `names` means."""
        while True:
            questions = {question for name in names if (question := self._known.question(name))}
            numbers = {question for question in questions if not isinstance(question, Doi)}
            if not numbers:
                break
            await self._numbers(numbers)
        self._are_named.set()
        # Those that are being asked already answer for themselves.
        fresh = dict.fromkeys(
            question
            for name in names
            if isinstance(question := self._known.question(name), Doi) and question not in self._asked
        )
        if fresh:
            await self._dois(list(fresh))
            await self.works(names)

    async def searches(self, words: Iterable[str]) -> None:
        """Ask about citations in words, as many as a run may; the others are not asked this time."""
        library = self._library

        async def search(questions: Sequence[str], answer: Answer[str, tuple[Work, ...]]) -> None:
            def answered(question: str, given: LookUp[tuple[Work, ...]]) -> None:
                is_empty = isinstance(given, Found) and not given.value
                answer(question, Absent("not_found", _NO_RECORD, self._now) if is_empty else given)

            for question in questions[library.search_limit :]:
                answer(question, _LATER)
            if asked := questions[: library.search_limit]:
                await library.searches.ask(asked, answered)

        await self._recall(words, Desk(library.searches.shelf, search), self._known.searches.__setitem__)

    def seed(self, names: Iterable[Identifier]) -> None:
        """Put what a search found on the shelf of works: nobody need be asked for it again."""
        shelf = self._library.works.shelf
        found = {
            work.doi: Found(work, answer.at)
            for answer in self._known.searches.values()
            if isinstance(answer, Found)
            for work in answer.value
        }
        for name in names:
            if isinstance(name, Doi) and name in found and shelf.get(name, self._now) is None:
                shelf.put(name, found[name])

    def _unknown(self, words: Iterable[str]) -> int:
        """Count the words that the store has no fresh answer for, as far as a run may search."""
        shelf = self._library.searches.shelf
        kept = (shelf.get(each, self._now) for each in dict.fromkeys(words))
        lacking = sum(self._request.refresh or answer is None or answer.stale for answer in kept)
        return min(lacking, self._library.search_limit)

    async def until(self, names: Iterable[Identifier]) -> None:
        """Wait until it is known what each of `names` means, and which DOIs the archives' numbers mean."""
        await self._are_named.wait()
        for name in names:
            while self._known.get(name) is None:
                await self._news.wait()
                self._news.clear()

    async def _numbers(self, names: Iterable[Identifier]) -> None:
        library, known = self._library, self._known
        shorts = sorted(name for name in names if isinstance(name, ShortDoi))
        pmcids = sorted(name for name in names if isinstance(name, Pmcid))
        pmids = sorted(name for name in names if isinstance(name, Pmid))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._recall(shorts, library.short, known.short.__setitem__))
            tasks.create_task(self._recall(pmcids, library.pmc, known.take_pmc))
            tasks.create_task(self._recall(pmids, library.pubmed, known.take_pubmed))

    async def _dois(self, dois: Sequence[Doi]) -> None:
        self._asked.update(dois)
        await self._recall(dois, self._library.works, self._take_work)
        due, self._due = self._due, {}
        await self._recheck(due)

    def _take_work(self, doi: Doi, answer: LookUp[Work]) -> None:
        if isinstance(answer, Found) and self._is_due(answer):
            self._due[doi] = answer
        else:
            self._known.take_work(doi, answer)

    def _is_due(self, answer: Found[Work]) -> bool:
        """Tell whether a work is known well enough, but what became of it since is not."""
        is_old = self._now - answer.at > self._library.recheck_s and not answer.stale
        return is_old and answer.value.agency == "Crossref"

    async def _recheck(self, due: dict[Doi, Found[Work]]) -> None:
        """Ask what became of works that are known; an old word on it serves while no new one is to be had."""

        def take(doi: Doi, standing: LookUp[Work]) -> None:
            answer = due.pop(doi, None)
            if answer is None:
                return
            if isinstance(standing, Found):
                answer = replace(answer, value=brought_up(answer.value, standing.value))
            if isinstance(standing, Failed) or standing.stale:
                self._unchecked.add(doi)
            self._known.take_work(doi, answer)

        await self._recall(list(due), self._library.standings, take)

    async def _recall(self, questions: Iterable[K], desk: Desk[K, V], take: Answer[K, V]) -> None:
        def taken(question: K, answer: LookUp[V]) -> None:
            take(question, answer)
            self._news.set()

        async def ask(lacking: Sequence[K], answer: Answer[K, V]) -> None:
            await self._announce(desk, lacking)
            unanswered = set(lacking)

            def answered(question: K, given: LookUp[V]) -> None:
                answer(question, given)
                if question in unanswered:
                    unanswered.discard(question)
                    self._answered += 1
                    self._watcher.step("ask", self._answered, self._lacking + self._rechecked)

            await desk.ask(lacking, answered)

        await recall(
            questions,
            desk.shelf,
            ask,
            taken,
            now=self._now,
            offline=self._request.offline,
            refresh=self._request.refresh,
        )

    async def _announce(self, desk: Desk[K, V], lacking: Sequence[K]) -> None:
        requests, seconds = desk.estimate(lacking)
        if desk is self._library.standings:
            self._rechecked += len(lacking)
        else:
            self._lacking += len(lacking)
        self._cost = (self._cost[0] + requests, max(self._cost[1], seconds))
        # All desks that are asked at once, some by tasks within tasks, say what they lack before any is asked.
        for _ in range(3):
            await asyncio.sleep(0)
        self._tell()

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            known = max(self._wanted - self._lacking, 0)
            requests, seconds = (
                self._library.searches.estimate([""] * self._searched) if self._searched else (0, 0)
            )
            cost = self._cost[0] + requests, self._cost[1] + seconds
            self._watcher.budget(Budget(self._wanted, known, *cost, self._rechecked, self._searched))
