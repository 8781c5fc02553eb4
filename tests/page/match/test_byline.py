from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.page.match import byline

JOURNAL = "Annals of Invented Airways"


@pytest.mark.parametrize(
    ("names", "line"),
    [
        ("Quist N, Oxdal P", f"Quist N, Oxdal P. {JOURNAL}. 2012;13(1):84-91."),
        ("Quist N et al", f"Quist N et al. {JOURNAL}. 2012 Sep 25;13(1):84."),
        ("Quist N, et al", f"Quist N, et al. {JOURNAL} 2012;13(1):84-91"),
        ("Quist N, Oxdal P", f"Quist N, Oxdal P (2012) {JOURNAL} 13(1):84-91"),
        ("Quist, N., & Oxdal, P", f"Quist, N., & Oxdal, P. (2012). {JOURNAL}, 13(1), 84-91."),
        ("Nora Quist", f"Nora Quist. {JOURNAL}. 2012;13(1):84-91."),
        ("Nora B. Quist, Per Oxdal", f"Nora B. Quist, Per Oxdal. {JOURNAL}. 2012;13(1):84-91."),
        ("N. Quist, P. Oxdal", f"N. Quist, P. Oxdal. {JOURNAL}. 2012;13(1):84-91."),
    ],
)
def test_authors_and_place_in_one_line_are_told_apart(names: str, line: str) -> None:
    found = byline.read(line)

    assert found is not None
    assert found.authors == names
    assert found.journals == (JOURNAL,)
    assert (found.years, found.volume, found.issue, found.page) == ((2012,), "13", "1", "84")


def test_a_journal_in_short_words_is_no_name() -> None:
    found = byline.read("Quist N, Oxdal P. Ann. Inv. Airw. U. S. A. 2012;13:84-91.")

    assert found is not None
    assert found.authors == "Quist N, Oxdal P"
    assert found.journals[0] == "Ann Inv Airw U S A"


def test_without_a_place_the_authors_must_be_beyond_doubt() -> None:
    found = byline.read(f"Quist et al., {JOURNAL}, 2012")

    assert found is not None
    assert (found.authors, found.journals, found.years) == ("Quist et al", (JOURNAL,), (2012,))
    assert byline.read(f"Nora Quist, Per Oxdal. {JOURNAL}. 2012") is None


@pytest.mark.parametrize(
    "line",
    [
        "J Mar Med. 2012;13(1):84.",
        "Quist N, Oxdal P. Bones weaken in the dark. J Mar Med. 2012;13(1):84.",
        "Nora Quist, Per Oxdal",
        "Nora Quist wrote of it in 2012, and again in volume 13(1): 84 people answered.",
        "Last updated 2012, Nora Quist",
        "Quist N, Oxdal P. 2012;13(1):84.",
        "",
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert byline.read(line) is None


@given(st.text(alphabet="Quist N,.et al&(2012);13:84 \n", max_size=80))
@settings(max_examples=150, deadline=None)
def test_what_is_read_has_people_journal_and_year(line: str) -> None:
    found = byline.read(line)

    assert found is None or (found.authors and found.journals and found.years and not found.titles)
