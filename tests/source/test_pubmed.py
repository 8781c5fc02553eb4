from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import pytest

from enrich.demo.faults import GATEWAY_TIMEOUT, HALF_A_BODY, HANG, RESET, Effect, Fault
from enrich.demo.pubmed import PubmedServer
from enrich.demo.reply import Reply, as_html, as_json
from enrich.model.accession import Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.work import Work
from enrich.net.fetch import Caps, Fetcher
from enrich.net.guard import Guard, place
from enrich.net.host import Patience
from enrich.net.web import Web
from enrich.source.pubmed import Pubmed

AT = 1_700_000_000.0
ONE, TWO, LOST = Pmid("11111111"), Pmid("22222222"), Pmid("33333333")
SUMMARIES: list[Mapping[str, object]] = [
    {
        "uid": "11111111",
        "title": "On rats.",
        "articleids": [
            {"idtype": "pubmed", "value": "11111111"},
            {"idtype": "doi", "value": "10.5555/RATS"},
            {"idtype": "pmc", "value": "PMC1111111"},
        ],
    },
    {"uid": "22222222", "title": "[On mice].", "articleids": [{"idtype": "pubmed", "value": "22222222"}]},
]


async def no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def pubmed(server: PubmedServer, api_key: str = "", email: str = "") -> AsyncIterator[Pubmed]:
    async with server, Fetcher(Guard([place(server.url)]), "enrich/test", Caps(read_s=0.3)) as fetcher:
        time = iter(range(1_000_000))
        web = Web(
            fetcher, Patience(attempts=2), clock=lambda: AT, now=lambda: float(next(time)), sleep=no_sleep
        )
        yield Pubmed(web, server.url, api_key=api_key, email=email, clock=lambda: AT)


async def ask(server: PubmedServer, pmids: Sequence[Pmid] = (ONE, TWO, LOST)) -> dict[Pmid, LookUp[Work]]:
    answers: list[tuple[Pmid, LookUp[Work]]] = []
    async with pubmed(server) as asked:
        await asked.ask(pmids, lambda pmid, said: answers.append((pmid, said)))
    assert sorted(pmid for pmid, _ in answers) == sorted(set(pmids))
    return dict(answers)


def failing(effect: Effect) -> PubmedServer:
    server = PubmedServer(SUMMARIES)
    server.faults.add(Fault(effect))
    return server


async def test_a_paper_with_a_doi_has_it_and_one_without_is_pubmeds_own() -> None:
    said = await ask(PubmedServer(SUMMARIES))

    one, two = said[ONE], said[TWO]
    assert isinstance(one, Found)
    assert isinstance(two, Found)
    assert (one.value.doi, one.value.pmcid, one.at) == (Doi("10.5555/rats"), Pmcid("PMC1111111"), AT)
    assert (two.value.doi, two.value.identifier, two.value.title) == (None, TWO, "On mice")
    assert said[LOST] == Absent(
        "not_found", "PubMed has no paper of this number (cannot get document summary)", AT
    )


async def test_two_hundred_numbers_go_into_one_post_and_none_twice() -> None:
    server = PubmedServer()
    pmids = [Pmid(str(number)) for number in range(1, 402)]
    await ask(server, [*pmids, *pmids])

    assert sorted(len(asked.dois) for asked in server.requests) == [1, 200, 200]
    assert {(asked.method, asked.target) for asked in server.requests} == {
        ("POST", "/entrez/eutils/esummary.fcgi")
    }


async def test_nothing_asked_is_nothing_answered() -> None:
    server = PubmedServer()

    assert await ask(server, []) == {}
    assert server.requests == []


async def test_ncbi_is_told_who_asks() -> None:
    server = PubmedServer(SUMMARIES)
    async with pubmed(server, api_key="k", email="a@b.example") as asked:
        await asked.ask([ONE], lambda _pmid, _said: None)

    (request,) = server.requests
    assert request.query == {
        "db": "pubmed",
        "retmode": "json",
        "id": "11111111",
        "tool": "enrich",
        "email": "a@b.example",
        "api_key": "k",
    }


