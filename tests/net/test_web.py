from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from enrich.demo.faults import HANG, RESET, TOO_MANY_BARE, UNAVAILABLE, Effect, Fault, Faults
from enrich.demo.loopback import Loopback
from enrich.demo.reply import Asked, Reply, as_html, as_json
from enrich.net.fetch import Caps, Fetcher, Trouble
from enrich.net.fetch import Reply as Got
from enrich.net.guard import Guard, place
from enrich.net.host import GivenUp
from enrich.net.web import Web


class Plain(Loopback):
    """Answers `{}`, but redirects `/to/URL` to URL and `/round` to itself."""

    def route(self, path: str, _query: object, /) -> tuple[str, tuple[str, ...]]:
        return path, ()

    async def answer(self, asked: Asked) -> Reply:
        if asked.path.startswith("/to/"):
            return Reply(302, headers={"Location": asked.path.removeprefix("/to/")})
        return Reply(301, headers={"Location": "/round"}) if asked.path == "/round" else as_json({})


async def no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


def serving(*faults: Fault) -> Plain:
    return Plain(faults=Faults(*faults))


@asynccontextmanager
async def web(*allow: str) -> AsyncIterator[Web]:
    async with Fetcher(Guard(allow), "enrich/test", Caps(read_s=0.1)) as fetcher:
        time = iter(range(1_000_000))
        yield Web(fetcher, now=lambda: float(next(time)), sleep=no_sleep)


async def test_an_answer_is_handed_back_and_counted() -> None:
    async with serving() as server, web(place(server.url)) as asked:
        got = await asked.get(server.url + "/x", {"Accept": "application/json"})

        assert isinstance(got, Got)
        assert (got.status, got.body) == (200, b"{}")
        assert server.requests[0].accept == "application/json"
        [(name, traffic)] = asked.traffic()
        assert (name, traffic.sent, traffic.bytes) == (place(server.url), 1, 2)


async def test_who_observes_hears_of_every_request_and_how_long_it_took() -> None:
    heard: list[tuple[str, float]] = []
    async with (
        serving(Fault(UNAVAILABLE, first=1)) as server,
        Fetcher(Guard([place(server.url)]), "enrich/test") as fetcher,
    ):
        time = iter(range(1_000_000))
        asked = Web(
            fetcher,
            now=lambda: float(next(time)),
            sleep=no_sleep,
            observe=lambda name, seconds: heard.append((name, seconds)),
        )
        await asked.get(server.url)

    assert [name for name, _ in heard] == [place(server.url)] * 2
    assert all(seconds >= 1 for _, seconds in heard)


async def test_bytes_are_sent_as_they_are_with_their_headers() -> None:
    async with serving() as server, web(place(server.url)) as asked:
        got = await asked.post(server.url, b'{"a": 1}', {"Content-Type": "application/json"})

        assert isinstance(got, Got)
        assert server.requests[0].method == "POST"
        assert server.requests[0].query == {}


async def test_every_host_on_the_way_keeps_its_own_count() -> None:
    async with serving() as first, serving() as second, web(place(first.url), place(second.url)) as asked:
        got = await asked.get(f"{first.url}/to/{second.url}/end")

        assert isinstance(got, Got)
        assert got.url == f"{second.url}/end"
        assert {name: traffic.sent for name, traffic in asked.traffic()} == {
            place(first.url): 1,
            place(second.url): 1,
        }


async def test_a_redirect_can_be_left_to_the_caller() -> None:
    async with serving() as server, web(place(server.url)) as asked:
        got = await asked.get(server.url + "/to//end", redirects=0)

    assert isinstance(got, Got)
    assert (got.status, got.location) == (302, f"{server.url}/end")


async def test_redirects_end_after_ten() -> None:
    async with serving() as server, web(place(server.url)) as asked:
        got = await asked.get(server.url + "/round")

    assert got == Trouble("broken", "more than 10 redirects")
    assert len(server.requests) == 11


