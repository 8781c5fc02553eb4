from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.lookup import Found
from enrich.model.work import Author, Work
from enrich.page.match.candidate import Accepted, Nothing, Suggested, choose

TITLE = "Sunlight and bone strength in older sailors of the north"
WORK = Work(
    Doi("10.1/paper"),
    TITLE,
    authors=(Author("Jane", "Smith"), Author("Adam B", "Doe")),
    container="Journal of Marine Medicine",
    years=(2012,),
    volume="13",
    pages="84-90",
    kind="journal-article",
)
CLAIMS = Claims(
    titles=(TITLE,), authors="Smith J, Doe AB", journals=("J Mar Med",), years=(2012,), volume="13", page="84"
)


def other(name: str, title: str = TITLE, **fields: object) -> Work:
    return replace(WORK, doi=Doi(f"10.1/{name}"), title=title, **fields)  # type: ignore[arg-type]


PREPRINT = other("preprint", container="", volume="", pages="", kind="posted-content")


def test_a_record_that_agrees_in_all_is_accepted_with_its_evidence() -> None:
    chosen = choose(CLAIMS, [WORK])

    assert isinstance(chosen, Accepted)
    assert chosen.work is WORK
    assert chosen.judgement.verdict == "attested"
    assert [fact.kind for fact in chosen.judgement.facts] == [
        "title",
        "authors",
        "year",
        "journal",
        "volume",
        "page",
    ]


def test_nothing_is_chosen_from_nothing() -> None:
    assert choose(CLAIMS, []) == Nothing()


@pytest.mark.parametrize(
    "claims",
    [
        Claims(titles=(TITLE,), authors="Smith J, et al.", years=(2012,)),
        Claims(titles=(TITLE,), journals=("J Mar Med",), years=(2012,)),
        Claims(titles=(TITLE,), journals=("J Mar Med",), volume="13"),
        Claims(heading=TITLE, journals=("J Mar Med",), page="84"),
        Claims(titles=(TITLE,), authors="Smith J", journals=("J Mar Med",), years=(2013,)),
    ],
)
def test_a_title_and_two_more_are_enough(claims: Claims) -> None:
    assert isinstance(choose(claims, [WORK]), Accepted)


@pytest.mark.parametrize(
    "claims",
    [
        Claims(titles=(TITLE,), authors="Smith J, et al."),
        Claims(titles=(TITLE,), journals=("J Mar Med",), years=(2013,)),
        replace(CLAIMS, titles=("Sunlight and bone strength in older sailors of the south",)),
        replace(CLAIMS, years=(2019,), volume=""),
        replace(CLAIMS, years=(2019,), journals=()),
        replace(CLAIMS, years=(2019,), authors="", page=""),
        replace(CLAIMS, years=(2019,), titles=("Sunlight and bone strength in older sailor of the north",)),
        replace(CLAIMS, authors="Roe R, Poe P"),
        replace(CLAIMS, journals=("Nutrients",)),
        replace(CLAIMS, volume="99"),
        replace(CLAIMS, page="700"),
        replace(CLAIMS, titles=("Etwas ganz anderes zu einem fernen Thema der Medizin",)),
    ],
)
def test_one_contradiction_or_one_proof_too_few_is_for_a_person(claims: Claims) -> None:
    chosen = choose(claims, [WORK])

    assert isinstance(chosen, Suggested)
    assert chosen.work is WORK
    assert chosen.why


def test_why_names_both_sides_of_a_contradiction() -> None:
    chosen = choose(replace(CLAIMS, years=(2019,), volume=""), [WORK])

    assert isinstance(chosen, Suggested)
    assert "2019" in chosen.why
    assert "2012" in chosen.why


@pytest.mark.parametrize("silent", ["authors", "page"])
def test_a_wrong_year_is_a_typing_error_where_the_volume_tells_the_year(silent: str) -> None:
    claims = replace(CLAIMS, years=(2019,))
    chosen = choose(replace(claims, authors="") if silent == "authors" else replace(claims, page=""), [WORK])

    assert isinstance(chosen, Accepted)
    assert chosen.judgement.verdict == "attested"