async def test_a_key_makes_it_faster() -> None:
    pmids = [Pmid(str(number)) for number in range(1, 2001)]
    async with pubmed(PubmedServer()) as slow:
        assert slow.requests_for(pmids) == (10, 10 / 3)
    async with pubmed(PubmedServer(), api_key="k") as fast:
        assert fast.requests_for(pmids) == (10, 1.0)


@pytest.mark.parametrize(
    "effect",
    [
        as_html(200, "NCBI"),
        GATEWAY_TIMEOUT,
        HALF_A_BODY,
        RESET,
        HANG,
        Reply(200),
        as_json({}),
        as_json([]),
        as_json({"result": []}),
        as_json({"error": "Empty id list - nothing todo"}),
        as_json({"error": "API rate limit exceeded", "count": "4", "limit": "3"}, status=429),
        as_json({"result": {"uids": []}}),
        as_json({"result": {"uids": [], "11111111": None, "22222222": [], "33333333": "odd"}}),
    ],
    ids=str,
)
async def test_an_answer_that_says_nothing_leaves_its_questions_unavailable(effect: Effect) -> None:
    said = await ask(failing(effect))

    assert {answer.kind for answer in said.values() if isinstance(answer, Failed)} == {"unavailable"}
    assert all(isinstance(answer, Failed) and "127.0.0.1" in answer.detail for answer in said.values())


@pytest.mark.parametrize(
    "stranger",
    [
        {"44444444": {"uid": "44444444", "title": "On cats."}},
        {"11111111": {"uid": "44444444", "title": "On cats."}},
        {"11111111": {"title": "On cats.", "articleids": [{"idtype": "pubmed", "value": "44444444"}]}},
    ],
    ids=str,
)
async def test_an_answer_about_another_paper_fails_its_whole_batch(stranger: Mapping[str, object]) -> None:
    entries = {**{str(each["uid"]): each for each in SUMMARIES}, **stranger}
    said = await ask(failing(as_json({"result": {"uids": list(entries), **entries}})))

    assert all(isinstance(answer, Failed) for answer in said.values())
    assert "about another paper" in str(said[TWO])


async def test_one_number_that_is_answered_with_another_takes_no_other_along() -> None:
    server = PubmedServer(SUMMARIES)
    merged = {"result": {"uids": ["99"], "99": {"uid": "99", "title": "On cats."}}}
    server.faults.add(Fault(as_json(merged), dois=frozenset({LOST.value})))

    said = await ask(server)

    assert isinstance(said[ONE], Found)
    assert isinstance(said[TWO], Found)
    assert isinstance(said[LOST], Failed)


async def test_one_batch_fails_and_the_others_are_answered() -> None:
    server = PubmedServer(SUMMARIES)
    server.faults.add(Fault(as_html(500, "Oops"), dois=frozenset({"1"})))
    pmids = [*(Pmid(str(number)) for number in range(1, 201)), ONE]
    said = await ask(server, pmids)

    assert isinstance(said[ONE], Found)
    assert all(isinstance(said[pmid], Failed) for pmid in pmids[:-1])


@pytest.mark.parametrize(
    ("entry", "answer"),
    [
        ({"uid": "11111111", "title": ""}, Absent("no_metadata", "PubMed's record says nothing", AT)),
        (
            {"uid": "11111111", "error": "Invalid uid 11111111 at position= 0"},
            Absent(
                "not_found", "PubMed has no paper of this number (Invalid uid 11111111 at position= 0)", AT
            ),
        ),
    ],
)
async def test_a_record_without_content_is_known_to_be_so(
    entry: Mapping[str, object], answer: LookUp[Work]
) -> None:
    assert (await ask(PubmedServer([entry]), [ONE]))[ONE] == answer


async def test_an_error_that_may_pass_is_no_knowledge() -> None:
    said = await ask(PubmedServer([{"uid": "11111111", "error": "Backend unavailable"}]), [ONE])

    assert isinstance(said[ONE], Failed)


async def test_a_bug_of_the_caller_is_raised() -> None:
    def answer(_pmid: Pmid, _said: LookUp[Work]) -> None:
        raise ValueError("a bug")

    async with pubmed(PubmedServer(SUMMARIES)) as asked:
        with pytest.raises(ExceptionGroup):
            await asked.ask([ONE], answer)
