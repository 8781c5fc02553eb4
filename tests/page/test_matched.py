from __future__ import annotations

from collections.abc import Mapping

from enrich.model.accession import Identifier
from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.page import Citation, Mention, Span
from enrich.model.work import Author, PartialDate, Work
from enrich.page.matched import Searches, matched
from enrich.page.settle import Settled

A = Doi("10.5555/a")
TITLE = "Placebo effects on lung function in children with asthma"
WORK = Work(
    A,
    TITLE,
    authors=(Author("Nora", "Quist"),),
    container="Annals of Airways",
    published=PartialDate(2012),
    years=(2012,),
    volume="13",
    pages="84-91",
)
CLAIMS = Claims(
    titles=(TITLE,), authors="Quist N", journals=("Annals of Airways",), years=(2012,), volume="13", page="84"
)
WORDS = "Placebo effects. Quist N. 2012;13:84"
FOUND: Searches = {WORDS: Found((WORK,), 1.0)}


def match(
    searches: Searches,
    answers: Mapping[Identifier, LookUp[Work]] | None = None,
    decided: Mapping[Identifier, bool] | None = None,
    claims: Claims = CLAIMS,
) -> Settled | Identifier | None:
    citation = Citation((), (Mention(WORDS, (), Span(0, 9), 1, 0, 0),), (claims,), WORDS)
    return matched(citation, searches, answers or {}, decided or {})


def test_words_that_nobody_searched_for_are_to_be_searched() -> None:
    assert match({}) is None


def test_a_work_that_fits_is_asked_for_by_its_doi_and_then_taken_as_that_says() -> None:
    newest = Work(A, TITLE, volume="13", publisher="newest")

    assert match(FOUND) == A
    settled = match(FOUND, {A: Found(newest, 2.0)})
    assert isinstance(settled, Settled)
    assert (settled.status, settled.work) == ("found", newest)
    assert {"title", "volume", "page"} <= set(settled.matched_by)


def test_an_outage_of_the_registry_leaves_what_the_search_said() -> None:
    settled = match(FOUND, {A: Failed("unavailable", "503")})

    assert isinstance(settled, Settled)
    assert settled.work == WORK


def test_what_is_less_sure_is_suggested_and_not_written() -> None:
    doubtful = Claims(
        titles=(TITLE,),
        authors="Quist N",
        years=(1999,),
        volume="2",
        page="84",
        journals=("Annals of Airways",),
    )

    settled = match(FOUND, claims=doubtful)

    assert isinstance(settled, Settled)
    assert (settled.status, settled.name, settled.work, settled.found) == ("suggested", A, None, WORK)


def test_what_does_not_fit_and_what_nobody_found_is_no_paper() -> None:
    stranger = Work(Doi("10.5555/z"), "Traffic noise in the Alps")
    answers: tuple[LookUp[tuple[Work, ...]], ...] = (
        Found((stranger,), 1.0),
        Absent("not_found", "nothing", 1.0),
    )
    for answer in answers:
        settled = match({WORDS: answer})
        assert isinstance(settled, Settled)
        assert (settled.status, settled.name, settled.found) == ("not_found", None, None)


def test_an_outage_or_a_limit_says_nothing_of_the_paper() -> None:
    settled = match({WORDS: Failed("not_asked", "next time")})

    assert isinstance(settled, Settled)
    assert (settled.status, settled.detail) == ("not_asked", "next time")


def test_a_person_decides_without_a_search() -> None:
    assert match({}, decided={A: True}) == A
    accepted = match({}, {A: Found(WORK, 1.0)}, {A: True})
    assert isinstance(accepted, Settled)
    assert (accepted.work, accepted.detail) == (WORK, "accepted in decisions.toml")
    refused = match(FOUND, {A: Found(WORK, 1.0)}, {A: False})
    assert isinstance(refused, Settled)
    assert (refused.status, refused.name, refused.refused) == ("not_found", A, True)
