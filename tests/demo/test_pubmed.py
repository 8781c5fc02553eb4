from __future__ import annotations

from typing import Any

import aiohttp

from enrich.demo.pubmed import PubmedServer

SUMMARY = {
    "uid": "11111111",
    "title": "On rats.",
    "articleids": [{"idtype": "doi", "value": "10.5555/rats"}, {"idtype": "pmc", "value": "PMC1111111"}],
}
ESUMMARY, CONVERT = "/entrez/eutils/esummary.fcgi", "/tools/idconv/api/v1/articles/"


async def post(url: str, **form: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as web, web.post(url, data=form) as response:
        return response.status, await response.json(content_type=None)


async def get(url: str, **query: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as web, web.get(url, params=query) as response:
        return response.status, await response.json(content_type=None)


async def test_summaries_stand_by_their_numbers_and_unknown_ones_say_so() -> None:
    async with PubmedServer([SUMMARY]) as server:
        status, said = await post(f"{server.url}{ESUMMARY}", db="pubmed", id="11111111,2")

    assert status == 200
    assert said["header"] == {"type": "esummary", "version": "0.3"}
    assert said["result"]["uids"] == ["11111111", "2"]
    assert said["result"]["11111111"]["title"] == "On rats."
    assert said["result"]["2"] == {"uid": "2", "error": "cannot get document summary"}
    assert server.requests[0].dois == ("11111111", "2")


async def test_a_question_without_numbers_is_an_error_inside_a_200() -> None:
    async with PubmedServer() as server:
        status, said = await post(f"{server.url}{ESUMMARY}", db="pubmed")

    assert (status, said["error"]) == (200, "Empty id list - nothing todo")


async def test_articles_are_converted_one_by_one() -> None:
    async with PubmedServer([SUMMARY]) as server:
        status, said = await get(f"{server.url}{CONVERT}", ids="PMC1111111,PMC2")

    assert (status, said["status"]) == (200, "ok")
    assert said["records"] == [
        {"pmcid": "PMC1111111", "pmid": 11111111, "doi": "10.5555/rats", "requested-id": "PMC1111111"},
        {"requested-id": "PMC2", "status": "error", "errmsg": "Identifier not found in PMC"},
    ]


async def test_numbers_of_two_kinds_or_too_many_are_refused() -> None:
    async with PubmedServer() as server:
        mixed = await get(f"{server.url}{CONVERT}", ids="PMC1,2")
        many = await get(f"{server.url}{CONVERT}", ids=",".join(f"PMC{number}" for number in range(1, 202)))

    assert (mixed[0], mixed[1]["status"]) == (400, "error")
    assert many[0] == 400


async def test_who_asks_too_often_is_told_in_json() -> None:
    async with PubmedServer([SUMMARY], enforce_limits=True) as server:
        said = [await post(f"{server.url}{ESUMMARY}", db="pubmed", id="1") for _ in range(4)]
        with_key = await post(f"{server.url}{ESUMMARY}", db="pubmed", id="1", api_key="k")

    assert [status for status, _ in said] == [200, 200, 200, 429]
    assert said[3][1]["error"] == "API rate limit exceeded"
    assert (said[3][1]["count"], said[3][1]["limit"]) == ("4", "3")
    assert with_key[0] == 200
    assert server.limited == 1


async def test_any_other_address_is_a_page() -> None:
    async with (
        PubmedServer() as server,
        aiohttp.ClientSession() as web,
        web.get(f"{server.url}/x") as response,
    ):
        assert (response.status, response.content_type) == (404, "text/html")
