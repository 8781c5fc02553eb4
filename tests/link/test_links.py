from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

import pytest

from enrich.demo.cdn import Cdn, Hosted, Wire
from enrich.demo.hosting import DOI, TITLE, cases
from enrich.demo.paper import paper
from enrich.demo.reply import Reply
from enrich.link.links import as_lookup
from enrich.link.reader import PdfReader
from enrich.link.target import Terms
from enrich.model.link import LinkVerdict, PdfContent
from enrich.model.lookup import Failed, Found, LookUp
from enrich.net.resolve import LookUp as Resolver

Asking = Callable[..., AbstractAsyncContextManager[Any]]

CASES = cases()

# What becomes of each way of hosting a PDF on the site's own hosts.
TABLE = {
    "good": "ok",
    "small": "ok",
    "big": "ok",
    "wrong-media-type": "ok",
    "no-media-type": "ok",
    "junk-before": "ok",
    "no-ranges": "ok",
    "no-ranges-big": "ok",
    "no-length": "ok",
    "no-marks": "ok",
    "compressed": "ok",
    "scanned": "ok",
    "encrypted": "ok",
    "odd-ranges": "ok",
    "busy-once": "ok",
    "down-once": "ok",
    "reset-once": "ok",
    "soft-404": "broken: not a PDF",
    "soft-404-as-pdf": "broken: not a PDF",
    "text": "broken: not a PDF",
    "truncated": "broken: truncated",
    "truncated-small": "broken: truncated",
    "truncated-no-ranges": "broken: truncated",
    "empty": "broken: empty",
    "empty-416": "broken: empty",
    "no-content": "broken: empty",
    "bomb": "unknown: too large",
    "forbidden": "broken: missing",
    "not-found": "broken: missing",
    "gone": "broken: missing",
    "bad-request": "broken: refused",
    "unauthorized": "blocked: refuses robots",
    "challenge": "blocked: refuses robots",
    "challenge-503": "blocked: refuses robots",
    "busy": "blocked: refuses robots",
    "odd-status": "blocked: refuses robots",
    "down": "unknown: server error",
    "moved": "ok",
    "found": "ok",
    "moved-twice": "ok",
    "moved-then-found": "ok",
    "chain-2": "ok",
    "chain-1": "broken: redirects",
    "chain-0": "broken: redirects",
    "loop": "broken: redirects",
    "cookie-wall": "blocked: refuses robots",
    "to-private": "broken: private address",
    "to-metadata": "broken: private address",
    "to-file": "broken: redirects",
    "to-nonsense": "broken: redirects",
    "to-nowhere": "unknown: broken answer",
    "to-page": "broken: not a PDF",
    "hang": "unknown: timeout",
    "hang-in-head": "unknown: timeout",
    "hang-in-body": "unknown: timeout",
    "trickle": "unknown: timeout",
    "trickle-body": "unknown: timeout",
    "reset": "unknown: unreachable",
    "hangs-up": "unknown: unreachable",
    "cut-off": "unknown: broken answer",
    "garbage": "unknown: broken answer",
    "long-head": "unknown: broken answer",
}
# On other people's hosts.
ELSEWHERE = {"forbidden": "blocked: refuses robots"}
SLOW = {case for case, verdict in TABLE.items() if verdict == "unknown: timeout"}


def said(verdict: LinkVerdict) -> str:
    return f"{verdict.status}: {verdict.reason}" if verdict.reason else verdict.status


def own(cdn: Cdn, **more: Any) -> Terms:
    return Terms([f"127.0.0.1:{cdn.port}"], **more)


def test_the_table_has_every_case() -> None:
    on_the_way = {f"chain-{step}" for step in range(3, 13)} | {"loop-back"}

    assert {f"/{case}.pdf" for case in TABLE.keys() | on_the_way} == CASES.keys()


