from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import aiohttp
import pytest
from yarl import URL

from enrich.demo import faults as bad
from enrich.demo.crossref import CSL, CrossrefServer
from enrich.demo.faults import Fault, Faults
from enrich.demo.reply import Reply

RECORDS: list[dict[str, object]] = [
    {
        "DOI": "10.5555/abc",
        "type": "journal-article",
        "title": ["Selenium and the thyroid"],
        "container-title": ["Nutrients"],
        "author": [{"given": "A", "family": "Müller", "sequence": "first"}],
        "URL": "https://doi.org/10.5555/abc",
    },
    {"DOI": "10.5555/DEF", "type": "book", "title": ["Iodine"], "container-title": []},
    {"DOI": "10.5555/(sici)1,2<3::aid>4;5", "type": "other", "title": ["Sharp signs"]},
]
POLITE = {"mailto": "me@example.org"}


@pytest.fixture
async def web() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def ask(
    web: aiohttp.ClientSession, url: str | URL, query: Mapping[str, str] | None = None, **options: Any
) -> tuple[int, Any, aiohttp.ClientResponse]:
    """The status, the body (parsed where it is JSON), the response."""
    async with web.get(url, params=query, **options) as response:
        body = await response.read()
    try:
        return response.status, json.loads(body), response
    except ValueError:
        return response.status, body, response


