from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import math
from functools import cache
from pathlib import Path

import httpx2
import pytest
from habanero import Crossref
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.demo.crossref import CrossrefServer
from enrich.model.identifier import Doi
from enrich.source.crossref.batch import MAX_LINE, Packed, line_length, pack, pair

URL = "https://api.crossref.org"
SELECT = ("DOI", "title", "author", "container-title", "issued")
RECORDS = Path(__file__).resolve().parents[3].parent / "shared" / "crossref" / "works.jsonl.gz"

suffixes = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60)
dois = st.builds(lambda prefix, suffix: Doi(f"10.{prefix}/{suffix}"), st.integers(1000, 99999), suffixes)


@cache
def real_dois() -> tuple[Doi, ...]:
    if not RECORDS.exists():
        pytest.skip(f"the real records are not at {RECORDS}")
    with gzip.open(RECORDS, "rt", encoding="utf-8") as lines:
        return tuple(Doi(json.loads(line)["DOI"]) for line in lines)


def sent_line(target: str) -> int:
    return len(f"GET {target} HTTP/1.1\r\n")


def list_works(url: str, batch: tuple[Doi, ...]) -> None:
    client = Crossref(base_url=url, timeout=10)
    client.works(filter={"doi": [doi.value for doi in batch]}, limit=len(batch), select=list(SELECT))


def everything(packed: Packed) -> list[Doi]:
    return sorted([doi for batch in packed.batches for doi in batch] + list(packed.singles))


@settings(max_examples=60, deadline=None)
@given(st.lists(dois, max_size=200))
def test_packing_loses_nothing_and_doubles_nothing(asked: list[Doi]) -> None:
    assert everything(pack(asked, URL, SELECT, max_line=800)) == sorted(set(asked))


@settings(max_examples=60, deadline=None)
@given(st.lists(dois, max_size=200), st.integers(200, 900))
def test_no_batch_is_over_the_line_and_none_is_empty(asked: list[Doi], max_line: int) -> None:
    for batch in pack(asked, URL, SELECT, max_line=max_line).batches:
        assert 0 < line_length(URL, SELECT, batch) <= max_line


def test_packing_keeps_the_order_of_the_questions() -> None:
    asked = [Doi(f"10.1000/{'x' * (n % 17)}{n}") for n in range(300)]

    assert [doi for batch in pack(asked, URL, SELECT).batches for doi in batch] == asked


def test_a_comma_sends_a_doi_alone() -> None:
    plain, comma = Doi("10.1000/a"), Doi("10.1000/a,b")

    assert pack([plain, comma], URL, SELECT) == Packed(((plain,),), (comma,))


def test_a_doi_that_fills_a_line_is_no_part_of_a_list() -> None:
    giant = Doi("10.1000/" + "x" * MAX_LINE)

    assert pack([giant], URL, SELECT) == Packed((), (giant,))


def test_a_batch_never_asks_for_more_rows_than_one_page_holds() -> None:
    packed = pack([Doi(f"10.1000/{n}") for n in range(25)], URL, SELECT, max_rows=10)

    assert [len(batch) for batch in packed.batches] == [10, 10, 5]


def test_nothing_asked_is_nothing_packed() -> None:
    assert pack([], URL, SELECT) == Packed((), ())


def test_real_dois_need_no_more_lines_than_full_ones_would() -> None:
    asked = [Doi(f"{doi}.{copy}") for copy in range(5) for doi in real_dois()]

    packed = pack(asked, URL, SELECT)

    frame = line_length(URL, SELECT, [])
    needed = math.ceil(sum(line_length(URL, SELECT, [doi]) - frame + 3 for doi in asked) / (4000 - frame))
    slack = [MAX_LINE - line_length(URL, SELECT, batch) for batch in packed.batches[:-1]]
    assert len(packed.batches) <= needed + 2
    assert sum(slack) / len(slack) < 30


def test_the_length_of_a_line_is_the_one_that_habanero_sends() -> None:
    """Each real DOI's own line, and the full lines of all of them together, as httpx2 would send them."""
    for doi in real_dois():
        query = {"filter": f"doi:{doi}", "rows": "1", "select": ",".join(SELECT)}
        target = httpx2.Request("GET", f"{URL}/works", params=query).url.raw_path.decode()
        assert sent_line(target) == line_length(URL, SELECT, [doi])


@pytest.mark.parametrize("prefix", ["", "/mirror/v1"])
async def test_full_lines_arrive_as_long_as_computed(prefix: str) -> None:
    """habanero's own requests for all real DOIs; below a prefix the server knows nothing and answers 404."""
    async with CrossrefServer([]) as server:
        url = server.url + prefix
        packed = pack(real_dois(), url, SELECT)
        for batch in packed.batches:
            with contextlib.suppress(httpx2.HTTPStatusError):
                await asyncio.to_thread(list_works, url, batch)
        lines = [sent_line(asked.target) for asked in server.requests]

    assert lines == [line_length(url, SELECT, batch) for batch in packed.batches]
    assert max(lines) <= MAX_LINE


def test_answers_are_paired_without_regard_to_case_or_order() -> None:
    one, two, three = Doi("10.1000/a"), Doi("10.1000/b"), Doi("10.1000/c")
    record_a, record_c = {"DOI": "10.1000/A", "title": ["A"]}, {"DOI": "10.1000/C"}

    paired = pair([one, two, three], [record_c, record_a])

    assert dict(paired.found) == {one: record_a, three: record_c}
    assert paired.missing == (two,)
    assert paired.strangers == ()


def test_a_record_that_nobody_asked_for_is_a_stranger() -> None:
    paired = pair([Doi("10.1000/a")], [{"DOI": "10.1000/z"}, {"title": ["no DOI at all"]}])

    assert paired.strangers == ("10.1000/z", "")
    assert paired.missing == (Doi("10.1000/a"),)


def test_a_record_that_comes_twice_counts_once() -> None:
    first, second = {"DOI": "10.1000/a", "volume": "1"}, {"DOI": "10.1000/A", "volume": "2"}

    assert pair([Doi("10.1000/a")], [first, second]).found == ((Doi("10.1000/a"), first),)
