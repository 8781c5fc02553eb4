"""Each threshold, from both sides: what just reaches it, and what just does not."""

from __future__ import annotations

import pytest

from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.work import Author, Work
from enrich.page.match import (
    author_match,
    candidate,
    journal_name,
    likeness,
    thresholds,
    title_match,
    wording,
)
from enrich.page.match.evidence import judge

DOI = Doi("10.1/x")


def garbled(text: str, letters: int) -> str:
    """Replace so many letters at the end by ones that stand nowhere in the text."""
    return text[: len(text) - letters] + "#" * letters if letters else text


def first(text: str, other: str, at: float) -> int:
    """Return how many garbled letters bring the likeness below `at`."""
    return next(count for count in range(len(text)) if likeness.ratio(garbled(text, count), other) < at)


TITLE = "sunlight and bone strength in older sailors of the north"


def test_title_alike() -> None:
    limit = first(TITLE, TITLE, thresholds.TITLE_ALIKE)

    assert (
        likeness.ratio(garbled(TITLE, limit - 1), TITLE) >= 85 > likeness.ratio(garbled(TITLE, limit), TITLE)
    )
    scattered = TITLE.replace("o", "#")
    assert (likeness.ratio(scattered, TITLE) >= thresholds.TITLE_ALIKE) is likeness.is_same_title(
        scattered, TITLE
    )


@pytest.mark.parametrize(("title", "is_found"), [("a" * 25, True), ("a" * 24, False)])
def test_title_contained(title: str, is_found: bool) -> None:
    assert likeness.is_inside(title, f"before {title} after") is is_found


@pytest.mark.parametrize(
    ("title", "weight"),
    [
        ("Sun and old bones", thresholds.WEIGHT_SHORT_TITLE),
        ("Sunny and old bones x", thresholds.WEIGHT_TITLE),
    ],
)
def test_title_identifies(title: str, weight: float) -> None:
    fact = title_match.compare(Claims(heading=title), Work(DOI, title)).fact

    assert fact is not None
    assert fact.weight == weight


def test_title_cut() -> None:
    long = "the quick brown fox jumps over the lazy dog and then goes home to sleep until the sun is up"
    letters = long.replace(" ", "") + "andshines"

    assert likeness.is_same_title(letters[:40], letters)
    assert not likeness.is_same_title(letters[:39], letters)


def test_title_cut_share() -> None:
    letters = "thequickbrownfoxjumpsoverthelazydogandgoeshome"  # 46: half is 23, and 25 is the least

    assert likeness.is_same_title(letters[:25], letters)
    assert not likeness.is_same_title(letters[:24], letters)
    assert not likeness.is_same_title(letters[:25], letters + "tosleep")


def test_title_inside_alike() -> None:
    title = "sunlightandbonestrengthinoldersailorsofthenorthernislands"
    near, far = title.replace("o", "#", 2), title.replace("o", "#").replace("t", "#").replace("n", "#", 3)

    assert likeness.is_inside(title, f"xxxxxxxxxxxx{near}yyyyyyyyyyyyyyyyy")
    assert not likeness.is_inside(title, f"xxxxxxxxxxxx{far}yyyyyyyyyyyyyyyyy")


@pytest.mark.parametrize(("pattern", "is_akin"), [("abc##", True), ("ab###", False)])
def test_title_other(pattern: str, is_akin: bool) -> None:
    title = "abcde" * 10
    page = pattern * 10

    assert (likeness.ratio(page, title) >= thresholds.TITLE_OTHER) is is_akin
    assert likeness.is_akin(page, title) is is_akin


def test_title_part_alike() -> None:
    title = "sunlight and bone strength in older sailors of the northern islands in winter"

    assert likeness.is_akin("bone strength in old sailor", title)
    assert not likeness.is_akin("bone marrow of young birds", title)


@pytest.mark.parametrize(
    ("heading", "facts"), [("Traffic noise harms sleep badly", 1), ("Traffic noise harms sleep", 0)]
)
def test_heading_words(heading: str, facts: int) -> None:
    assert len(judge(Claims(heading=heading), Work(DOI, TITLE)).facts) == facts


TEN = [
    Author(given, f"{given}son")
    for given in ("Anna", "Bea", "Carl", "Dora", "Emil", "Fay", "Gus", "Hugo", "Ida", "Jan")
]
STRANGERS = [
    "Kim Lee",
    "Lou Moe",
    "Max Noe",
    "Nia Oom",
    "Oda Pap",
    "Pia Que",
    "Quy Rut",
    "Rob Sun",
    "Sue Tun",
    "Tom Uhl",
]


@pytest.mark.parametrize(
    ("shared", "weight"),
    [
        (5, thresholds.WEIGHT_AUTHORS),
        (4, 0),
        (3, 0),
        (2, thresholds.AGAINST_AUTHORS),
        (0, thresholds.AGAINST_AUTHORS),
    ],
)
def test_authors_found_and_missed(shared: int, weight: float) -> None:
    line = ", ".join([*map(str, TEN[:shared]), *STRANGERS[shared:]])
    fact = author_match.compare(line, Work(DOI, authors=tuple(TEN)))

    assert (fact.weight if fact else 0) == weight


@pytest.mark.parametrize(("namesakes", "weight"), [(5, thresholds.AGAINST_NAMESAKES), (6, 0)])
def test_authors_namesakes(namesakes: int, weight: float) -> None:
    line = ", ".join([*(f"Zoe {person.family}" for person in TEN[:namesakes]), *STRANGERS[namesakes:]])
    fact = author_match.compare(line, Work(DOI, authors=tuple(TEN)))

    assert (fact.weight if fact else 0) == weight


