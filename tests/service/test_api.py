from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from enrich.config import Config
from enrich.errors import EnrichError
from enrich.model.outcome import PageOutcome

TOKEN = "0123456789abcdef"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}


def with_service(config: Config, **settings: Any) -> Config:
    return replace(config, service=replace(config.service, **settings))


async def error(answer: Any) -> str:
    text = await answer.text()
    assert text.endswith("\n")
    assert text.count("\n") == 1
    said = json.loads(text)["error"]
    assert isinstance(said, str)
    return said


async def test_the_process_lives(client: Any) -> None:
    answer = await client.get("/healthz")
    assert (answer.status, await answer.json()) == (200, {"alive": True})


async def test_readiness_says_what_is_in_the_way(client: Any, config: Config) -> None:
    answer = await client.get("/readyz")
    assert (answer.status, await answer.json()) == (200, {"ready": True, "problems": []})


async def test_a_service_without_pages_is_not_ready_and_starts_nothing(serving: Any, config: Config) -> None:
    config.pages.root.rmdir()
    async with serving(config) as client:
        answer = await client.get("/readyz")
        assert answer.status == 503
        assert "no such folder; see [pages] root" in (await answer.json())["problems"][0]
        refused = await client.start()
        assert refused.status == 503
        assert "no such folder" in await error(refused)
        assert client.work.requests == []
        assert (await client.start('{"dry_run": true}')).status == 202


async def test_figures_are_prometheus_text(client: Any) -> None:
    await client.ran()
    answer = await client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    text = await answer.text()
    assert 'enrich_runs_total{outcome="done"} 1.0' in text
    assert 'enrich_host_requests_total{host="api.crossref.org"} 1.0' in text
    assert "enrich_run_in_progress 0.0" in text


async def test_a_run_is_started_listed_and_read(client: Any) -> None:
    assert await (await client.get("/api/runs")).json() == {
        "running": None,
        "next": None,
        "read_only": False,
        "runs": [],
    }
    begun = await client.start('{"dry_run": true}')
    said = await begun.json()
    assert begun.status == 202
    assert begun.headers["Location"] == f"/api/runs/{said['id']}"
    assert (said["trigger"], said["dry_run"]) == ("request", True)
    await client.office.runner.idle()

    (listed,) = (await (await client.get("/api/runs")).json())["runs"]
    assert (listed["id"], listed["outcome"], listed["exit_code"]) == (said["id"], "done", 0)
    assert listed["totals"]["pages"] == 1
    report = await (await client.get(begun.headers["Location"])).json()
    assert (report["version"], report["dry_run"]) == (1, True)
    assert report["pages"][0]["path"] == "content/sun.md"
    assert client.work.requests[0].dry_run


@pytest.mark.parametrize("body", ["", "  ", "{}", '{"dry_run": false}'])
async def test_nothing_said_is_a_run_that_writes(client: Any, body: str) -> None:
    assert (await client.start(body)).status == 202
    await client.office.runner.idle()
    assert not client.work.requests[0].dry_run


async def test_a_request_without_body_or_media_type_is_enough(client: Any) -> None:
    assert (await client.post("/api/runs", **AUTHORIZED)).status == 202


async def test_while_a_run_goes_on_another_one_is_refused_by_its_name(serving: Any, config: Config) -> None:
    async with serving(config, gate=asyncio.Event()) as client:
        first = (await (await client.start()).json())["id"]
        second = await client.start()
        assert second.status == 409
        assert (await second.json())["id"] == first
        listed = await (await client.get("/api/runs")).json()
        assert listed["running"]["id"] == first
        going_on = await client.get(f"/api/runs/{first}")
        assert going_on.status == 202
        said = await going_on.json()
        assert (said["step"], said["done"], said["total"]) == ("look", 1, 2)
        client.work.gate.set()
        await client.office.runner.idle()
        assert len(client.work.requests) == 1


@pytest.mark.parametrize(
    "name", ["nothing", "..%2f..%2fstate", "20270115T080000Z", "%00", "x" * 500, "%0d%0aX:y"]
)
async def test_a_run_that_never_was_is_not_found(client: Any, name: str) -> None:
    for path in ("/api/runs/", "/runs/"):
        answer = await client.get(path + name)
        assert answer.status == 404
        assert len(await error(answer)) < 200


