from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import Change, Drop, Insert, Put, Refusal
from enrich.page.front.revision import apply, dotted, is_same, revise

PAGE = {
    "title": "Selenium",
    "tags": ["a", "b"],
    "citations": [{"doi": "10.1/a", "year": 1}, {"doi": "10.1/b"}],
}

keys = st.sampled_from(["a", "b", "c", "d"])
values = st.one_of(st.text(max_size=3), st.integers(0, 9), st.lists(st.text(max_size=2), max_size=2))
documents = st.recursive(
    values,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=8,
)


def put(*path: str | int, value: object = "new", after: str | None = None) -> Put:
    return Put(path, value, "why", after)


def test_a_new_key_comes_last() -> None:
    assert list(applied(put("doi"))) == ["title", "tags", "citations", "doi"]


def test_new_keys_follow_the_sibling_they_name_in_the_order_given() -> None:
    changed = applied(
        put("x", after="title"), put("y", after="title"), put("z", after="x"), put("w", after="no")
    )
    assert list(changed) == ["title", "x", "z", "y", "tags", "citations", "w"]


def test_a_new_key_keeps_the_place_of_a_sibling_that_goes() -> None:
    assert list(applied(Drop(("tags",), ""), put("x", after="tags"))) == ["title", "x", "citations"]


def test_paths_address_the_page_as_it_stands_before_any_change() -> None:
    changed = applied(
        Drop(("citations", 0), ""),
        Insert(("citations",), 0, {"doi": "first"}, ""),
        Insert(("citations",), 1, {"doi": "second"}, ""),
        put("citations", 1, "year", value=2),
        Insert(("citations",), 2, {"doi": "last"}, ""),
    )
    assert changed["citations"] == [
        {"doi": "first"},
        {"doi": "second"},
        {"doi": "10.1/b", "year": 2},
        {"doi": "last"},
    ]


def test_missing_parents_are_made_once() -> None:
    changed = applied(put("params", "a", "x", value=1), put("params", "b", value=2))
    assert changed["params"] == {"a": {"x": 1}, "b": 2}


def test_the_last_item_leaves_an_empty_list_and_the_only_key_an_empty_mapping() -> None:
    assert apply({"a": ["x"], "b": {"c": 1}}, [Drop(("a", 0), ""), Drop(("b", "c"), "")]) == {
        "a": [],
        "b": {},
    }


def test_a_value_that_is_there_already_is_no_change() -> None:
    assert revise(PAGE, [put("title", value="Selenium")]) == revise(PAGE, [])


@pytest.mark.parametrize(
    "changes",
    [
        [Drop(("gone",), "")],
        [Drop(("title", "x"), "")],
        [Drop(("citations", 2), "")],
        [put("citations", 2, value={})],
        [put("citations", "doi")],
        [put("tags", 0, "deeper")],
        [put("fresh", 0, value=1)],
        [put("fresh"), put("fresh", "a")],
        [put("title"), put("title", value="other")],
        [put("citations", 0, "doi"), Drop(("citations", 0), "")],
        [put("citations", 0, "doi"), put("citations", value=[])],
        [Drop(("citations",), ""), Insert(("citations",), 0, {}, "")],
        [Insert(("citations",), 3, {}, "")],
        [Insert(("title",), 0, {}, "")],
        [Insert(("gone",), 0, {}, "")],
        [put("title", value="\ud800")],
        [put()],
    ],
    ids=repr,
)
def test_changes_that_have_no_place_or_contradict_each_other_are_refused(changes: list[Change]) -> None:
    assert isinstance(apply(PAGE, changes), Refusal)
    assert isinstance(apply(PAGE, changes[::-1]), Refusal)


@given(st.dictionaries(keys, documents), st.data())
@settings(deadline=None, max_examples=60)
def test_applying_agrees_with_one_change_after_another_from_behind(
    page: dict[str, object], data: st.DataObject
) -> None:
    """Changes to the items of one list, made from its end to its start, keep the indices before them true."""
    items = data.draw(st.lists(documents, max_size=4))
    page = {**page, "list": items}
    before, expected = copy.deepcopy(page), list(items)
    changes: list[Change] = []
    for index in reversed(range(len(items))):
        match data.draw(st.sampled_from(["keep", "drop", "put", "insert"])):
            case "drop":
                changes.append(Drop(("list", index), ""))
                del expected[index]
            case "put":
                changes.append(put("list", index))
                expected[index] = "new"
            case "insert":
                changes.append(Insert(("list",), index, "more", ""))
                expected.insert(index, "more")
            case _:
                pass
    result = apply(page, data.draw(st.permutations(changes)))
    assert result == {**page, "list": expected}
    assert page == before


@given(documents, documents)
@settings(deadline=None, max_examples=100)
def test_sameness_is_reflexive_and_never_looser_than_equality(one: object, other: object) -> None:
    assert is_same(one, copy.deepcopy(one))
    assert not is_same(one, other) or one == other


def test_sameness_tells_numbers_and_truth_apart() -> None:
    assert not is_same({"a": 1}, {"a": True})
    assert not is_same([1], [1.0])
    assert is_same({"a": [float("nan")]}, {"a": [float("nan")]})
    assert is_same({"a": 1, "b": 2}, {"b": 2, "a": 1})


def test_a_path_reads_like_the_report_writes_it() -> None:
    assert dotted(("params", "citations", 0, "doi")) == "params.citations[0].doi"


def applied(*changes: Change) -> dict[str, object]:
    result = apply(PAGE, changes)
    assert isinstance(result, dict), result
    return result