def test_a_wrong_year_counts_where_another_record_of_the_title_has_it() -> None:
    again = other("again", years=(2019,), volume="20", pages="9-12")
    chosen = choose(replace(CLAIMS, years=(2019,)), [WORK, again])

    assert isinstance(chosen, Suggested)
    assert {chosen.work, *chosen.rivals} == {WORK, again}


@pytest.mark.parametrize(
    "neighbour",
    [
        other("neighbour", "Moonlight and the hearing of young fishermen", pages="101-110"),
        other("far", "Traffic noise and sleep", authors=(), container="Nutrients", volume="1", pages="5"),
        other("erratum", f"Erratum to: {TITLE}", pages="200"),
        other("comment", f"Comment on “{TITLE}”", pages="201", authors=(Author("R", "Roe"),)),
    ],
)
def test_a_neighbour_or_a_notice_is_nothing(neighbour: Work) -> None:
    assert choose(CLAIMS, [neighbour]) == Nothing()


def test_the_paper_is_told_from_its_kin_wherever_the_search_has_it() -> None:
    kin = [
        PREPRINT,
        other("erratum", f"Erratum to: {TITLE}", pages="200"),
        other("two", f"{TITLE}. Part II", pages="99"),
    ]

    for place in range(len(kin) + 1):
        chosen = choose(CLAIMS, [*kin[:place], WORK, *kin[place:]])
        assert isinstance(chosen, Accepted)
        assert chosen.work is WORK


def test_a_preprint_is_not_written_for_an_article() -> None:
    assert isinstance(choose(CLAIMS, [PREPRINT]), Suggested)


def test_an_article_and_its_preprint_are_a_persons_choice_where_the_page_names_no_journal() -> None:
    chosen = choose(Claims(titles=(TITLE,), authors="Smith J, Doe AB", years=(2012,)), [WORK, PREPRINT])

    assert isinstance(chosen, Suggested)
    assert {chosen.work.doi, *(rival.doi for rival in chosen.rivals)} == {WORK.doi, PREPRINT.doi}
    assert str(chosen.rivals[0].doi) in chosen.why


def test_a_work_registered_twice_is_a_persons_choice_unless_one_is_refused() -> None:
    twice = [WORK, other("again")]
    chosen = choose(CLAIMS, twice, refused={Doi("10.1/again")})

    assert isinstance(choose(CLAIMS, twice), Suggested)
    assert isinstance(chosen, Accepted)
    assert chosen.work is WORK
    assert choose(CLAIMS, [WORK], refused={Doi("10.1/paper")}) == Nothing()


def test_the_same_record_twice_is_one() -> None:
    assert isinstance(choose(CLAIMS, [WORK, WORK]), Accepted)


@pytest.mark.parametrize(
    "title",
    ["Sunlight and bone strength in older sailo…", "Sunlight and bone strength in older sailor of the north"],
)
def test_a_title_cut_short_or_mistyped_needs_the_page(title: str) -> None:
    assert isinstance(choose(replace(CLAIMS, titles=(title,)), [WORK]), Accepted)
    assert isinstance(choose(replace(CLAIMS, titles=(title,), page=""), [WORK]), Suggested)


def test_a_neighbour_of_a_like_title_at_the_pages_place_is_a_persons_choice_beside_the_title_itself() -> None:
    nitrate = other("nitrate", "Nitrate in the blood of older sailors of the north")
    nitrite = other("nitrite", "Nitrite in the blood of older sailors of the north", pages="124-130")
    claims = replace(CLAIMS, titles=(nitrate.title,))

    assert choose(claims, [nitrate, nitrite]) == choose(claims, [nitrate])
    chosen = choose(replace(claims, page="124"), [nitrate, nitrite])
    assert isinstance(chosen, Suggested)
    assert {chosen.work, *chosen.rivals} == {nitrate, nitrite}


