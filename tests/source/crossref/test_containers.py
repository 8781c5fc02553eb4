from __future__ import annotations

import pytest

from enrich.source.crossref.containers import containers


def test_full_and_short_titles_come_apart() -> None:
    record = {"container-title": ["Ecology &amp; Salt"], "short-container-title": ["Ecol. Salt", "Eco Salt"]}

    assert containers(record) == ("Ecology & Salt", "Ecol. Salt")


@pytest.mark.parametrize(
    "series", ["Lecture Notes in Salt Science and Technology", "SpringerBriefs in Salt", "Salzreihe"]
)
def test_of_a_book_and_its_series_the_book_counts_in_either_order(series: str) -> None:
    book = "Salt of the Earth"

    assert containers({"container-title": [series, book]})[0] == book
    assert containers({"container-title": [book, series]})[0] == book


def test_of_two_titles_the_fuller_one_counts() -> None:
    assert containers({"container-title": ["Salt Res", "Salt Research"]})[0] == "Salt Research"


def test_a_short_title_stands_in_for_a_missing_one() -> None:
    assert containers({"short-container-title": ["Salt Res"]}) == ("Salt Res", "Salt Res")
    assert containers({"container-title": [], "short-container-title": []}) == ("", "")
    assert containers({"container-title": "Science"}) == ("Science", "")