async def test_a_trusted_host_cannot_send_us_to_one_that_is_not() -> None:
    async with serving() as trusted, serving() as inside, web(place(trusted.url)) as asked:
        got = await asked.get(f"{trusted.url}/to/{inside.url}/secret")

        assert isinstance(got, Trouble)
        assert got.kind == "refused_address"
        assert inside.requests == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x", "gopher://x", "http://[::1"])
async def test_a_redirect_leads_to_web_addresses_only(target: str) -> None:
    async with serving() as server, web(place(server.url)) as asked:
        got = await asked.get(f"{server.url}/to/{target}")

    assert isinstance(got, Trouble)
    assert got.kind == "bad_url"


async def test_a_bad_url_is_trouble_and_no_host() -> None:
    async with web() as asked:
        got = await asked.get("nonsense")

        assert isinstance(got, Trouble)
        assert asked.traffic() == ()


@pytest.mark.parametrize("outage", [UNAVAILABLE, TOO_MANY_BARE, RESET, HANG, as_html(500, "x")])
async def test_an_outage_is_tried_again_and_then_given_up(outage: Effect) -> None:
    async with serving(Fault(outage)) as server, web(place(server.url)) as asked:
        got = await asked.get(server.url)

        assert isinstance(got, GivenUp)
        assert got.detail.startswith(place(server.url))
        assert asked.traffic()[0][1].retried == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 410])
async def test_a_refusal_is_an_answer(status: int) -> None:
    async with serving(Fault(as_html(status, "no"))) as server, web(place(server.url)) as asked:
        got = await asked.get(server.url)

    assert isinstance(got, Got)
    assert got.status == status
    assert len(server.requests) == 1


async def test_a_body_over_the_cap_is_trouble_and_not_tried_again() -> None:
    async with serving() as server, web(place(server.url)) as asked:
        got = await asked.get(server.url, max_bytes=1)

    assert got == Trouble("too_large", "an answer of more than 1 bytes")
    assert len(server.requests) == 1


async def test_a_host_keeps_the_manners_of_the_first_who_asked_for_it() -> None:
    async with web() as asked:
        first = asked.host("https://Example.org/x", at_once=7, per_s=None)

        assert asked.host("https://example.org/y") is first
        assert asked.host("https://user:secret@example.org/") is first
        assert first.name == "example.org"


async def test_who_sets_a_limit_of_time_is_not_asked_again_after_it() -> None:
    async with serving(Fault(HANG)) as server, web(place(server.url)) as asked:
        got = await asked.get(server.url, within_s=0.05)

        assert isinstance(got, GivenUp)
        assert got.cause == "timeout"
        assert asked.traffic()[0][1].sent == 1


async def test_a_challenge_page_is_an_answer_whatever_its_status() -> None:
    page = Reply(503, b"", "text/html", {"cf-mitigated": "challenge"})
    async with serving(Fault(page)) as server, web(place(server.url)) as asked:
        got = await asked.get(server.url)

        assert isinstance(got, Got)
        assert (got.status, asked.traffic()[0][1].sent) == (503, 1)


async def test_a_status_beyond_the_standard_is_no_outage() -> None:
    async with serving(Fault(as_html(999, "no robots"))) as server, web(place(server.url)) as asked:
        got = await asked.get(server.url)

    assert isinstance(got, Got)
    assert got.status == 999


async def test_a_form_is_posted_again_after_a_failure_and_never_redirected() -> None:
    async with serving(Fault(UNAVAILABLE, first=1)) as server, web(place(server.url)) as asked:
        got = await asked.post(f"{server.url}/x", {"id": "1,2", "name": "ü&="})
        moved = await asked.post(f"{server.url}/to/{server.url}/end", {"id": "1"})

    assert isinstance(got, Got)
    assert (got.status, got.body) == (200, b"{}")
    assert isinstance(moved, Got)
    assert (moved.status, moved.location) == (302, f"{server.url}/end")
    assert [asked.method for asked in server.requests] == ["POST", "POST", "POST"]
    assert server.requests[1].query == {"id": "1,2", "name": "ü&="}


async def test_a_form_for_no_address_is_trouble() -> None:
    async with web() as asked:
        assert isinstance(await asked.post("nowhere", {}), Trouble)
