from __future__ import annotations

import asyncio
import gzip
import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.contextvars import get_contextvars
from structlog.testing import capture_logs

from enrich.config import Config
from enrich.door.session import Work
from enrich.errors import EnrichError
from enrich.model.outcome import Alert, Difference, HostTraffic, PageOutcome, Report
from enrich.net.host import Observe
from enrich.report.tally import Tally
from enrich.run.site import Request, Watcher
from enrich.service.history import Begun, History, Run, State
from enrich.service.metrics import Metrics
from enrich.service.runner import Progress, Runner, Working

BUG = "this is a bug, and every page is whole"
NOW = 1_800_000_000.0
CONFIG = Config(Path())
PDF = {"url": "https://cdn.example/a.pdf", "status": "broken"}
WRITTEN = PageOutcome(
    "content/a.md", "written", changes=(Difference("citations[10.5555/a].pdf", None, PDF, ""),)
)
NAME = ("broken_pdf", "content/a.md", "10.5555/a")
Does = Callable[[Watcher, Tally], object]


class Told:
    """Hears of runs that ended."""

    def __init__(self) -> None:
        self.runs: list[tuple[Run, Report, tuple[Alert, ...]]] = []
        self.heard = asyncio.Event()

    async def __call__(self, _config: Config, run: Run, report: Report, news: tuple[Alert, ...]) -> None:
        self.runs.append((run, report, news))
        self.heard.set()


def doing(does: Does, asked: list[Request] | None = None) -> Working:
    def working(_config: Config, request: Request, _observe: Observe) -> Work:
        async def work(watcher: Watcher, tally: Tally) -> None:
            if asked is not None:
                asked.append(request)
            done = does(watcher, tally)
            if asyncio.isfuture(done) or asyncio.iscoroutine(done):
                await done

        return work

    return working


def writes(watcher: Watcher, tally: Tally) -> None:
    watcher.page(WRITTEN, b"old\n", b"new\n")
    tally.add_page(WRITTEN)
    tally.requests("api.crossref.org", HostTraffic(2, 1))


def runner(folder: Path, does: Does, told: Told | None = None, asked: list[Request] | None = None) -> Runner:
    history = History(folder, 30)
    facts = dict.fromkeys(
        (
            "enrich_run_in_progress",
            "enrich_store_bytes",
            "enrich_last_success_timestamp_seconds",
            "enrich_last_run_timestamp_seconds",
            "enrich_next_run_timestamp_seconds",
        ),
        lambda: None,
    )
    return Runner(history, Metrics((), facts), doing(does, asked), told or Told(), now=lambda: NOW)


async def ended(one: Runner, folder: Path, trigger: str = "schedule", *, dry_run: bool = False) -> History:
    assert one.start(CONFIG, trigger, dry_run=dry_run)  # type: ignore[arg-type]
    await one.idle()
    await one.stop()
    return History(folder, 30)


async def test_a_run_is_seen_to_its_end_and_kept(tmp_path: Path) -> None:
    told, asked = Told(), list[Request]()
    one = runner(tmp_path, writes, told, asked)

    begun = one.start(CONFIG, "schedule")
    assert begun == Begun("20270115T080000Z", "schedule", False, NOW)
    await told.heard.wait()

    ((run, report, news),) = told.runs
    assert (run.id, run.ending, run.exit_code, run.alerts) == (begun.id, "done", 0, 1)
    assert dict(run.totals)["written"] == 1
    assert report.pages[0].patch == "--- a/content/a.md\n+++ b/content/a.md\n@@ -1 +1 @@\n-old\n+new\n"
    assert [alert.kind for alert in news] == ["broken_pdf"]
    assert asked == [Request()]
    again = History(tmp_path, 30)
    assert again.runs == (run,)
    assert again.report(run.id) == report
    assert again.state == State(handled=NOW, last_success=NOW, told=(NAME,))


