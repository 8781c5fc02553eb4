from __future__ import annotations

import pytest

from enrich.model.identifier import Doi
from enrich.model.work import Work
from enrich.page.match import thresholds
from enrich.page.match.place_match import compare

WORK = Work(Doi("10.1371/journal.pone.0260748"), volume="16", pages="423-432")


def weight(volume: str, page: str, work: Work = WORK) -> float:
    fact = compare(volume, page, work)
    return fact.weight if fact else 0


@pytest.mark.parametrize(
    ("volume", "page", "expected"),
    [
        ("16", "423", thresholds.WEIGHT_PAGE),
        ("", "423", thresholds.WEIGHT_PAGE_ALONE),
        ("17", "423", 0),
        ("16", "431", thresholds.WEIGHT_VOLUME),
        ("16", "433", thresholds.AGAINST_PAGE),
        ("", "433", thresholds.AGAINST_PAGE),
        ("16", "", thresholds.WEIGHT_VOLUME),
        ("17", "", thresholds.AGAINST_VOLUME),
        ("XVI", "", thresholds.WEIGHT_VOLUME),
        ("16", "1", thresholds.WEIGHT_VOLUME),
        ("17", "1", thresholds.AGAINST_VOLUME),
        ("16", "e0260748", thresholds.WEIGHT_PAGE),
        ("16", "nmab126", thresholds.WEIGHT_VOLUME),
        ("16", "162501", thresholds.WEIGHT_VOLUME),
        ("", "", 0),
    ],
)
def test_volume_and_page_are_weighed_together(volume: str, page: str, expected: float) -> None:
    assert weight(volume, page) == expected


def test_a_first_page_of_1_in_the_record_identifies_nothing() -> None:
    work = Work(Doi("10.1155/2021/8827300"), volume="2021", pages="1-11")

    assert weight("2021", "55", work) == thresholds.WEIGHT_VOLUME
    assert weight("2021", "8827300", work) == thresholds.WEIGHT_PAGE


def test_a_letter_on_one_side_only_is_no_difference() -> None:
    work = Work(Doi("10.1/x"), volume="9", pages="24", article_number="e24")

    assert weight("9", "24", work) == weight("9", "E024", work) == thresholds.WEIGHT_PAGE
    assert weight("9", "S24", Work(Doi("10.1/x"), volume="9", pages="e24")) == thresholds.AGAINST_PAGE


def test_a_record_without_a_place_says_nothing() -> None:
    assert compare("16", "423", Work(Doi("10.1/x"))) is None
