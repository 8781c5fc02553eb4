"""Takes out of pages what we wrote: undo, remember, replace; then the memory forgets them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Final

from enrich.model.file import Source, Trouble, digest
from enrich.model.note import Note
from enrich.model.outcome import PageOutcome
from enrich.model.page import Refusal
from enrich.page.undo import undone
from enrich.report.tally import Tally
from enrich.run.site import Place, Watcher
from enrich.store import files
from enrich.store.memory import Intent, Memory

# Pages whose notes are made durable together, before the first of them is replaced: one fsync for many.
_TOGETHER: Final = 64
_CUT_SHORT: Final = "not reached before it was cut short; undo again"
_NOTHING: Final = Note("")


@dataclass(frozen=True, slots=True)
class Remembered:
    """What undoing works with: the pages that something is remembered of, and the largest size that is read."""

    places: tuple[Place, ...]
    memory: Memory
    max_bytes: int


@dataclass(frozen=True, slots=True)
class _Ready:
    """A page about to be replaced."""

    place: Place
    old: Source
    new: bytes
    outcome: PageOutcome


async def undo(site: Remembered, watcher: Watcher, tally: Tally, *, dry_run: bool) -> None:
    """Undo the pages of `site`; all that happens is told to `watcher` and counted in `tally`.

    Raises nothing for what pages or the system do. When it is cancelled, every page is whole.
    """
    undoing = _Undoing(site, watcher, tally, dry_run=dry_run)
    if not dry_run:
        files.sweep(place.file for place in site.places)
    try:
        for done, place in enumerate(site.places):
            if done % _TOGETHER == 0:
                watcher.step("write", done, len(site.places))
                # A signal comes in here.
                await asyncio.sleep(0)
            undoing.page(place)
    finally:
        undoing.finish()
    watcher.step("write", len(site.places), len(site.places))


class _Undoing:
    """Takes pages one by one, and replaces them in small groups."""

    def __init__(self, site: Remembered, watcher: Watcher, tally: Tally, *, dry_run: bool) -> None:
        self._site = site
        self._watcher = watcher
        self._tally = tally
        self._dry_run = dry_run
        self._ready: list[_Ready] = []

    def page(self, place: Place) -> None:
        """Take what is ours out of one page, or say why that cannot be done."""
        source = files.read(place.file, self._site.max_bytes)
        match source:
            case Trouble(reason):
                self._tally.add_page(PageOutcome(place.shown, "incomplete", reason))
            case Refusal(reason, line):
                self._tally.add_page(PageOutcome(place.shown, "refused", reason, line))
            case Source():
                self._read(place, source)

    def finish(self) -> None:
        """Replace what is ready, tell what was not reached, and put the memory in order."""
        self._flush()
        for place in self._site.places:
            if not self._tally.knows(place.shown):
                self._tally.add_page(PageOutcome(place.shown, "incomplete", _CUT_SHORT))
        if not self._dry_run and (trouble := self._site.memory.settle()):
            self._tally.note(f"{trouble.reason}; what was undone is remembered all the same")

    def _read(self, place: Place, source: Source) -> None:
        result = undone(source.data, self._site.memory.get(place.page, source.digest))
        if isinstance(result, Refusal):
            self._tally.add_page(PageOutcome(place.shown, "refused", result.reason, result.line))
            return
        outcome = PageOutcome(
            place.shown, "unchanged", changes=result.undoing.differences, kept=result.undoing.kept
        )
        if result.data == source.data:
            self._forget(place)
            self._tally.add_page(outcome)
            return
        self._ready.append(_Ready(place, source, result.data, replace(outcome, outcome="written")))
        if len(self._ready) == _TOGETHER:
            self._flush()

    def _forget(self, place: Place) -> None:
        if not self._dry_run:
            self._site.memory.forget(place.page)

    def _flush(self) -> None:
        ready, self._ready = self._ready, []
        trouble = None
        if ready and not self._dry_run:
            intents = {each.place.page: Intent(_NOTHING, each.old.digest, digest(each.new)) for each in ready}
            trouble = self._site.memory.note(intents)
        for each in ready:
            self._tally.add_page(self._replaced(each, trouble))

    def _replaced(self, ready: _Ready, trouble: Trouble | None) -> PageOutcome:
        done = trouble
        if not self._dry_run and trouble is None:
            result = files.replace(ready.place.file, ready.new, ready.old.digest)
            done = result if isinstance(result, Trouble) else None
        if done is not None:
            self._site.memory.withdraw(ready.place.page)
            return replace(ready.outcome, outcome="incomplete", reason=done.reason, changes=())
        self._forget(ready.place)
        self._watcher.page(ready.outcome, ready.old.data, ready.new)
        return ready.outcome
