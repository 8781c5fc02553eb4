"""One run, in three steps: look at every page, ask each distinct question once, write page by page.

Looking ends before asking begins, since only a whole set of questions fills batches; a page is written, in its
order, as soon as its own questions are answered. Whenever a run is cut short, what is known is in the tally, the
store and on the pages.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from enrich.model.file import Source, Trouble
from enrich.model.outcome import PageOutcome
from enrich.model.page import Page, Refusal
from enrich.page.look import look
from enrich.page.settle import Answers
from enrich.report.tally import Tally
from enrich.run.asking import Asking, Looked
from enrich.run.checking import Checking
from enrich.run.site import Place, Request, Site, Watcher
from enrich.run.writer import Writer
from enrich.store import files

# Pages handled between two chances for everything else to go on: some milliseconds' worth.
_STRIDE = 2
_CUT_SHORT = "not reached before the run was cut short; run again"


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
        asking = Asking(site, request, looked, watcher)
        checking = None if request.offline else Checking(site.links, site.now(), watcher.files)
        async with asyncio.TaskGroup() as tasks:
            asked = tasks.create_task(asking.everything())
            if checking:
                await checking.everything(page for _, page in looked)
                for host in checking.silent:
                    tally.silent(host)
            if request.dry_run:
                # What a notice says late would be shown twice.
                await asked
            writer = Writer(site, request, watcher, tally, checking)
            await _write(asking, asked, looked, writer, watcher)
        _catch_up(site, asking, looked, writer, tally)
        if asking.outdated:
            tally.outdated(asking.outdated)
        return Findings({page.path: page for _, page in looked}, asking.known)
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
    unread: Counter[str] = Counter()
    for done, place in enumerate(site.places):
        await _breathe("look", done, len(site.places), watcher)
        page = _look_at(site, place)
        if isinstance(page, Page):
            looked.append((place, page))
        else:
            tally.add_page(page)
            if page.reason in site.terms(place.page).profile.refusals:
                unread[page.reason] += 1
    for reason, pages in unread.items():
        watcher.note(f"{pages:,} {'page is' if pages == 1 else 'pages are'} refused: {reason}")
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
                place.page,
                place.shown,
                digest,
                lambda: look(place.shown, data, digest, site.terms(place.page)),
            )
    if page.refusal:
        return PageOutcome(place.shown, "refused", page.refusal.reason, page.refusal.line)
    if page.skipped:
        return PageOutcome(place.shown, "skipped", page.skipped)
    return page


async def _write(
    asking: Asking, asked: asyncio.Task[None], looked: Looked, writer: Writer, watcher: Watcher
) -> None:
    """Write the pages in their order; those that need a second look at their citations come last."""
    late: list[tuple[Place, Page]] = []
    try:
        for done, (place, page) in enumerate(looked):
            await _breathe("write", done - len(late), len(looked), watcher)
            settled = await asking.settled(place, page)
            if settled is None:
                late.append((place, page))
            else:
                writer.page(place, page, settled)
        await asked
        for done, (place, page) in enumerate(late, len(looked) - len(late)):
            await _breathe("write", done, len(looked), watcher)
            writer.page(place, page, asking.settle(place, page) or ())
        for _ in writer.rest():
            await asyncio.sleep(0)
    finally:
        writer.finish()
    watcher.step("write", len(looked), len(looked))


def _catch_up(site: Site, asking: Asking, looked: Looked, writer: Writer, tally: Tally) -> None:
    """Write the pages again of whose papers a notice spoke only when they were written."""
    overtaken = [
        (place, tally.page(place.shown)) for place, page in looked if asking.is_overtaken(place, page)
    ]
    for place, _ in overtaken:
        again = _look_at(site, place)
        if isinstance(again, Page):
            writer.page(place, again, asking.settle(place, again) or ())
    if overtaken:
        writer.finish()
    for place, before in overtaken:
        after = tally.page(place.shown)
        if before.outcome == "written" and after.outcome in ("written", "unchanged"):
            tally.add_page(replace(after, outcome="written", changes=(*before.changes, *after.changes)))


async def _breathe(step: str, done: int, total: int, watcher: Watcher) -> None:
    """Let signals and answers in and progress out, every few pages: everything between is plain computing."""
    if done % _STRIDE == 0:
        watcher.step(step, done, total)
        await asyncio.sleep(0)
