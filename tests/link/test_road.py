from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from enrich.demo.cdn import Answer, Cdn, Wire
from enrich.demo.hosting import cases
from enrich.demo.reply import Reply
from enrich.link.road import Arrived, Stopped

Asking = Callable[..., AbstractAsyncContextManager[Any]]
CASES = cases()


async def test_a_way_without_redirects_arrives_at_once(asking: Asking) -> None:
    async with Cdn(CASES) as cdn, asking() as run:
        came = await run.road.follow(f"{cdn.url}/good.pdf", {"X-Asked": "yes"}, max_bytes=100)

        assert isinstance(came, Arrived)
        assert (came.reply.status, came.is_redirected, came.permanent) == (200, False, "")
        assert (len(came.reply.body), came.reply.is_cut) == (100, True)
        assert cdn.requests[0].headers["x-asked"] == "yes"


async def test_the_permanent_part_of_the_way_is_told(asking: Asking) -> None:
    async with Cdn(CASES) as cdn, asking() as run:
        ways = {
            case: await run.road.follow(f"{cdn.url}/{case}.pdf", {}, max_bytes=100)
            for case in ("moved", "moved-twice", "moved-then-found", "found")
        }

        told = {case: came.permanent.removeprefix(cdn.url) for case, came in ways.items()}
    assert told == {
        "moved": "/good.pdf",
        "moved-twice": "/good.pdf",
        "moved-then-found": "/found.pdf",
        "found": "",
    }


async def test_a_fragment_on_the_way_is_not_asked_for(asking: Asking) -> None:
    files = {**CASES, "/to.pdf": Reply(301, b"", "", {"Location": "/good.pdf#page=2"})}
    async with Cdn(files) as cdn, asking() as run:
        came = await run.road.follow(f"{cdn.url}/to.pdf", {}, max_bytes=100)

        assert came.reply.url == f"{cdn.url}/good.pdf"
        assert came.permanent == f"{cdn.url}/good.pdf#page=2"


async def test_ten_redirects_are_followed_and_no_eleventh(asking: Asking) -> None:
    async with Cdn(CASES) as cdn, asking() as run:
        assert isinstance(await run.road.follow(f"{cdn.url}/chain-2.pdf", {}, max_bytes=9), Arrived)
        far = await run.road.follow(f"{cdn.url}/chain-1.pdf", {}, max_bytes=9)

    assert isinstance(far, Stopped)
    assert far.detail == "more than 10"


async def test_the_time_limit_is_that_of_the_whole_way(asking: Asking) -> None:
    files: dict[str, Answer] = {
        "/to.pdf": Reply(302, b"", "", {"Location": "/hang.pdf"}),
        "/hang.pdf": Wire(then="hang"),
    }
    async with Cdn(files) as cdn, asking(limit_s=60.0, read_s=30.0) as run:
        late = await run.road.follow(f"{cdn.url}/to.pdf", {}, max_bytes=9, spent_s=59.9)

    assert isinstance(late, Stopped)
    assert (late.status, late.reason) == ("unknown", "timeout")


async def test_where_the_way_ended_is_told(asking: Asking) -> None:
    async with Cdn(CASES) as cdn, asking() as run:
        stop = await run.road.follow(f"{cdn.url}/to-private.pdf", {}, max_bytes=9)

    assert isinstance(stop, Stopped)
    assert stop.url == "http://10.255.255.1/inside.pdf"
