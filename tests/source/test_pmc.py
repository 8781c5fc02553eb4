from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import pytest

from enrich.demo.faults import GATEWAY_TIMEOUT, HALF_A_BODY, RESET, Effect, Fault
from enrich.demo.pubmed import PubmedServer
from enrich.demo.reply import Reply, as_html, as_json
from enrich.model.accession import ArticleIds, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.net.fetch import Caps, Fetcher
from enrich.net.guard import Guard, place
from enrich.net.host import Patience
from enrich.net.web import Web
from enrich.source.pmc import Pmc

AT = 1_700_000_000.0
ONE, TWO, LOST = Pmcid("PMC1111111"), Pmcid("PMC2222222"), Pmcid("PMC9999999999")
SUMMARIES: list[Mapping[str, object]] = [
    {
        "uid": "11111111",
        "articleids": [{"idtype": "doi", "value": "10.5555/RATS"}, {"idtype": "pmc", "value": "PMC1111111"}],
    },
    {"uid": "22222222", "articleids": [{"idtype": "pmc", "value": "PMC2222222"}]},
]


async def no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def pmc(server: PubmedServer) -> AsyncIterator[Pmc]:
    async with server, Fetcher(Guard([place(server.url)]), "enrich/test", Caps(read_s=0.3)) as fetcher:
        time = iter(range(1_000_000))
        web = Web(
            fetcher, Patience(attempts=2), clock=lambda: AT, now=lambda: float(next(time)), sleep=no_sleep
        )
        yield Pmc(web, server.url, email="a@b.example", clock=lambda: AT)


async def ask(
    server: PubmedServer, pmcids: Sequence[Pmcid] = (ONE, TWO, LOST)
) -> dict[Pmcid, LookUp[ArticleIds]]:
    answers: list[tuple[Pmcid, LookUp[ArticleIds]]] = []
    async with pmc(server) as asked:
        await asked.ask(pmcids, lambda pmcid, said: answers.append((pmcid, said)))
    assert sorted(pmcid for pmcid, _ in answers) == sorted(set(pmcids))
    return dict(answers)


def failing(effect: Effect) -> PubmedServer:
    server = PubmedServer(SUMMARIES)
    server.faults.add(Fault(effect))
    return server


def records(*stated: Mapping[str, object]) -> Reply:
    return as_json({"status": "ok", "records": list(stated)})


async def test_an_article_is_known_by_its_other_numbers() -> None:
    assert await ask(PubmedServer(SUMMARIES)) == {
        ONE: Found(ArticleIds(ONE, Pmid("11111111"), Doi("10.5555/rats")), AT),
        TWO: Found(ArticleIds(TWO, Pmid("22222222")), AT),
        LOST: Absent("not_found", "PMC has no article of this number (Identifier not found in PMC)", AT),
    }


async def test_two_hundred_numbers_go_into_one_question_that_says_who_asks() -> None:
    server = PubmedServer()
    await ask(server, [Pmcid(f"PMC{number}") for number in range(10_000, 10_401)])

    assert sorted(len(asked.dois) for asked in server.requests) == [1, 200, 200]
    assert all(asked.query["tool"] == "enrich" for asked in server.requests)
    assert all(asked.query["email"] == "a@b.example" for asked in server.requests)
    assert max(len(asked.target) for asked in server.requests) < 3000


async def test_the_requests_are_counted_before_they_are_sent() -> None:
    async with pmc(PubmedServer()) as asked:
        assert asked.requests_for([ONE, TWO, ONE]) == (1, 1 / 3)
        assert asked.requests_for([]) == (0, 0)


@pytest.mark.parametrize(
    "effect",
    [
        as_html(200, "PMC"),
        GATEWAY_TIMEOUT,
        HALF_A_BODY,
        RESET,
        Reply(200),
        as_json({}),
        as_json({"status": "error", "message": "too many ids"}, status=400),
        as_json({"error": "API rate limit exceeded"}, status=429),
        records(),
    ],
    ids=str,
)
async def test_an_answer_that_says_nothing_leaves_its_questions_unavailable(effect: Effect) -> None:
    said = await ask(failing(effect))

    assert all(isinstance(answer, Failed) and "127.0.0.1" in answer.detail for answer in said.values())


@pytest.mark.parametrize(
    "stranger",
    [
        {"requested-id": "PMC4444444", "pmcid": "PMC4444444", "doi": "10.5555/cats"},
        {"requested-id": "PMC1111111", "pmcid": "PMC4444444", "doi": "10.5555/cats"},
        {"pmcid": "PMC4444444", "doi": "10.5555/cats"},
        {"doi": "10.5555/cats"},
    ],
    ids=str,
)
async def test_an_answer_about_another_article_fails_its_whole_batch(stranger: Mapping[str, object]) -> None:
    known = {"requested-id": "PMC2222222", "pmcid": "PMC2222222", "pmid": 22222222}
    said = await ask(failing(records(known, stranger)))

    assert all(isinstance(answer, Failed) for answer in said.values())


@pytest.mark.parametrize(
    ("record", "answer"),
    [
        ({"pmcid": "PMC1111111.2", "pmid": "11111111"}, Found(ArticleIds(ONE, Pmid("11111111")), AT)),
        ({"pmcid": "pmc1111111", "doi": "10.5555/A"}, Found(ArticleIds(ONE, None, Doi("10.5555/a")), AT)),
        (
            {"requested-id": "PMC1111111", "pmcid": "PMC1111111", "pmid": ""},
            Absent("no_metadata", "PMC has the article, but knows no other number of it", AT),
        ),
        (
            {"pmcid": "PMC1111111", "status": "error"},
            Absent("not_found", "PMC has no article of this number (unknown)", AT),
        ),
    ],
)
async def test_a_record_is_read_in_every_shape(
    record: Mapping[str, object], answer: LookUp[ArticleIds]
) -> None:
    assert await ask(failing(records(record)), [ONE]) == {ONE: answer}
