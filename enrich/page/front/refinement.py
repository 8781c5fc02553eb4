"""New values for lists and mappings, taken apart: what is in them already stays as a person wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from enrich.model.page import Value
from enrich.page.front.block import Node
from enrich.page.front.revision import Given, Revision, Step, is_same


def refined(node: Node, revision: Revision) -> Revision:
    """Return the revision that leads to the same data but replaces no list or mapping as a whole.

    An empty one has nothing to keep, what an alias stands for is written elsewhere, and YAML's block lists within
    lists cannot be taken apart: those are replaced.
    """
    children = children_of(node)
    inside = {
        step: refined(children[step], each) if step in children else each
        for step, each in revision.inside.items()
    }
    replaced: dict[Step, Given] = {}
    for step, given in revision.replaced.items():
        child = children.get(step)
        finer = _difference(child, given) if child else None
        if child is None or finer is None:
            replaced[step] = given
        else:
            inside[step] = refined(child, finer)
    return replace(revision, inside=inside, replaced=replaced)


def children_of(node: Node) -> dict[Step, Node]:
    """Return the values in a mapping by key, or in a list by index."""
    return {**{pair.key: pair.node for pair in node.pairs}, **dict(enumerate(node.items))}


def _difference(node: Node, given: Given) -> Revision | None:
    if not given.value:
        return None
    if any(item.kind == "list" and item.style == "block" for item in node.items):
        # A list that begins behind another one's dash has no line of its own to change.
        return None
    if node.items and isinstance(given.value, Sequence) and not isinstance(given.value, str):
        return _list_difference(node, given.value, given.why)
    if isinstance(given.value, Mapping) and isinstance(node.value, Mapping):
        is_whole = {pair.key for pair in node.pairs} == node.value.keys()
        return _mapping_difference(node.value, given.value, given.why) if is_whole and node.pairs else None
    return None


def _mapping_difference(old: Mapping[str, Value], new: Mapping[str, Value], why: str) -> Revision:
    added: dict[str | None, tuple[Given, ...]] = {}
    sibling: str | None = None
    for key, value in new.items():
        if key in old:
            sibling = key
        else:
            added[sibling] = (*added.get(sibling, ()), Given(value, why, key))
    return Revision(
        replaced={key: Given(new[key], why) for key in old if key in new and not is_same(new[key], old[key])},
        dropped={key: why for key in old if key not in new},
        added=added,
    )


def _list_difference(node: Node, new: Sequence[Value], why: str) -> Revision:
    """Keep what is alike at both ends; replace what stands between, as far as both sides go."""
    old = [item.value for item in node.items]
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    both = min(len(old), len(new)) - end
    fresh = tuple(Given(value, why) for value in new[both : len(new) - end])
    return Revision(
        replaced={
            index: Given(new[index], why)
            for index in range(start, both)
            if not is_same(new[index], old[index])
        },
        dropped=dict.fromkeys(range(both, len(old) - end), why),
        inserted={both: fresh} if fresh else {},
    )


def _alike(old: Sequence[Value], new: Sequence[Value]) -> int:
    return sum(1 for _ in takewhile(lambda both: is_same(*both), zip(old, new, strict=False)))
