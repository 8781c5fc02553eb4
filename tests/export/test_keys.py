from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.export.entry import Entry
from enrich.export.keys import folded, keys
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Work

ONE, TWO, THREE = (
    Work(
        Doi(f"10.5555/{name}"),
        "Selenium in bones",
        authors=(Author("Jo", "Garland"),),
        published=PartialDate(2012),
    )
    for name in ("one", "two", "three")
)


def key(work: Work) -> str:
    return keys([work])[work]


@pytest.mark.parametrize(
    ("author", "title", "made"),
    [
        (Author("M", "Garland"), "The selenium story", "garland2012selenium"),
        (Author("J", "Šindlář-Ørsted"), "Über die Größe", "sindlarorsted2012grosse"),
        (Author("G", "de Schweinitz"), "RETRACTED ARTICLE: Eyes", "deschweinitz2012eyes"),
        (Author("", "O’Brien"), "A", "obrien2012a"),
        (Author("Plato", ""), "25-Hydroxyvitamin D", "plato2012hydroxyvitamin"),
        (Group("World Health Organization"), "Guideline on salt", "who2012guideline"),
        (Group("ATLAS Collaboration"), "Observation", "atlascollaboration2012observation"),
        (Group("2020 3rd Conference on the Made"), "", "conferencemade2012"),
        (Author("明", "王"), "硒", "nature2012"),
    ],
)
def test_a_key_is_of_name_year_and_subject(author: Author | Group, title: str, made: str) -> None:
    work = Work(
        Doi("10.5555/x"), title, authors=(author,), container="Nature", published=PartialDate(2012, 3, 4)
    )

    assert key(work) == made


def test_what_is_not_known_is_left_out_and_a_key_begins_with_a_letter() -> None:
    assert key(Work(Doi("10.5555/x"))) == "work"
    assert key(Work(Doi("10.5555/x"), published=PartialDate(2012))) == "work2012"
    assert key(Work(Doi("10.5555/x"), "1984")) == "work1984"


def test_works_with_one_key_are_told_apart_by_what_names_them() -> None:
    made = keys([ONE, TWO])

    assert all(re.fullmatch("garland2012selenium-[a-z2-7]{4}", one) for one in made.values())
    assert made[ONE] != made[TWO]


def test_a_new_work_takes_no_key_over_and_moves_no_suffix() -> None:
    before, after = keys([ONE, TWO]), keys([THREE, TWO, ONE])

    assert {work: after[work] for work in before} == dict(before)
    assert keys([ONE])[ONE] not in keys([ONE, TWO]).values()


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_keys_are_unique_plain_and_the_same_in_any_order(
    works: st.SearchStrategy[Work], data: st.DataObject
) -> None:
    found = data.draw(st.lists(works, max_size=4, unique_by=lambda work: work.doi))
    made = keys(found)

    assert len({*made.values()}) == len(found)
    assert all(re.fullmatch("[a-z][a-z0-9]*(-[a-z2-7]+)?", one) for one in made.values())
    assert made == keys(data.draw(st.permutations(found)))


@given(text=st.text())
@settings(max_examples=60, deadline=None)
def test_folding_leaves_ascii_letters_and_digits(text: str) -> None:
    assert re.fullmatch("[a-z0-9]*", folded(text))
    assert folded(folded(text)) == folded(text)


def test_real_works_mostly_need_no_suffix(real: tuple[Entry, ...]) -> None:
    assert sum("-" in entry.key for entry in real) < len(real) / 50
