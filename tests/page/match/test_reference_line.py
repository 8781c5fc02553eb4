from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.page.match.likeness import fold
from enrich.page.match.reference_line import (
    bare,
    is_marked_authors,
    is_title,
    read_linked,
    read_place,
    read_reference,
)

TITLE = "Sunlight and bone strength in older sailors"


@pytest.mark.parametrize(
    ("line", "journal", "volume", "page"),
    [
        ("Nutrients. 2022 Apr 20;14(9):1715.", "Nutrients", "14", "1715"),
        ("J Nutr Health Aging. 2017;21(4):413-420.", "J Nutr Health Aging", "21", "413"),
        ("Am J Clin Nutr 2009;90:889-94", "Am J Clin Nutr", "90", "889"),
        ("PLoS ONE 16(11): e0260748.", "PLoS ONE", "16", "e0260748"),
        ("Bone Joint Res . 2023 Jul 6;12(7):423-432.", "Bone Joint Res", "12", "423"),
        ("Adv Nutr. 2021 Oct 28;nmab126.", "Adv Nutr", "", "nmab126"),
        ("Published in: Respir Res. 2012 Sep 25;13(1):84. Epub 2012 Sep 1.", "Respir Res", "13", "84"),
        ("Journal: Respir Res. 2012;13(1):84", "Respir Res", "13", "84"),
    ],
)
def test_a_line_of_a_journal_and_its_place_is_read(line: str, journal: str, volume: str, page: str) -> None:
    claims = read_place(line)

    assert claims is not None
    assert (claims.journals[0], claims.volume, claims.page) == (journal, volume, page)


@pytest.mark.parametrize(
    "line",
    [
        "The ratio was 3:1 in 2020.",
        "We open at 10:30 on Monday, 4 May 2020",
        "Consistently, those with 12(7):423 had a lower risk in 2020",
        "(95% CI: 4.30%, 13.41%)",
        "Vitamin D reduced falls by 20% (J Nutr 2012;13:84)",
        "Updated 2021-04-05 12:34",
        "sha256 c3:84:6b:f2:4b:9e:93 2019",
        "",
    ],
)
def test_a_line_that_only_has_numbers_is_no_journal_line(line: str) -> None:
    assert read_place(line) is None


@pytest.mark.parametrize(
    "line",
    [
        f"Smith J, Doe AB. {TITLE}. J Mar Med. 2012;13(1):84-90.",
        f"1. Smith J, Doe AB, et al. {TITLE}. J Mar Med. 2012;13(1):84-90.",
        f"Smith, J., & Doe, A. B. (2012). {TITLE}. Journal of Marine Medicine, 13(1), 84-90.",
        f"Jane Smith, Adam B. Doe. “{TITLE}.” Journal of Marine Medicine 13, no. 1 (2012): 84-90.",
        f"Smith, J. and Doe, A.B. (2012) '{TITLE}', Journal of Marine Medicine, 13(1), pp. 84-90.",
        f'[1] J. Smith and A. B. Doe, "{TITLE}," Journal of Marine Medicine, vol. 13, no. 1, pp. 84-90, 2012.',
        f"{TITLE}. J Mar Med. 2012;13(1):84-90.",
        f"Source: Smith J, Doe AB. {TITLE}. J Mar Med. 2012;13(1):84-90.",
    ],
)
def test_a_whole_reference_is_read_in_the_usual_styles(line: str) -> None:
    claims = read_reference(line)

    assert claims is not None
    assert claims.titles == (TITLE,)
    assert claims.years == (2012,)
    assert (claims.volume, claims.page) == ("13", "84")


@pytest.mark.parametrize(
    "line",
    [
        "In 2020, Smith et al. reported in Nutrients 14(9):1715 that sunlight helps.",
        "Smith et al. (2020) found that sunlight helps. This is a large effect.",
        "Sunlight and sea air are good for you. See the table of 2020, 12:34.",
        "Provisional 2020-01-16, Approved 2021-07-27; SIGN LETTER QA; 0915 093C",
        "SHA256 Fingerprint: e6:b8:f8:76:64:85:f8:07:19:99 of 1999",
        "Copyright 2012 The Sailors. All rights reserved. Version 1.2 (2012)",
        "We measured 1695 mother-infant pairs (2014-2016) and found increases of 8.76% (CI: 4.30%, 13.41%).",
    ],
)
def test_running_text_is_no_reference(line: str) -> None:
    assert read_reference(line) is None


