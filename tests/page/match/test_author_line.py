from __future__ import annotations

import pytest

from enrich.page.match.author_line import LONGEST, bare, is_numbered, is_one, units


@pytest.mark.parametrize(
    "text",
    [
        "Huiqing Gang 1, Hongling Zhang 2, Tongzhang Zheng 3, Wei Xia 1",
        "Haibin Xie 1, Ning Wang 1, Zidan Yang 2 3, Yilun Wang 1 2 3 5",
        "Elham Kazemain 1, Sayed Hossein Davoodi 3 4, William B Patterson 5,  Carol L Wagner  7",
        "Smith J, Doe AB, et al.",
        "Gang, H., Zhang, H., & Li, Y.",
        "Gang, Huiqing, Hongling Zhang, and Y. Li",
        "H. Gang, H. Zhang, and Y. Li",
        "John Smith, MD, PhD; Jane Doe, MD",
        "Jean-Luc d'Ormesson, Ludwig van Beethoven",
        "Иванов И.И., Петров П.П.",
        "王伟, 李娜",
        "By Jane Doe",
        "Authors: Jane Doe",
        "Li et al.",
        "J. Smith",
        "Ma B",
        "J. Wang, J. p. Hao, and X. s. Ding",
        "Wei, J. f., Zhang, Z. j., Silva, P. H. d. A., & Kang, W. y",
        "Ann Smith, Bo Berg, Department of Bones, University of the North",
    ],
)
def test_a_list_of_names_is_an_author_line(text: str) -> None:
    assert is_one(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bone Health",
        "Vitamin D, Vitamin K, Zinc",
        "Here are some words, and more words",
        "Background: this, that",
        "Smith et al. showed that this is so",
        "Habitat Ecology and Analysis",
        "SOME AMUSING INSTANCES OF NASAL REFLEX.",
        "IEEE 1992 Ultrasonics Symposium Proceedings",
        "School of Public Health, Tongji Medical College, Wuhan, China",
        "Nutrients. 2022 Apr 20;14(9):1715.",
        "OR = 0.47, CI = 0.31",
    ],
)
def test_other_lines_are_not(text: str) -> None:
    assert not is_one(text)


def test_initials_behind_a_comma_join_their_family_name() -> None:
    assert units("Gang, H., Zhang, H. L., & Li, Y.") == (("gang", "h"), ("zhang", "h", "l"), ("li", "y"))


def test_a_family_name_that_looks_like_a_degree_is_one_unless_written_large() -> None:
    assert units("Ma B, Jane Doe MA") == (("ma", "b"), ("jane", "doe"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ying Dai 1", True),
        ("Ana M. Silva 1 2", True),
        ("Ying Dai", False),
        ("Ying 1", False),
        ("Figure Legend 1", False),
        ("Vitamin D 3", False),
        ("of mice 2", False),
    ],
)
def test_one_name_with_the_numbers_of_its_addresses_is_numbered(text: str, expected: bool) -> None:
    assert is_numbered(text) is expected


def test_degrees_numbers_and_et_al_are_no_names() -> None:
    assert units("John Smith 1*, MD, Jane Doe 2, et al. in prose") == (("john", "smith"), ("jane", "doe"))


def test_a_line_of_hundreds_of_names_is_known_by_its_beginning_and_kept_short() -> None:
    line = ", ".join(f"Ann Smith {number}" for number in range(400))

    assert is_one(line)
    assert len(bare(line)) <= LONGEST


def test_a_label_is_taken_off() -> None:
    assert bare("Authors: Jane Doe, Jo Roe") == "Jane Doe, Jo Roe"
