from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.accession import ArticleIds, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.store.names import pack_doi, pack_ids, unpack_doi, unpack_ids

_ids = st.builds(
    ArticleIds,
    st.integers(1, 10**7).map(lambda number: Pmcid(f"PMC{number}")),
    st.none() | st.integers(1, 10**8 - 1).map(lambda number: Pmid(str(number))),
    st.sampled_from([None, Doi("10.1093/nar/gks1195")]),
)


@settings(max_examples=60, deadline=None)
@given(_ids)
def test_an_articles_numbers_come_back_as_they_went_in(ids: ArticleIds) -> None:
    assert unpack_ids(json.loads(json.dumps(pack_ids(ids)))) == ids


def test_a_doi_comes_back_as_it_went_in() -> None:
    doi = Doi("10.1016/s0140-6736(05)67728-8")

    assert unpack_doi(json.loads(json.dumps(pack_doi(doi)))) == doi


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        ["PMC1"],
        ["1", None, None],
        ["PMC1", "0", None],
        ["PMC1", 1, None],
        ["PMC1", None, "10.1000/X"],
        ["PMC1", None, None, None],
        {"pmcid": "PMC1"},
    ],
)
def test_data_that_pack_cannot_have_made_is_no_article(data: object) -> None:
    assert unpack_ids(data) is None


@pytest.mark.parametrize("data", [None, 7, "", "10.1000/X", "doi:10.1000/x", ["10.1000/x"]])
def test_data_that_pack_cannot_have_made_is_no_doi(data: object) -> None:
    assert unpack_doi(data) is None
