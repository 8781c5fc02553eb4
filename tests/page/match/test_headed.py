from __future__ import annotations

import pytest

from enrich.model.claims import Claims
from enrich.page.match import headed
from enrich.page.match.headed import Line

TITLE = "Sunlight and bone strength in older sailors: a cohort study"
PLACE = "J Mar Med. 2012 Sep 25;13(1):84-90."


def under(title: str, *rows: str) -> list[Line]:
    lines = [Line(row, 1, number) for number, row in enumerate(rows)]
    return [Line(title, 0, 0, is_title=True, is_heading=True), *lines]


@pytest.mark.parametrize(
    "line",
    [
        f"Smith J, Doe AB. {PLACE}",
        "Smith J, et al. Journal of Marine Medicine 2012;13(1):84-90",
        "Smith J, Doe AB (2012) J Mar Med 13(1):84-90",
    ],
)
def test_authors_may_stand_in_the_journals_line(line: str) -> None:
    ((claims, found),) = headed.read(under(TITLE, line))

    assert found.text == line
    assert claims.titles == (TITLE,)
    assert claims.authors.startswith("Smith J")
    assert (claims.years, claims.volume, claims.page) == ((2012,), "13", "84")


@pytest.mark.parametrize(
    "number", ["3. ", "12) ", "(4) ", "[5] ", "#6: ", "2.3. ", "2.3 ", "Study 7: ", "8 – "]
)
def test_a_titles_number_is_none_of_its_words(number: str) -> None:
    ((claims, _),) = headed.read(under(f"{number}{TITLE}", PLACE))

    assert claims.titles == (TITLE, f"{number}{TITLE}")


@pytest.mark.parametrize("title", ["25-Hydroxyvitamin D in older sailors", "3 meals a day in older sailors"])
def test_a_number_among_the_words_stays(title: str) -> None:
    ((claims, _),) = headed.read(under(title, PLACE))

    assert claims.titles == (title,)


@pytest.mark.parametrize(
    ("authors", "journal"),
    [
        ("Smith J, Doe AB", "J Mar Med"),
        ("Smith J et al", "J Mar Med"),
        ("J. Smith, A. Doe", "Ann. Mar. Med"),
        ("Smith J and Doe AB", "Sea Biology, Fish & Birds"),
    ],
)
def test_a_comma_may_part_authors_and_journal(authors: str, journal: str) -> None:
    ((claims, _),) = headed.read(under(TITLE, f"{authors}, {journal} 2012;13:84-90"))

    assert claims.authors == authors
    assert claims.journals[0].replace(".", "") == journal.replace(".", "")


def test_a_journals_name_may_have_a_comma() -> None:
    ((claims, _),) = headed.read(under(TITLE, "Sea Biology, Fish & Birds. 2012;13(1):84-90."))

    assert (claims.authors, claims.journals) == ("", ("Sea Biology, Fish & Birds",))


def test_labelled_lines_are_read_together() -> None:
    ((claims, line),) = headed.read(
        under(TITLE, "Authors: Jane Smith, Adam Doe", "Journal: J Mar Med", "Year: 2012", "Pages: 84-90")
    )

    assert line.row == 0
    assert claims.titles == (TITLE,)
    assert claims.authors == "Jane Smith, Adam Doe"
    assert (claims.journals, claims.years, claims.page) == (("J Mar Med",), (2012,), "84")


def test_a_page_with_author_and_date_is_no_paper() -> None:
    assert list(headed.read(under(TITLE, "Author: Jane Smith", "Date: 3 May 2012"))) == []
    assert list(headed.read(under(TITLE, "Journal: J Mar Med"))) == []


def test_a_place_above_belongs_to_the_bold_title_where_nothing_else_has_it() -> None:
    section, place = Line("New studies", 0, 0, is_title=True, is_heading=True), Line(PLACE, 1, 0)
    bold, apart = Line(TITLE, 1, 1, is_title=True), Line(TITLE, 2, 0, is_title=True)
    heading = Line(TITLE, 0, 0, is_title=True, is_heading=True)

    assert headed.is_place_above([section, place], bold)
    assert headed.is_place_above([section, place], apart)
    assert headed.is_place_above([heading, place], bold)
    assert headed.is_place_above([heading, Line(PLACE, 1, 0), Line(PLACE, 1, 1)], apart)
    assert not headed.is_place_above([heading, place], apart)
    assert not headed.is_place_above([section, Line("Of sailors", 1, 0)], bold)
    assert not headed.is_place_above([], bold)


def test_the_rest_of_a_list_of_names_is_no_title() -> None:
    head = Line(TITLE, 0, 0, is_title=True)
    line = f"Ann Roe, Jane E. Smith, Carl Doe. {PLACE}"
    reference = Claims(titles=("Smith, Carl Doe",))

    assert headed.is_byline(head, Line(line, 0, 1), reference)
    assert not headed.is_byline(head, Line(line, 0, 1), Claims(titles=("Smiths weaken in the dark",)))
    assert not headed.is_byline(Line("Studies", 0, 0, is_title=True), Line(line, 0, 1), reference)
