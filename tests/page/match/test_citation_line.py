from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.page.match.citation_line import CitationLine, is_worded, parse, without_identifiers

TITLE = "Sunlight and bone strength in older sailors"


def read(text: str) -> CitationLine:
    found = parse(without_identifiers(text))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "journal", "year", "volume", "page"),
    [
        ("Nutrients. 2022 Apr 20;14(9):1715.", "Nutrients", 2022, "14", "1715"),
        ("Bone Joint Res . 2023 Jul 6;12(7):423-432. doi: 10.1302/x.", "Bone Joint Res", 2023, "12", "423"),
        ("Adv Nutr. 2021 Oct 28;nmab126. doi: 10.1093/advances/nmab126", "Adv Nutr", 2021, "", "nmab126"),
        ("J Nutr Health Aging. 2017;21(4):413-420.", "J Nutr Health Aging", 2017, "21", "413"),
        ("Am J Clin Nutr 2009;90:889-94", "Am J Clin Nutr", 2009, "90", "889"),
        ("J. Am. Chem. Soc. 2022, 144 (9), 1815–1820.", "J Am Chem Soc", 2022, "144", "1815"),
        ("Phys. Rev. Lett. 126, 162501 (2021)", "Phys Rev Lett", 2021, "126", "162501"),
        ("Nutrients 14 (2022) 1715–1720", "Nutrients", 2022, "14", "1715"),
        ("Nutrients 14, no. 9 (2022): 1715.", "Nutrients", 2022, "14", "1715"),
        ("published in Science 2020 Mar 6; 367(6482):1112", "published in Science", 2020, "367", "1112"),
        ("Knee Surg. 2019;1308-1309.e1", "Knee Surg", 2019, "", "1308"),
    ],
)
def test_a_journal_line_yields_its_place(text: str, journal: str, year: int, volume: str, page: str) -> None:
    found = read(text)

    assert (found.journals[0], found.years, found.volume, found.page) == (journal, (year,), volume, page)
    assert (found.authors, found.titles) == ("", ())


@pytest.mark.parametrize(
    "text",
    [
        f"Gang H, Zhang H, Zheng T, et al. {TITLE}. Nutrients. 2022;14(9):1715. PMID: 35565684; PMCID: PMC9",
        f"Gang, H., Zhang, H., & Li, Y. (2022). {TITLE}. Nutrients, 14(9), 1715. https://doi.org/10.3390/nu1",
        f"Gang, H., Li, Y. (2022). {TITLE}. Nutrients, 14, e1715. https://doi.org/10.3390/nu1",
        f'Gang, Huiqing, Hongling Zhang, and Y. Li. 2022. "{TITLE}." Nutrients 14 (9): 1715.',
        f"Huiqing Gang, Hongling Zhang. “{TITLE}.” Nutrients 14, no. 9 (2022): 1715.",
        f"Gang, H. et al. (2022) '{TITLE}', Nutrients, 14(9), p. 1715.",
        f'[1] H. Gang, H. Zhang, and Y. Li, "{TITLE}," Nutrients, vol. 14, no. 9, p. 1715, Apr. 2022.',
        f"Gang, H., Zhang, H. & Li, Y. {TITLE}. Nutrients 14, 1715 (2022).",
        f"12. Gang, H. et al. {TITLE}. Nutrients 14, 1715 (2022).",
        f"Gang, H.; Zhang, H.; Li, Y. {TITLE}. Nutrients 2022, 14, 1715.",
    ],
)
def test_every_style_yields_authors_title_journal_and_place(text: str) -> None:
    found = read(text)

    assert found.authors.startswith(("Gang", "H. Gang", "Huiqing Gang"))
    assert found.titles == (TITLE,)
    assert "Nutrients" in found.journals
    assert (found.years, found.volume, found.page.lstrip("e")) == ((2022,), "14", "1715")


def test_labels_are_read_in_any_order() -> None:
    found = read("Nutrients, Volume 14, Issue 9, 2022, Pages 1715-1720")

    assert (found.journals, found.volume, found.issue, found.page) == (("Nutrients",), "14", "9", "1715")


def test_a_title_with_years_and_numbers_keeps_them_out_of_the_place() -> None:
    found = read("Gang H. Selenium in 2019, 25 and 30 years on: a review. Nutrients. 2022 Apr;14(9):1715-20.")

    assert (found.volume, found.issue, found.page) == ("14", "9", "1715")
    assert found.titles == ("Selenium in 2019, 25 and 30 years on: a review",)


