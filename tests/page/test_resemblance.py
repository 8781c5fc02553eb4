from __future__ import annotations

from dataclasses import replace

from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Work
from enrich.page.resemblance import is_other

PAPER = Work(
    Doi("10.5555/a"),
    "Placebo effects on lung function in children",
    authors=(Author("Nora", "Quist"), Group("The Airways Group")),
    container="Annals of Airways",
    published=PartialDate(2012, 9),
    years=(2012,),
    volume="13",
    pages="84-91",
)
ANOTHER = Work(
    Doi("10.5555/b"),
    "Traffic noise in Alpine valleys before the tunnel",
    authors=(Author("Bo", "Ekstroem"),),
    container="Acoustics",
    years=(1987,),
    volume="2",
    pages="1-9",
)


def test_another_sources_spelling_is_the_same_paper() -> None:
    said = replace(
        PAPER, title="Placebo Effects on Lung Function in Children.", container="Ann Airways", pages="84-91"
    )

    assert not is_other(said, PAPER)


def test_a_translated_title_in_the_same_place_is_the_same_paper() -> None:
    assert not is_other(PAPER, replace(PAPER, title="Placeboeffekte auf die Lungenfunktion von Kindern"))


def test_another_title_of_other_people_elsewhere_is_another_paper() -> None:
    assert is_other(PAPER, ANOTHER)


def test_a_record_without_a_title_convicts_nobody() -> None:
    assert not is_other(Work(None), ANOTHER)
