from __future__ import annotations

import pytest

from enrich.model.page import Change, Drop, FrontMatter, Insert, Put, Refusal, Value
from enrich.page.front.frontmatter import locate
from enrich.page.front.splice import splice

WHY = "the page cites it"


def changed(page: str, *changes: Change) -> str:
    """Return the page after the changes; splicing proves that they are made and that nothing else is."""
    result = attempted(page, *changes)
    assert isinstance(result, bytes), result
    return result.decode()


def attempted(page: str, *changes: Change) -> bytes | Refusal:
    front = locate(page.encode())
    assert isinstance(front, FrontMatter), front
    return splice(page.encode(), front, changes)


def put(*path: str | int, value: Value = "new", after: str | None = None) -> Put:
    return Put(path, value, WHY, after)


def drop(*path: str | int) -> Drop:
    return Drop(path, WHY)


def insert(*path: str | int, index: int, value: Value) -> Insert:
    return Insert(path, index, value, WHY)


@pytest.mark.parametrize(
    ("page", "change", "line", "reason"),
    [
        ("---\na: &x [1]\nb: *x\n---\n", insert("a", index=0, value=2), 2, "alias"),
        ("---\na: &x [1]\nb: *x\n---\n", insert("b", index=0, value=2), 3, "alias"),
        ("---\na: &x [1]\nb: *x\n---\n", drop("a"), 2, "alias"),
        ("---\na:\n  - &x\n    k: 1\n  - <<: *x\n---\n", put("a", 0, "k"), 3, "alias"),
        ("---\na:\n  - &x\n    k: 1\n  - <<: *x\n    l: 1\n---\n", put("a", 1, "k"), 5, "<<"),
        ("---\n? a\n: 1\n---\n", put("a"), 2, "`?`"),
        ("---\nb: 1\n? a\n: 1\n---\n", put("c"), 3, "`?`"),
        ("---\na:\n  - - 1\n---\n", drop("a", 0, 0), 3, "dash"),
        ("---\na: [b: 1]\n---\n", put("a", 0, "c"), 2, "braces"),
        ("---\na: 1\u2028b: 2\n---\n", put("c"), 2, "unusual"),
    ],
)
def test_what_cannot_be_changed_in_place_is_refused_with_its_line(
    page: str, change: Change, line: int, reason: str
) -> None:
    refusal = attempted(page, change)
    assert isinstance(refusal, Refusal), refusal
    assert reason in refusal.reason
    assert refusal.line == line


def test_other_alias_users_are_not_in_the_way() -> None:
    page = "---\nbase: &x {k: 1}\nuse: *x\ncitations:\n  - <<: *x\n    doi: a\n---\n"
    assert changed(page, put("citations", 0, "doi"), put("use", value=1)) == page.replace(
        "doi: a", "doi: new"
    ).replace("use: *x", "use: 1")


def test_unusual_line_ends_inside_a_value_are_the_values_own() -> None:
    page = '---\na: "one\u2028two\u0085three"\nb: x\n---\n'
    assert changed(page, put("b")) == page.replace("x", "new")
