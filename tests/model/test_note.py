from __future__ import annotations

import datetime

import pytest

from enrich.model.note import Note, Recollection, fingerprint
from enrich.model.page import Value

OLD = Note("citations", {"w": {"title": fingerprint("old")}})
NEW = Note("citations", {"w": {"title": fingerprint("new"), "volume": fingerprint("1")}})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14", 14),
        ("2022-04-20", datetime.date(2022, 4, 20)),
        (["a", "b"], ("a", "b")),
        ({"doi": "x", "date": "2022"}, {"date": 2022, "doi": "x"}),
    ],
)
def test_values_that_read_the_same_have_one_fingerprint(one: Value, other: Value) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(("one", "other"), [("a", "A"), (["a", "b"], ["b", "a"]), ("", []), ("['a']", ["a"])])
def test_values_that_read_differently_have_two(one: Value, other: Value) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_a_confirmed_note_alone_says_what_is_ours_and_what_was_written() -> None:
    memory = Recollection(NEW)

    assert memory.is_ours("w", "title", "new")
    assert not memory.is_ours("w", "title", "old")
    assert memory.wrote("w", "volume")


def test_after_a_kill_either_note_is_ours_and_only_both_were_surely_written() -> None:
    memory = Recollection(NEW, OLD)

    assert memory.is_ours("w", "title", "new")
    assert memory.is_ours("w", "title", "old")
    assert memory.wrote("w", "title")
    assert not memory.wrote("w", "volume")


def test_no_note_knows_nothing() -> None:
    assert not Recollection().wrote("w", "title")
    assert not Recollection().is_ours("w", "title", "new")


def test_notes_of_another_place_say_nothing_about_this_one() -> None:
    assert Recollection(NEW).at("params.citations") == Recollection()
    assert Recollection(NEW, OLD).at("citations") == Recollection(NEW, OLD)


def test_what_was_left_in_a_place_is_remembered_of_that_place() -> None:
    left = Note("citations", {"w": {"title": fingerprint("old")}})
    memory = Recollection(Note("references", {}, form="references", left=(left,)))

    assert memory.at("citations") == Recollection(left)
    assert memory.at("citations", "jekyll") == Recollection()
    assert memory.places == (("references", "references"), ("citations", ""))


def test_a_kill_between_two_places_leaves_both_of_them_in_doubt() -> None:
    there = Note("references", {"w": {"title": "x"}}, {"w": ("title",)}, made=2, form="references")
    memory = Recollection(there, OLD)

    assert memory.at("citations") == Recollection(Note("citations"), OLD)
    assert memory.at("references", "references") == Recollection(there, Note("references", form="references"))
    former = memory.at("citations")
    assert former.is_ours("w", "title", "old")
    assert not former.wrote("w", "title")
    assert former.marks("w") == OLD.works["w"]
    assert memory.at("references", "references").theirs("w") == ("title",)
    assert memory.at("references", "references").made == 2
