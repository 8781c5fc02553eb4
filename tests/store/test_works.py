"""Works as JSON data and back."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.accession import ArxivId, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Update, Work
from enrich.store.works import pack, unpack

_texts = st.text(max_size=12)
_dois = st.sampled_from(["10.1000/x", "10.1016/s0140-6736(05)67728-8", "10.1000/a:b", "10.1000/é"]).map(
    lambda text: _doi(text)
)
_dates = st.builds(
    PartialDate, st.integers(0, 9999), st.none() | st.integers(1, 12), st.none() | st.integers(1, 31)
)
_names = st.builds(Author, _texts, _texts, _texts, _texts) | st.builds(Group, _texts)
_updates = st.builds(Update, _texts, st.none() | _dois, st.none() | _dates, _texts)


def _doi(text: str) -> Doi:
    doi = Doi.parse(text)
    assert doi
    return doi


def _some(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=3).map(tuple)


_by_type = {
    "Doi | None": st.none() | _dois,
    "Pmid | None": st.sampled_from([None, Pmid("23006613")]),
    "Pmcid | None": st.sampled_from([None, Pmcid("PMC3502158")]),
    "ArxivId | None": st.sampled_from([None, ArxivId("2101.00001"), ArxivId("hep-th/9901001")]),
    "str": _texts,
    "tuple[str, ...]": _some(_texts),
    "tuple[int, ...]": _some(st.integers()),
    "tuple[Author | Group, ...]": _some(_names),
    "tuple[Update, ...]": _some(_updates),
    "PartialDate | None": st.none() | _dates,
}
_works = st.builds(Work, **{field.name: _by_type[str(field.type)] for field in dataclasses.fields(Work)})


@settings(max_examples=60, deadline=None)
@given(_works)
def test_a_work_comes_back_as_it_went_in(work: Work) -> None:
    assert unpack(json.loads(json.dumps(pack(work)))) == work


def test_a_work_that_states_nothing_is_short() -> None:
    assert pack(Work(_doi("10.1000/x"))) == {"doi": "10.1000/x", "agency": "Crossref"}


def test_every_field_of_a_work_is_packed() -> None:
    date, update = PartialDate(2020), Update("retraction", _doi("10.1000/r"))
    full = Work(
        _doi("10.1000/x"), "t", ("o",), (Group("g"),), (Author("a", "b"),), "c", "s", date, (2020,),
        "1", "2", "3", "4", "k", "p", ("i",), (update,), (update,), "a",
        Pmid("1"), Pmcid("PMC1"), ArxivId("2101.00001"), _doi("10.1000/y"),
    )  # fmt: skip

    assert pack(full).keys() == {field.name for field in dataclasses.fields(Work)}


@pytest.mark.parametrize(
    "damage",
    [
        {"doi": 7},
        {"doi": "no doi"},
        {"pmid": "0"},
        {"pmid": 23006613},
        {"pmcid": "3502158"},
        {"arxiv": "2101.00001v2"},
        {"published_as": "10.1000/X"},
        {"doi": "https://doi.org/10.1000/x"},
        {"doi": "10.1000/X"},
        {"title": None},
        {"title": 7},
        {"title": ["a"]},
        {"authors": "Silva"},
        {"authors": {"family": "Silva"}},
        {"authors": [["Ana", "Silva"]]},
        {"authors": [["Ana", "Silva", "", None]]},
        {"authors": ["Silva"]},
        {"years": [True]},
        {"years": ["2020"]},
        {"years": [2020.0]},
        {"published": "2020"},
        {"published": [2020]},
        {"published": [None, 1, 1]},
        {"published": [2020, "1", 1]},
        {"update_to": [["retraction", "10.1000/r", None]]},
        {"update_to": [["retraction", "nothing", None, ""]]},
        {"agency": None},
        {"volumes": "1"},
    ],
    ids=str,
)
def test_data_that_pack_cannot_have_made_is_no_work(damage: dict[str, object]) -> None:
    sound = pack(Work(_doi("10.1000/x"), "Title"))

    assert unpack(sound)
    assert unpack(sound | damage) is None


@pytest.mark.parametrize("data", [None, [], "10.1000/x", 7, {}])
def test_other_data_is_no_work(data: object) -> None:
    assert unpack(data) is None


def test_works_of_one_journal_share_its_name_in_memory() -> None:
    text = json.dumps(pack(Work(_doi("10.1000/x"), container="Journal of Samples")))

    one, other = unpack(json.loads(text)), unpack(json.loads(text))

    assert one and other and one.container is other.container
