from __future__ import annotations

import pytest

from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, Work
from enrich.page.match import thresholds
from enrich.page.match.agreement import compare

WORK = Work(
    Doi("10.1/x"),
    authors=(Author("Jane", "Smith"), Author("Adam B", "Doe"), Author("Carl", "Müller")),
    container="European Journal of Marine Medicine",
    years=(2012,),
    volume="13",
    pages="84-90",
)


def weights(claims: Claims, work: Work = WORK) -> dict[str, bool]:
    return {fact.kind: fact.weight > 0 for fact in compare(claims, work)}


def test_each_kind_agrees_by_itself() -> None:
    claims = Claims(
        authors="Smith J, Doe AB", journals=("Eur J Mar Med",), years=(2012,), volume="13", page="84"
    )

    assert weights(claims) == dict.fromkeys(("authors", "year", "journal", "volume", "page"), True)


def test_each_kind_contradicts_by_itself() -> None:
    claims = Claims(authors="Roe R, Poe P", journals=("Nutrients",), years=(2019,), volume="9", page="7")

    assert weights(claims) == dict.fromkeys(("authors", "year", "journal", "volume", "page"), False)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Smith J, et al.", True),
        ("Jane Smith 1, Adam B. Doe 2", True),
        ("Smith, J., & Doe, A. B.", True),
        ("Doe AB, Smith J", False),
        ("Müller C", False),
        ("Roe R", False),
        ("Smtih J, Doe AB", None),
        ("Smith K, Doe AB", None),
        ("", None),
    ],
)
def test_the_first_author_must_come_first_and_a_typing_error_says_nothing(
    line: str, says: bool | None
) -> None:
    assert weights(Claims(authors=line)).get("authors") is says


def test_the_only_author_misspelt_says_nothing() -> None:
    alone = Work(Doi("10.1/x"), authors=(Author("D V", "Marshall"),))

    assert weights(Claims(authors="Marsahll DV"), alone) == {}
    assert weights(Claims(authors="Miller DV"), alone) == {"authors": False}


def test_a_list_of_strangers_contradicts_even_under_the_first_name() -> None:
    strangers = ", ".join(f"{name} X" for name in ("Lee", "Moe", "Nye", "Oom", "Pap", "Que", "Rut", "Sun"))
    many = Work(
        Doi("10.1/x"), authors=(Author("Jane", "Smith"), *(Author("A", f"Other{n}") for n in "abcdefgh"))
    )

    assert weights(Claims(authors=f"Smith J, {strangers}"), many) == {"authors": False}


def test_a_group_may_be_the_first_author() -> None:
    group = Work(Doi("10.1/x"), authors=(Group("The Sailors Study Group"),))

    assert weights(Claims(authors="The Sailors Study Group, Smith J"), group) == {"authors": True}


@pytest.mark.parametrize(
    ("journal", "says"),
    [
        ("European Journal of Marine Medicine", True),
        ("Eur. J. Mar. Med.", True),
        ("Europaen Journal of Marine Medicine", True),
        ("American Journal of Marine Medicine", None),
        ("Journal of Bones", False),
        ("海洋医学", None),
    ],
)
def test_journals_are_compared_word_by_word(journal: str, says: bool | None) -> None:
    assert weights(Claims(journals=(journal,))).get("journal") is says


@pytest.mark.parametrize(
    ("page", "says"), [("84", True), ("e84", True), ("85", None), ("1", None), ("700", False), ("", None)]
)
def test_the_first_page_is_compared_alone(page: str, says: bool | None) -> None:
    assert weights(Claims(page=page)).get("page") is says


def test_what_the_record_lacks_is_no_evidence() -> None:
    claims = Claims(authors="Smith J", journals=("Nutrients",), years=(2012,), volume="13", page="84")

    assert compare(claims, Work(Doi("10.1/x"))) == ()


@pytest.mark.parametrize(
    ("said", "page", "weight"),
    [
        ("2", "", thresholds.WEIGHT_VOLUME),
        ("02", "84", thresholds.WEIGHT_VOLUME),
        ("1-2", "", thresholds.WEIGHT_VOLUME),
        ("", "", thresholds.WEIGHT_VOLUME),
        ("Suppl 1", "", thresholds.WEIGHT_VOLUME),
        ("3", "", thresholds.AGAINST_VOLUME),
        ("3", "90", thresholds.AGAINST_VOLUME),
        ("3", "84", None),
    ],
)
def test_another_issue_of_the_volume_is_another_place_unless_the_page_is_the_same(
    said: str, page: str, weight: float | None
) -> None:
    work = Work(Doi("10.5555/a"), volume="13", issue="2", pages="84-91")

    facts = compare(Claims(volume="13", issue=said, page=page), work)

    assert [fact.weight for fact in facts if fact.kind == "volume"] == ([] if weight is None else [weight])
