from __future__ import annotations

import pytest

from enrich.page.match.journal_place import find_place, find_years, is_year


def place(text: str) -> tuple[str, str, str]:
    found = find_place(text)
    assert found is not None
    return found.volume, found.issue, found.page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14(9):1715", ("14", "9", "1715")),
        ("16(11): e0260748.", ("16", "11", "e0260748")),
        ("2014;2014:535716", ("2014", "", "535716")),
        ("15(Suppl 2):S155-S156", ("15", "Suppl 2", "S155")),
        ("2012 Jan;35 Suppl 1:S11-63.", ("35", "Suppl 1", "S11")),
        ("2012;35 Suppl:S11-63", ("35", "Suppl", "S11")),
        ("2012 Mar;57 Spec No:12-9", ("57", "Spec No", "12")),
        ("1998;95 Pt 2:163-71", ("95", "Pt 2", "163")),
        ("vol. 68, no. 810, pp. 1805, 1995", ("68", "810", "1805")),
        ("14, Nr. 3, S. 22-30", ("14", "3", "22")),
        ("Bd. 12, Heft 3, Seiten 22–30", ("12", "3", "22")),
        ("Т. 12, № 3. С. 22–30", ("12", "3", "22")),
        ("14(9)", ("14", "9", "")),
        ("1896;XXVI(18):1157", ("XXVI", "18", "1157")),
        ("LXII(16), 1216", ("LXII", "16", "1216")),
        ("JAMA XXVIII, 789-790 (1897)", ("XXVIII", "", "789")),
    ],
)
def test_the_place_is_found_as_people_write_it(text: str, expected: tuple[str, str, str]) -> None:
    assert place(text) == expected


def test_the_last_place_wins() -> None:
    assert place("A ratio of 3:4 in rats. Nutrients. 2022;14:1715")[0] == "14"


@pytest.mark.parametrize("text", ["", "no figures", "ICASSP-92: 1992 IEEE Conference", "CI: 4.30%, 13.41%"])
def test_a_text_without_a_place_has_none(text: str) -> None:
    assert find_place(text) is None


def test_years_are_not_volumes_pages_or_doses() -> None:
    text = "2000 IU a day. Nutrients. 2022;2014:1999"

    assert [year for year, _ in find_years(text, find_place(text))] == [2022]


def test_a_year_in_brackets_is_one_though_the_volume_has_its_number() -> None:
    text = "Archaea 2010 (2010): 1-2"

    assert place(text) == ("2010", "", "1")
    assert [year for year, _ in find_years(text, find_place(text))] == [2010]


def test_a_year_has_four_figures_of_the_last_centuries() -> None:
    assert is_year("1837")
    assert not is_year("1715")
    assert not is_year("20190")
