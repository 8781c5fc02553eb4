from __future__ import annotations

import pytest

from enrich.page import own

DATA = {"doi": "x", "hugoblox": {"ids": {"doi": "x"}}, "citation": {"type": "book", "doi": "x"}, "n": None}


def test_dots_lead_below_other_keys() -> None:
    assert own.standing(DATA, (), ["doi", "hugoblox.ids.doi", "journal", "doi.x", "n"]) == {
        "doi": "x",
        "hugoblox.ids.doi": "x",
        "n": None,
    }
    assert own.standing(DATA, ("citation",), ["doi", "volume"]) == {"doi": "x"}
    assert own.standing({"citation": True}, ("citation",), ["doi"]) == {}


def test_a_field_is_told_with_its_work_where_its_place_is_not_the_top_level() -> None:
    assert own.key((), "10.1000/a", "journal") == "journal"
    assert own.key(("citation",), "10.1000/a", "volume") == "citation[10.1000/a].volume"


@pytest.mark.parametrize(
    ("made", "gone"),
    [(3, ("hugoblox",)), (2, ("hugoblox", "ids")), (1, ("hugoblox", "ids", "doi"))],
)
def test_only_keys_that_we_made_go_with_what_is_in_them(made: int, gone: tuple[str, ...]) -> None:
    assert own.whole(DATA, [("hugoblox", "ids", "doi")], 3, made) == (gone,)


def test_a_key_stays_while_anything_else_stands_in_it() -> None:
    data = {"citation": {"type": "book", "doi": "x", "note": "mine"}}
    ours = [("citation", "type"), ("citation", "doi")]

    assert own.whole(data, ours, 2, 2) == tuple(ours)
    assert own.whole(DATA, ours, 2, 2) == (("citation",),)
    assert own.whole(DATA, [("doi",), *ours], 2, 2) == (("doi",), ("citation",))


def test_the_deepest_field_counts_the_keys_that_lead_to_it() -> None:
    assert own.anchor((), ["doi", "hugoblox.ids.doi"]) == ("hugoblox", "ids", "doi")
    assert own.anchor(("citation",), ["type"]) == ("citation", "type")
    assert own.anchor((), []) == ()
