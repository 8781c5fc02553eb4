from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from enrich.config import Config
from enrich.door.session import Work
from enrich.errors import BusyError, ConfigError, EnrichError
from enrich.net.host import Observe
from enrich.report.tally import Tally
from enrich.run.site import Request, Watcher
from enrich.service.daemon import Daemon, scheduled, serve
from enrich.service.history import Begun, History, State
from enrich.store.lock import held


def with_service(config: Config, **settings: Any) -> Config:
    return replace(config, service=replace(config.service, **settings))


def nothing(_config: Config, _request: Request, _observe: Observe) -> Work:
    async def work(_watcher: Watcher, _tally: Tally) -> None:
        return None

    return work


class Read:
    """A configuration that can be changed; an error is raised. `done` is set each time."""

    def __init__(self, config: Config) -> None:
        self.config: Config | ConfigError = config
        self.done = asyncio.Event()

    def __call__(self) -> Config:
        self.done.set()
        if isinstance(self.config, ConfigError):
            raise self.config
        return self.config


def daemon(config: Config) -> tuple[Daemon, Read]:
    read = Read(config)
    history = History(config.cache.dir / "service", 30)
    return Daemon(read, nothing, config, scheduled(config), history), read


def events(logged: list[Any], *names: str) -> list[dict[str, object]]:
    return [event for event in logged if event["event"] in names]


async def test_a_configuration_read_again_holds_for_what_comes(config: Config) -> None:
    one, read = daemon(config)
    read.config = with_service(config, hosts=("enrich.example",), keep=3, cron="17 3 * * *")
    with capture_logs() as logged:
        one.reload()
    assert one.office.config.service.hosts == ("enrich.example",)
    assert one.office.config.service.keep == 3
    assert [event["event"] for event in logged] == ["configuration_read"]


@pytest.mark.parametrize(
    "problems",
    [("config.toml:3: unknown key", "config.toml:4: wants a number"), ("[service] cron: means nothing",)],
)
async def test_a_wrong_configuration_is_refused_whole_and_the_old_one_stays(
    config: Config, problems: tuple[str, ...]
) -> None:
    one, read = daemon(config)
    read.config = ConfigError(*problems)
    with capture_logs() as logged:
        one.reload()
    assert one.office.config is config
    assert [event["problem"] for event in logged] == [*problems]
    assert {event["log_level"] for event in logged} == {"error"}


async def test_a_wrong_cron_line_is_refused_with_all_that_came_with_it(config: Config) -> None:
    one, read = daemon(config)
    read.config = with_service(config, hosts=("enrich.example",), cron="61 * * * *")
    with capture_logs() as logged:
        one.reload()
    assert one.office.config is config
    assert "its minute means nothing" in str(logged[0]["problem"])


async def test_what_a_running_service_cannot_follow_waits_for_the_next_start(config: Config) -> None:
    one, read = daemon(config)
    elsewhere = replace(config, cache=replace(config.cache, dir=config.site / "elsewhere"))
    read.config = with_service(elsewhere, listen="127.0.0.1:99", keep=5)
    with capture_logs() as logged:
        one.reload()
    assert one.office.config.service.listen == config.service.listen
    assert one.office.config.cache.dir == config.cache.dir
    assert one.office.config.service.keep == 5
    settings = [event["setting"] for event in events(logged, "at_the_next_start")]
    assert settings == ["[service] listen", "[cache] dir"]


async def test_what_is_not_as_it_should_be_is_told_at_the_start(config: Config) -> None:
    config.pages.root.rmdir()
    one, _ = daemon(with_service(config, token="", listen="0.0.0.0:8080"))
    with capture_logs() as logged:
        one.greet("http://0.0.0.0:8080")
    assert [event["event"] for event in logged] == ["serving", "read_only", "not_ready"]


async def test_a_run_that_was_killed_is_told_at_the_next_start(config: Config) -> None:
    begun = Begun("20270115T080000Z", "schedule", False, 1_800_000_000.0)
    History(config.cache.dir / "service", 30).remember(State(running=begun))
    one, _ = daemon(config)
    with capture_logs() as logged:
        one.greet("http://127.0.0.1:1")
    assert [event["run"] for event in events(logged, "recovered")] == [begun.id]
    assert one.office.history.runs[0].ending == "interrupted"


async def test_a_run_on_schedule_that_could_do_no_work_fails_with_the_reason(
    serving: Any, config: Config
) -> None:
    config.pages.root.rmdir()
    async with serving(config) as client:
        client.office.runner.start(config, "schedule")
        await client.office.runner.idle()
        assert "no such folder" in client.office.history.runs[0].reason
        assert client.work.requests == []


async def test_the_page_is_made_when_a_run_ends_and_taken_up_by_the_next_process(
    serving: Any, config: Config
) -> None:
    async with serving(config) as client:
        await client.ran()
    async with serving(config) as client:
        living = asyncio.create_task(client.daemon.live())
        text = ""
        while "enrich_citations" not in text or 'suspect"} 1.0' not in text:
            text = await (await client.get("/metrics")).text()
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)


async def test_a_hangup_reads_the_configuration_again_and_ending_is_told(config: Config) -> None:
    one, read = daemon(config)
    with capture_logs() as logged:
        living = asyncio.create_task(one.live())
        await asyncio.sleep(0)
        os.kill(os.getpid(), signal.SIGHUP)
        await read.done.wait()
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)
    assert [event["event"] for event in logged] == ["configuration_read", "ending", "ended"]
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_DFL


async def test_a_schedule_that_is_read_again_is_kept_from_then_on(config: Config) -> None:
    one, read = daemon(config)
    living = asyncio.create_task(one.live())
    await asyncio.sleep(0)
    read.config = with_service(config, cron="17 3 * * *")
    one.reload()
    for _ in range(20):
        await asyncio.sleep(0)
    assert one.office.timekeeper.next_start
    living.cancel()
    await asyncio.gather(living, return_exceptions=True)


async def test_two_services_on_one_store_are_one_too_many(config: Config) -> None:
    async with held(config.cache.dir / "service" / "lock", holder="service", now=0.0):
        with pytest.raises(BusyError, match="another service is at work here: process"):
            await serve(Read(config), nothing)


async def test_a_folder_that_cannot_be_written_ends_it_before_it_begins(config: Config) -> None:
    config.cache.dir.rmdir()
    config.cache.dir.touch()
    with pytest.raises(EnrichError, match="cannot be locked"):
        await serve(Read(config), nothing)


async def test_a_cron_line_that_means_nothing_ends_it_before_it_begins(config: Config) -> None:
    with pytest.raises(ConfigError, match="its hour means nothing"):
        await serve(Read(with_service(config, cron="0 24 * * *")), nothing)
    assert [*config.cache.dir.iterdir()] == []