@pytest.mark.parametrize(
    "title", ["Bones of sailors. A double blind study", "p53 in old sailors", "Bones: I. Marrow of sailors"]
)
def test_a_title_of_two_sentences_or_that_begins_small_is_read_beside_its_whole_place(title: str) -> None:
    claims = read_reference(f"Smith J, Doe AB. {title}. J Mar Med. 2012;13(1):84-90.")

    assert claims is not None
    assert fold(claims.titles[0]) == fold(title)


def test_a_journal_in_small_letters_needs_its_whole_place() -> None:
    assert read_place("Теоретические основы химической технологии. 2015;49(3):361-366.") is not None
    assert read_place("Теоретические основы химической технологии. 2015;49(3)") is None


def test_a_year_in_the_title_is_not_the_papers() -> None:
    claims = read_reference(
        "Smith J, Doe AB. Bones of sailors from 1850 to 1900. J Mar Med. 2012;13(1):84-90."
    )

    assert claims is not None
    assert claims.years == (2012,)


def test_a_long_line_is_read_only_if_it_begins_with_names() -> None:
    place = f"{TITLE}, {'and their bones ' * 20}. J Mar Med. 2012;13(1):84-90."

    assert read_reference(f"Smith J, Doe AB, Roe CD, Poe E, Moe FG, Noh H. {place}") is not None
    assert read_reference(f"This is what we wrote of all the old sailors at sea. {place}") is None


def test_a_title_with_its_journal_in_brackets_is_read() -> None:
    claims = read_linked(f"{TITLE} (J Mar Med, 2012)")

    assert claims is not None
    assert (claims.titles, claims.journals, claims.years) == ((TITLE,), ("J Mar Med",), (2012,))
    assert read_linked("Bones (J Mar Med, 2012)") is None
    assert read_linked("An old broken bone (Acta Bones Section D, 2012)") is not None
    assert read_linked("An old broken bone (Acta Bones (ACBO), 1897)") is not None
    assert read_linked(f"{TITLE} (as we said in our page of, 2012)") is None


@pytest.mark.parametrize(
    "text",
    [
        "Summary",
        "See also",
        "References and notes",
        "Items in both categories Bones and Sailors",
        "Download the PDF here",
        "Smith J, Doe AB, Roe C",
        "Here is what we found:",
        "Figure 3 Bones of sailors",
        "",
    ],
)
def test_a_stock_heading_is_no_title(text: str) -> None:
    assert not is_title(text)


def test_a_title_needs_more_words_where_only_authors_stand_beside_it() -> None:
    assert is_title("Bones of sailors")
    assert not is_title("Bones of sailors", alone=True)
    assert is_title(TITLE, alone=True)
    assert is_title("日照与老年水手的骨强度研究")


def test_right_above_a_whole_place_one_word_may_be_a_title() -> None:
    assert is_title("Torticollis", is_placed=True)
    assert not is_title("Torticollis")
    assert not is_title("Summary", is_placed=True)
    assert not is_title("New studies", is_placed=True)


@pytest.mark.parametrize("title", ["An update on old bones", "A category of bones", "Update on bones"])
def test_words_that_head_lists_of_pages_stand_in_titles_too(title: str) -> None:
    assert is_title(title)
    assert not is_title("Category Bones of sailors")
    assert not is_title("Updated 5 May by a sailor")


@pytest.mark.parametrize(
    ("line", "is_marked"),
    [
        ("Smith J, Doe AB", True),
        ("Haibin Xie 1, Ning Wang 1 2", True),
        ("J. Smith, A. Doe", True),
        ("Smith et al.", True),
        ("Breast Cancer, Colon Cancer, Heart Failure", False),
        ("Jane Smith, Adam Doe", False),
    ],
)
def test_names_are_certain_only_with_initials_or_marks(line: str, is_marked: bool) -> None:
    assert is_marked_authors(line) is is_marked


def test_a_journal_in_short_words_with_full_stops_begins_a_place() -> None:
    found = read_place("Am. J. Mar. Med. 2012;13(1):84-90.")

    assert found is not None
    assert (found.journals[0], found.volume, found.page) == ("Am J Mar Med", "13", "84")


def test_labels_numbers_and_identifiers_are_no_part_of_a_line() -> None:
    assert bare("[12] Source:  Nutrients.  2022;14:1. doi: 10.3390/nu14091715") == "Nutrients. 2022;14:1."


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_taken(text: str) -> None:
    for read in (read_place, read_reference, read_linked):
        read(text)
    is_title(text)
