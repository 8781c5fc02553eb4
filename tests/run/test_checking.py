from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Generic, TypeVar

import pytest

from enrich.demo.cdn import Cdn, Hosted
from enrich.demo.paper import paper
from enrich.link.links import Links
from enrich.link.standing import Endurance
from enrich.link.target import Terms
from enrich.model.lookup import Absent, Found
from enrich.model.page import Link, Page, Span
from enrich.net.fetch import Fetcher
from enrich.net.guard import Guard
from enrich.net.host import Patience
from enrich.net.web import Web
from enrich.run.checking import Checking, Tools

DAY_S = 86_400.0
V = TypeVar("V")


class Shelf(Generic[V]):
    """A shelf in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, Found[V] | Absent] = {}

    def get(self, key: str, now: float) -> Found[V] | Absent | None:
        return self.rows.get(key)

    def put(self, key: str, answer: Found[V] | Absent) -> None:
        self.rows[key] = answer


@pytest.fixture
async def cdn() -> AsyncIterator[Cdn]:
    async with Cdn({"/a.pdf": Hosted(paper(["Selenium and bones"]))}) as running:
        yield running


@pytest.fixture
async def tools(cdn: Cdn) -> AsyncIterator[Tools]:
    host = cdn.url.removeprefix("http://")
    async with Fetcher(Guard([host]), "test") as fetcher:
        web = Web(fetcher, Patience(attempts=1, backoff_s=0))
        links = Links(web, Terms([host]))
        yield Tools(links, Shelf(), Shelf(), Shelf(), Endurance(3, 3), identify_per_run=5)


async def night(cdn: Cdn, tools: Tools, now: float) -> Checking:
    told: list[int] = []
    checking = Checking(tools, now, lambda count, _size: told.append(count))
    link = Link(f"{cdn.url}/a.pdf", Span(0, 9), 1, 0, 0)
    await checking.everything([Page("p", "d", links=(link,)), Page("q", "d", links=(link,))])
    return checking


async def test_an_address_on_many_pages_is_asked_once_and_read_once(cdn: Cdn, tools: Tools) -> None:
    checking = await night(cdn, tools, 0)

    url = f"{cdn.url}/a.pdf"
    assert checking.verdicts[url].status == "ok"
    assert "Selenium" in checking.contents[url].text
    asked = len(cdn.requests)
    again = await night(cdn, tools, DAY_S)
    assert again.contents == checking.contents
    assert len(cdn.requests) - asked < asked


async def test_a_failure_is_broken_only_when_it_lasts_for_nights(cdn: Cdn, tools: Tools) -> None:
    cdn.down = True

    statuses = [
        (await night(cdn, tools, day * DAY_S)).verdicts[f"{cdn.url}/a.pdf"].status for day in (0, 2, 4)
    ]

    assert statuses == ["unknown", "unknown", "broken"]


async def test_one_success_clears_what_failed_before(cdn: Cdn, tools: Tools) -> None:
    cdn.down = True
    await night(cdn, tools, 0)
    await night(cdn, tools, 2 * DAY_S)
    cdn.down = False
    await night(cdn, tools, 3 * DAY_S)
    cdn.down = True

    assert (await night(cdn, tools, 4 * DAY_S)).verdicts[f"{cdn.url}/a.pdf"].status == "unknown"


async def test_a_host_of_ours_that_says_nothing_is_named(cdn: Cdn, tools: Tools) -> None:
    assert (await night(cdn, tools, 0)).silent == ()
    cdn.down = True
    assert (await night(cdn, tools, 1)).silent == (cdn.url.removeprefix("http://"),)
