from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

import pytest

from enrich.demo.faults import (
    GATEWAY_TIMEOUT,
    HALF_A_BODY,
    RESET,
    TOO_MANY_BARE,
    TOO_MANY_HTML,
    UNAVAILABLE,
    Effect,
    Fault,
    too_many,
    unavailable,
)
from enrich.demo.registry import Registration, RegistryServer
from enrich.demo.reply import Reply, as_html, as_json
from enrich.model.accession import ShortDoi
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.work import Work
from enrich.net.fetch import Caps, Fetcher
from enrich.net.guard import Guard, place
from enrich.net.web import Web
from enrich.source.registry import Alias, Registry, Unlisted

AT = 1_700_000_000.0
SET = Doi("10.5281/zenodo.1")
CSL = {"DOI": "10.5281/ZENODO.1", "title": "A set", "type": "dataset", "issued": {"date-parts": [[2020]]}}


class Hurried:
    """A clock on which a sleep takes no time but moves the hands."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds
        await asyncio.sleep(0)


@asynccontextmanager
async def registry(server: RegistryServer, *, clock: Hurried | None = None) -> AsyncIterator[Registry]:
    clock = clock or Hurried()
    async with server, Fetcher(Guard([place(server.url)]), "enrich/test", Caps(read_s=0.5)) as fetcher:
        web = Web(fetcher, clock=lambda: AT, now=clock.now, sleep=clock.sleep)
        yield Registry(web, server.url, clock=lambda: AT)


async def ask(server: RegistryServer, doi: Doi = SET) -> LookUp[Work] | Alias | Unlisted:
    async with registry(server) as asked:
        return await asked.work(doi)


def paths(server: RegistryServer) -> list[str]:
    return [asked.target for asked in server.requests]


async def test_a_doi_that_does_not_exist_is_not_found_in_one_question() -> None:
    server = RegistryServer()

    assert await ask(server) == Absent("not_found", "doi.org: DOI does not exist", AT)
    assert paths(server) == ["/doiRA/10.5281/zenodo.1"]


async def test_what_is_no_doi_is_not_found() -> None:
    server = RegistryServer()
    server.faults.add(Fault(as_json([{"DOI": "x", "status": "Invalid DOI"}])))

    assert await ask(server) == Absent("not_found", "doi.org: Invalid DOI", AT)


async def test_another_agencys_record_comes_by_content_negotiation() -> None:
    server = RegistryServer([Registration(SET.value, "DataCite", CSL)])

    said = await ask(server)

    assert isinstance(said, Found)
    assert (said.value.doi, said.value.title, said.value.agency, said.at) == (SET, "A set", "DataCite", AT)
    assert [asked.route for asked in server.requests] == ["agency", "resolve", "csl"]
    assert server.requests[1].accept == "application/vnd.citationstyles.csl+json"


async def test_an_agency_that_answers_a_page_has_no_metadata() -> None:
    server = RegistryServer([Registration(SET.value, "KISTI")])

    said = await ask(server)

    assert said == Absent("no_metadata", "registered with KISTI, but without a record that can be read", AT)


@pytest.mark.parametrize(
    "answer",
    [
        as_html(403, "Forbidden"),
        as_html(404, "Not Found"),
        as_html(406, "Not Acceptable"),
        Reply(204),
        Reply(200, b"@article{x}", "application/x-bibtex"),
        as_json([CSL]),
        as_json({**CSL, "DOI": "10.5281/zenodo.2"}),
        as_json({"title": "no DOI"}),
        Reply(200, b"[" * 100_000),
    ],
)
async def test_an_agency_that_has_nothing_to_show_has_no_metadata(answer: Reply) -> None:
    server = RegistryServer([Registration(SET.value, "DataCite", CSL)])
    server.faults.add(Fault(answer, routes=frozenset({"csl"})))

    said = await ask(server)

    assert isinstance(said, Absent)
    assert said.reason == "no_metadata"


async def test_a_record_without_any_content_type_is_read() -> None:
    server = RegistryServer([Registration(SET.value, "DataCite", CSL)])
    server.faults.add(Fault(Reply(200, as_json(CSL).body, ""), routes=frozenset({"csl"})))

    assert isinstance(await ask(server), Found)


async def test_a_redirect_to_a_private_address_is_not_followed() -> None:
    server = RegistryServer([Registration(SET.value, "DataCite", CSL)])
    inside = Reply(302, headers={"Location": "http://169.254.169.254/latest/meta-data"})
    server.faults.add(Fault(inside, routes=frozenset({"resolve"})))

    said = await ask(server)

    assert isinstance(said, Absent)
    assert said.reason == "no_metadata"


@pytest.mark.parametrize("location", ["file:///etc/passwd", "mailto:a@b.org", "http://[::1", ""])
async def test_a_redirect_to_no_web_address_is_not_followed(location: str) -> None:
    server = RegistryServer([Registration(SET.value, "DataCite", CSL)])
    server.faults.add(Fault(Reply(302, headers={"Location": location}), routes=frozenset({"resolve"})))

    assert isinstance(await ask(server), Absent)


async def test_redirects_without_end_are_no_metadata() -> None:
    server = RegistryServer([Registration(SET.value, "DataCite", CSL)])
    around = Reply(302, headers={"Location": "/csl/around"})
    server.faults.add(Fault(around, routes=frozenset({"csl", "resolve"})))

    said = await ask(server)

    assert isinstance(said, Absent)
    assert len(server.requests) < 20


async def test_registered_with_crossref_but_not_in_its_list_is_no_metadata_if_its_record_is_missing() -> None:
    server = RegistryServer([Registration("10.5555/lost", "Crossref")])

    said = await ask(server, Doi("10.5555/lost"))

    assert isinstance(said, Unlisted)
    assert (said.absent.reason, "Crossref" in said.absent.detail) == ("no_metadata", True)
    assert paths(server) == ["/doiRA/10.5555/lost", "/api/handles/10.5555/lost?type=HS_ALIAS"]


@pytest.mark.parametrize("agency", ["Crossref", "DataCite", ""])
async def test_an_alias_is_followed_before_it_counts_as_without_metadata(agency: str) -> None:
    server = RegistryServer(
        [Registration("10.5555/old", agency, alias_of="10.5555/New"), Registration("10.5555/new", agency)]
    )

    assert await ask(server, Doi("10.5555/old")) == Alias(Doi("10.5555/new"))


async def test_an_alias_of_itself_is_no_alias() -> None:
    server = RegistryServer([Registration("10.5555/old", "Crossref")])
    itself = {"type": "HS_ALIAS", "data": {"format": "string", "value": "10.5555/OLD"}}
    server.faults.add(Fault(as_json({"responseCode": 1, "values": [itself]}), routes=frozenset({"handle"})))

    assert isinstance(await ask(server, Doi("10.5555/old")), Unlisted)


async def test_an_agency_that_doi_org_does_not_know_is_settled_by_the_handle() -> None:
    server = RegistryServer([Registration(SET.value, "", CSL)])

    said = await ask(server)

    assert isinstance(said, Found)
    assert said.value.agency == "doi.org"
    assert [asked.route for asked in server.requests] == ["agency", "handle", "resolve", "csl"]


async def test_a_handle_that_is_not_registered_is_not_found() -> None:
    server = RegistryServer()
    unknown = as_json([{"DOI": SET.value, "status": "Unknown"}])
    server.faults.add(Fault(unknown, routes=frozenset({"agency"})))

    assert await ask(server) == Absent("not_found", "doi.org: not registered", AT)


@pytest.mark.parametrize("unsettled", [as_html(404, "x"), as_html(200, "x"), as_json([]), as_json({"RA": 1})])
async def test_an_agency_answer_that_says_nothing_is_settled_by_the_handle(unsettled: Reply) -> None:
    server = RegistryServer([Registration(SET.value, "DataCite", CSL)])
    server.faults.add(Fault(unsettled, routes=frozenset({"agency"})))

    assert isinstance(await ask(server), Found)


@pytest.mark.parametrize("status", [400, 404, 414])
async def test_a_page_that_says_no_such_handle_is_not_found(status: int) -> None:
    server = RegistryServer()
    server.faults.add(Fault(as_html(status, "no"), routes=frozenset({"agency", "handle"})))

    said = await ask(server)

    assert isinstance(said, Absent)
    assert said.reason == "not_found"


@pytest.mark.parametrize("answer", [as_html(200, "Log in to the Wi-Fi"), as_html(403, "x"), as_json({})])
async def test_a_doi_org_that_answers_nonsense_is_unavailable(answer: Reply) -> None:
    server = RegistryServer([Registration(SET.value, "DataCite", CSL)])
    server.faults.add(Fault(answer))

    said = await ask(server)

    assert isinstance(said, Failed)
    assert said.detail.startswith("127.0.0.1:")


@pytest.mark.parametrize("route", ["agency", "resolve", "csl"])
@pytest.mark.parametrize("outage", [UNAVAILABLE, GATEWAY_TIMEOUT, RESET, TOO_MANY_HTML])
async def test_an_outage_anywhere_is_unavailable(outage: Effect, route: str) -> None:
    server = RegistryServer([Registration(SET.value, "DataCite", CSL)])
    server.faults.add(Fault(outage, routes=frozenset({route})))

    said = await ask(server)

    assert isinstance(said, Failed)
    assert said.kind == "unavailable"


async def test_half_a_record_is_no_absence() -> None:
    server = RegistryServer([Registration(SET.value, "DataCite", CSL)])
    server.faults.add(Fault(HALF_A_BODY, routes=frozenset({"csl"})))

    assert isinstance(await ask(server), Failed)


@pytest.mark.parametrize("refusal", [too_many("3"), TOO_MANY_BARE, TOO_MANY_HTML, unavailable("3"), RESET])
async def test_what_passes_is_tried_again(refusal: Effect) -> None:
    server = RegistryServer([Registration(SET.value, "DataCite", CSL)])
    server.faults.add(Fault(refusal, first=1))

    assert isinstance(await ask(server), Found)


async def test_five_questions_a_second_are_asked() -> None:
    clock = Hurried()
    server = RegistryServer()
    async with registry(server, clock=clock) as asked:
        for n in range(11):
            await asked.work(Doi(f"10.5281/none.{n}"))

    assert clock.time == pytest.approx(10 * 1.06 / 5)


@pytest.mark.parametrize("doi", ["10.1002/(sici)1097<1661::aid-sim968>3.0.co;2-2", "10.5281/a?b#c%d é"])
async def test_a_doi_is_quoted_but_for_its_slashes(doi: str) -> None:
    server = RegistryServer()
    await ask(server, Doi(doi))

    assert paths(server) == [f"/doiRA/{quote(doi, safe='/')}"]


async def test_a_doi_too_long_to_be_one_is_not_found_without_asking() -> None:
    server = RegistryServer()

    assert isinstance(await ask(server, Doi("10.5281/" + "x" * 5000)), Absent)
    assert server.requests == []


SHORT = ShortDoi("10/abcd")


async def full(server: RegistryServer) -> LookUp[Doi]:
    async with registry(server) as asked:
        return await asked.full(SHORT)


async def test_a_short_doi_stands_for_a_doi() -> None:
    server = RegistryServer([Registration(SHORT.value, "", alias_of="10.5281/ZENODO.1")])

    assert await full(server) == Found(SET, AT)
    assert paths(server) == ["/api/handles/10/abcd?type=HS_ALIAS"]


@pytest.mark.parametrize("entries", [[], [Registration(SHORT.value)]])
async def test_a_short_doi_that_stands_for_none_is_not_found(entries: list[Registration]) -> None:
    assert await full(RegistryServer(entries)) == Absent(
        "not_found", "doi.org: 10/abcd stands for no DOI", AT
    )


@pytest.mark.parametrize(
    "effect",
    [
        as_html(200, "doi.org"),
        as_html(404, "Not Found"),
        UNAVAILABLE,
        RESET,
        as_json({}),
        as_json({"responseCode": 2, "handle": "10/abcd"}),
        as_json({"values": [{"type": "HS_ALIAS", "data": {"value": "nothing"}}]}),
    ],
    ids=str,
)
async def test_what_is_no_answer_about_a_short_doi_is_a_failure(effect: Effect) -> None:
    server = RegistryServer([Registration(SHORT.value, "", alias_of=SET.value)])
    server.faults.add(Fault(effect))

    assert isinstance(await full(server), Failed)
