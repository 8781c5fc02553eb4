from __future__ import annotations

import pytest

from enrich.model.work import PartialDate
from enrich.source.crossref.dates import date, published, years


def parts(*numbers: object) -> dict[str, object]:
    return {"date-parts": [list(numbers)]}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (parts(2022, 4, 20), "2022-04-20"),
        (parts(2022, 4), "2022-04"),
        (parts(2022), "2022"),
        (parts("2022", "04"), "2022-04"),
        (parts(2022, 13, 1), "2022"),
        (parts(2022, 0, 5), "2022"),
        (parts(2023, 2, 29), "2023-02"),
        (parts(2022, None, 5), "2022"),
        (parts(2022, 4, 20, 12), "2022-04-20"),
        ({"date-parts": [2022, 4]}, "2022-04"),
        ({"date-parts": [[2001, 5], [2002, 6]]}, "2001-05"),
        ({"raw": "2015-03-02T10:00:00Z"}, "2015-03-02"),
        ({"date-parts": [[None]], "raw": "2015"}, "2015"),
        ({"raw": "2015-13-40"}, "2015"),
    ],
)
def test_a_date_is_as_precise_as_it_is_possible(value: object, shown: str) -> None:
    assert str(date(value)) == shown


@pytest.mark.parametrize(
    "numbers", [(), (None,), (0,), (0, 5, 5), (True,), (99999, 1), ("x",), (1e9,), (-5,)]
)
def test_no_year_is_invented(numbers: tuple[object, ...]) -> None:
    assert date(parts(*numbers)) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        [],
        {"date-parts": []},
        {"date-parts": "2022"},
        {"date-parts": [[[]]]},
        {"raw": "spring"},
        {"raw": 5},
    ],
)
def test_no_date_is_invented(value: object) -> None:
    assert date(value) is None


def test_the_issued_date_comes_first() -> None:
    record = {"issued": parts(2019), "published-online": parts(2019, 3, 5), "published-print": parts(2020, 1)}

    assert published(record) == PartialDate(2019)
    assert years(record) == (2019, 2020)


def test_without_an_issued_date_the_earliest_publication_counts() -> None:
    record = {
        "issued": {"date-parts": [[None]]},
        "published-print": parts(2005, 2),
        "published-online": parts(2004, 12, 9),
        "approved": parts(1999),
    }

    assert published(record) == PartialDate(2004, 12, 9)
    assert years(record) == (1999, 2004, 2005)


def test_of_one_year_the_more_precise_date_counts() -> None:
    record = {"published-print": parts(2005), "published-online": parts(2005, 3)}

    assert published(record) == PartialDate(2005, 3)


def test_a_preprint_is_dated_by_its_posting_and_a_standard_by_its_approval() -> None:
    assert published({"posted": parts(2021, 6, 1)}) == PartialDate(2021, 6, 1)
    assert published({"approved": parts(2014, 10, 31)}) == PartialDate(2014, 10, 31)
    assert published({"created": parts(2014), "deposited": parts(2014), "indexed": parts(2014)}) is None
