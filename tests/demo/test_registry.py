from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from enrich.demo import faults as bad
from enrich.demo.crossref import CSL, CrossrefServer
from enrich.demo.faults import Fault, Faults
from enrich.demo.registry import Registration, RegistryServer

CITE = {"Accept": CSL}
ENTRIES = [
    Registration("10.5061/DRYAD.1", csl={"DOI": "10.5061/DRYAD.1", "title": "Data"}),
    Registration("10.1000/page", "mEDRA", url="https://example.org/article"),
    Registration("10.1000/old", "", alias_of="10.5555/ABC"),
    Registration("10.1000/odd", ""),
]


async def ask(url: str, **options: Any) -> tuple[int, Any, aiohttp.ClientResponse]:
    async with aiohttp.ClientSession() as web, web.get(url, **options) as response:
        body = await response.read()
    try:
        return response.status, json.loads(body), response
    except ValueError:
        return response.status, body, response


async def test_a_registered_handle_answers_one_and_an_unknown_one_hundred() -> None:
    async with RegistryServer(ENTRIES) as server:
        known = await ask(f"{server.url}/api/handles/10.1000/PAGE")
        unknown = await ask(f"{server.url}/api/handles/10.1000/none")

    assert (known[0], known[1]["responseCode"], known[1]["handle"]) == (200, 1, "10.1000/PAGE")
    assert known[1]["values"][0]["type"] == "URL"
    assert known[1]["values"][0]["data"] == {"format": "string", "value": "https://example.org/article"}
    assert unknown[:2] == (404, {"responseCode": 100, "handle": "10.1000/none"})


async def test_an_alias_is_told_when_asked_for() -> None:
    async with RegistryServer(ENTRIES) as server:
        _, alias, _ = await ask(f"{server.url}/api/handles/10.1000/old?type=HS_ALIAS")
        _, none, _ = await ask(f"{server.url}/api/handles/10.1000/page?type=HS_ALIAS")

    assert (alias["values"][0]["type"], alias["values"][0]["data"]["value"]) == ("HS_ALIAS", "10.5555/ABC")
    assert none["responseCode"] == 200


@pytest.mark.parametrize(
    ("doi", "answer"),
    [
        ("10.5555/abc", {"RA": "Crossref"}),
        ("10.5061/dryad.1", {"RA": "DataCite"}),
        ("10.1000/none", {"status": "DOI does not exist"}),
        ("10.1000/odd", {"status": "Unknown"}),
        ("nonsense", {"status": "Invalid DOI"}),
    ],
)
async def test_the_agency_of_a_doi(doi: str, answer: dict[str, str]) -> None:
    async with (
        CrossrefServer([{"DOI": "10.5555/abc"}]) as crossref,
        RegistryServer(ENTRIES, crossref=crossref) as server,
    ):
        status, body, _ = await ask(f"{server.url}/doiRA/{doi}")

    assert (status, body) == (200, [{"DOI": doi, **answer}])


@pytest.mark.parametrize("doi", ["10.5555/abc", "10.1000/old"])
async def test_content_negotiation_leads_to_crossref_also_by_an_alias(doi: str) -> None:
    async with (
        CrossrefServer([{"DOI": "10.5555/abc", "title": ["T"]}]) as crossref,
        RegistryServer(ENTRIES, crossref=crossref) as server,
    ):
        first = await ask(f"{server.url}/{doi}", headers=CITE, allow_redirects=False)
        status, body, response = await ask(f"{server.url}/{doi}", headers=CITE)

    assert first[0] == 302
    assert first[2].headers["Location"] == f"{crossref.url}/v1/works/10.5555/abc/transform"
    assert (status, body, response.content_type) == (200, {"DOI": "10.5555/abc", "title": "T"}, CSL)


async def test_content_negotiation_leads_to_the_other_agencies_csl_or_page() -> None:
    async with RegistryServer(ENTRIES) as server:
        data = await ask(f"{server.url}/10.5061/dryad.1", headers=CITE)
        page = await ask(f"{server.url}/10.1000/page", headers=CITE)

    assert data[:2] == (200, {"DOI": "10.5061/DRYAD.1", "title": "Data"})
    assert (page[0], page[2].content_type) == (200, "text/html")


async def test_a_reader_is_sent_to_the_landing_page() -> None:
    async with RegistryServer(ENTRIES) as server:
        status, _, response = await ask(f"{server.url}/10.1000/page", allow_redirects=False)

    assert (status, response.headers["Location"]) == (302, "https://example.org/article")


@pytest.mark.parametrize(("doi", "status"), [("10.1000/none", 404), ("nonsense", 400), ("", 400)])
async def test_what_is_no_registered_doi_is_refused_as_html(doi: str, status: int) -> None:
    async with RegistryServer(ENTRIES) as server:
        got, _, response = await ask(f"{server.url}/{doi}", headers=CITE)

    assert (got, response.content_type) == (status, "text/html")


async def test_doi_org_can_be_made_to_fail_on_one_route() -> None:
    faults = Faults(Fault(bad.UNAVAILABLE, routes=frozenset({"agency"})))
    async with RegistryServer(ENTRIES, faults=faults) as server:
        agency = await ask(f"{server.url}/doiRA/10.1000/page")
        handle = await ask(f"{server.url}/api/handles/10.1000/page")

    assert (agency[0], handle[0]) == (503, 200)
    assert [asked.route for asked in server.requests] == ["agency", "handle"]
