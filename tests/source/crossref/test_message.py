from __future__ import annotations

import pytest

from enrich.source.crossref.message import ROWS, listed, ranked, single

RECORD = {"DOI": "10.1/x"}


def said(items: object, total: object = 1) -> object:
    return {"message": {"items": items, "total-results": total}}


def test_a_list_answer_must_hold_all_that_it_counts() -> None:
    assert listed(said([RECORD])) == (RECORD,)
    assert listed(said([RECORD], total=2)) is None
    assert listed(said([RECORD, "half"], total=2)) is None


def test_a_search_counts_far_more_than_it_shows() -> None:
    assert ranked(said([RECORD], total=123_456)) == (RECORD,)
    assert ranked(said([], total=0)) == ()
    assert ranked(said([RECORD] * (ROWS + 1))) is None
    assert ranked(said([RECORD, None])) is None


def test_a_single_answer_is_one_record() -> None:
    assert single({"message": RECORD}) == (RECORD,)
    assert single({"message": [RECORD]}) is None


@pytest.mark.parametrize("wrong", [None, [], "<html>", {}, {"message": None}, {"message": {"items": None}}])
def test_another_shape_raises_what_the_client_expects(wrong: object) -> None:
    for read in (listed, ranked):
        with pytest.raises((LookupError, TypeError)):
            read(wrong)