async def test_one_run_at_a_time(tmp_path: Path) -> None:
    gate, reached = asyncio.Event(), asyncio.Event()

    async def asks(watcher: Watcher) -> None:
        watcher.step("ask", 3, 4)
        reached.set()
        await gate.wait()

    one = runner(tmp_path, lambda watcher, _tally: asks(watcher))
    first = one.start(CONFIG, "request")
    assert first is not None
    assert one.start(CONFIG, "schedule") is None
    await reached.wait()
    assert one.progress == Progress(first, "ask", 3, 4)
    assert History(tmp_path, 30).state.running == first

    gate.set()
    await one.idle()

    assert one.progress != Progress(first, "ask", 3, 4)
    second = one.start(CONFIG, "request")
    assert second is not None
    assert second.id == "20270115T080000Z-2"
    await one.stop()


@pytest.mark.parametrize("turns", [0, 1, 20])
async def test_a_run_that_is_cut_short_keeps_what_came_and_is_not_counted_as_done(
    tmp_path: Path, turns: int
) -> None:
    async def hangs(tally: Tally) -> None:
        tally.add_page(WRITTEN)
        await asyncio.Event().wait()

    one = runner(tmp_path, lambda _, tally: hangs(tally), told := Told())
    one.start(CONFIG, "schedule")
    for _ in range(turns):
        await asyncio.sleep(0)

    await one.stop()

    again = History(tmp_path, 30)
    (run,) = again.runs
    assert (run.ending, run.exit_code) == ("interrupted", 128 + signal.SIGTERM)
    assert dict(run.totals)["pages"] == (turns == 20)
    assert again.state.handled is None, "the next start makes it up"
    assert [alert.kind for alert in again.state.untold] == ["broken_pdf"] * (turns == 20), (
        "and tells the news"
    )
    assert told.runs == []


@pytest.mark.parametrize(
    ("fault", "code", "reason"),
    [
        (EnrichError("content: no pages\nsay which"), 2, "content: no pages; say which"),
        (
            ZeroDivisionError("x"),
            70,
            "this is a bug, and every page is whole: ZeroDivisionError; the log has its trace",
        ),
    ],
)
async def test_a_run_that_fails_is_kept_with_its_reason(
    tmp_path: Path, fault: Exception, code: int, reason: str
) -> None:
    def fails(_watcher: Watcher, _tally: Tally) -> None:
        raise fault

    with capture_logs() as logged:
        again = await ended(runner(tmp_path, fails), tmp_path)

    (run,) = again.runs
    assert (run.ending, run.exit_code, run.reason) == ("failed", code, reason)
    assert again.state.handled == NOW, "a run that fails is not tried again and again"
    assert again.state.last_success is None
    packed = again.report_json(run.id)
    assert packed is not None
    assert json.loads(gzip.decompress(packed))["exit_code"] == code
    failed = next(event for event in logged if event["event"] == "run_failed")
    assert ("exc_info" in failed) == (code == 70)


async def test_a_run_that_could_not_do_all_is_incomplete(tmp_path: Path) -> None:
    def lacks(_watcher: Watcher, tally: Tally) -> None:
        tally.add_page(PageOutcome("a.md", "incomplete", "away"))

    again = await ended(runner(tmp_path, lacks), tmp_path)
    assert (again.runs[0].ending, again.runs[0].exit_code) == ("incomplete", 3)
    assert again.state.last_success is None


async def test_a_dry_run_is_no_success_and_has_no_news(tmp_path: Path) -> None:
    asked: list[Request] = []
    again = await ended(runner(tmp_path, writes, None, asked), tmp_path, "request", dry_run=True)
    assert asked == [Request(dry_run=True)]
    assert again.runs[0].alerts == 0
    assert again.state == State()


async def test_the_runs_name_stands_on_each_of_its_lines_and_on_no_other(tmp_path: Path) -> None:
    seen: list[object] = []
    one = runner(tmp_path, lambda _watcher, _tally: seen.append(get_contextvars().get("run")))
    await ended(one, tmp_path)
    assert seen == ["20270115T080000Z"]
    assert get_contextvars() == {}
