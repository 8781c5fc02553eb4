from __future__ import annotations

import os
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from enrich.config import Config
from enrich.errors import EnrichError
from enrich.model.outcome import CitationOutcome, PageOutcome

TOKEN = "0123456789abcdef"
FORM = {"page": "content/sun.md", "cites": "", "paper": "10.1000/sun", "accept": "true", "token": TOKEN}
WORDS = {**FORM, "cites": "Words of a citation", "paper": "10.1000/words"}


async def send(client: Any, form: dict[str, str] | str, **headers: str) -> Any:
    data = form if isinstance(form, str) else urlencode(form)
    own = {"Origin": client.url, "Content-Type": "application/x-www-form-urlencoded", **headers}
    return await client.post("/decisions", data, **own)


def decided(config: Config) -> list[dict[str, object]]:
    file = config.memory.dir / "decisions.toml"
    if not file.exists():
        return []
    blocks: list[dict[str, object]] = tomllib.loads(file.read_text())["decision"]
    return blocks


async def error(answer: Any) -> str:
    assert (await answer.text()).count("\n") == 1
    said = (await answer.json())["error"]
    assert isinstance(said, str)
    return said


async def test_the_report_of_the_last_run_is_the_front_page(client: Any) -> None:
    name = await client.ran()
    answer = await client.get("/")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    text = await answer.text()
    assert name in text
    assert "content/sun.md" in text
    assert 'action="/decisions"' in text


async def test_before_any_run_the_front_page_says_so(client: Any) -> None:
    text = await (await client.get("/")).text()
    assert "No run has ended yet, and none is planned: POST /api/runs starts one." in text
    client.office.timekeeper.next_start = 1_800_000_000.0
    assert "the first one begins at 2027-01-15T08:00:00Z" in await (await client.get("/")).text()


async def test_the_front_page_tells_of_a_run_that_goes_on_and_of_one_that_failed(
    serving: Any, config: Config
) -> None:
    async with serving(config) as client:
        await client.ran()
        client.work.fault = EnrichError("content: <b>no</b> pages")
        failed = await client.ran()
        text = await (await client.get("/")).text()
        assert f"The last run ({failed}) failed: content: &lt;b&gt;no&lt;/b&gt; pages." in text
        assert "content/sun.md" in text, "and the report is the one before"
        await client.start()
        assert "A run goes on since" in await (await client.get("/")).text()


async def test_an_earlier_run_is_shown_without_forms(client: Any) -> None:
    name = await client.ran()
    await client.ran()
    text = await (await client.get(f"/runs/{name}")).text()
    assert "content/sun.md" in text
    assert 'action="/decisions"' not in text


async def test_a_value_that_is_markup_is_shown_as_text(serving: Any, config: Config) -> None:
    evil = CitationOutcome("<script>alert(1)</script>", "10.1000/x", 1, "suspect", "<img src=x onerror=y>")
    async with serving(
        config, pages=(PageOutcome('"><script>.md', "unchanged", citations=(evil,)),)
    ) as client:
        await client.ran()
        text = await (await client.get("/")).text()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert '"><script>.md' not in text


@pytest.mark.parametrize(("accept", "word"), [("true", "accepted"), ("false", "refused")])
async def test_an_answer_is_written_where_a_person_would_and_leads_back(
    client: Any, config: Config, accept: str, word: str
) -> None:
    await client.ran()
    with capture_logs() as logged:
        answer = await send(client, {**FORM, "accept": accept})
        await send(client, {**WORDS, "accept": accept})

    assert answer.status == 303
    assert answer.headers["Location"] == f"/?decided={word}#decisions"
    accepted = accept == "true"
    assert decided(config) == [
        {"page": "content/sun.md", "paper": "10.1000/sun", "accept": accepted},
        {"page": "content/sun.md", "cites": WORDS["cites"], "paper": "10.1000/words", "accept": accepted},
    ]
    assert word.capitalize() in await (await client.get(f"/?decided={word}")).text()
    assert {event["event"] for event in logged} == {word}
    assert TOKEN not in repr(logged)


