from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import Change, Drop, Insert, Span
from enrich.page.front import json_block
from enrich.page.front.block import Node
from enrich.page.front.revision import Revision, revise
from enrich.page.front.sequence import child_spans, joints


def read(text: str) -> Node:
    root = json_block.read(text.encode(), Span(0, len(text)))
    assert isinstance(root, Node)
    return root.pairs[0].node


def revised(items: list[int], changes: list[Change]) -> Revision:
    revision = revise({"l": items}, changes)
    assert isinstance(revision, Revision)
    return revision.inside.get("l", Revision())


def test_children_are_spans_from_name_to_value() -> None:
    text = '{"m": {"a": 1, "b": [2]}}'
    assert [text[span.start : span.end] for span in child_spans(read(text))] == ['"a": 1', '"b": [2]']


def test_neighbours_that_come_and_go_share_one_joint() -> None:
    changes: list[Change] = [
        Drop(("l", 1), "old"),
        Insert(("l",), 1, 8, "new"),
        Drop(("l", 2), "old"),
        Insert(("l",), 3, 9, "new"),
    ]
    joint, *others = joints(read('{"l": [0, 1, 2, 3]}'), revised([0, 1, 2, 3], changes))
    assert not others
    assert (joint.role, joint.span, joint.step, joint.why) == ("behind", Span(8, 14), 1, "new; old")
    assert [given.value for given in joint.new] == [8, 9]


@given(st.integers(0, 5), st.data())
@settings(deadline=None, max_examples=100)
def test_joints_name_each_newcomer_once_and_cover_all_that_goes(count: int, data: st.DataObject) -> None:
    items = list(range(count))
    gone = data.draw(st.sets(st.sampled_from(items))) if items else set()
    places = data.draw(st.lists(st.integers(0, count), max_size=4))
    changes: list[Change] = [Drop(("l", index), "") for index in gone]
    changes += [Insert(("l",), place, f"new {at}", "") for at, place in enumerate(places)]
    node = read(f'{{"l": {items}}}')
    found = list(joints(node, revised(items, changes)))
    assert sorted(str(given.value) for joint in found for given in joint.new) == [
        f"new {at}" for at in range(len(places))
    ]
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    for index, span in enumerate(child_spans(node)):
        covered = any(joint.span.start <= span.start and span.end <= joint.span.end for joint in found)
        stays_in_full = all(span.end <= joint.span.start or joint.span.end <= span.start for joint in found)
        assert covered if index in gone else stays_in_full