@pytest.mark.parametrize("case", TABLE)
async def test_each_way_of_hosting_a_pdf_has_its_verdict(case: str, asking: Asking) -> None:
    quick = {"limit_s": 0.3, "read_s": 0.2} if case in SLOW else {}
    async with Cdn(CASES) as cdn, asking(terms=own(cdn), **quick) as run:
        verdict = await run.verdict(f"{cdn.url}/{case}.pdf")

    assert said(verdict) == TABLE[case]
    assert verdict.detail or verdict.status == "ok"
    assert verdict.is_own
    assert verdict.is_pdf


@pytest.mark.parametrize("case", ["good", "forbidden", "not-found", "soft-404-as-pdf", "busy", "down"])
async def test_elsewhere_a_403_is_a_wall_and_the_rest_is_the_same(case: str, asking: Asking) -> None:
    async with Cdn(CASES) as cdn, asking(terms=Terms()) as run:
        verdict = await run.verdict(f"{cdn.url}/{case}.pdf")

    assert said(verdict) == ELSEWHERE.get(case, TABLE[case])
    assert not verdict.is_own


PRIVATE = [
    "http://127.0.0.1:{port}/x.pdf",
    "http://127.9.9.9:{port}/x.pdf",
    "http://2130706433:{port}/x.pdf",
    "http://0177.0.0.1:{port}/x.pdf",
    "http://0x7f000001:{port}/x.pdf",
    "http://127.1:{port}/x.pdf",
    "http://0:{port}/x.pdf",
    "http://\uff11\uff12\uff17\u30020.0.1:{port}/x.pdf",
    "http://[::1]:{port}/x.pdf",
    "http://[::ffff:127.0.0.1]:{port}/x.pdf",
    "http://[::ffff:7f00:1]:{port}/x.pdf",
    "http://[64:ff9b::7f00:1]:{port}/x.pdf",
    "http://[64:ff9b::127.0.0.1]:{port}/x.pdf",
    "http://[2002:7f00:1::]:{port}/x.pdf",
    "http://localhost:{port}/x.pdf",
    "http://inside.example:{port}/x.pdf",
    "http://user:secret@127.0.0.1:{port}/x.pdf",
    "http://169.254.169.254/latest/x.pdf",
    "http://[fe80::1]:{port}/x.pdf",
    "http://[fd00::1]:{port}/x.pdf",
    "http://10.0.0.1/x.pdf",
]


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
@pytest.mark.parametrize("url", PRIVATE)
async def test_nothing_arrives_inside(
    url: str, family: socket.AddressFamily, asking: Asking, to_loopback: Resolver
) -> None:
    async with Cdn({"/x.pdf": Hosted(paper(["inside"]))}, family=family) as inside:
        async with asking(allow=(), ports=(80, inside.port), look_up=to_loopback) as run:
            verdict = await run.verdict(url.format(port=inside.port))

        assert said(verdict) == "broken: private address"
        assert inside.connections == 0


@pytest.mark.parametrize("url", [url for url in PRIVATE if url.isascii()])
async def test_nothing_arrives_inside_by_a_redirect_either(
    url: str, asking: Asking, to_loopback: Resolver
) -> None:
    async with Cdn({"/x.pdf": Hosted(paper(["inside"]))}) as inside, Cdn() as cdn:
        cdn.files["/to.pdf"] = Reply(302, b"", "", {"Location": url.format(port=inside.port)})
        outside = f"127.0.0.1:{cdn.port}"
        async with asking(allow=[outside], ports=(80, inside.port), look_up=to_loopback) as run:
            verdict = await run.verdict(f"{cdn.url}/to.pdf")

        assert said(verdict) == "broken: private address"
        assert inside.connections == 0
        assert cdn.connections == 1


async def test_what_is_listed_does_arrive(asking: Asking, to_loopback: Resolver) -> None:
    async with Cdn({"/x.pdf": Hosted(paper(["inside"]))}) as inside:
        async with asking(allow=[f"inside.example:{inside.port}"], look_up=to_loopback) as run:
            verdict = await run.verdict(f"http://inside.example:{inside.port}/x.pdf")

        assert said(verdict) == "ok"
        assert inside.connections == 1


