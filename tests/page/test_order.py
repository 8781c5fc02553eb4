from __future__ import annotations

from enrich.model.note import Note, Recollection, fingerprint
from enrich.model.page import Put, Value
from enrich.page import order
from enrich.page.undo import undo

A, B = {"doi": "10.1000/a", "title": "On A"}, {"doi": "10.1000/b", "title": "On B"}
MINE = {"title": "mine"}
WORKS = ["10.1000/a", "10.1000/b"]
NOTE = Note(
    "citations", {one["doi"]: {name: fingerprint(value) for name, value in one.items()} for one in (A, B)}
)
FLAT = Note("", {"10.1000/a": {"doi": fingerprint("10.1000/a"), "journal": fingerprint("Nutrients")}})


def of(data: dict[str, Value], note: Note = NOTE) -> tuple[str, ...]:
    return order.of(data, note, undo(data, Recollection(note)), WORKS)


def test_what_comes_back_by_itself_needs_no_order() -> None:
    assert of({"title": "T", "citations": [A, B]}) == ()
    assert of({"title": "T", "citations": [MINE, A, B]}) == ()
    assert of({"title": "T"}) == ()
    assert of({"title": "T", "doi": "10.1000/a", "journal": "Nutrients"}, FLAT) == ()


def test_items_among_others_or_in_another_order_are_remembered() -> None:
    assert of({"citations": [A, MINE, B]}) == ("10.1000/a", "", "10.1000/b")
    assert of({"citations": [B, A]}) == ("10.1000/b", "10.1000/a")
    assert of({"citations": [{**A, "note": "mine"}, B]}) == ("", "10.1000/b")


def test_keys_behind_ours_are_remembered() -> None:
    assert of({"citations": [A, B], "title": "T"}) == ("citations", "title")
    assert of({"doi": "10.1000/a", "title": "T", "journal": "Nutrients"}, FLAT) == ("doi", "title", "journal")


def test_what_goes_later_joins_what_went_before() -> None:
    before = Note("citations", {"10.1000/b": NOTE.works["10.1000/b"]}, order=("10.1000/a", "", ""))

    assert of({"citations": [MINE, B]}, before) == ("10.1000/a", "", "10.1000/b")


def test_an_entry_comes_back_between_those_that_stayed() -> None:
    stood = ("10.1000/a", "", "10.1000/b", "")

    assert [order.index(stood, work, 2) for work in (*WORKS, "10.1000/c")] == [0, 1, None]
    assert order.index(("", "", "10.1000/b"), "10.1000/b", 1) == 1
    assert order.rank(stood, "10.1000/b") < order.rank(stood, "10.1000/c")


def test_a_key_comes_back_behind_the_one_that_it_stood_behind() -> None:
    stood = ("title", "doi", "tags", "journal")

    assert order.behind(stood, "journal", {"title": "T", "tags": []}) == "tags"
    assert order.behind(stood, "journal", {"title": "T"}) == "title"
    assert order.behind(stood, "title", {"tags": []}) is None
    assert order.put({"title": "T"}, ("params", "papers"), [A], "why", ("title", "params", "x")) == Put(
        ("params",), {"papers": [A]}, "why", "title"
    )
    assert order.put({"title": "T"}, ("params", "papers"), [A], "why", ()) == Put(
        ("params", "papers"), [A], "why"
    )
