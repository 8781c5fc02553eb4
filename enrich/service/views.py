"""The report as a page: made once for each run, in a thread, and kept compressed."""

from __future__ import annotations

import asyncio
import html
import json
import secrets
import zlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

from enrich.model.outcome import PageOutcome, Report
from enrich.net.thread import in_thread
from enrich.report.html import page
from enrich.report.html.desk import Desk, Earlier
from enrich.service.answer import moment
from enrich.service.history import History, Run
from enrich.service.squeeze import squeezed, undone

# What a form decides on: the page, a citation's words or nothing, and the paper.
Question = tuple[str, str, str]

DECIDE: Final = "/decisions"
_KEPT: Final = 3
_EARLIER: Final = 30
_UNDECIDED: Final = ("suspect", "suggested")
_EMPTY: Final = Report(dry_run=False, seconds=0.0, pages=(), works=(), requests=())


@dataclass(frozen=True, slots=True)
class View:
    """One run's page, compressed; a notice has its place `at` so many bytes of it. `questions` wait for a decision."""

    html: bytes
    at: int
    policy: str
    questions: frozenset[Question]


class Views:
    """Makes the pages of a history's runs, each once however many ask for it, and keeps the last few."""

    def __init__(self, history: History, render: Callable[..., str] = page.render) -> None:
        self._history = history
        self._render = render
        self._mark = secrets.token_hex(16)
        self._made: OrderedDict[tuple[str, str, bool], asyncio.Task[View]] = OrderedDict()
        self._noticed: OrderedDict[tuple[View, str], bytes] = OrderedDict()
        self._one = asyncio.Lock()

    def latest(self) -> Run | None:
        """Return the run that shows how the site stands: the last that came to its end, else the last cut short."""
        reported = filter(self._history.has_report, self._history.runs)
        runs = [run for run in reported if run.ending != "failed"]
        return next((run for run in runs if run.ending != "interrupted"), runs[0] if runs else None)

    async def view(self, run: Run | None, *, is_open: bool, report: Report | None = None) -> View:
        """Return the page of a run, with forms where it is the latest and anything may be changed.

        Without a run it is that of a service that has done nothing yet. `report` is the run's, if it is at hand.
        """
        newest = self._history.runs[0].id if self._history.runs else ""
        is_form = is_open and run == self.latest()
        key = (run.id if run else "", newest, is_form)
        if key not in self._made:
            self._made[key] = task = asyncio.create_task(self._make(run, report, is_form))
            task.add_done_callback(partial(self._forget_failed, key))
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        return await asyncio.shield(self._made[key])

    async def html(self, view: View, notice: str) -> bytes:
        """Return the page with a notice, compressed; an empty notice leaves it as it is."""
        key = (view, notice)
        if not notice:
            return view.html
        if key not in self._noticed:
            self._noticed[key] = await in_thread(partial(_noticed, view, notice), "notice")
            while len(self._noticed) > _KEPT:
                self._noticed.popitem(last=False)
        return self._noticed[key]

    def _forget_failed(self, key: tuple[str, str, bool], task: asyncio.Task[View]) -> None:
        if task.cancelled() or task.exception():
            self._made.pop(key, None)

    async def _make(self, run: Run | None, report: Report | None, is_form: bool) -> View:
        earlier = tuple(_earlier(each) for each in self._history.runs[:_EARLIER] if each != run)
        desk = Desk(run.id if run else "-", DECIDE if is_form else "", earlier, self._mark)
        # Making a page takes seconds for thousands of pages: whoever asks for many waits for one after the other.
        async with self._one:
            return await in_thread(partial(self._rendered, run, report, desk), "page")

    def _rendered(self, run: Run | None, report: Report | None, desk: Desk) -> View:
        report = report or (self._history.report(run.id) if run else None) or _EMPTY
        text = self._render(report, run.exit_code if run else 0, self._before(run), desk=desk)
        head, _, tail = text.encode().partition(f'<p class="notice">{self._mark}</p>'.encode())
        return View(squeezed(head + tail), len(head), page.policy(desk), _questions(report))

    def _before(self, run: Run | None) -> Mapping[str, object] | None:
        """Return the JSON report of the run before: the last one that changed pages and came to its end."""
        ended = (each for each in self._history.runs if run and each.id < run.id and not each.begun.dry_run)
        before = next((each for each in ended if each.ending in ("done", "incomplete")), None)
        packed = self._history.report_json(before.id) if before else None
        with suppress(OSError, EOFError, ValueError, zlib.error):
            found = json.loads(undone(packed)) if packed else None
            return found if isinstance(found, dict) else None
        return None


def _noticed(view: View, notice: str) -> bytes:
    whole = undone(view.html)
    place = f'<p class="notice">{html.escape(notice)}</p>'.encode()
    return squeezed(whole[: view.at] + place + whole[view.at :])


def _earlier(run: Run) -> Earlier:
    what = f"{run.ending}, dry run" if run.begun.dry_run else run.ending
    return Earlier(f"{moment(run.begun.began)}: {what}", f"/runs/{run.id}")


def _questions(report: Report) -> frozenset[Question]:
    return frozenset(question for each in report.pages for question in _of_page(each))


def _of_page(outcome: PageOutcome) -> list[Question]:
    undecided = (cited for cited in outcome.citations if cited.status in _UNDECIDED and cited.doi)
    return [
        (outcome.path, cited.identifier if cited.in_words else "", cited.doi or "") for cited in undecided
    ]
