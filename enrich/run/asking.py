"""The questions of a run: every citation's likeliest reading, then the next ones of those it does not settle.

All questions are one set, in the order of the pages, so that lines fill up and pages can be written, in their order,
while the registries still answer for later ones.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from enrich.model.identifier import Doi
from enrich.model.lookup import Failed, LookUp
from enrich.model.outcome import Budget
from enrich.model.page import Citation, Page
from enrich.model.work import Work
from enrich.page.settle import Rules, Settled, settle
from enrich.run.site import Place, Request, Watcher
from enrich.store.decisions import Decisions
from enrich.store.recall import Answer, Ask, Shelf, recall

Looked = Sequence[tuple[Place, Page]]


class Sources(Protocol):
    """What asking needs of a site."""

    @property
    def shelf(self) -> Shelf[Doi, Work]:
        """Where answers are kept."""

    @property
    def ask(self) -> Ask[Doi, Work]:
        """Ask the registries."""

    @property
    def estimate(self) -> Callable[[Sequence[Doi]], tuple[int, float]]:
        """Return how many requests questions take, and seconds."""

    @property
    def decisions(self) -> Decisions:
        """What people decided about papers."""

    @property
    def write_unattested(self) -> bool:
        """Whether a bare DOI is enough."""

    @property
    def now(self) -> Callable[[], float]:
        """The clock, in Unix seconds."""


class Asking:
    """Asks each distinct question once. `answers` grows while `everything` runs."""

    def __init__(self, site: Sources, request: Request, looked: Looked, watcher: Watcher) -> None:
        self.answers: dict[Doi, LookUp[Work]] = {}
        self._site = site
        self._request = request
        self._watcher = watcher
        self._unsettled = [
            (self._rules(place), citation) for place, page in looked for citation in page.citations
        ]
        self._news = asyncio.Event()
        self._works = 0
        self._told = False

    @property
    def outdated(self) -> int:
        """How many works have but an old answer, though new ones were to be had."""
        stale = sum(not isinstance(answer, Failed) and answer.stale for answer in self.answers.values())
        return 0 if self._request.offline else stale

    async def everything(self) -> None:
        """Ask until every citation is settled; what it will cost is told before the first question."""
        wanted = list(dict.fromkeys(citation.readings[0] for _, citation in self._unsettled))
        self._works = len(wanted)
        while wanted:
            await recall(
                wanted,
                self._site.shelf,
                self._ask,
                self._take,
                now=self._site.now(),
                offline=self._request.offline,
                refresh=self._request.refresh,
            )
            wanted = self._remaining()
        self._tell(lacking=sum(isinstance(answer, Failed) for answer in self.answers.values()))

    async def settled(self, place: Place, page: Page) -> tuple[Settled, ...] | None:
        """Wait until the page's likeliest readings are answered; None where another reading must be asked first."""
        while not all(citation.readings[0] in self.answers for citation in page.citations):
            await self._news.wait()
            self._news.clear()
        return self.settle(place, page)

    def settle(self, place: Place, page: Page) -> tuple[Settled, ...] | None:
        """Return what the page's citations mean, by what is answered so far; None where something is not."""
        rules = self._rules(place)
        settled = [settle(citation, self.answers, rules) for citation in page.citations]
        sure = tuple(each for each in settled if isinstance(each, Settled))
        return sure if len(sure) == len(settled) else None

    def _rules(self, place: Place) -> Rules:
        return Rules(self._site.decisions.of(place.page), self._site.write_unattested)

    def _remaining(self) -> list[Doi]:
        left: list[tuple[Rules, Citation]] = []
        wanted: dict[Doi, None] = {}
        for rules, citation in self._unsettled:
            # A citation with one reading needs no second look.
            if len(citation.readings) > 1 and isinstance(again := settle(citation, self.answers, rules), Doi):
                wanted[again] = None
                left.append((rules, citation))
        self._unsettled = left
        return list(wanted)

    async def _ask(self, questions: Sequence[Doi], answer: Answer[Doi, Work]) -> None:
        self._tell(questions, len(questions))
        unanswered = set(questions)

        def answered(doi: Doi, given: LookUp[Work]) -> None:
            answer(doi, given)
            unanswered.discard(doi)
            self._watcher.step("ask", len(questions) - len(unanswered), len(questions))

        await self._site.ask(questions, answered)

    def _take(self, doi: Doi, answer: LookUp[Work]) -> None:
        self.answers[doi] = answer
        self._news.set()

    def _tell(self, questions: Sequence[Doi] = (), lacking: int = 0) -> None:
        if not self._told:
            self._told = True
            requests, seconds = self._site.estimate(questions)
            self._watcher.budget(Budget(self._works, self._works - lacking, requests, seconds))
