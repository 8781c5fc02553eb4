from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from enrich import __version__
from enrich.demo.crossref import CrossrefServer
from enrich.demo.faults import (
    GATEWAY_TIMEOUT,
    HALF_A_BODY,
    HANG,
    INVALID,
    NOT_FOUND_AS_JSON,
    RESET,
    TOO_MANY_BARE,
    TOO_MANY_HTML,
    UNAVAILABLE,
    Effect,
    Fault,
    Slow,
    Stranger,
    too_many,
    unavailable,
)
from enrich.demo.reply import Reply, as_html, as_json
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.work import Work
from enrich.net.host import Host, Patience
from enrich.source.crossref.client import Crossref, pool

AT = 1_700_000_000.0
A_DATE = Reply(
    429,
    headers={"Date": "Tue, 14 Nov 2023 22:13:20 GMT", "Retry-After": "Tue, 14 Nov 2023 22:13:27 GMT"},
)


class Hurried:
    """A clock on which a sleep takes no time but moves the hands."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds
        await asyncio.sleep(0)


class Heard(dict[Doi, LookUp[Work]]):
    """Notes every answer, and how often each DOI got one."""

    def __init__(self) -> None:
        super().__init__()
        self.count: Counter[Doi] = Counter()

    def __call__(self, doi: Doi, said: LookUp[Work]) -> None:
        self.count[doi] += 1
        self[doi] = said


def doi(text: str) -> Doi:
    return Doi(f"10.5555/{text}")


def many(count: int) -> list[Doi]:
    return [doi(f"work.{n:03}") for n in range(count)]


def serving(*known: Doi) -> CrossrefServer:
    return CrossrefServer([{"DOI": each.value.upper(), "title": [f"On {each}"]} for each in known])


def client(server: CrossrefServer, clock: Hurried | None = None, **settings: float) -> Crossref:
    clock = clock or Hurried()
    host = Host("crossref.example", at_once=pool("a@b.org").at_once, now=clock.now, sleep=clock.sleep)
    return Crossref(host, server.url, mailto="a@b.org", clock=lambda: AT, **settings)


async def ask(
    server: CrossrefServer, dois: Sequence[Doi], *, clock: Hurried | None = None, **settings: float
) -> Heard:
    heard = Heard()
    await client(server, clock, **settings).works(dois, heard)
    assert heard.count == dict.fromkeys(dois, 1)
    return heard


async def until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # noqa: ASYNC110 - the server has no event to wait for
        await asyncio.sleep(0.005)


def titles(heard: Heard) -> set[str]:
    return {said.value.title for said in heard.values() if isinstance(said, Found)}


async def test_a_batch_is_answered_whatever_the_order_and_case() -> None:
    dois = many(60)
    async with serving(*dois) as server:
        heard = await ask(server, dois)

    assert [len(asked.dois) for asked in server.requests] == [60]
    assert server.requests[0].query["rows"] == "60"
    for each in dois:
        said = heard[each]
        assert isinstance(said, Found)
        assert (said.value.doi, said.value.title, said.at) == (each, f"On {each}", AT)


async def test_only_the_fields_that_are_needed_are_asked_for() -> None:
    async with serving(doi("a")) as server:
        await ask(server, [doi("a")])

    fields = server.requests[0].query["select"].split(",")
    assert "DOI" in fields
    assert "reference" not in fields


async def test_the_contact_address_and_the_program_are_named() -> None:
    async with serving(doi("a")) as server:
        await ask(server, [doi("a")])

    assert "mailto:a@b.org" in server.requests[0].user_agent
    assert f"enrich/{__version__}" in server.requests[0].user_agent


async def test_without_a_contact_address_none_is_sent() -> None:
    async with serving(doi("a")) as server:
        heard = Heard()
        await Crossref(Host("crossref.example", at_once=1), server.url).works([doi("a")], heard)

    assert isinstance(heard[doi("a")], Found)
    assert "mailto" not in server.requests[0].user_agent


@pytest.mark.parametrize(("mailto", "limits"), [("a@b.org", (3, 3, 10)), ("", (1, 1, 5))])
def test_a_contact_address_decides_the_pool(mailto: str, limits: tuple[int, int, int]) -> None:
    pooled = pool(mailto)

    assert (pooled.at_once, pooled.lists_per_s, pooled.singles_per_s) == limits


async def test_the_polite_limits_are_kept() -> None:
    dois = [doi(f"{'long' * 60}{n}") for n in range(60)]
    server = CrossrefServer([{"DOI": each.value} for each in dois], latency_s=0.1, enforce_limits=True)
    async with server:
        heard = Heard()
        host = Host("crossref.example", at_once=3, patience=Patience(attempts=1))
        await Crossref(host, server.url, mailto="a@b.org").works(dois, heard)

    assert (len(server.requests), server.limited) == (5, 0)
    assert all(isinstance(said, Found) for said in heard.values())


async def test_what_crossref_lacks_is_absent() -> None:
    async with serving(doi("a")) as server:
        heard = await ask(server, [doi("a"), doi("b")])

    assert isinstance(heard[doi("a")], Found)
    assert heard[doi("b")] == Absent("not_found", "Crossref does not have it", AT)


async def test_a_doi_that_is_asked_twice_is_answered_once() -> None:
    async with serving(doi("a")) as server:
        heard = Heard()
        await client(server).works([doi("a"), doi("a")], heard)

    assert heard.count == {doi("a"): 1}


async def test_nothing_is_asked_for_nothing() -> None:
    async with serving() as server:
        await ask(server, [])

    assert server.requests == []


@pytest.mark.parametrize("suffix", ["a,b", "a,b/../c", "a,b?x=1#2", "a,<1::b>3.0;2-2", "a,%2f%20é+"])
async def test_a_comma_sends_a_doi_alone_and_quoted(suffix: str) -> None:
    async with serving(doi("z"), doi(suffix)) as server:
        heard = await ask(server, [doi("z"), doi(suffix)])

    assert titles(heard) == {f"On {doi('z')}", f"On {doi(suffix)}"}
    assert sorted(asked.route for asked in server.requests) == ["list", "work"]


@pytest.mark.parametrize("absent", [None, NOT_FOUND_AS_JSON])
async def test_a_single_doi_that_crossref_lacks_is_absent_however_it_says_so(absent: Reply | None) -> None:
    async with serving() as server:
        if absent:
            server.faults.add(Fault(absent))
        heard = await ask(server, [doi("a,b")])

    assert heard[doi("a,b")] == Absent("not_found", "Crossref: 404 Not Found", AT)


async def test_a_page_that_says_404_is_not_crossref_speaking() -> None:
    async with serving() as server:
        server.faults.add(Fault(as_html(404, "404 Not Found")))
        heard = await ask(server, [doi("a,b")])

    assert isinstance(heard[doi("a,b")], Failed)


async def test_a_doi_too_long_for_a_line_is_absent_without_asking() -> None:
    giant = doi("x" * 70_000)
    async with serving() as server:
        heard = await ask(server, [giant])

    assert isinstance(heard[giant], Absent)
    assert server.requests == []


@pytest.mark.parametrize(
    "refusal",
    [
        too_many("7"),
        A_DATE,
        TOO_MANY_BARE,
        TOO_MANY_HTML,
        UNAVAILABLE,
        unavailable("7"),
        GATEWAY_TIMEOUT,
        RESET,
        HALF_A_BODY,
        as_html(200, "Scheduled maintenance"),
        Reply(200, b"not JSON"),
        Reply(200, b"[" * 100_000),
        Reply(200, b'{"status":"ok","message":{"items":[],"total-results":0}}', ""),
        as_json([]),
        as_json({"message": "Resource not found."}),
        as_json({"message": {"total-results": 1, "items": []}}),
        as_json({"message": {"total-results": 1, "items": ["10.5555/a"]}}),
        as_json({"message": {"items": None, "total-results": None}}),
        as_json({"error": "internal"}, status=500),
        as_json({"message": "internal"}, status=502),
        as_json("internal", status=500),
    ],
)
async def test_what_passes_is_tried_again(refusal: Effect) -> None:
    async with serving(doi("a")) as server:
        server.faults.add(Fault(refusal, first=2))
        heard = await ask(server, [doi("a")])

    assert isinstance(heard[doi("a")], Found)
    assert len(server.requests) == 3


@pytest.mark.parametrize("refusal", [too_many("7"), A_DATE, unavailable("7")])
async def test_retry_after_is_waited(refusal: Reply) -> None:
    clock = Hurried()
    async with serving(doi("a")) as server:
        server.faults.add(Fault(refusal, first=1))
        await ask(server, [doi("a")], clock=clock)

    assert 7.0 <= clock.time < 9.0


async def test_the_rate_that_comes_with_an_error_is_believed() -> None:
    clock = Hurried()
    slower = replace(TOO_MANY_HTML, headers={"x-rate-limit-limit": "1", "x-rate-limit-interval": "10s"})
    dois = [doi(f"{'long' * 60}{n}") for n in range(60)]
    async with serving(*dois) as server:
        server.faults.add(Fault(slower, first=3))
        await ask(server, dois, clock=clock)

    assert clock.time > 20.0


async def test_an_outage_is_unavailable_and_says_where_and_what() -> None:
    async with serving(doi("a")) as server:
        server.faults.add(Fault(UNAVAILABLE))
        heard = await ask(server, [doi("a")])

    said = heard[doi("a")]
    assert said == Failed("unavailable", "crossref.example: 503 Service Unavailable, asked 4 times")


async def test_an_outage_concerns_only_the_dois_of_its_batch() -> None:
    dois = [doi(f"{'long' * 60}{n:02}") for n in range(40)]
    async with serving(*dois) as server:
        server.faults.add(Fault(GATEWAY_TIMEOUT, dois=frozenset({dois[0].value})))
        heard = await ask(server, dois)

    failed = [each for each in dois if isinstance(heard[each], Failed)]
    assert dois[0] in failed
    assert len(failed) < 20


async def test_a_host_that_is_down_is_soon_left_alone() -> None:
    dois = [doi(f"{'long' * 60}{n:03}") for n in range(300)]
    async with serving() as server:
        server.faults.add(Fault(UNAVAILABLE))
        heard = await ask(server, dois)

    assert all(isinstance(said, Failed) for said in heard.values())
    assert len(server.requests) < 50


async def test_a_retry_after_above_the_limit_ends_all_questions() -> None:
    dois = [doi(f"{'long' * 60}{n:03}") for n in range(100)]
    async with serving(*dois) as server:
        server.faults.add(Fault(too_many("3600")))
        heard = await ask(server, dois)

    said = heard[dois[-1]]
    assert isinstance(said, Failed)
    assert "asks to wait 3600 s" in said.detail
    assert said.retry_after_s == 3600
    assert len(server.requests) <= 3


async def test_a_refused_connection_is_unavailable() -> None:
    async with serving() as server:
        asked = client(server)
    heard = Heard()
    await asked.works([doi("a")], heard)

    said = heard[doi("a")]
    assert isinstance(said, Failed)
    assert "crossref.example: cannot be reached (" in said.detail


async def test_an_answer_that_does_not_come_is_unavailable() -> None:
    async with serving(doi("a")) as server:
        server.faults.add(Fault(HANG))
        heard = await ask(server, [doi("a")], timeout_s=0.1)

    assert heard[doi("a")] == Failed(
        "unavailable", "crossref.example: no answer within 0.1 s, asked 4 times", None
    )


async def test_a_slow_answer_is_waited_for() -> None:
    async with serving(doi("a")) as server:
        server.faults.add(Fault(Slow(0.3)))
        heard = await ask(server, [doi("a")])

    assert isinstance(heard[doi("a")], Found)
    assert len(server.requests) == 1


async def test_an_answer_that_drips_in_is_cut_off_at_its_deadline() -> None:
    async with serving(doi("a")) as server:
        server.faults.add(Fault(Slow(2.0)))
        heard = await ask(server, [doi("a")], deadline_s=0.1)

    assert heard[doi("a")] == Failed(
        "unavailable", "crossref.example: no complete answer within 0.1 s, asked 4 times", None
    )


@pytest.mark.parametrize("refusal", [INVALID, as_html(414, "414 Request-URI Too Large"), as_html(400, "Bad")])
async def test_one_bad_doi_halves_its_batch_until_it_stands_alone(refusal: Reply) -> None:
    dois = many(50)
    bad = dois[17]
    async with serving(*dois) as server:
        server.faults.add(Fault(refusal, dois=frozenset({bad.value}), routes=frozenset({"list"})))
        heard = await ask(server, dois)

    assert len(titles(heard)) == 50
    assert [asked.dois for asked in server.requests if asked.route == "work"] == [(bad.value,)]
    assert len(server.requests) <= 2 + 2 * 6


async def test_a_bad_doi_that_is_refused_alone_too_is_absent() -> None:
    dois = many(5)
    async with serving(*dois) as server:
        server.faults.add(Fault(INVALID, dois=frozenset({dois[3].value})))
        heard = await ask(server, dois)

    assert heard[dois[3]] == Absent("not_found", "Crossref: 400 Bad Request", AT)
    assert len(titles(heard)) == 4


async def test_a_mistake_of_our_own_blames_no_doi() -> None:
    wrong = {"type": "select-not-available", "value": "x", "message": "Select 'x' specified but ..."}
    failure = {"status": "failed", "message-type": "validation-failure", "message": [wrong]}
    async with serving(*many(50)) as server:
        server.faults.add(Fault(as_json(failure, status=400)))
        heard = await ask(server, many(50))

    assert heard[many(50)[0]] == Failed(
        "unavailable", "crossref.example: 400 Bad Request (select-not-available)"
    )
    assert len(server.requests) == 1


async def test_a_batch_that_answers_a_stranger_is_halved_until_the_culprit_stands_alone() -> None:
    dois = many(40)
    stranger = Stranger("10.5555/nobody-asked")
    async with serving(*dois) as server:
        server.faults.add(Fault(stranger, dois=frozenset({dois[9].value})))
        heard = await ask(server, dois)

    assert titles(heard) == {f"On {each}" for each in dois}
    assert [asked.dois for asked in server.requests if asked.route == "work"] == [(dois[9].value,)]


async def test_a_single_record_of_another_doi_is_not_believed() -> None:
    async with serving(doi("other")) as server:
        reply = as_json({"status": "ok", "message-type": "work", "message": {"DOI": doi("other").value}})
        server.faults.add(Fault(reply, routes=frozenset({"work"})))
        heard = await ask(server, [doi("a,b")])

    assert isinstance(heard[doi("a,b")], Absent)


async def test_a_service_that_always_answers_strangers_is_left_alone() -> None:
    dois = many(60)
    async with serving(*dois) as server:
        server.faults.add(Fault(Stranger("10.5555/nobody-asked")))
        heard = await ask(server, dois)

    said = list(heard.values())
    assert any(isinstance(each, Failed) and "did not fit their questions" in each.detail for each in said)
    assert len(server.requests) < 80


async def test_a_wrong_address_is_named_as_such() -> None:
    async with serving() as server:
        asked = client(server)
        asked._habanero.base_url += "/elsewhere"
        heard = Heard()
        await asked.works([doi("a")], heard)

    assert heard[doi("a")] == Failed(
        "unavailable", "crossref.example: 404 Not Found: is [crossref] url right?"
    )


async def test_answers_come_the_moment_they_are_known() -> None:
    quick, slow = [doi(f"{'q' * 400}{n}") for n in range(8)], doi("w" * 1900)
    async with serving(*quick, slow) as server:
        server.faults.add(Fault(HANG, dois=frozenset({slow.value})))
        heard = Heard()
        asked = asyncio.ensure_future(client(server).works([*quick, slow], heard))
        await until(lambda: len(heard) > 0)

        assert slow not in heard
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked


async def test_cancelling_takes_no_time_while_crossref_hangs() -> None:
    async with serving(doi("a")) as server:
        server.faults.add(Fault(HANG))
        asked = asyncio.ensure_future(client(server).works([doi("a")], Heard()))
        await until(lambda: len(server.requests) > 0)
        began = time.monotonic()
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked

        assert time.monotonic() - began < 1


async def test_an_error_of_the_answer_function_passes_through() -> None:
    def full(_doi: Doi, _said: LookUp[Work]) -> None:
        raise OSError("disk full")

    async with serving(doi("a")) as server:
        with pytest.raises(ExceptionGroup) as caught:
            await client(server).works([doi("a")], full)

    assert caught.group_contains(OSError, match="disk full")


async def test_the_size_of_the_answers_is_counted() -> None:
    clock = Hurried()
    host = Host("crossref.example", at_once=3, now=clock.now, sleep=clock.sleep)
    async with serving(doi("a")) as server:
        await Crossref(host, server.url).works([doi("a")], Heard())

    assert 100 < host.traffic().bytes < 1000
    assert host.traffic().sent == 1


def test_the_estimate_counts_requests_and_seconds() -> None:
    asked = Crossref(Host("crossref.example", at_once=3), "https://api.crossref.org", mailto="a@b.org")

    requests, seconds = asked.requests_for([*many(600), doi("a,b"), doi("c,d")])

    assert requests in range(7, 10)
    assert seconds == pytest.approx((requests - 2) * 1.06 / 3 + 2 * 1.06 / 10)