async def test_the_words_of_an_address_are_never_shown(client: Any) -> None:
    assert "everything is lost" not in await (await client.get("/?decided=everything+is+lost")).text()


async def test_a_page_is_named_from_the_sites_folder_wherever_we_are(
    serving: Any, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(config.site / "content")
    page = PageOutcome("sun.md", "unchanged", citations=(CitationOutcome("x", "10.1000/sun", 1, "suspect"),))
    async with serving(config, pages=(page,)) as client:
        await client.ran()
        assert (await send(client, {**FORM, "page": "sun.md"})).status == 303
    assert decided(config)[0]["page"] == "content/sun.md"


OUTSIDE = [
    "../secret.md",
    "/etc/passwd",
    "content/../../secret.md",
    "content",
    "",
    ".",
    "a\0b",
    "config.toml",
]


@pytest.mark.parametrize("page", OUTSIDE)
async def test_a_path_outside_the_pages_is_refused(client: Any, config: Config, page: str) -> None:
    await client.ran()
    answer = await send(client, {**FORM, "page": page})
    assert answer.status == 400
    assert "inside the site's pages" in await error(answer)
    assert decided(config) == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"page": "content/moon.md"}, 404),
        ({"paper": "10.1000/other"}, 404),
        ({"cites": "other words"}, 404),
        ({"paper": "none"}, 400),
        ({"paper": ""}, 400),
        ({"accept": "yes"}, 400),
        ({"accept": ""}, 400),
        ({"more": "x"}, 400),
        ({"token": "wrong"}, 401),
        ({"token": ""}, 401),
    ],
)
async def test_a_form_that_the_report_does_not_have_changes_nothing(
    client: Any, config: Config, change: dict[str, str], status: int
) -> None:
    await client.ran()
    answer = await send(client, {**FORM, **change})
    assert answer.status == status
    await error(answer)
    assert decided(config) == []


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        ("", "application/x-www-form-urlencoded", 401),
        (f"token={TOKEN}", "application/x-www-form-urlencoded", 400),
        ("%ff=%ff&%", "application/x-www-form-urlencoded", 401),
        ("{}", "application/json", 415),
        ("x" * 70_000, "application/x-www-form-urlencoded", 413),
    ],
)
async def test_a_body_that_is_no_form_changes_nothing(
    client: Any, config: Config, body: str, media_type: str, status: int
) -> None:
    answer = await send(client, body, **{"Content-Type": media_type})
    assert answer.status == status
    await error(answer)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
async def test_another_sites_form_changes_nothing_even_with_the_token(
    client: Any, config: Config, origin: str
) -> None:
    await client.ran()
    answer = await send(client, FORM, Origin=origin)
    assert answer.status == 403
    assert decided(config) == []
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await client.post("/decisions", urlencode(FORM), **headers)).status == 403, "from nowhere"


async def test_a_read_only_service_has_no_forms_and_takes_none(serving: Any, config: Config) -> None:
    service = replace(config.service, token="", listen="0.0.0.0:8080")
    async with serving(replace(config, service=service)) as client:
        client.office.runner.start(config, "schedule")
        await client.office.runner.idle()
        text = await (await client.get("/")).text()
        assert "Read-only: ENRICH_SERVICE__TOKEN is not set." in text
        assert 'action="/decisions"' not in text
        answer = await send(client, FORM)
        assert answer.status == 403
        assert "read-only" in await error(answer)
    assert decided(config) == []


async def test_decisions_that_are_not_in_order_are_left_to_a_person(client: Any, config: Config) -> None:
    await client.ran()
    config.memory.dir.mkdir()
    file = config.memory.dir / "decisions.toml"
    file.write_text("[[decision]\n")
    answer = await send(client, FORM)
    assert answer.status == 409
    assert "(line 1)" in await error(answer)
    assert file.read_text() == "[[decision]\n"


async def test_decisions_that_cannot_be_written_are_told(client: Any, config: Config, tmp_path: Path) -> None:
    await client.ran()
    os.symlink(tmp_path / "nowhere" / "decisions.toml", config.memory.dir)
    answer = await send(client, FORM)
    assert answer.status == 503
    assert "cannot be written" in await error(answer)
