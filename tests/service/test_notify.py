from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from enrich.config import Config
from enrich.model.outcome import Alert, Report
from enrich.service import notify
from enrich.service.history import Begun, Run
from enrich.settings import Net, Service

RUN = Run(
    Begun("20270115T080000Z", "schedule", False, 1_800_000_000.0), 1.5, "done", 0, totals=(("pages", 3),)
)
FAILED = replace(RUN, ending="failed", exit_code=2, reason="content: no such folder")
REPORT = Report(False, 1.5, (), (), ())
NEWS = (
    Alert("retracted", "content/a.md", 3, "10.5555/a", "A \udcff title", "retracted by the notice"),
    Alert(
        "broken_pdf", "content/b.md", None, "10.5555/b", "", "its PDF is broken: https://cdn.example/b.pdf"
    ),
    Alert(
        "broken_pdf", "content/c.md", None, "10.5555/c", "", "its PDF is broken: https://cdn.example/c.pdf"
    ),
)


class Listener:
    """Takes messages, and answers with `statuses` in turn, then 204."""

    def __init__(self, *statuses: int) -> None:
        self.got: list[tuple[Mapping[str, str], Any]] = []
        self.url = ""
        self._statuses = [*statuses]
        app = web.Application()
        app.router.add_post("/secret-path", self._take)
        self._runner = web.AppRunner(app)

    async def _take(self, request: web.Request) -> web.Response:
        self.got.append((request.headers, await request.json()))
        return web.Response(status=self._statuses.pop(0) if self._statuses else 204)

    async def __aenter__(self) -> Listener:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/secret-path"
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._runner.cleanup()


def config(url: str, allow: str = "127.0.0.1") -> Config:
    return Config(Path(), net=Net(backoff_s=0, allow=(allow,)), service=Service(notify=url))


async def told(url: str, run: Run, news: tuple[Alert, ...], allow: str = "127.0.0.1") -> list[Any]:
    with capture_logs() as logged:
        await notify.tell(config(url, allow), run, replace(REPORT, dry_run=run.begun.dry_run), news)
    assert "secret-path" not in repr(logged)
    return [*logged]


async def test_news_are_told_as_json_with_a_sentence_for_chats() -> None:
    async with Listener() as listener:
        (event,) = await told(listener.url, RUN, NEWS)

    ((headers, said),) = listener.got
    assert headers["Content-Type"] == "application/json"
    assert headers["User-Agent"].startswith("enrich/")
    assert said["text"] == "enrich: 1 paper newly retracted, 2 PDFs newly broken (run 20270115T080000Z)"
    assert (said["run"], said["outcome"], said["exit_code"]) == ("20270115T080000Z", "done", 0)
    assert said["began"] == "2027-01-15T08:00:00+00:00"
    assert said["totals"] == {"pages": 3}
    assert [alert["path"] for alert in said["alerts"]] == ["content/a.md", "content/b.md", "content/c.md"]
    assert (event["event"], event["host"], event["status"]) == ("notified", "127.0.0.1", 204)


async def test_a_run_that_failed_is_told() -> None:
    async with Listener() as listener:
        await told(listener.url, FAILED, ())
    ((_, said),) = listener.got
    assert said["text"] == "enrich: run 20270115T080000Z failed: content: no such folder"


async def test_nobody_is_told_of_nothing_nor_of_a_dry_run() -> None:
    dry = replace(FAILED, begun=replace(FAILED.begun, dry_run=True))
    async with Listener() as listener:
        for run, news in ((RUN, ()), (dry, NEWS), (replace(RUN, ending="incomplete"), ())):
            assert await told(listener.url, run, news) == []
    assert listener.got == []
    assert await told("", FAILED, NEWS) == []


async def test_a_listener_that_is_down_for_a_moment_is_told_again() -> None:
    async with Listener(503, 500) as listener:
        (event,) = await told(listener.url, RUN, NEWS)
    assert len(listener.got) == 3
    assert event["event"] == "notified"


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (302, 1), (503, 4)])
async def test_a_listener_that_takes_nothing_is_logged(status: int, tries: int) -> None:
    async with Listener(*[status] * 9) as listener:
        (event,) = await told(listener.url, RUN, NEWS)
    assert len(listener.got) == tries
    assert (event["event"], event["log_level"]) == ("not_notified", "error")
    assert str(status) in event["reason"]


async def test_an_address_that_is_not_public_is_not_asked_unless_it_is_listed() -> None:
    async with Listener() as listener:
        (event,) = await told(listener.url, RUN, NEWS, allow="10.0.0.1")
    assert listener.got == []
    assert event["reason"] == "127.0.0.1 is not a public address; [net] allow can list it"


def test_a_message_stays_small_however_much_is_new() -> None:
    said = json.loads(notify.message(RUN, NEWS * 1000))
    assert len(said["alerts"]) == 100
    assert said["alerts_in_all"] == 3000
