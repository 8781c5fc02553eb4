from __future__ import annotations

import json
from typing import Any

from enrich.service.answer import line, moment, problem


def test_an_answer_is_one_line_of_json() -> None:
    answer = line({"a": "ü\n\udcff"}, 201)
    assert (answer.status, answer.content_type) == (201, "application/json")
    assert answer.text is not None
    assert answer.text.count("\n") == 1
    assert json.loads(answer.text) == {"a": "ü\n\udcff"}


def test_a_problem_says_what_is_wrong_and_a_missing_token_how_to_send_one() -> None:
    assert problem(409, "a run goes on", id="x").text == '{"error": "a run goes on", "id": "x"}\n'
    assert problem(401, "no token").headers["WWW-Authenticate"] == "Bearer"


def test_times_are_iso_8601_in_utc() -> None:
    assert moment(1_800_000_000.9) == "2027-01-15T08:00:00Z"
    assert moment(None) is None


async def test_what_leads_nowhere_is_one_line_of_json(client: Any) -> None:
    for path, status in (("/nothing", 404), ("/metrics/", 404), ("/api/runs/a/b", 404)):
        answer = await client.get(path)
        assert answer.status == status
        assert (await answer.text()).count("\n") == 1
        assert "error" in await answer.json()
    wrong = await client.web.delete(client.url + "/api/runs")
    assert wrong.status == 405
    assert {*wrong.headers["Allow"].split(",")} >= {"GET", "POST"}
    assert "error" in await wrong.json()


async def test_every_answer_says_to_browsers_what_they_may_do(client: Any) -> None:
    for path in ("/", "/healthz", "/api/runs", "/nothing"):
        headers = (await client.get(path)).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Server"] == "enrich"
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy


async def test_what_is_compressed_is_sent_so_to_those_who_take_it(client: Any) -> None:
    name = await client.ran()
    for accepted, encoding in (("gzip, br", "gzip"), ("identity", None), ("", None)):
        answer = await client.get(f"/api/runs/{name}", **{"Accept-Encoding": accepted})
        assert answer.headers.get("Content-Encoding") == encoding
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert (await answer.json())["version"] == 1
