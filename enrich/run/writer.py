"""Writes page by page: compose, splice, prove, remember, replace. What cannot be proved is not written."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from enrich.model.file import Replaced, Source, Trouble, digest
from enrich.model.note import Note, Recollection
from enrich.model.outcome import Outcome, PageOutcome
from enrich.model.page import Page, Refusal, Value
from enrich.page.body import mend
from enrich.page.compose import Composition, compose
from enrich.page.settle import Settled
from enrich.page.shift import shifted
from enrich.report.tally import Tally
from enrich.run import cited
from enrich.run.checking import Checking
from enrich.run.linked import Linked
from enrich.run.site import Place, Request, Site, Watcher
from enrich.run.splicing import Composing, Planned, Spliced, after, spliced
from enrich.store import files
from enrich.store.memory import Intent
from enrich.store.suggestion import Suggestion

# Pages whose notes are made durable together, before the first of them is replaced: one fsync for many.
_TOGETHER: Final = 64
# How many of them each further page replaces: a disk may take long, and others wait to be answered meanwhile. It is
# more than one, so that no second group comes while the first is not through.
_AT_A_TIME: Final = 2
_CHANGED: Final = "changed while the run worked; run again"


@dataclass(frozen=True, slots=True)
class Ready:
    """A page about to be replaced: its proved new bytes and what to remember of them."""

    place: Place
    old: Source
    new: bytes
    note: Note
    outcome: PageOutcome
    seen: Page | None

    @property
    def intent(self) -> Intent:
        """What the memory is told before the page is replaced."""
        return Intent(self.note, self.old.digest, digest(self.new))


class Writer:
    """Takes pages one by one and writes them in small groups; `finish` writes the last group and settles the memory."""

    def __init__(
        self, site: Site, request: Request, watcher: Watcher, tally: Tally, checking: Checking | None = None
    ) -> None:
        self._site = site
        self._checking = checking
        self._request = request
        self._watcher = watcher
        self._tally = tally
        self._ready: list[Ready] = []
        self._noted: deque[tuple[Ready, Trouble | None]] = deque()
        self._doubts: tuple[Suggestion, ...] = ()

    def page(self, place: Place, page: Page, settled: Sequence[Settled]) -> None:
        """Compose one page and, where that changes it, have it ready to be written; write some that are."""
        self._replace(_AT_A_TIME)
        self._count_works(settled)
        linked = Linked(page, settled, self._checking)
        outcome = cited.outcome(page, settled, linked)
        if outcome.outcome == "incomplete":
            self._tally.add_page(outcome)
            return
        self._doubts += cited.doubts(place, page, settled) if self._request.suggest else ()
        memory = self._site.memory.get(place.page, page.digest)
        composing = self._composing(place, page, settled, linked)
        composed = composing(page.held, memory)
        repairs = linked.repairs() if self._request.repair else ()
        outcome = replace(outcome, changes=composed.differences, kept=composed.kept)
        if composed.changes or composed.departures or repairs:
            self._prepare(place, page, outcome, Planned(composed, composing, memory, repairs))
            return
        self._adopt(place, memory, composed.note)
        self._tally.add_page(outcome)

    def rest(self) -> Iterator[None]:
        """Write what is ready, a few pages for each step."""
        self._note()
        while self._noted:
            self._replace(_AT_A_TIME)
            yield

    def finish(self) -> None:
        """Write what is ready, put the memory in order, and ask a person what only a person knows."""
        self._note()
        self._replace(len(self._noted))
        if self._request.dry_run:
            return
        if self._doubts:
            self._tally.note(self._site.suggest(self._doubts))
        if trouble := self._site.memory.settle():
            self._tally.note(
                f"{trouble.reason}; what was written is remembered all the same, in a file that grows"
            )

    def _adopt(self, place: Place, memory: Recollection, note: Note) -> None:
        """Remember values that stood on the page already; most pages are remembered as they are."""
        is_new = bool(memory.last or note.works or note.left)
        is_known = memory.before is None and (memory.last == note or not is_new)
        if not self._request.dry_run and not is_known:
            self._site.memory.adopt(place.page, note)

    def _count_works(self, settled: Sequence[Settled]) -> None:
        for each in settled:
            if each.name:
                self._tally.work(str(each.name), each.known)

    def _composing(self, place: Place, page: Page, settled: Sequence[Settled], linked: Linked) -> Composing:
        terms = self._site.terms(place.page)
        in_part = bool(self._request.paths) or self._request.changed is not None
        profile, works = cited.layout(page, settled, linked, terms.profile, in_part=in_part)
        is_settled, unsure = cited.is_settled(settled), cited.unsure(page, settled)

        def composing(data: Mapping[str, Value], memory: Recollection) -> Composition:
            return compose(data, works, memory, profile, settled=is_settled, unsure=unsure)

        return composing

    def _prepare(self, place: Place, page: Page, outcome: PageOutcome, planned: Planned) -> None:
        old = files.read(place.file, self._site.max_bytes)
        if not isinstance(old, Source) or old.digest != page.digest:
            reason = old.reason if isinstance(old, Trouble) else _CHANGED
            self._tally.add_page(_untouched(outcome, "incomplete", reason))
            return
        done = spliced(old.data, planned, self._site.terms(place.page).create)
        if isinstance(done, Refusal):
            self._tally.add_page(_untouched(outcome, "refused", done.reason, done.line))
            return
        mended = mend.differences(old.data, planned.repairs)
        changes = (*done.composed.differences, *mended)
        outcome = replace(outcome, outcome="written", changes=changes, kept=done.composed.kept)
        seen = None if planned.repairs else _seen(page, done, old.data)
        self._ready.append(Ready(place, old, done.data, done.note, outcome, seen))
        if len(self._ready) >= _TOGETHER:
            self._note()

    def _note(self) -> None:
        """Remember what is about to be written, all that is ready together."""
        ready, self._ready = self._ready, []
        if not ready:
            return
        trouble = None
        if not self._request.dry_run:
            trouble = self._site.memory.note({each.place.page: each.intent for each in ready})
        self._noted.extend((each, trouble) for each in ready)

    def _replace(self, most: int) -> None:
        for _ in range(min(most, len(self._noted))):
            self._tally.add_page(self._replaced(*self._noted.popleft()))

    def _replaced(self, ready: Ready, trouble: Trouble | None) -> PageOutcome:
        done: Replaced | Trouble | None = trouble
        if not self._request.dry_run and trouble is None:
            done = files.replace(ready.place.file, ready.new, ready.old.digest)
        if isinstance(done, Trouble):
            self._site.memory.withdraw(ready.place.page)
            return _untouched(ready.outcome, "incomplete", done.reason)
        if done is not None:
            self._site.memory.confirm(ready.place.page)
            if ready.seen:
                self._site.glances.keep(ready.place.page, ready.seen)
        self._watcher.page(ready.outcome, ready.old.data, ready.new)
        return ready.outcome


def _seen(page: Page, done: Spliced, old: bytes) -> Page | None:
    """Return what the next run would find on the page, so that it need not look."""
    held = after(page.held, done.composed)
    new, lines = done.data, done.data.count(b"\n") - old.count(b"\n")
    return None if held is None else shifted(page, digest(new), held, len(new) - len(old), lines)


def _untouched(outcome: PageOutcome, word: Outcome, reason: str, line: int | None = None) -> PageOutcome:
    return replace(outcome, outcome=word, reason=reason, line=line, changes=())
