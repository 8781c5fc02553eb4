from __future__ import annotations

import pytest

from enrich.page.body.reading import MOST, in_address, in_text


def readings(text: str, *cuts: int) -> list[list[str]]:
    return [[doi.value for doi in sighting.readings] for sighting in in_text(text, cuts)]


def spelled(text: str) -> list[tuple[str, str]]:
    return [(text[sighting.start : sighting.end], sighting.damaged) for sighting in in_text(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See 10.1000/ABC1.", ("10.1000/ABC1", "")),
        ("10.1016/S0021- 9258(18)85783-0.", ("10.1016/S0021- 9258(18)85783-0", "space inside")),
        ("doi: 10. 1016/j.cell.2020", ("10. 1016/j.cell.2020", "space inside")),
        ("10.1016/S0021–9258", ("10.1016/S0021–9258", "dash for hyphen")),
        ("10.1000/abc1.Epub 2020", ("10.1000/abc1", "glued text")),
        ("10.1000/abc1-", ("10.1000/abc1", "stray hyphen")),
        ("10.1000%2Fabc1.", ("10.1000%2Fabc1", "percent signs")),
        ("https://doi.org/10.1000%2Fabc1.", ("10.1000%2Fabc1", "")),
        ("https://doi.org/10.1000%252Fabc1.", ("10.1000%252Fabc1", "escaped twice")),
        ("10.1000/1&lt;2::a&gt;3.", ("10.1000/1&lt;2::a&gt;3", "escaped twice")),
        (
            "10.1002/(SICI)1097-0258(19980815/30)17:15/16",
            ("10.1002/(SICI)1097-0258(19980815/30)17:15/16", "cut SICI"),
        ),
        ("https://a.org/doi/10.1000/abc1/full?x=y", ("10.1000/abc1", "")),
    ],
)
def test_a_doi_is_spelled_as_the_text_spells_it(text: str, expected: tuple[str, str]) -> None:
    assert spelled(text) == [expected]


def test_a_space_inside_is_joined_first_where_the_rest_makes_no_sense() -> None:
    assert readings("10.1016/S0021- 9258(18)85783-0")[0][:2] == [
        "10.1016/s0021-9258(18)85783-0",
        "10.1016/s0021",
    ]
    assert readings("10.1000/abc1. 12.5 mg")[0][:2] == ["10.1000/abc1", "10.1000/abc1.12.5"]


def test_a_dash_in_prose_ends_a_doi_first() -> None:
    assert readings("10.1000/abc1–the")[0] == ["10.1000/abc1", "10.1000/abc1-the"]
    assert readings("10.1000/abc1—2020")[0] == ["10.1000/abc1"]


def test_a_cut_ends_a_doi_unless_it_goes_on() -> None:
    assert readings("10.1000/abc1Next", 12)[0][:2] == ["10.1000/abc1", "10.1000/abc1next"]
    assert readings("10.1016/S0140-6736(05)67728-8", 18)[0][:2] == [
        "10.1016/s0140-6736(05)67728-8",
        "10.1016/s0140-6736",
    ]


def test_dois_glued_to_each_other_are_several() -> None:
    assert [one[0] for one in readings("10.1234/abc;10.1234/def,doi:10.1234/ghi+10.1234/jkl")] == [
        "10.1234/abc",
        "10.1234/def",
        "10.1234/ghi",
        "10.1234/jkl",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "05.10.2022/06.10.2022",
        "10.2022/11.2022",
        "season 10. 2019/20",
        "10.92/14.34",
        "110.1000/abc",
        "10.1000/",
        "10.1000/ and",
        "10.1000/)",
    ],
)
def test_figures_in_prose_are_no_dois(text: str) -> None:
    assert readings(text) == []


def test_an_odd_number_that_is_called_a_doi_is_one() -> None:
    assert readings("doi:10.2022/11.2022")[0][0] == "10.2022/11.2022"


def test_there_are_never_more_readings_than_may_be_asked() -> None:
    assert (
        max(map(len, readings("10.1000/a-b(c),d;e.Epub[1] 5–6.7 10.1000/x(y, 10.1- 10.1000/a(b). 1.2")))
        <= MOST
    )


@pytest.mark.parametrize(
    ("url", "damaged"),
    [
        ("https://doi.org/10.1000/abc1", ""),
        ("https://doi.org/10.1000/abc1.", "stray full stop"),
        ("https://doi.org/10.1000/abc1,", "stray comma"),
        ("https://doi.org/10.1000/abc1)", "stray bracket"),
        ("https://doi.org/10.1000/abc1/", "stray slash"),
        ("https://doi.org/10.1000/abc1;", "stray end"),
        ("https://doi.org/10.1000/ab%20c1.", ""),
        ("https://a.org/doi/10.1000/abc1/full", ""),
        ("10.1000/abc1", ""),
        ("doi:10.1000/abc1", ""),
    ],
)
def test_a_target_that_would_not_resolve_is_damaged(url: str, damaged: str) -> None:
    sighting = in_address(url)

    assert sighting
    if "%20" not in url:
        assert (sighting.readings[0].value, sighting.damaged) == ("10.1000/abc1", damaged)


@pytest.mark.parametrize(
    "url", ["https://a.org/v10.1000/abc", "https://a.org/10.1000/", "https://a.org", "#10"]
)
def test_an_address_without_a_doi_has_no_reading(url: str) -> None:
    assert in_address(url) is None
