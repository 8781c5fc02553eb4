"""One run, in three steps: look at every page, ask each distinct question once, write page by page.

Nothing streams: pages are local and small, the same DOI stands on many of them, and only a whole set of
questions fills batches. Whenever a run is cut short, what is known is in the tally, the store and on the pages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enrich.model.file import Source, Trouble
from enrich.model.identifier import Doi
from enrich.model.lookup import Failed, LookUp
from enrich.model.outcome import Budget, PageOutcome
from enrich.model.page import Citation, Page, Refusal
from enrich.model.work import Work
from enrich.page.look import look
from enrich.page.settle import Rules, Settled, settle
from enrich.report.tally import Tally
from enrich.site import Place, Request, Site, Watcher
from enrich.store import files
from enrich.store.recall import Answer, recall
from enrich.writer import Writer

# Pages handled between two chances to stop: some milliseconds' worth.
_STRIDE = 25

_CUT_SHORT = "not reached before the run was cut short; run again"

Looked = Sequence[tuple[Place, Page]]
Answers = Mapping[Doi, LookUp[Work]]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a whole run found out: every page that was looked at, by path, and every answer."""

    pages: Mapping[str, Page]
    answers: Answers


async def run(site: Site, request: Request, watcher: Watcher, tally: Tally) -> Findings:
    """Enrich the site's pages; everything that happens is told to `watcher` and counted in `tally`.

    Raises nothing for what pages, the system or the registries do. When it is cancelled, every page is whole, what
    had come is kept, and the pages that were not reached are told.
    """
    try:
        looked = await _look(site, watcher, tally)
        answers = await _ask(site, request, looked, watcher)
        await _write(site, request, looked, answers, watcher, tally)
        return Findings({page.path: page for _, page in looked}, answers)
    except asyncio.CancelledError:
        for place in site.places:
            if not tally.knows(place.shown):
                tally.add_page(PageOutcome(place.shown, "incomplete", _CUT_SHORT))
        raise
    finally:
        for note in site.notes():
            watcher.note(note)
        for host, traffic in site.traffic():
            tally.requests(host, traffic)


async def _look(site: Site, watcher: Watcher, tally: Tally) -> Looked:
    looked = []
    for done, place in enumerate(site.places):
        await _breathe("look", done, len(site.places), watcher)
        page = _look_at(site, place)
        if isinstance(page, Page):
            looked.append((place, page))
        else:
            tally.add_page(page)
    watcher.step("look", len(site.places), len(site.places))
    return looked


def _look_at(site: Site, place: Place) -> Page | PageOutcome:
    source = files.read(place.file, site.max_bytes)
    match source:
        case Trouble(reason):
            return PageOutcome(place.shown, "incomplete", reason)
        case Refusal(reason, line):
            return PageOutcome(place.shown, "refused", reason, line)
        case Source(data, digest):
            page = site.glances.look(
                place.page, place.shown, digest, lambda: look(place.shown, data, digest, site.terms)
            )
    if page.refusal:
        return PageOutcome(place.shown, "refused", page.refusal.reason, page.refusal.line)
    if page.skipped:
        return PageOutcome(place.shown, "skipped", page.skipped)
    return page


async def _ask(site: Site, request: Request, looked: Looked, watcher: Watcher) -> Answers:
    """Ask every citation's likeliest reading, then the next ones of those that are not settled by it."""
    answers: dict[Doi, LookUp[Work]] = {}
    unsettled = [(_rules(site, place), citation) for place, page in looked for citation in page.citations]
    wanted = {citation.readings[0] for _, citation in unsettled}
    asking = _Asking(site, watcher, len(wanted))
    while wanted:
        answers |= await recall(
            wanted, site.shelf, asking.ask, now=site.now(), offline=request.offline, refresh=request.refresh
        )
        await asyncio.sleep(0)
        unsettled, wanted = _remaining(unsettled, answers)
    asking.tell(lacking=sum(isinstance(answer, Failed) for answer in answers.values()))
    return answers


def _remaining(
    unsettled: list[tuple[Rules, Citation]], answers: Answers
) -> tuple[list[tuple[Rules, Citation]], set[Doi]]:
    wanted: set[Doi] = set()
    left = []
    for rules, citation in unsettled:
        # A citation with one reading, or whose first one exists and is not doubted, needs no second look.
        if len(citation.readings) > 1 and isinstance(next_one := settle(citation, answers, rules), Doi):
            wanted.add(next_one)
            left.append((rules, citation))
    return left, wanted


class _Asking:
    """Asks the registries and tells of it: once what it will cost, then how far it has come."""

    def __init__(self, site: Site, watcher: Watcher, works: int) -> None:
        self._site = site
        self._watcher = watcher
        self._works = works
        self._told = False

    async def ask(self, questions: Sequence[Doi], answer: Answer[Doi, Work]) -> None:
        self.tell(questions, len(questions))
        asked = set(questions)

        def answered(doi: Doi, given: LookUp[Work]) -> None:
            answer(doi, given)
            asked.discard(doi)
            self._watcher.step("ask", len(questions) - len(asked), len(questions))

        await self._site.ask(questions, answered)

    def tell(self, questions: Sequence[Doi] = (), lacking: int = 0) -> None:
        """Say once what will be asked; `lacking` works are not known, asked or not."""
        if not self._told:
            self._told = True
            requests, seconds = self._site.estimate(questions)
            self._watcher.budget(Budget(self._works, self._works - lacking, requests, seconds))


async def _write(
    site: Site, request: Request, looked: Looked, answers: Answers, watcher: Watcher, tally: Tally
) -> None:
    writer = Writer(site, request, watcher, tally)
    try:
        for done, (place, page) in enumerate(looked):
            await _breathe("write", done, len(looked), watcher)
            writer.page(place, page, tuple(_settled(site, place, page, answers)))
    finally:
        writer.finish()
    watcher.step("write", len(looked), len(looked))


def _settled(site: Site, place: Place, page: Page, answers: Answers) -> Iterator[Settled]:
    rules = _rules(site, place)
    for citation in page.citations:
        settled = settle(citation, answers, rules)
        if isinstance(settled, Doi):
            raise AssertionError(f"{settled} was never asked")
        yield settled


def _rules(site: Site, place: Place) -> Rules:
    return Rules(site.decisions.of(place.page), site.write_unattested)


async def _breathe(step: str, done: int, total: int, watcher: Watcher) -> None:
    """Let signals in and progress out, every few pages: everything between is plain computing."""
    if done % _STRIDE == 0:
        watcher.step(step, done, total)
        await asyncio.sleep(0)
