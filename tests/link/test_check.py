from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from enrich.demo.cdn import Answer, Cdn, Hosted, Wire
from enrich.demo.reply import Reply, as_html
from enrich.link.check import refusal
from enrich.model.link import LinkVerdict
from enrich.net.fetch import Reply as Got

Asking = Callable[..., AbstractAsyncContextManager[Any]]


async def verdict(asking: Asking, answer: Answer) -> LinkVerdict:
    async with Cdn({"/page": answer}) as cdn, asking() as run:
        got = await run.verdict(f"{cdn.url}/page")
        assert isinstance(got, LinkVerdict)
        assert all("range" not in each.headers for each in cdn.requests)
        return got


async def test_a_page_that_is_there_is_ok_whatever_it_says(asking: Asking) -> None:
    got = await verdict(asking, as_html(200, "Not found"))

    assert (got.status, got.reason, got.media_type, got.is_pdf) == ("ok", "", "text/html", False)


@pytest.mark.parametrize("status", [200, 201, 203, 204, 206])
async def test_any_success_is_ok(status: int, asking: Asking) -> None:
    assert (await verdict(asking, Reply(status, b"", ""))).status == "ok"


@pytest.mark.parametrize("status", [300, 304])
async def test_a_redirect_to_nowhere_is_no_answer(status: int, asking: Asking) -> None:
    got = await verdict(asking, Reply(status, b"", ""))

    assert (got.status, got.reason) == ("unknown", "broken answer")


async def test_what_is_large_or_compressed_is_not_read_to_its_end(asking: Asking) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"

    assert (await verdict(asking, Wire(head + b"x" * 100_000, "hang"))).status == "ok"
    assert (await verdict(asking, Hosted(b"x" * 1_000_000, "text/html", ranges=False))).status == "ok"


@pytest.mark.parametrize(
    ("status", "elsewhere", "own"),
    [
        (401, "blocked", "blocked"),
        (403, "blocked", "broken"),
        (404, "broken", "broken"),
        (405, "blocked", "blocked"),
        (410, "broken", "broken"),
        (400, "broken", "broken"),
        (451, "blocked", "blocked"),
        (999, "blocked", "blocked"),
        (200, None, None),
        (302, None, None),
    ],
)
def test_a_status_is_judged_by_whose_host_says_it(
    status: int, elsewhere: str | None, own: str | None
) -> None:
    reply = Got("https://example.org/", status)

    for is_own, expected in ((False, elsewhere), (True, own)):
        judged = refusal(reply, is_own=is_own)
        assert (judged and judged[0]) == expected


def test_a_challenge_blocks_on_our_own_host_too() -> None:
    reply = Got("https://cdn.example/", 403, headers={"cf-mitigated": "challenge"})

    judged = refusal(reply, is_own=True)

    assert judged is not None
    assert judged[0] == "blocked"