async def test_a_batch_is_answered_whatever_the_case_of_its_dois(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer(RECORDS) as server:
        status, answer, response = await ask(
            web, f"{server.url}/works", {"filter": "doi:10.5555/ABC,doi:10.5555/def,doi:10.5555/none"}
        )

    assert status == 200
    assert response.content_type == "application/json"
    assert (answer["status"], answer["message-type"]) == ("ok", "work-list")
    message = answer["message"]
    assert (message["total-results"], message["items-per-page"], message["facets"]) == (2, 20, {})
    assert {item["DOI"] for item in message["items"]} == {"10.5555/abc", "10.5555/DEF"}
    assert message["query"] == {"start-index": 0, "search-terms": None}


async def test_json_is_ascii_with_escaped_slashes(web: aiohttp.ClientSession) -> None:
    async with (
        CrossrefServer(RECORDS) as server,
        web.get(f"{server.url}/works/10.5555/abc") as response,
    ):
        body = await response.text()

    assert "M\\u00fcller" in body
    assert "10.5555\\/abc" in body
    assert json.loads(body)["message"] == RECORDS[0]


async def test_items_come_in_another_order_than_asked(web: aiohttp.ClientSession) -> None:
    records = [{"DOI": f"10.5555/{n}"} for n in range(30)]
    asked = [str(record["DOI"]) for record in records]
    async with CrossrefServer(records) as server:
        query = {"filter": ",".join(f"doi:{doi}" for doi in asked), "rows": "1000"}
        _, answer, _ = await ask(web, f"{server.url}/works", query)

    came = [item["DOI"] for item in answer["message"]["items"]]
    assert came != asked
    assert sorted(came) == sorted(asked)


async def test_twenty_rows_come_when_none_are_asked_for(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer({"DOI": f"10.5555/{n}"} for n in range(30)) as server:
        _, answer, _ = await ask(web, f"{server.url}/works")

    assert len(answer["message"]["items"]) == 20
    assert answer["message"]["total-results"] == 30


async def test_select_keeps_only_what_it_names(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer(RECORDS) as server:
        _, answer, _ = await ask(
            web, f"{server.url}/works", {"filter": "doi:10.5555/abc", "select": "DOI,title"}
        )

    assert answer["message"]["items"] == [{"DOI": "10.5555/abc", "title": ["Selenium and the thyroid"]}]


@pytest.mark.parametrize(
    ("query", "kind", "value", "words"),
    [
        (
            {"filter": "dio:10.5555/abc"},
            "filter-not-available",
            "dio",
            "Filter 'dio' specified but there is no such",
        ),
        ({"select": "DOI,language"}, "select-not-available", "language", "Select 'language' specified but"),
        ({"rows": "1001"}, "integer-not-valid", "1001", "less than or equal to 1000"),
        ({"rows": "many"}, "integer-not-valid", "many", "must be a positive integer"),
        (
            {"filter": "doi:10.5555/a,b"},
            "pair-list-form-invalid",
            "doi:10.5555/a,b",
            "Pair list form specified as",
        ),
        ({"limit": "5"}, "parameter-not-allowed", "limit", "This route does not support limit"),
    ],
)
async def test_a_wrong_parameter_fails_validation(
    web: aiohttp.ClientSession, query: dict[str, str], kind: str, value: str, words: str
) -> None:
    async with CrossrefServer(RECORDS) as server:
        status, answer, _ = await ask(web, f"{server.url}/works", query)

    assert status == 400
    assert (answer["status"], answer["message-type"]) == ("failed", "validation-failure")
    (mistake,) = answer["message"]
    assert (mistake["type"], mistake["value"]) == (kind, value)
    assert words in mistake["message"]


async def test_a_single_work_is_found_under_its_escaped_doi(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer(RECORDS) as server:
        url = f"{server.url}/works/10.5555%2F(SICI)1%2C2%3C3%3A%3Aaid%3E4%3B5"
        status, answer, _ = await ask(web, URL(url, encoded=True))

    assert status == 200
    assert answer["message-type"] == "work"
    assert answer["message"]["title"] == ["Sharp signs"]


async def test_an_unknown_work_is_text_and_an_unknown_agency_is_text_labelled_json(
    web: aiohttp.ClientSession,
) -> None:
    async with CrossrefServer(RECORDS) as server:
        work = await ask(web, f"{server.url}/works/10.5555/none")
        agency = await ask(web, f"{server.url}/works/10.5555/none/agency")

    assert work[:2] == agency[:2] == (404, b"Resource not found.")
    assert work[2].content_type == "text/plain"
    assert agency[2].headers["Content-Type"] == "application/json;charset=utf-8"


async def test_the_agency_of_a_known_work_is_crossref(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer(RECORDS) as server:
        _, answer, _ = await ask(web, f"{server.url}/works/10.5555/ABC/agency")

    assert answer["message"] == {"DOI": "10.5555/abc", "agency": {"id": "crossref", "label": "Crossref"}}


async def test_select_is_refused_on_a_single_work(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer(RECORDS) as server:
        status, answer, _ = await ask(web, f"{server.url}/works/10.5555/abc", {"select": "DOI"})

    assert status == 400
    assert answer["message"][0]["type"] == "parameter-not-allowed"


async def test_a_bibliographic_query_ranks_by_shared_words(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer(RECORDS) as server:
        _, answer, _ = await ask(
            web,
            f"{server.url}/works",
            {"query.bibliographic": "selenium thyroid Nutrients iodine", "rows": "1"},
        )

    (best,) = answer["message"]["items"]
    assert best["DOI"] == "10.5555/abc"
    assert best["score"] > 0
    assert answer["message"]["total-results"] == 2


async def test_csl_has_titles_as_plain_strings_and_may_come_without_a_type(
    web: aiohttp.ClientSession,
) -> None:
    async with CrossrefServer(RECORDS) as server:
        url = f"{server.url}/v1/works/10.5555/abc/transform"
        _, asked_for, typed = await ask(web, url, headers={"Accept": CSL})
        _, other, untyped = await ask(web, url)

    assert asked_for == other
    assert (asked_for["title"], asked_for["container-title"]) == ("Selenium and the thyroid", "Nutrients")
    assert typed.content_type == CSL
    assert "Content-Type" not in untyped.headers


@pytest.mark.parametrize(
    ("path", "query", "agent", "pool", "rate"),
    [
        ("/works", POLITE, "x", "polite-array", "3"),
        ("/works", {}, "enrich/1 (mailto:me@example.org)", "polite-array", "3"),
        ("/works", {}, "x", "public-array", "1"),
        ("/works/10.5555/abc", POLITE, "x", "polite-single", "10"),
        ("/works/10.5555/abc", {}, "x", "public-single", "5"),
    ],
)
async def test_an_address_makes_the_polite_pool(
    web: aiohttp.ClientSession, path: str, query: dict[str, str], agent: str, pool: str, rate: str
) -> None:
    async with CrossrefServer(RECORDS) as server:
        _, _, response = await ask(web, server.url + path, query, headers={"User-Agent": agent})

    assert response.headers["x-api-pool"] == pool
    assert response.headers["x-rate-limit-limit"] == rate
    assert response.headers["x-rate-limit-interval"] == "1s"
    assert response.headers["x-concurrency-limit"] == ("3" if "polite" in pool else "1")


async def test_a_request_line_over_four_kibibytes_is_refused_as_html(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer(RECORDS) as server:
        overhead = len("GET /works?filter=doi: HTTP/1.1")
        fits = await ask(web, f"{server.url}/works?filter=doi:{'a' * (4096 - overhead)}")
        long = await ask(web, f"{server.url}/works?filter=doi:{'a' * (4097 - overhead)}")
        longer = await ask(web, f"{server.url}/works?filter=doi:{'a' * 100_000}")

    assert fits[0] == 200
    assert long[0] == longer[0] == 414
    assert long[2].content_type == "text/html"


async def test_what_was_asked_is_noted(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer(RECORDS) as server:
        await ask(
            web, f"{server.url}/works", {"filter": "doi:10.5555/ABC", **POLITE}, headers={"User-Agent": "me"}
        )

    (asked,) = server.requests
    assert (asked.route, asked.path, asked.user_agent) == ("list", "/works", "me")
    assert asked.dois == ("10.5555/abc",)
    assert asked.query == {"filter": "doi:10.5555/ABC", "mailto": "me@example.org"}


async def test_a_fourth_list_query_at_once_is_refused_and_counted(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer(RECORDS, enforce_limits=True) as server:
        came = await asyncio.gather(*(ask(web, f"{server.url}/works", POLITE) for _ in range(5)))

    assert sorted(status for status, _, _ in came) == [200, 200, 200, 429, 429]
    assert server.limited == 2


async def test_without_an_address_one_list_query_a_second_passes(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer(RECORDS, enforce_limits=True) as server:
        statuses = [(await ask(web, f"{server.url}/works"))[0] for _ in range(2)]

    assert statuses == [200, 429]


@pytest.mark.parametrize(
    ("effect", "status", "kind", "after"),
    [
        (bad.too_many("7"), 429, "text/plain", "7"),
        (bad.too_many("Wed, 21 Oct 2026 07:28:00 GMT"), 429, "text/plain", "Wed, 21 Oct 2026 07:28:00 GMT"),
        (bad.TOO_MANY_HTML, 429, "text/html", None),
        (bad.UNAVAILABLE, 503, "text/html", None),
        (bad.unavailable("3"), 503, "text/html", "3"),
        (bad.GATEWAY_TIMEOUT, 504, "text/html", None),
        (bad.NOT_FOUND_AS_JSON, 404, "application/json", None),
        (bad.INVALID, 400, "application/json", None),
    ],
)
async def test_a_fault_answers_in_the_place_of_the_truth(
    web: aiohttp.ClientSession, effect: Reply, status: int, kind: str, after: str | None
) -> None:
    async with CrossrefServer(RECORDS, faults=Faults(Fault(effect))) as server:
        got, _, response = await ask(web, f"{server.url}/works")

    assert (got, response.content_type, response.headers.get("Retry-After")) == (status, kind, after)


async def test_a_bare_429_has_neither_headers_nor_body() -> None:
    async with CrossrefServer(RECORDS, faults=Faults(Fault(bad.TOO_MANY_BARE))) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]))
        writer.write(b"GET /works HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()

    assert answer == b"HTTP/1.1 429 Too Many Requests\r\n\r\n"


async def test_a_reset_connection_answers_nothing(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer(RECORDS, faults=Faults(Fault(bad.RESET))) as server:
        with pytest.raises(aiohttp.ClientConnectionError):
            await ask(web, f"{server.url}/works")


async def test_a_hanging_server_can_be_stopped(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer(RECORDS, faults=Faults(Fault(bad.HANG, routes=frozenset({"list"})))) as server:
        host, port = "127.0.0.1", int(server.url.rpartition(":")[2])
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(b"GET /works HTTP/1.1\r\nHost: x\r\n\r\n")
        await ask(web, f"{server.url}/works/10.5555/abc")
        hanging = asyncio.create_task(reader.read())
        assert len(server.requests) == 2
        assert not hanging.done()
    await hanging
    writer.close()
    await writer.wait_closed()


async def test_half_a_body_is_no_json(web: aiohttp.ClientSession) -> None:
    async with CrossrefServer(RECORDS, faults=Faults(Fault(bad.HALF_A_BODY))) as server:
        status, body, response = await ask(web, f"{server.url}/works")

    assert (status, response.content_type) == (200, "application/json")
    assert body.startswith(b'{"status":"ok"')
    assert not body.endswith(b"}")


async def test_a_stranger_joins_the_batch_but_no_single_work(web: aiohttp.ClientSession) -> None:
    stranger = Faults(Fault(bad.Stranger("10.5555/odd")))
    async with CrossrefServer(RECORDS, faults=stranger) as server:
        _, batch, response = await ask(web, f"{server.url}/works", {"filter": "doi:10.5555/abc"})
        _, single, _ = await ask(web, f"{server.url}/works/10.5555/abc")

    assert [item["DOI"] for item in batch["message"]["items"]] == ["10.5555/odd", "10.5555/abc"]
    assert response.headers["x-api-pool"] == "public-array"
    assert single["message"]["DOI"] == "10.5555/abc"


async def test_a_fault_hits_every_batch_with_its_doi(web: aiohttp.ClientSession) -> None:
    faults = Faults(Fault(bad.INVALID, dois=frozenset({"10.5555/DEF"}), routes=frozenset({"list"})))
    async with CrossrefServer(RECORDS, faults=faults) as server:
        both = await ask(web, f"{server.url}/works", {"filter": "doi:10.5555/abc,doi:10.5555/def"})
        good = await ask(web, f"{server.url}/works", {"filter": "doi:10.5555/abc"})
        alone = await ask(web, f"{server.url}/works/10.5555/def")

    assert [both[0], good[0], alone[0]] == [400, 200, 200]


async def test_the_server_finds_its_way_among_fourteen_thousand_records(web: aiohttp.ClientSession) -> None:
    records = [{"DOI": f"10.5555/{n}", "title": [f"Work {n}"]} for n in range(14_000)]
    async with CrossrefServer(records) as server:
        for start in range(0, 14_000, 1_400):
            query = {"filter": ",".join(f"doi:10.5555/{n}" for n in range(start, start + 98)), "rows": "98"}
            _, answer, _ = await ask(web, f"{server.url}/works", query)
            assert answer["message"]["total-results"] == 98
