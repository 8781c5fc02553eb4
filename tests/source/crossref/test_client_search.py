"""Citations in words, asked of Crossref: the other half of the client."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from enrich.demo.crossref import CrossrefServer
from enrich.demo.faults import HALF_A_BODY, HANG, INVALID, RESET, TOO_MANY_BARE, UNAVAILABLE, Effect, Fault
from enrich.demo.reply import as_html, as_json
from enrich.model.lookup import Failed, Found, LookUp
from enrich.model.work import Work
from enrich.net.host import Host, Patience
from enrich.source.crossref.client import Crossref, pool

AT = 1_700_000_000.0
SUN = {"DOI": "10.5555/Sun", "title": ["Sunlight and bone strength"], "author": [{"family": "Smith"}]}
MOON = {"DOI": "10.5555/moon", "title": ["Moonlight and bone strength"], "author": [{"family": "Doe"}]}
QUERY = "Sunlight and bone strength. Smith J"


class Heard(dict[str, LookUp[tuple[Work, ...]]]):
    def __init__(self) -> None:
        super().__init__()
        self.count: Counter[str] = Counter()

    def __call__(self, query: str, said: LookUp[tuple[Work, ...]]) -> None:
        self.count[query] += 1
        self[query] = said


class Hurried:
    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds
        await asyncio.sleep(0)


async def search(
    server: CrossrefServer, *queries: str, clock: Hurried | None = None, attempts: int = 4, **settings: float
) -> Heard:
    clock = clock or Hurried()
    patience = Patience(attempts=attempts)
    host = Host(
        "crossref.example",
        at_once=pool("a@b.org").at_once,
        patience=patience,
        now=clock.now,
        sleep=clock.sleep,
    )
    heard = Heard()
    client = Crossref(host, server.url, mailto="a@b.org", clock=lambda: AT, **settings)
    await client.search(queries, heard)
    assert heard.count == dict.fromkeys(queries, 1)
    return heard


async def test_a_citation_is_answered_with_works_the_likeliest_first() -> None:
    async with CrossrefServer([MOON, SUN]) as server:
        heard = await search(server, QUERY)

    said = heard[QUERY]
    assert isinstance(said, Found)
    assert said.at == AT
    assert [str(work.doi) for work in said.value] == ["10.5555/sun", "10.5555/moon"]


async def test_five_rows_and_only_the_fields_that_are_needed_are_asked_for() -> None:
    records = [{**SUN, "DOI": f"10.5555/sun.{n}"} for n in range(9)]
    async with CrossrefServer(records) as server:
        heard = await search(server, QUERY)

    query = server.requests[0].query
    said = heard[QUERY]
    assert query["query.bibliographic"] == QUERY
    assert query["rows"] == "5"
    assert "reference" not in query["select"].split(",")
    assert isinstance(said, Found)
    assert len(said.value) == 5


async def test_a_question_that_finds_nothing_is_answered_so() -> None:
    async with CrossrefServer([SUN]) as server:
        heard = await search(server, "xyzzy")

    assert heard["xyzzy"] == Found((), AT)


async def test_any_letters_arrive_as_they_were_sent() -> None:
    query = 'Bone & "sun": 100 % +5 #1; a=b? Müller 日照 \\ https://x'
    async with CrossrefServer([SUN]) as server:
        await search(server, query)

    assert server.requests[0].query["query.bibliographic"] == query


async def test_searches_keep_to_the_pace_of_lists() -> None:
    clock = Hurried()
    async with CrossrefServer([SUN]) as server:
        await search(server, *(f"bone {n}" for n in range(7)), clock=clock)

    assert clock.time >= 6 / 3


async def test_the_same_words_are_asked_once() -> None:
    heard = Heard()
    async with CrossrefServer([SUN]) as server:
        host = Host("crossref.example", at_once=3)
        await Crossref(host, server.url, mailto="a@b.org").search([QUERY, QUERY], heard)

    assert len(server.requests) == 1


HTML = as_html(200, "<html>maintenance</html>")
SIX = as_json({"message": {"items": [SUN] * 6, "total-results": 6}})
NO_RECORDS = as_json({"message": {"items": [None], "total-results": 1}})


@pytest.mark.parametrize(
    "effect", [UNAVAILABLE, RESET, HALF_A_BODY, TOO_MANY_BARE, INVALID, HTML, SIX, NO_RECORDS]
)
async def test_an_outage_or_an_odd_answer_is_no_knowledge(effect: Effect) -> None:
    async with CrossrefServer([SUN]) as server:
        server.faults.add(Fault(effect))
        heard = await search(server, QUERY, attempts=2)

    said = heard[QUERY]
    assert isinstance(said, Failed)
    assert "rossref" in said.detail


async def test_an_answer_that_does_not_come_is_none() -> None:
    async with CrossrefServer([SUN]) as server:
        server.faults.add(Fault(HANG))
        heard = await search(server, QUERY, attempts=1, deadline_s=0.1)

    assert isinstance(heard[QUERY], Failed)


async def test_records_that_cannot_be_read_are_left_out() -> None:
    async with CrossrefServer([SUN]) as server:
        server.faults.add(
            Fault(as_json({"message": {"items": [{"DOI": "nonsense"}, SUN], "total-results": 2}}))
        )
        said = (await search(server, QUERY))[QUERY]

    assert isinstance(said, Found)
    assert [str(work.doi) for work in said.value] == ["10.5555/sun"]
