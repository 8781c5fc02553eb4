from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import FrontMatter, Put, Refusal, Span, Value
from enrich.page.front.frontmatter import locate
from enrich.page.front.refinement import children_of, refined
from enrich.page.front.revision import Given, Revision, revise
from enrich.page.front.splice import splice
from enrich.page.front.yaml_read import read

WHY = "the registry says so"


def refining(block: str, key: str, value: Value) -> Revision:
    source = block.encode()
    root = read(source, Span(0, len(source)))
    assert not isinstance(root, Refusal)
    revision = revise(root.value, [Put((key,), value, WHY)])
    assert not isinstance(revision, Refusal)
    return refined(root, revision)


def test_only_what_differs_in_a_list_is_touched() -> None:
    inner = refining("a: [x, b, c, y]\n", "a", ["x", "d", "y"]).inside["a"]
    assert inner == Revision(replaced={1: Given("d", WHY)}, dropped={2: WHY})


def test_a_longer_list_gets_items_before_what_stays_at_its_end() -> None:
    inner = refining("a: [x, b, y]\n", "a", ["x", "b", "n", "m", "y"]).inside["a"]
    assert inner == Revision(inserted={2: (Given("n", WHY), Given("m", WHY))})


def test_only_what_differs_in_a_mapping_is_touched_and_new_keys_follow_their_sibling() -> None:
    inner = refining("a: {b: 1, c: 2, d: 3}\n", "a", {"n": 0, "b": 1, "m": 5, "o": 6, "c": 4}).inside["a"]
    assert inner == Revision(
        replaced={"c": Given(4, WHY)},
        dropped={"d": WHY},
        added={None: (Given(0, WHY, "n"),), "b": (Given(5, WHY, "m"), Given(6, WHY, "o"))},
    )


def test_lists_and_mappings_are_taken_apart_all_the_way_down() -> None:
    revision = refining("a:\n- b: [1, 2]\n  c: x\n", "a", [{"b": [1, 3], "c": "x"}])
    assert revision.inside["a"].inside[0].inside["b"].replaced == {1: Given(3, WHY)}


def test_what_has_nothing_to_keep_is_replaced() -> None:
    kept = "l: &l [1]\nm: &m {k: 1}\n"
    for block, value in (
        ("a: x\n", ["y"]),
        ("a: []\n", ["y"]),
        ("a: [x]\n", []),
        ("a: [x]\n", {"k": 1}),
        ("a: {k: 1}\n", ["k"]),
        ("a: [x]\n", "x"),
        (kept + "a: *l\n", [2]),
        (kept + "a: {<<: *m, n: 1}\n", {"k": 1}),
    ):
        assert refining(block, "a", value).replaced == {"a": Given(value, WHY)}


def test_children_have_keys_or_indices() -> None:
    source = b"a: [x, y]\n"
    root = read(source, Span(0, len(source)))
    assert not isinstance(root, Refusal)
    assert list(children_of(root)) == ["a"]
    assert list(children_of(children_of(root)["a"])) == [0, 1]


values = st.recursive(
    st.sampled_from(["x", "y", 1, True, None]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(values, values)
@settings(deadline=None, max_examples=60)
def test_any_value_becomes_any_other(old: Value, new: Value) -> None:
    page = f"---\nk: {json.dumps(old)}\n---\n".encode()
    front = locate(page)
    assert isinstance(front, FrontMatter), front
    assert isinstance(splice(page, front, [Put(("k",), new, WHY)]), bytes)
