from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from enrich.demo.datacite import DataciteServer
from enrich.demo.faults import GATEWAY_TIMEOUT, HALF_A_BODY, RESET, Effect, Fault
from enrich.demo.reply import Reply, as_html, as_json
from enrich.model.accession import ArxivId
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.work import Work
from enrich.net.fetch import Caps, Fetcher
from enrich.net.guard import Guard, place
from enrich.net.host import Patience
from enrich.net.web import Web
from enrich.source.arxiv import Arxiv

AT = 1_700_000_000.0
NEW, OLD = ArxivId("2101.00001"), ArxivId("hep-th/9901001")
RELATED = {"relationType": "IsVersionOf", "relatedIdentifier": "10.5555/rats", "relatedIdentifierType": "DOI"}
RECORDS = [
    {"doi": "10.48550/arxiv.2101.00001", "titles": [{"title": "On rats"}], "relatedIdentifiers": [RELATED]},
    {"doi": "10.48550/arXiv.hep-th/9901001", "titles": [{"title": "On strings"}]},
]


async def no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def arxiv(server: DataciteServer) -> AsyncIterator[Arxiv]:
    async with server, Fetcher(Guard([place(server.url)]), "enrich/test", Caps(read_s=0.3)) as fetcher:
        time = iter(range(1_000_000))
        web = Web(
            fetcher, Patience(attempts=2), clock=lambda: AT, now=lambda: float(next(time)), sleep=no_sleep
        )
        yield Arxiv(web, server.url, clock=lambda: AT)


async def ask(server: DataciteServer, *papers: ArxivId) -> dict[ArxivId, LookUp[Work]]:
    answers: list[tuple[ArxivId, LookUp[Work]]] = []
    async with arxiv(server) as asked:
        await asked.ask(papers, lambda paper, said: answers.append((paper, said)))
    assert sorted(paper for paper, _ in answers) == sorted(set(papers))
    return dict(answers)


async def test_a_preprint_has_its_doi_its_number_and_the_article_that_it_became() -> None:
    server = DataciteServer(RECORDS)
    said = await ask(server, NEW, OLD, NEW)

    new, old = said[NEW], said[OLD]
    assert isinstance(new, Found)
    assert isinstance(old, Found)
    assert (new.value.doi, new.value.arxiv, new.at) == (Doi("10.48550/arxiv.2101.00001"), NEW, AT)
    assert (new.value.title, new.value.published_as) == ("On rats", Doi("10.5555/rats"))
    assert (old.value.title, old.value.arxiv, old.value.published_as) == ("On strings", OLD, None)
    assert sorted(asked.target for asked in server.requests) == [
        "/dois/10.48550/arxiv.2101.00001",
        "/dois/10.48550/arxiv.hep-th/9901001",
    ]


async def test_a_number_that_arxiv_never_gave_is_not_found() -> None:
    said = await ask(DataciteServer(), NEW)

    assert said == {NEW: Absent("not_found", "DataCite knows no such paper of arXiv", AT)}


@pytest.mark.parametrize(
    "effect",
    [
        as_html(200, "DataCite"),
        as_html(404, "Not Found"),
        GATEWAY_TIMEOUT,
        HALF_A_BODY,
        RESET,
        Reply(200),
        as_json({}),
        as_json({"data": {"attributes": []}}),
        as_json({"data": {"attributes": {}}}),
        as_json({"data": {"attributes": {"doi": "10.48550/arxiv.2101.00002"}}}),
        as_json({}, status=404),
        as_json({"errors": [{"status": "403"}]}, status=403),
    ],
    ids=str,
)
async def test_what_is_no_answer_about_the_paper_leaves_it_unavailable(effect: Effect) -> None:
    server = DataciteServer(RECORDS)
    server.faults.add(Fault(effect))
    said = await ask(server, NEW)

    answer = said[NEW]
    assert isinstance(answer, Failed)
    assert answer.detail.startswith("127.0.0.1")


async def test_the_requests_are_counted_before_they_are_sent() -> None:
    async with arxiv(DataciteServer()) as asked:
        assert asked.requests_for([NEW, OLD, NEW]) == (2, 0.4)