def test_people_journal_and_year_under_another_title_are_for_a_person_unless_the_page_contradicts() -> None:
    claims = replace(CLAIMS, titles=("Etwas ganz anderes zu einem fernen Thema",), page="")
    chosen = choose(claims, [WORK])

    assert isinstance(chosen, Suggested)
    assert "the same people" in chosen.why
    assert choose(replace(claims, page="700"), [WORK]) == Nothing()
    assert choose(replace(claims, authors="", volume=""), [WORK]) == Nothing()


def test_only_the_page_tells_the_parts_of_a_series() -> None:
    second = other("two", f"{TITLE}. Part II")

    assert isinstance(choose(CLAIMS, [second]), Accepted)
    assert isinstance(choose(replace(CLAIMS, page=""), [second]), Suggested)


@pytest.mark.parametrize("title", ["Editorial", "Introduction", "Book review"])
def test_a_title_of_many_papers_needs_its_whole_place(title: str) -> None:
    work = other("short", title)

    assert isinstance(choose(replace(CLAIMS, titles=(title,)), [work]), Accepted)
    assert not isinstance(choose(replace(CLAIMS, titles=(title,), page=""), [work]), Accepted)
    assert not isinstance(choose(Claims(titles=(title,), authors="Smith J", years=(2012,)), [work]), Accepted)


words = st.sampled_from(
    ["", TITLE, "Traffic noise and sleep", "J Mar Med", "13", "84", "Smith J", "Editorial"]
)


@given(
    st.tuples(words, words, words, words, words),
    st.integers(2005, 2020),
    st.lists(st.sampled_from([WORK, PREPRINT])),
)
@settings(max_examples=150, deadline=None)
def test_what_is_accepted_contradicts_in_its_year_at_most_and_is_one_of_the_candidates(
    texts: tuple[str, str, str, str, str], year: int, candidates: list[Work]
) -> None:
    title, authors, journal, volume, page = texts
    claims = Claims(
        titles=(title,), authors=authors, journals=(journal,), years=(year,), volume=volume, page=page
    )
    chosen = choose(claims, candidates)

    if isinstance(chosen, Accepted):
        assert chosen.work in candidates
        against = {fact.kind for fact in chosen.judgement.facts if fact.weight < 0}
        assert not against - {"year"}
        assert sum(fact.kind != "title" for fact in chosen.judgement.facts) >= 2


RECORDS = Path(__file__).resolve().parents[3].parent / "shared" / "crossref" / "works.jsonl.gz"


@pytest.mark.skipif(not RECORDS.exists(), reason=f"the real records are not at {RECORDS}")
async def test_of_real_papers_cited_in_many_styles_none_is_mistaken_for_another() -> None:
    from bench.kin import Raw
    from bench.match import CLEAN, USUAL, Answers, load, measure
    from enrich.demo.ranking import Ranking
    from enrich.source.crossref import record

    async def search(records: Sequence[Raw], queries: Sequence[str]) -> Answers:
        ranking = Ranking(records)
        works = {str(raw["DOI"]): record.work(raw) for raw in records}
        best = {query: [works[str(raw["DOI"])] for raw, _ in ranking.best(query)[:5]] for query in queries}
        return {query: Found(tuple(filter(None, found)), 0.0) for query, found in best.items()}

    pairs = load(RECORDS)[::4]
    results = await measure(pairs, clean=3, noisy=1, absent=15, search=search, seed=7)
    words = Counter(word for case, word, _ in results if case.noise == CLEAN)
    faulty = Counter(word for case, word, _ in results if case.noise in USUAL)

    assert not [case for case, word, _ in results if word == "WRONG"]
    assert words["written"] >= 0.9 * words.total()
    assert faulty["written"] >= 0.65 * faulty.total()
    assert faulty["written"] + faulty["suggested"] >= 0.9 * faulty.total()
    assert not any(word == "written" for case, word, _ in results if not case.known)
