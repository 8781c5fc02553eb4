from __future__ import annotations

from collections.abc import Mapping

import pytest

from enrich.model.accession import Identifier
from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.page import Citation, Mention, Span
from enrich.model.work import Author, Work
from enrich.page.settle import Rules, Settled, settle

FIRST, SECOND = Doi("10.1000/first.epub"), Doi("10.1000/first")
ABSENT = Absent("not_found", "doi.org does not know it", 0)
DOWN = Failed("unavailable", "api.crossref.org: 503")
RIGHT = Work(SECOND, "Selenium status and bone density in older women", authors=(Author("Ann", "Lindqvist"),))
WRONG = Work(
    FIRST,
    "Traffic noise in Alpine valleys",
    authors=(Author("Bo", "Ekström"),),
    container="Acoustics",
    years=(1987,),
)
SAYS = Claims(
    heading="Selenium status and bone density in older women",
    titles=("Selenium status and bone density in older women",),
    authors="Ann Lindqvist 1, Carl Berg 2",
    years=(2021,),
)
BARE = Claims()
ANY = Rules({})


def citation(*readings: Doi, claims: Claims = BARE) -> Citation:
    return Citation(readings, (Mention("text", readings, Span(0, 1), 1, 0, 0),), (claims,))


def settled(
    answers: Mapping[Identifier, LookUp[Work]], claims: Claims = BARE, rules: Rules = ANY
) -> Settled | Identifier:
    return settle(citation(FIRST, SECOND, claims=claims), answers, rules)


def word(result: Settled | Identifier) -> tuple[Identifier | None, str]:
    assert isinstance(result, Settled)
    return result.name, result.status


def test_the_likeliest_reading_is_asked_first_and_alone() -> None:
    assert settled({}) == FIRST


def test_the_next_reading_is_asked_only_where_the_first_does_not_exist() -> None:
    assert settled({FIRST: ABSENT}) == SECOND
    assert word(settled({FIRST: Found(WRONG, 0)})) == (FIRST, "found")


def test_the_next_reading_is_asked_where_the_first_is_suspect() -> None:
    assert settled({FIRST: Found(WRONG, 0)}, SAYS) == SECOND


def test_a_reading_that_the_page_attests_beats_a_suspect_one() -> None:
    assert word(settled({FIRST: Found(WRONG, 0), SECOND: Found(RIGHT, 0)}, SAYS)) == (SECOND, "found")


def test_a_suspect_reading_stays_suspect_where_the_others_do_not_exist() -> None:
    assert word(settled({FIRST: Found(WRONG, 0), SECOND: ABSENT}, SAYS)) == (FIRST, "suspect")


def test_an_outage_never_makes_a_less_likely_reading_win() -> None:
    result = settled({FIRST: DOWN, SECOND: Found(RIGHT, 0)}, SAYS)

    assert word(result) == (FIRST, "unavailable")
    assert isinstance(result, Settled)
    assert "503" in result.detail


def test_where_no_reading_exists_the_first_says_why() -> None:
    assert word(settled({FIRST: ABSENT, SECOND: ABSENT})) == (FIRST, "not_found")


def test_a_suspect_work_is_never_handed_on_to_be_written() -> None:
    result = settled({FIRST: Found(WRONG, 0), SECOND: ABSENT}, SAYS)

    assert isinstance(result, Settled)
    assert result.work is None
    assert result.known == "found"
    assert "Traffic noise" in result.detail


def test_a_person_can_accept_a_suspect() -> None:
    result = settled({FIRST: Found(WRONG, 0)}, SAYS, Rules({FIRST: True}))

    assert word(result) == (FIRST, "found")


def test_a_person_can_refuse_a_paper_for_good() -> None:
    result = settle(citation(SECOND, claims=SAYS), {SECOND: Found(RIGHT, 0)}, Rules({SECOND: False}))

    assert isinstance(result, Settled)
    assert (result.status, result.work, result.refused) == ("found", None, True)


@pytest.mark.parametrize(("write", "status"), [(True, "found"), (False, "suspect")])
def test_a_bare_doi_is_enough_only_where_the_configuration_says_so(write: bool, status: str) -> None:
    result = settle(citation(SECOND), {SECOND: Found(RIGHT, 0)}, Rules({}, write))

    assert word(result) == (SECOND, status)


def test_a_stale_answer_is_marked() -> None:
    result = settle(citation(SECOND), {SECOND: Found(RIGHT, 0, stale=True)}, Rules({}))

    assert isinstance(result, Settled)
    assert result.stale
