from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from enrich.demo.cdn import Answer, Cdn, Hosted
from enrich.demo.paper import paper
from enrich.demo.reply import Reply
from enrich.link.target import Terms
from enrich.model.link import LinkVerdict

Asking = Callable[..., AbstractAsyncContextManager[Any]]
BIG = paper(["A paper"], padding=500_000)


async def ask(
    asking: Asking, answer: Answer, known: LinkVerdict | None = None
) -> tuple[LinkVerdict, list[dict[str, str]], int]:
    """Return the verdict on a PDF's address, the headers of what was asked, and how many bytes came."""
    async with Cdn({"/a.pdf": answer}) as cdn:
        terms = Terms([f"127.0.0.1:{cdn.port}"])
        async with asking(terms=terms, known=lambda _: known) as run:
            verdict = await run.verdict(f"{cdn.url}/a.pdf")
        return verdict, [dict(got.headers) for got in cdn.requests], cdn.sent


async def test_a_large_file_costs_two_kilobytes_and_two_heads(asking: Asking) -> None:
    verdict, asked, sent = await ask(asking, Hosted(BIG))

    assert (verdict.status, verdict.bytes) == ("ok", len(BIG))
    assert [headers["range"] for headers in asked] == [
        "bytes=0-1023",
        f"bytes={len(BIG) - 1024}-{len(BIG) - 1}",
    ]
    assert all(headers["accept-encoding"] == "identity" for headers in asked)
    assert sent + sum(len(str(headers)) for headers in asked) < 4096


async def test_a_file_of_a_kilobyte_is_asked_for_once(asking: Asking) -> None:
    verdict, asked, _ = await ask(asking, Hosted(paper(["small"])))

    assert verdict.status == "ok"
    assert len(asked) == 1


async def test_a_file_between_one_and_two_kilobytes_is_seen_to_its_end(asking: Asking) -> None:
    data = paper(["small"], padding=900)
    assert 1024 < len(data) < 2048

    assert (await ask(asking, Hosted(data)))[0].status == "ok"
    assert (await ask(asking, Hosted(data[:1200])))[0].reason == "truncated"


async def test_without_ranges_only_the_beginning_of_a_large_file_is_judged(asking: Asking) -> None:
    cut, asked, _ = await ask(asking, Hosted(BIG[:-2000], ranges=False))

    assert (cut.status, cut.bytes) == ("ok", len(BIG) - 2000)
    assert len(asked) == 1


async def test_of_a_file_without_length_none_is_told(asking: Asking) -> None:
    verdict, _, _ = await ask(asking, Hosted(BIG, ranges=False, sized=False))

    assert (verdict.status, verdict.bytes) == ("ok", None)


@pytest.mark.parametrize(
    ("etag", "modified", "condition"),
    [
        ('"abc"', "", ("if-none-match", '"abc"')),
        ("", "Tue, 01 Sep 2026 10:00:00 GMT", ("if-modified-since", "Tue, 01 Sep 2026 10:00:00 GMT")),
        ('"abc"', "Tue", ("if-none-match", '"abc"')),
    ],
)
async def test_what_is_known_is_asked_for_by_its_version(
    etag: str, modified: str, condition: tuple[str, str], asking: Asking
) -> None:
    before = LinkVerdict("x", "broken", "truncated", bytes=7, etag=etag, last_modified=modified, is_pdf=True)
    verdict, asked, _ = await ask(asking, Reply(304, b"", ""), before)

    assert len(asked) == 1
    assert asked[0][condition[0]] == condition[1]
    assert (verdict.status, verdict.reason, verdict.bytes) == ("broken", "truncated", 7)
    assert verdict.checked_at == 1_800_000_000.0


@pytest.mark.parametrize(
    "known",
    [
        None,
        LinkVerdict("x", "ok", bytes=5),
        LinkVerdict("x", "unknown", "timeout", etag='"abc"'),
        LinkVerdict("x", "blocked", "refuses robots", etag='"abc"'),
    ],
)
async def test_a_304_that_nobody_asked_for_is_no_answer(known: LinkVerdict | None, asking: Asking) -> None:
    verdict, asked, _ = await ask(asking, Reply(304, b"", ""), known)

    assert (verdict.status, verdict.reason) == ("unknown", "broken answer")
    assert not {"if-none-match", "if-modified-since"} & asked[0].keys()


async def test_a_416_of_a_file_that_is_not_empty_is_asked_again_without_ranges(asking: Asking) -> None:
    refused, asked, _ = await ask(asking, Reply(416, b"", "", {"Content-Range": "bytes */5000"}))

    assert len(asked) == 2
    assert "range" not in asked[1]
    assert refused.status == "broken"


async def test_a_web_page_in_a_pdfs_place_is_named(asking: Asking) -> None:
    page = b"\n<!-- made by hand -->\n<!DOCTYPE html><html></html>"

    assert (await ask(asking, Hosted(page)))[0].detail == "a web page in its place"
    assert (await ask(asking, Hosted(b"PK\x03\x04\xff")))[0].detail == r"it begins with 'PK\x03\x04\xff'"


async def test_the_beginning_must_be_in_the_first_kilobyte(asking: Asking) -> None:
    late = b"x" * 1020 + BIG

    assert (await ask(asking, Hosted(late)))[0].reason == "not a PDF"
    assert (await ask(asking, Hosted(b"x" * 1000 + BIG)))[0].status == "ok"


async def test_either_sign_of_an_end_will_do(asking: Asking) -> None:
    assert (await ask(asking, Hosted(BIG.replace(b"%%EOF", b""))))[0].status == "ok"
    assert (await ask(asking, Hosted(BIG.replace(b"startxref", b""))))[0].status == "ok"
    assert (await ask(asking, Hosted(BIG + b"\0" * 2000)))[0].reason == "truncated"