def test_prose_with_figures_is_no_reference() -> None:
    assert parse("Doses of 25, 30 and 2000 IU in 2019 were given (CI: 4.30, 13%)") is None


def test_a_sentence_that_goes_on_has_no_authors() -> None:
    found = parse("As Smith et al. showed (Nutrients 2019;11:550,")

    assert found is not None
    assert (found.authors, found.titles, found.journals) == ("", (), ("Nutrients",))


def test_a_journal_and_year_in_brackets_are_read_and_the_rest_is_no_title() -> None:
    assert parse("Selenium cuts risk in half (Nutrients, 2021)") == CitationLine(
        journals=("Nutrients",), years=(2021,)
    )


def test_identifiers_leave_no_trace() -> None:
    text = "a doi:10.1001/jama.1951.1 b https://x.org/2019;3:4 c PMID: 123 d www.y.org/z"

    assert without_identifiers(text).split() == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Doe J. “On the “old” sailors.” Nutrients 14, no. 9 (2022): 1715.", "On the “old” sailors"),
        ('Doe, J. (2022). "Bones" and "Old Bones". Nutrients, 14(9), 1715.', 'Bones" and "Old Bones'),
        (
            "Doe, J. (2022) 'Sailors’ and women's bones', Nutrients, 14(9), 1715.",
            "Sailors’ and women's bones",
        ),
        (
            'Doe J, Roe C. Comment on "Bones of sailors". Nutrients. 2022;14(9):1715.',
            'Comment on "Bones of sailors',
        ),
        ('Doe J. "Title of it." In "Handbook of Bones," 14(9):1715 (2022)', "Title of it"),
        ("Doe J. “Old” bones of sailors. Nutrients. 2022;14(9):1715.", "Old” bones of sailors"),
    ],
)
def test_quotation_marks_within_a_title_do_not_end_it(line: str, title: str) -> None:
    assert read(line).titles == (title,)


@pytest.mark.parametrize(
    ("line", "authors", "title"),
    [
        ("Doe J, et al Bones of sailors. Nutrients. 2022;14:1715.", "Doe J, et al", "Bones of sailors"),
        ("Doe J, Roe C. mTOR in sailors. Nutrients. 2022;14:1715.", "Doe J, Roe C", "mTOR in sailors"),
        ("Bones in the Old Sailors. Nutrients. 2022;14:1715.", "", "Bones in the Old Sailors"),
        ("Doe J, Roe C. Old bones. Part III. Nutrients. 2022;14:1715.", "Doe J, Roe C", "Old bones Part III"),
        ("Doe J, Roe C. Old bones. Eur. J. Nutr. 2022;14:1715.", "Doe J, Roe C", "Old bones"),
    ],
)
def test_authors_end_where_the_title_begins(line: str, authors: str, title: str) -> None:
    assert (read(line).authors, read(line).titles) == (authors, (title,))


@pytest.mark.parametrize(
    ("line", "journal"),
    [
        ("Disease Markers. 1998;13(4):251-255.", "Disease Markers"),
        ("Disease Markers. 1998 March 2;13(4):251-255.", "Disease Markers"),
        (
            "Plant Cell, Tissue and Organ Culture (PCTOC). 2016 Apr;125(2):249-259.",
            "Plant Cell, Tissue and Organ Culture",
        ),
    ],
)
def test_a_journal_keeps_its_words_and_loses_its_acronym(line: str, journal: str) -> None:
    assert journal in read(line).journals


def test_names_and_short_names_are_not_worded() -> None:
    assert is_worded(TITLE)
    assert not is_worded("José Luis Ceceña Cervantes")
    assert not is_worded("Human ecology")


@given(st.text(alphabet="Aa1. ,;:()\"'“”’–éЖ中\n", max_size=120))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_fault(text: str) -> None:
    parse(without_identifiers(text))


@pytest.mark.parametrize("piece", ["1", "1(", "A. ", "2019;", "'", '"a', "Smith J, ", "12, 13, ", "(2019) "])
def test_hostile_repetition_is_read_to_its_end(piece: str) -> None:
    parse(without_identifiers(piece * 2000))