@pytest.mark.parametrize(
    ("body", "media_type", "status", "said"),
    [
        ("{", "application/json", 400, "no JSON"),
        ("[" * 60_000, "application/json", 400, "no JSON"),
        (b"\xff\xfe", "application/json", 400, "no JSON"),
        ("[]", "application/json", 400, "something else"),
        ('{"dryrun": true, "paths": ["/etc"]}', "application/json", 400, "'dryrun' is something else"),
        ('{"dry_run": "yes"}', "application/json", 400, "true or false"),
        ("dry_run=true", "application/x-www-form-urlencoded", 415, "application/json"),
        ("{}", "text/plain", 415, "application/json"),
        (" " * 70_000, "application/json", 413, "too large"),
    ],
)
async def test_a_body_that_asks_for_nothing_known_starts_nothing(
    client: Any, body: str | bytes, media_type: str, status: int, said: str
) -> None:
    answer = await client.post("/api/runs", body, **AUTHORIZED, **{"Content-Type": media_type})
    assert answer.status == status
    assert said in await error(answer)
    assert client.work.requests == []
    assert client.office.runner.progress is None


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}, {"token": TOKEN}]
)
async def test_without_the_token_nothing_starts(client: Any, headers: dict[str, str]) -> None:
    with capture_logs() as logged:
        answer = await client.post("/api/runs", "{}", **{"Content-Type": "application/json"}, **headers)
    assert answer.status == 401
    assert "ENRICH_SERVICE__TOKEN" in await error(answer)
    assert client.work.requests == []
    assert [event["event"] for event in logged] == ["token_refused"]
    assert "wrong" not in repr(logged)


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}],
)
async def test_another_sites_page_starts_nothing_even_with_the_token(
    client: Any, headers: dict[str, str]
) -> None:
    answer = await client.post("/api/runs", **AUTHORIZED, **headers)
    assert answer.status == 403
    assert "another site" in await error(answer)
    assert client.work.requests == []


@pytest.mark.parametrize(("listen", "status"), [("0.0.0.0:8080", 403), ("127.0.0.1:8080", 202)])
async def test_without_any_token_only_a_service_on_loopback_starts_runs(
    serving: Any, config: Config, listen: str, status: int
) -> None:
    async with serving(with_service(config, token="", listen=listen)) as client:
        assert (await (await client.get("/api/runs")).json())["read_only"] is (status == 403)
        for headers in ({}, AUTHORIZED):
            answer = await client.post("/api/runs", **headers)
            assert answer.status == status
            await client.office.runner.idle()
        if status == 403:
            assert "read-only" in await error(answer)
            assert client.work.requests == []


async def test_a_failed_run_is_listed_with_its_reason(serving: Any, config: Config) -> None:
    async with serving(config, fault=EnrichError("content: no pages")) as client:
        name = await client.ran()
        (listed,) = (await (await client.get("/api/runs")).json())["runs"]
        assert (listed["outcome"], listed["exit_code"], listed["reason"]) == (
            "failed",
            2,
            "content: no pages",
        )
        assert (await (await client.get(f"/api/runs/{name}")).json())["exit_code"] == 2


async def test_a_strange_file_name_is_no_obstacle(serving: Any, config: Config) -> None:
    async with serving(config, pages=(PageOutcome("content/\udcff\n.md", "refused", "x"),)) as client:
        name = await client.ran()
        assert (await client.get("/")).status == 200
        report = await (await client.get(f"/api/runs/{name}")).json()
        assert report["pages"][0]["path"] == "content/\udcff\n.md"


async def test_a_body_that_does_not_come_is_given_up(serving: Any, config: Config) -> None:
    async with serving(config, body_s=0.05) as client:
        host, port = client.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        head = f"POST /api/runs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n"
        writer.write(f"{head}Content-Type: application/json\r\nContent-Length: 10\r\n\r\n".encode())
        assert b"408" in await reader.readline()
        writer.close()
        await writer.wait_closed()