async def test_a_port_that_is_not_listed_is_not_asked(asking: Asking) -> None:
    async with asking(allow=()) as run:
        verdict = await run.verdict("http://example.org:8022/x.pdf")

    assert said(verdict) == "unknown: port"
    assert "[net] allow" in verdict.detail


async def test_an_address_is_asked_once_however_many_pages_spell_it(asking: Asking) -> None:
    async with Cdn(CASES) as cdn, asking(terms=own(cdn)) as run:
        spellings = [
            f"{cdn.url}/small.pdf",
            f"{cdn.url}/small.pdf#page=2",
            f"HTTP{cdn.url[4:]}/small.pdf",
        ] * 25
        got = await run.verdicts(*spellings)

        assert {verdict.status for verdict in got.values()} == {"ok"}
        assert [verdict.url for verdict in got.values()] == spellings[:3]
        assert len(cdn.requests) == 1


async def test_an_old_and_a_new_spelling_are_asked_once_and_the_old_one_names_both(asking: Asking) -> None:
    async with Cdn(CASES) as cdn:
        terms = own(cdn, remap=[("https://old.example/", f"{cdn.url}/")])
        async with asking(terms=terms) as run:
            old, new = (await run.verdicts("https://old.example/small.pdf", f"{cdn.url}/small.pdf")).values()

        assert (old.url, old.asked_url) == ("https://old.example/small.pdf", f"{cdn.url}/small.pdf")
        assert (new.url, new.asked_url) == (f"{cdn.url}/small.pdf", "")
        assert len(cdn.requests) == 1


async def test_what_is_wrong_without_asking_has_its_verdict_too(asking: Asking) -> None:
    async with asking(terms=Terms(check=True, placeholders=["/unknown.txt"])) as run:
        got = await run.verdicts("http://exa mple.org/", "/unknown.txt", "#note", "https://doi.org/10.1000/1")

    assert {url: said(verdict) for url, verdict in got.items()} == {
        "http://exa mple.org/": "broken: bad address",
        "/unknown.txt": "broken: placeholder",
    }


async def test_a_dead_host_costs_a_few_questions_and_not_five_thousand(asking: Asking) -> None:
    async with Cdn() as cdn, asking(terms=own(cdn)) as run:
        cdn.down = True
        got = await run.verdicts(*(f"{cdn.url}/{number}.pdf" for number in range(5000)))

        assert len(got) == 5000
        assert {said(verdict) for verdict in got.values()} == {"unknown: unreachable"}
        assert cdn.connections < 500


async def test_a_host_that_is_busy_for_good_is_left_alone_and_blocks_nobody_else(asking: Asking) -> None:
    files = {f"/{number}.pdf": Reply(429, b"", "") for number in range(100)}
    async with Cdn(files) as busy, Cdn(CASES) as cdn, asking() as run:
        got = await run.verdicts(f"{cdn.url}/good.pdf", *(busy.url + path for path in files))

        assert said(got.pop(f"{cdn.url}/good.pdf")) == "ok"
        assert {said(verdict) for verdict in got.values()} == {"blocked: refuses robots"}
        assert len(got) == 100
        assert len(busy.requests) < 100


async def test_a_hanging_host_delays_nobody_else(asking: Asking) -> None:
    order: list[str] = []
    files = {f"/{number}.pdf": Wire(then="hang") for number in range(20)}
    async with Cdn(files) as hanging, Cdn(CASES) as cdn, asking(read_s=0.3, limit_s=0.3) as run:
        quick = [f"{cdn.url}/good.pdf", f"{cdn.url}/small.pdf"]
        urls = [*(hanging.url + path for path in files), *quick]
        await run.links.verdicts(urls, lambda url, _: order.append(url))

    assert set(order[:2]) == set(quick)
    assert len(order) == 22


