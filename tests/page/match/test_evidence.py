from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.claims import Claims, Fact, Judgement, Verdict
from enrich.model.identifier import Doi
from enrich.model.work import Author, Work
from enrich.page.match.evidence import combine, judge

TITLE = "Sunlight and bone strength in older sailors"
WORK = Work(
    Doi("10.1000/sun"),
    TITLE,
    authors=(Author("Ann", "Lindqvist"), Author("Bo", "Ekström"), Author("Carl", "Berg")),
    container="Annals of Invented Bone Research",
    short_container="Ann Invent Bone Res",
    years=(2021, 2022),
    volume="14",
    pages="423-432",
)
OTHER_TITLE = "Traffic noise and sleep in three Alpine valleys"
PARAPHRASE = "Large new study finds that risk is cut in half"
NAMES = "Ann Lindqvist 1, Bo Ekström 2, Carl Berg 1"
STRANGERS = "Dora Novak 1, Emil Silva 2"
PLACED = Claims(journals=("Ann Invent Bone Res",), years=(2022,), volume="14", page="423")


@pytest.mark.parametrize(
    ("claims", "verdict"),
    [
        (Claims(), "unattested"),
        (Claims(heading=TITLE), "attested"),
        (
            Claims(heading=TITLE, authors=STRANGERS, journals=("Acoustics",), years=(1987,), page="9"),
            "attested",
        ),
        (Claims(authors=NAMES, journals=("Ann Invent Bone Res",)), "attested"),
        (PLACED, "attested"),
        (
            Claims(authors="Lindqvist A, et al.", journals=("Ann Invent Bone Res",), years=(2022,)),
            "unattested",
        ),
        (Claims(years=(1987,)), "unattested"),
        (Claims(authors=STRANGERS), "unattested"),
        (Claims(titles=(OTHER_TITLE,)), "unattested"),
        (Claims(heading=PARAPHRASE, years=(1987,)), "unattested"),
        (Claims(heading=PARAPHRASE, authors=NAMES, years=(2023,)), "unattested"),
        (Claims(authors=STRANGERS, years=(1987,)), "suspect"),
        (Claims(authors=STRANGERS, heading=PARAPHRASE), "suspect"),
        (Claims(authors=STRANGERS, titles=(OTHER_TITLE,)), "suspect"),
        (Claims(titles=(OTHER_TITLE,), journals=("Acoustics",)), "suspect"),
        (Claims(authors="Lindqvist A, et al.", titles=(OTHER_TITLE,), journals=("Acoustics",)), "suspect"),
        (Claims(heading=PARAPHRASE, journals=("Ann Invent Bone Res",), volume="14", page="77"), "suspect"),
        (Claims(heading=OTHER_TITLE, journals=("Acoustics",), years=(1987,)), "suspect"),
    ],
)
def test_the_verdict_follows_what_identifies(claims: Claims, verdict: Verdict) -> None:
    assert judge(claims, WORK).verdict == verdict


def test_what_agrees_may_outweigh_what_does_not() -> None:
    translated = replace(PLACED, titles=("Licht und Knochen alter Seeleute im Winter",), authors=NAMES)

    assert judge(replace(translated, years=(2012,)), WORK).verdict == "unattested"
    assert judge(replace(PLACED, heading=PARAPHRASE, authors="Xu Qi, Yi Po"), WORK).verdict != "suspect"


def test_a_neighbour_in_the_same_volume_by_the_same_people_is_suspect() -> None:
    series = replace(PLACED, titles=(OTHER_TITLE,), authors=NAMES, page="401")

    assert judge(series, WORK).verdict == "suspect"


def test_every_fact_shows_both_sides() -> None:
    facts = judge(replace(PLACED, heading=TITLE, authors=STRANGERS), WORK).facts

    assert [(fact.kind, fact.weight > 0) for fact in facts] == [
        ("title", True),
        ("authors", False),
        ("journal", True),
        ("year", True),
        ("page", True),
    ]
    assert facts[1] == Fact("authors", STRANGERS, "Lindqvist, Ekström, Berg", facts[1].weight)


def test_a_year_of_print_or_online_agrees_and_one_beside_them_says_nothing() -> None:
    assert judge(Claims(years=(2021,)), WORK).facts[0].weight > 0
    assert judge(Claims(years=(2023,)), WORK).facts == ()
    assert judge(Claims(years=(2024,)), WORK).facts[0].weight < 0


def test_a_journal_named_in_the_text_agrees() -> None:
    facts = judge(Claims(text="as the Annals of Invented Bone Research reported"), WORK).facts

    assert [(fact.kind, fact.weight) for fact in facts] == [("journal", 1.0)]


def test_an_empty_record_is_never_suspect() -> None:
    said = replace(PLACED, heading=OTHER_TITLE, titles=(OTHER_TITLE,), authors=STRANGERS)

    assert judge(said, Work(Doi("10.1/x"))) == Judgement("unattested")


@pytest.mark.parametrize(
    ("verdicts", "combined"),
    [
        ([], "unattested"),
        (["unattested", "suspect", "attested"], "attested"),
        (["unattested", "suspect"], "suspect"),
        (["unattested"], "unattested"),
    ],
)
def test_mentions_combine_to_the_strongest(verdicts: list[Verdict], combined: Verdict) -> None:
    assert combine(Judgement(verdict) for verdict in verdicts).verdict == combined


TEXTS = st.text(alphabet="Ab é.,:1中", max_size=40)


@given(
    st.builds(
        Claims,
        heading=TEXTS,
        titles=st.tuples(TEXTS),
        authors=TEXTS,
        journals=st.tuples(TEXTS),
        years=st.tuples(st.integers(1800, 2099)),
        volume=TEXTS,
        page=TEXTS,
        text=TEXTS,
    )
)
@settings(max_examples=100, deadline=None)
def test_an_agreeing_title_is_attested_whatever_else_the_page_says(claims: Claims) -> None:
    said = Claims(
        TITLE, (), claims.authors, claims.journals, claims.years, claims.volume, claims.page, claims.text
    )

    assert judge(claims, WORK).verdict in ("attested", "unattested", "suspect")
    assert judge(said, WORK).verdict == "attested"


RECORDS = Path(__file__).resolve().parents[3].parent / "shared" / "crossref" / "works.jsonl.gz"


@pytest.mark.skipif(not RECORDS.exists(), reason=f"the real records are not at {RECORDS}")
def test_real_records_are_told_from_their_neighbours() -> None:
    from bench.cited import NOISES, STYLES, cited, doi_of
    from bench.evidence import is_knowable, load, neighbours, read

    works = load(RECORDS)
    near = neighbours(works)
    chance = random.Random(7)
    noises = [
        noise
        for name, noise in NOISES.items()
        if name not in ("paraphrased, names misspelt", "translated, year off by 7")
    ]
    count: Counter[str] = Counter()
    for work in chance.sample(works, 300):
        said = read(chance.choice(STYLES)(chance.choice(noises)(cited(work), chance)), doi_of(work))
        wrong = judge(said, near[doi_of(work)])
        count["own suspect"] += judge(said, work).verdict == "suspect"
        count["knowable"] += is_knowable(wrong)
        count["caught"] += is_knowable(wrong) and wrong.verdict == "suspect"
        count["taken"] += wrong.verdict == "attested"

    assert count["own suspect"] <= 1
    assert count["taken"] <= 1
    assert count["caught"] >= 0.9 * count["knowable"]
