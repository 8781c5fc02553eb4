from __future__ import annotations

import pytest

from enrich.model.page import Change, Drop, FrontMatter, Insert, Put, Value
from enrich.page.front.frontmatter import locate
from enrich.page.front.splice import splice

WHY = "the page cites it"


def changed(line: str, *changes: Change) -> str:
    """Return a line of front matter after the changes, which splicing proves to be made."""
    page = f"---\n{line}\n---\n".encode()
    front = locate(page)
    assert isinstance(front, FrontMatter), front
    result = splice(page, front, changes)
    assert isinstance(result, bytes), result
    return result.decode()[4:-5]


def put(*path: str | int, value: Value = "new", after: str | None = None) -> Put:
    return Put(path, value, WHY, after)


@pytest.mark.parametrize(
    ("line", "changes", "expected"),
    [
        ("a: {k: 1}", [put("a", "x")], "a: {k: 1, x: new}"),
        (
            "a: {k: 1, l: 2}",
            [put("a", "x", after="k"), put("a", "z", after="x")],
            "a: {k: 1, x: new, z: new, l: 2}",
        ),
        ("a: { k: 1 }", [put("a", "x")], "a: { k: 1, x: new }"),
        ("a: {k: 1,}", [put("a", "x")], "a: {k: 1, x: new,}"),
        ("a: {k: , l: 1}", [put("a", "x", after="k")], "a: {k: , x: new, l: 1}"),
        ("a: {k}", [put("a", "x")], "a: {k, x: new}"),
        ('a: {"k":}', [put("a", "x")], 'a: {"k": , "x": new}'),
        ('a: {"k": "v"}', [put("a", "x")], 'a: {"k": "v", "x": "new"}'),
        ("a: &n !!map {k: 1}", [put("a", "x")], "a: &n !!map {k: 1, x: new}"),
        ("a: {k: 1}", [put("a", "k", value={"y": ["a, b", "}"]})], 'a: {k: {"y": ["a, b", "}"]}}'),
        ("a: {k: }", [put("a", "k")], "a: {k: new}"),
        ("a: {k}", [put("a", "k")], "a: {k: new}"),
        ('a: {"k":}', [put("a", "k")], 'a: {"k": new}'),
        ("a: {k: [x], l: 1}", [put("a", "k", 0), put("a", "l")], "a: {k: [new], l: new}"),
        ("a: {k: 1, l: 2, m: 3}", [Drop(("a", "l"), WHY)], "a: {k: 1, m: 3}"),
        ("a: {k: 1, l: 2, m: 3}", [Drop(("a", "k"), WHY), Drop(("a", "l"), WHY)], "a: {m: 3}"),
        ("a: {k: 1, l: 2,}", [Drop(("a", "l"), WHY)], "a: {k: 1,}"),
        ("a: {k: 1}", [Drop(("a", "k"), WHY)], "a: {}"),
        ("a: {k: 1,}", [Drop(("a", "k"), WHY), put("a", "x")], "a: {x: new,}"),
        ("a: [b, c]", [Insert(("a",), 0, "x", WHY)], "a: [x, b, c]"),
        ("a: [b, c]", [Insert(("a",), 1, "x", WHY), Insert(("a",), 1, "z", WHY)], "a: [b, x, z, c]"),
        ("a: [b, c]", [Insert(("a",), 2, ["x", 1], WHY), Drop(("a", 1), WHY)], "a: [b, [x, 1]]"),
        (
            "a: [\n  b,  # one\n  c   # two\n]",
            [Insert(("a",), 2, "x", WHY)],
            "a: [\n  b,  # one\n  c, x   # two\n]",
        ),
        ("a: [[]]", [Insert(("a", 0), 0, "x", WHY)], "a: [[x]]"),
        ("a: [{}]", [put("a", 0, "x")], "a: [{x: new}]"),
    ],
)
def test_what_is_new_stands_between_commas(line: str, changes: list[Change], expected: str) -> None:
    assert changed(line, *changes) == expected
