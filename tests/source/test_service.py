from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from enrich.demo.faults import HALF_A_BODY, RESET, TOO_MANY_HTML, UNAVAILABLE, Effect, Fault, too_many
from enrich.demo.pubmed import PubmedServer
from enrich.demo.pubmed import too_many as too_many_for_ncbi
from enrich.demo.reply import Reply, as_html, as_json
from enrich.model.lookup import Failed
from enrich.net.fetch import Caps, Fetcher
from enrich.net.guard import Guard, place
from enrich.net.web import Web
from enrich.source.service import Said, Service, lots


async def no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def service(server: PubmedServer) -> AsyncIterator[Service]:
    async with server, Fetcher(Guard([place(server.url)]), "enrich/test", Caps(read_s=0.5)) as fetcher:
        time = iter(range(1_000_000))
        web = Web(fetcher, clock=lambda: 0.0, now=lambda: float(next(time)), sleep=no_sleep)
        yield Service(web, f"{server.url}/", at_once=2, per_s=4.0)


def answering(effect: Effect, first: int | None = None) -> PubmedServer:
    server = PubmedServer()
    server.faults.add(Fault(effect, first=first))
    return server


async def test_an_answer_is_its_status_and_what_its_json_means() -> None:
    async with service(answering(as_json({"a": [1]}, status=404))) as asked:
        assert await asked.get("/x?y=1") == Said(404, {"a": [1]})
        assert await asked.post("/x", {"y": "1"}) == Said(404, {"a": [1]})


async def test_a_form_is_sent_as_one_and_a_path_as_it_is() -> None:
    server = answering(as_json({}))
    async with service(server) as asked:
        await asked.post("/x", {"id": "1,2", "email": "a@b.example"})
        await asked.get("/x?id=1%2C2")

    form, address = server.requests
    assert (form.method, form.target, form.query) == ("POST", "/x", {"id": "1,2", "email": "a@b.example"})
    assert (address.method, address.target, address.accept) == ("GET", "/x?id=1%2C2", "application/json")


@pytest.mark.parametrize(
    ("effect", "detail"),
    [
        (as_html(200, "Welcome"), "200 OK, and no JSON in it: is its address right?"),
        (as_html(404, "Not Found"), "404 Not Found, and no JSON in it: is its address right?"),
        (Reply(200, b'{"result": {"uids"'), "an answer that is not whole"),
        (Reply(200, b"[" * 100_000), "an answer that is not whole"),
        (Reply(200), "200 OK, and no JSON in it: is its address right?"),
        (Reply(200, b"\xff\xfe\x00"), "200 OK, and no JSON in it: is its address right?"),
        (UNAVAILABLE, "503 Service Unavailable, asked 4 times"),
        (TOO_MANY_HTML, "429 Too Many Requests, asked 4 times"),
        (too_many_for_ncbi(3), "429 Too Many Requests, asked 4 times"),
        (RESET, "hangs up without an answer, asked 4 times"),
    ],
)
async def test_whatever_is_no_answer_is_a_failure_that_names_the_host(effect: Effect, detail: str) -> None:
    async with service(answering(effect)) as asked:
        said = await asked.post("/x", {})
        assert said == Failed("unavailable", f"{asked.name}: {detail}")


async def test_a_host_that_asks_for_too_long_a_wait_says_how_long() -> None:
    async with service(answering(too_many("999"))) as asked:
        said = await asked.get("/x")

    assert isinstance(said, Failed)
    assert said.retry_after_s == 999


async def test_a_busy_service_is_asked_again() -> None:
    async with service(answering(too_many_for_ncbi(3), first=2)) as asked:
        said = await asked.post("/entrez/eutils/esummary.fcgi", {"db": "pubmed", "id": "1"})

    assert isinstance(said, Said)


async def test_half_an_answer_is_none() -> None:
    server = PubmedServer()
    server.faults.add(Fault(HALF_A_BODY))
    async with service(server) as asked:
        said = await asked.post("/entrez/eutils/esummary.fcgi", {"db": "pubmed", "id": "1,2,3"})

    assert said == Failed("unavailable", f"{asked.name}: an answer that is not whole")


async def test_the_time_that_questions_take_follows_from_the_pace() -> None:
    async with service(PubmedServer()) as asked:
        assert asked.seconds_for(8) == 2.0


def test_lots_hold_each_key_once_in_order() -> None:
    assert lots([3, 1, 3, 2, 1], 2) == [[3, 1], [2]]
    assert lots([], 2) == []
