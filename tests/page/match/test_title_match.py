from __future__ import annotations

from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.work import Work
from enrich.page.match import thresholds
from enrich.page.match.title_match import TitleMatch, compare

TITLE = "Sunlight and bone strength in older sailors: a cohort study"
WORK = Work(
    Doi("10.1/x"), TITLE, other_titles=("Sunlight and bone strength in older sailors",), container="Bones"
)
OTHER = "Traffic noise and sleep in three Alpine valleys"


def weight(claims: Claims, work: Work = WORK) -> float:
    fact = compare(claims, work).fact
    return fact.weight if fact else 0


def test_a_title_agrees_wherever_it_stands() -> None:
    assert weight(Claims(heading=TITLE.upper())) == thresholds.WEIGHT_TITLE
    assert weight(Claims(titles=("Sunlight and bone strenght in older sailors",))) == thresholds.WEIGHT_TITLE
    assert weight(Claims(text=f"Gang H. {TITLE}. Nutrients")) == thresholds.WEIGHT_TITLE


def test_another_title_line_counts_more_than_another_heading() -> None:
    assert compare(Claims(titles=(OTHER,)), WORK).is_other
    assert weight(Claims(titles=(OTHER,))) == thresholds.AGAINST_TITLE
    assert weight(Claims(heading=OTHER)) == thresholds.AGAINST_HEADING
    assert not compare(Claims(heading=OTHER), WORK).is_other


def test_a_heading_over_a_title_line_says_nothing() -> None:
    assert weight(Claims(heading=OTHER, titles=("Sunlight and how strong the bones of sailors are",))) == 0


def test_titles_in_another_script_cannot_be_compared() -> None:
    assert compare(Claims(titles=("Влияние солнечного света на прочность костей",)), WORK) == TitleMatch()
    chinese = Work(Doi("10.1/x"), "日光对老年海员骨骼强度的影响研究")

    assert compare(Claims(titles=(OTHER,)), chinese) == TitleMatch()
    assert weight(Claims(titles=("日光对老年海员骨骼强度的影响研究。",)), chinese) == thresholds.WEIGHT_TITLE


def test_serial_titles_and_journal_names_only_support() -> None:
    for title in ("Editorial", "Books Received", "Table of Contents", "Bones"):
        assert weight(Claims(heading=title), Work(Doi("10.1/x"), title)) == thresholds.WEIGHT_SHORT_TITLE
    ecology = Work(Doi("10.1/x"), "Evolutionary Ecology", container="Evolutionary Ecology")

    assert weight(Claims(titles=("Evolutionary Ecology",)), ecology) == thresholds.WEIGHT_SHORT_TITLE


def test_a_work_without_a_title_cannot_be_compared() -> None:
    assert compare(Claims(titles=(OTHER,)), Work(Doi("10.1/x"))) == TitleMatch()
    assert compare(Claims(), WORK) == TitleMatch()