async def test_a_verdict_says_when_and_where_it_ended(asking: Asking) -> None:
    async with Cdn(CASES) as cdn, asking(terms=own(cdn)) as run:
        verdict = await run.verdict(f"{cdn.url}/moved-then-found.pdf")

        assert verdict.final_url == f"{cdn.url}/good.pdf"
        assert verdict.permanent == f"{cdn.url}/found.pdf"
        assert verdict.checked_at == 1_800_000_000.0
        assert verdict.media_type == "application/pdf"


async def test_a_second_run_asks_for_what_changed_only(asking: Asking) -> None:
    async with Cdn(CASES) as cdn:
        url = f"{cdn.url}/good.pdf"
        async with asking(terms=own(cdn)) as run:
            first = await run.verdict(url)
        async with asking(terms=own(cdn), known={url: replace(first, checked_at=1.0)}.get) as run:
            again = await run.verdict(url)

        assert again == first
        assert [got.headers.get("if-none-match") for got in cdn.requests] == [None, None, first.etag]
        cdn.files["/good.pdf"] = Hosted(paper(["Another"]))
        async with asking(terms=own(cdn), known={url: first}.get) as run:
            changed = await run.verdict(url)

        assert changed.status == "ok"
        assert changed.version != first.version


async def test_the_first_error_of_who_hears_ends_it_as_it_is(asking: Asking) -> None:
    def fail(_url: str, _verdict: LinkVerdict) -> None:
        raise ZeroDivisionError

    async with Cdn(CASES) as cdn, asking() as run:
        with pytest.raises(ZeroDivisionError):
            await run.links.verdicts([f"{cdn.url}/good.pdf", f"{cdn.url}/small.pdf"], fail)


async def test_for_the_store_ignorance_is_a_failure(asking: Asking) -> None:
    heard: dict[str, LookUp[LinkVerdict]] = {}
    async with Cdn(CASES) as cdn, asking(terms=own(cdn)) as run:
        await run.links.ask([f"{cdn.url}/small.pdf", f"{cdn.url}/down.pdf"], heard.__setitem__)
        good, down = heard[f"{cdn.url}/small.pdf"], heard[f"{cdn.url}/down.pdf"]

    assert isinstance(good, Found)
    assert good.at == 1_800_000_000.0
    assert isinstance(down, Failed)
    assert "500 Internal Server Error" in down.detail
    assert isinstance(as_lookup(LinkVerdict("u", "broken", "missing")), Found)


async def contents(run: Any, *verdicts: LinkVerdict) -> dict[str, PdfContent]:
    got: dict[str, PdfContent] = {}
    async with PdfReader() as reader:
        await run.links.contents(
            verdicts, reader, lambda verdict, content: got.__setitem__(verdict.url, content)
        )
    return got


async def test_files_are_fetched_whole_and_what_they_say_is_read(asking: Asking) -> None:
    async with Cdn(CASES) as cdn, asking(terms=own(cdn)) as run:
        urls = [f"{cdn.url}/{case}.pdf" for case in ("good", "scanned", "moved", "compressed")]
        verdicts = await run.verdicts(*urls)
        got = await contents(run, *verdicts.values())

    good, scanned, moved, compressed = (got[url] for url in urls)
    assert TITLE in good.text
    assert DOI in good.text
    assert good.version == verdicts[urls[0]].version
    assert scanned.problem == "scanned: there is no text in it"
    assert moved.text == compressed.text == good.text


async def test_a_file_that_cannot_be_had_or_is_too_large_is_not_read(asking: Asking) -> None:
    async with Cdn(CASES) as cdn, asking(terms=own(cdn), max_bytes=100_000) as run:
        gone = LinkVerdict(f"{cdn.url}/not-found.pdf", "ok")
        large = LinkVerdict(f"{cdn.url}/big.pdf", "ok", bytes=3_000_000)
        silently_large = replace(large, bytes=None, url=f"{cdn.url}/no-ranges-big.pdf")
        got = await contents(run, gone, large, silently_large)

    assert {url: content.problem for url, content in got.items()} == {large.url: "larger than 100000 bytes"}
