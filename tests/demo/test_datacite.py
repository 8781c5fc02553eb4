from __future__ import annotations

from typing import Any

import aiohttp

from enrich.demo.datacite import DataciteServer

RECORD = {"doi": "10.48550/arXiv.2101.00001", "titles": [{"title": "On rats"}]}


async def ask(url: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as web, web.get(url) as response:
        return response.status, await response.json(content_type="application/vnd.api+json")


async def test_a_record_is_found_whatever_the_case_of_its_doi() -> None:
    async with DataciteServer([RECORD]) as server:
        _, said = await ask(f"{server.url}/dois/10.48550/ARXIV.2101.00001")

    assert said == {"data": {"id": "10.48550/arxiv.2101.00001", "type": "dois", "attributes": RECORD}}
    assert server.requests[0].dois == ("10.48550/arxiv.2101.00001",)


async def test_a_record_that_is_not_there_is_an_error_in_json() -> None:
    async with DataciteServer() as server:
        status, said = await ask(f"{server.url}/dois/10.5555/none")

    assert status == 404
    assert said["errors"][0]["status"] == "404"


async def test_any_other_address_is_a_page() -> None:
    async with (
        DataciteServer() as server,
        aiohttp.ClientSession() as web,
        web.get(f"{server.url}/x") as response,
    ):
        assert (response.status, response.content_type) == (404, "text/html")
