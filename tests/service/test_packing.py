from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.model.accession import Pmid
from enrich.model.claims import Fact, Judgement
from enrich.model.identifier import Doi
from enrich.model.outcome import CitationOutcome, Difference, HostTraffic, Kept, PageOutcome, Report
from enrich.model.work import Author, Group, PartialDate, Update, Work
from enrich.service.packing import MalformedError, pack, unpacker

WORK = Work(
    Doi("10.5555/a"),
    title="A <script> title",
    authors=(Author("Jo", "Marten"), Group("A Group")),
    published=PartialDate(2021, 7),
    years=(2020, 2021),
    updated_by=(Update("retraction", None, PartialDate(2022), "publisher"),),
    pmid=Pmid("123"),
)
CITATION = CitationOutcome(
    "10.5555/A",
    "10.5555/a",
    7,
    "suspect",
    "another title",
    Judgement("suspect", (Fact("title", "One", "Other", -1),)),
    work=WORK,
)
PAGE = PageOutcome(
    "content/a.md",
    "written",
    citations=(CITATION,),
    changes=(Difference("citations", None, ["a", 1, 2.5, True, {"k": []}], "new"),),
    kept=(Kept("title", "x", None),),
)
REPORT = Report(
    False, 1.5, (PAGE,), (("10.5555/a", "found"),), (("a.org", HostTraffic(3, 1)),), ("note",), 15
)


def through_json(value: object) -> object:
    return json.loads(json.dumps(pack(value)))


def test_a_report_comes_back_as_it_was() -> None:
    assert unpacker(Report)(through_json(REPORT)) == REPORT


def test_front_matter_comes_back_as_json_has_it() -> None:
    page = PageOutcome("a.md", "written", changes=(Difference("date", None, datetime.date(2021, 7, 1), ""),))
    back = unpacker(PageOutcome)(through_json(page))
    assert back.changes[0].new == "2021-07-01"


texts = st.text(max_size=8)
numbers = st.floats(allow_nan=False, allow_infinity=False)
facts = st.builds(Fact, st.sampled_from(["title", "year"]), texts, texts, numbers)
judgements = st.builds(
    Judgement, st.sampled_from(["attested", "suspect"]), st.lists(facts, max_size=2).map(tuple)
)
citations = st.builds(
    CitationOutcome,
    texts,
    st.none() | texts,
    st.integers(),
    st.sampled_from(["found", "suspect"]),
    texts,
    st.none() | judgements,
    st.booleans(),
    st.sampled_from([None, WORK]),
)
pages = st.builds(
    PageOutcome,
    texts,
    st.sampled_from(["written", "refused"]),
    texts,
    st.none() | st.integers(),
    st.lists(citations, max_size=2).map(tuple),
)


@law(max_examples=60, deadline=None)
@given(pages)
def test_nothing_is_lost_on_the_way(page: PageOutcome) -> None:
    assert unpacker(PageOutcome)(through_json(page)) == page


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"is": "Report"},
        {"is": "Report", "dry_run": 1, "seconds": 1, "pages": [], "works": [], "requests": []},
        {"is": "Report", "dry_run": True, "seconds": True, "pages": [], "works": [], "requests": []},
        {"is": "Report", "dry_run": True, "seconds": 1, "pages": {}, "works": [], "requests": []},
        {"is": "Report", "dry_run": True, "seconds": 1, "pages": [1], "works": [], "requests": []},
        {"is": "Report", "dry_run": True, "seconds": 1, "pages": [], "works": [["a"]], "requests": []},
        {
            "is": "Report",
            "dry_run": True,
            "seconds": 1,
            "pages": [],
            "works": [["a", "lost"]],
            "requests": [],
        },
        {
            "is": "Report",
            "dry_run": True,
            "seconds": 1,
            "pages": [],
            "works": [],
            "requests": [],
            "strange": 1,
        },
        {"is": "PageOutcome", "path": "a", "outcome": "written"},
    ],
)
def test_what_packing_cannot_have_made_is_refused(data: object) -> None:
    with pytest.raises(MalformedError):
        unpacker(Report)(data)


def test_a_union_is_told_apart_by_the_records_name() -> None:
    back = unpacker(Work)(through_json(WORK))
    assert back.authors == (Author("Jo", "Marten"), Group("A Group"))
    with pytest.raises(MalformedError):
        unpacker(Work)({"is": "Work", "doi": {"is": "Pmid", "value": "1"}})
    with pytest.raises(MalformedError):
        unpacker(Work)({"is": "Work", "doi": 1})
