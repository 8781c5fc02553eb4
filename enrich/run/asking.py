"""The questions of a run: every citation's likeliest reading, then the next ones of those it does not settle.

All questions about DOIs are one set, in the order of the pages, so that lines fill up and pages can be written, in
their order, while the registries still answer for later ones. Meanwhile the archives say which DOIs their numbers
mean. Citations in words come last: those are the slow questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Protocol

from enrich.model.accession import Identifier
from enrich.model.lookup import Found
from enrich.model.page import Citation, Page
from enrich.page.matched import matched
from enrich.page.settle import Rules, Settled, settle
from enrich.page.together import concordant
from enrich.run.inquiry import Inquiry
from enrich.run.known import Known
from enrich.run.library import Library
from enrich.run.site import Place, Request, Watcher
from enrich.store.decisions import Decisions

Looked = Sequence[tuple[Place, Page]]

_NOTICES: Final = "all"


class Sources(Protocol):
    """What asking needs of a site."""

    @property
    def library(self) -> Library:
        """Who is asked what."""

    @property
    def decisions(self) -> Decisions:
        """What people decided about papers."""

    @property
    def write_unattested(self) -> bool:
        """Whether a bare identifier is enough."""

    @property
    def now(self) -> Callable[[], float]:
        """The clock, in Unix seconds."""


class Asking:
    """Asks each distinct question once. `known` grows while `everything` runs."""

    def __init__(self, site: Sources, request: Request, looked: Looked, watcher: Watcher) -> None:
        now = site.now()
        kept = site.library.notices.get(_NOTICES, now)
        self.known = Known(kept.value if isinstance(kept, Found) else ())
        self._heard = dict(self.known.notices)
        self._site = site
        self._inquiry = Inquiry(site.library, self.known, request, watcher, now)
        self._unsettled = [(place, citation) for place, page in looked for citation in page.citations]
        self._settled_at: dict[str, int] = {}

    @property
    def outdated(self) -> int:
        """How many works have but an old answer, though new ones were to be had."""
        return self._inquiry.outdated

    async def everything(self) -> None:
        """Ask until every citation is settled; what it will cost is told before the first question."""
        words = (citation.words for _, citation in self._unsettled if citation.words)
        await self._inquiry.first(self._first_questions(), words)
        while wanted := self._remaining():
            await self._inquiry.works(wanted)
        await self._inquiry.searches(
            dict.fromkeys(
                citation.words
                for place, citation in self._unsettled
                if citation.words and self._settle(place, citation) is None
            )
        )
        while wanted := self._remaining():
            self._inquiry.seed(wanted)
            await self._inquiry.works(wanted)
        if self.known.notices != self._heard:
            notices = Found(tuple(self.known.notices.values()), self._site.now())
            self._site.library.notices.put(_NOTICES, notices)

    async def settled(self, place: Place, page: Page) -> tuple[Settled, ...] | None:
        """Wait until the page's likeliest readings are answered; None where something else must be asked first."""
        await self._inquiry.until(citation.first for citation in page.citations if citation.first)
        return self.settle(place, page)

    def settle(self, place: Place, page: Page) -> tuple[Settled, ...] | None:
        """Return what the page's citations mean, by what is answered so far; None where something is not."""
        settled = [self._settle(place, citation) for citation in page.citations]
        sure = tuple(each for each in settled if isinstance(each, Settled))
        if len(sure) < len(settled):
            return None
        self._settled_at[place.shown] = self.known.spoken
        return concordant(page.citations, sure)

    def is_overtaken(self, place: Place, page: Page) -> bool:
        """Tell whether a notice spoke of one of the page's papers only after the page was settled."""
        then = self._settled_at.get(place.shown, self.known.spoken)
        names = (name for citation in page.citations for name in citation.readings)
        return any(self.known.is_told_since(name, then) for name in names)

    def _settle(self, place: Place, citation: Citation) -> Settled | Identifier | None:
        decisions = self._site.decisions
        if citation.words:
            decided = decisions.of_citation(place.page, citation.words)
            return matched(citation, self.known.searches, self.known, decided)
        return settle(citation, self.known, Rules(decisions.of(place.page), self._site.write_unattested))

    def _first_questions(self) -> Iterable[Identifier]:
        for place, citation in self._unsettled:
            if citation.first:
                yield citation.first
            elif not isinstance(decided := self._settle(place, citation), Settled | None):
                yield decided

    def _remaining(self) -> list[Identifier]:
        """Return what must be asked next; a citation with one reading needs no second look."""
        left: list[tuple[Place, Citation]] = []
        wanted: dict[Identifier, None] = {}
        for place, citation in self._unsettled:
            if len(citation.readings) == 1:
                continue
            again = self._settle(place, citation)
            if not isinstance(again, Settled):
                left.append((place, citation))
            if not isinstance(again, Settled | None):
                wanted[again] = None
        self._unsettled = left
        return list(wanted)