@pytest.mark.parametrize(
    ("page", "weight"),
    [
        ("Bulletin of Coastal Sciense", thresholds.WEIGHT_JOURNAL),
        ("Bulletin of Coastal Science Engineering", 0),
        ("Proceedings of Marine Engineers", thresholds.AGAINST_JOURNAL),
    ],
)
def test_journal_alike_and_other(page: str, weight: float) -> None:
    registry = "Bulletin of Coastal Science"
    facts = judge(Claims(journals=(page,)), Work(DOI, container=registry)).facts

    assert (facts[0].weight if facts else 0) == weight
    assert (journal_name.ratio(page, registry) >= thresholds.JOURNAL_ALIKE) is (weight > 0)
    assert (journal_name.ratio(page, registry) < thresholds.JOURNAL_OTHER) is (weight < 0)


@pytest.mark.parametrize(
    ("year", "weights"), [(2019, [0.5]), (2020, []), (2018, []), (2021, [-0.5]), (2017, [-0.5])]
)
def test_year_near(year: int, weights: list[float]) -> None:
    assert [fact.weight for fact in judge(Claims(years=(year,)), Work(DOI, years=(2019,))).facts] == weights


def test_attested() -> None:
    work = Work(DOI, authors=tuple(TEN), container="Annals of Bones", years=(2019,), volume="3", pages="44")
    one, two = "Anna Annason, et al.", "Anna Annason, Bea Beason"

    assert judge(Claims(authors=two, journals=("Ann Bones",)), work).verdict == "attested"
    assert judge(Claims(authors=two, years=(2019,)), work).verdict == "unattested"
    assert judge(Claims(authors=one, journals=("Ann Bones",), years=(2019,)), work).verdict == "unattested"
    assert judge(Claims(journals=("Ann Bones",), volume="3", page="44"), work).verdict == "attested"
    assert judge(Claims(years=(2019,), volume="3", page="44"), work).verdict == "unattested"


def test_a_title_outweighs_everything_together() -> None:
    against = (
        thresholds.AGAINST_AUTHORS
        + thresholds.AGAINST_JOURNAL
        + thresholds.AGAINST_PAGE
        + thresholds.AGAINST_YEAR
        + thresholds.AGAINST_VOLUME
    )

    assert -against < thresholds.WEIGHT_TITLE


def test_one_shared_name_does_not_outweigh_a_title_and_a_journal() -> None:
    assert thresholds.WEIGHT_ONE_AUTHOR < -(thresholds.AGAINST_TITLE + thresholds.AGAINST_JOURNAL)


@pytest.mark.parametrize(("one", "other", "is_one"), [("sitte", "sittes", True), ("rats", "cats", False)])
def test_word_typo(one: str, other: str, is_one: bool) -> None:
    assert likeness.is_typo(one, other) is is_one


MADE = Work(
    DOI, TITLE, authors=(TEN[0],), container="Annals of Bones", years=(2019,), volume="3", pages="44-50"
)


@pytest.mark.parametrize(
    ("claims", "is_accepted"),
    [
        (Claims(titles=(TITLE,), journals=("Ann Bones",), years=(2019,)), True),
        (Claims(titles=(TITLE,), journals=("Ann Bones",)), False),
    ],
)
def test_match_agree_counts_a_year_only_where_it_is_the_same(claims: Claims, is_accepted: bool) -> None:
    assert isinstance(candidate.choose(claims, [MADE]), candidate.Accepted) is is_accepted
    near = Claims(claims.heading, claims.titles, claims.authors, claims.journals, (2020,))
    assert not isinstance(candidate.choose(near, [MADE]), candidate.Accepted)


@pytest.mark.parametrize(("years", "is_suggested"), [((2019,), True), ((), False)])
def test_match_agree_untitled(years: tuple[int, ...], is_suggested: bool) -> None:
    claims = Claims(titles=("Of other things",), authors=str(TEN[0]), journals=("Ann Bones",), years=years)

    assert isinstance(candidate.choose(claims, [MADE]), candidate.Suggested) is is_suggested


@pytest.mark.parametrize(
    ("title", "reads"),
    [
        ("usnlihgt and bone strengt hin oledr sailors of the north", "same"),
        ("usnlihgt and bone strengt hin oledr sailors of teh north", "akin"),
    ],
)
def test_title_swaps(title: str, reads: str) -> None:
    assert wording.compare(Claims(titles=(title,)), MADE) == reads


@pytest.mark.parametrize(("volume", "is_accepted"), [("", True), ("3", False)])
def test_match_lead(volume: str, is_accepted: bool) -> None:
    twin = Work(Doi("10.1/y"), TITLE, authors=MADE.authors, container=MADE.container, volume=volume)
    claims = Claims(titles=(TITLE,), authors=str(TEN[0]), journals=("Ann Bones",), years=(2019,), volume="3")

    assert isinstance(candidate.choose(claims, [MADE, twin]), candidate.Accepted) is is_accepted


@pytest.mark.parametrize(("years", "is_suggested"), [((2019,), True), ((), False)])
def test_match_akin(years: tuple[int, ...], is_suggested: bool) -> None:
    claims = Claims(
        titles=("sunlight and bone strength in older sailors of the south",),
        journals=("Ann Bones",),
        years=years,
    )

    assert isinstance(candidate.choose(claims, [MADE]), candidate.Suggested) is is_suggested
