from __future__ import annotations

import pytest

from enrich.model.page import Refusal, Span
from enrich.page.front.block import Node
from enrich.page.front.yaml_place import Places
from enrich.page.front.yaml_read import read


def places(page: str) -> Places:
    return Places(page.encode(), Span(0, len(page.encode())))


def rooted(page: str) -> tuple[Places, Node]:
    where = places(page)
    root = read(where.source, where.inner)
    assert not isinstance(root, Refusal), root
    return where, root


def test_lines_begin_and_end_where_they_do() -> None:
    where = places("a: 1\r\n  b\n\nend")
    assert (where.column(0), where.column(8), where.column(10)) == (0, 2, 0)
    assert (where.line_after(0), where.line_after(7), where.line_after(12)) == (6, 10, 14)
    assert (where.line_end(0), where.line_end(6), where.line_end(12)) == (4, 9, 14)
    assert (where.begins_line(8), where.begins_line(9)) == (True, False)


@pytest.mark.parametrize(
    ("page", "offset", "expected"),
    [("a:  b", 4, 2), ("a: # c\n  b", 9, 6), ("a:\r\n  b", 6, 2), ("  a", 2, 0), ("- \tb", 3, 1)],
)
def test_a_lead_is_the_white_space_before_a_value(page: str, offset: int, expected: int) -> None:
    assert places(page).lead(offset) == expected


@pytest.mark.parametrize(
    ("page", "head"),
    [
        ("a: |-2 # c\n    x\n", "|-2"),
        ("a: &n !t >+\n  x\n", "&n !t >+"),
        ("a: !t &n # c\n  - x\n", "!t &n"),
        ("a:\n  - x\n", "- x"),
        ("a: [1,\n  2]\n", "[1,\n  2]"),
        ("a: !t plain\n", "!t plain"),
    ],
)
def test_a_head_is_what_stands_before_a_values_own_lines(page: str, head: str) -> None:
    where, root = rooted(page)
    node = root.pairs[0].node
    assert where.source[node.span.start : where.head_end(node)].decode() == head


@pytest.mark.parametrize(
    "page",
    [
        "a:\n- 1\n# - no\n- 2\n-\n- - 3\n",
        "a: &n\n  # - no\n\n  - 1\n  - |\n    - no\n  - \n  - x:\n     - no\n",
        "é: !t # - no\r\n  - 1\r\n  -\r\n    # - no\r\n    k: v\r\n  - 2\r\n  - é\r\n",
    ],
)
def test_every_item_has_its_dash(page: str) -> None:
    where, root = rooted(page)
    children = where.children(root.pairs[0].node)
    assert [child.step for child in children] == [0, 1, 2, 3]
    assert len({where.column(child.start) for child in children}) == 1
    assert all(where.begins_line(child.start) for child in children)
    assert all(where.source[child.start : child.mark] == b"-" for child in children)


def test_a_key_ends_at_its_colon() -> None:
    where, root = rooted('a: 1\n\'b: c\' : 2\n"d\\"": 3\n')
    assert [where.source[child.start : child.mark] for child in where.children(root)] == [
        b"a:",
        b"'b: c' :",
        b'"d\\"":',
    ]


def test_the_last_line_is_the_last_that_is_not_blank() -> None:
    assert places("a: 1\n# c\n\n \n").last(0) == 9
    assert places("\n\n").last(0) == 0
    assert places("a: 1\n\n").last(6) == 6


def test_only_some_block_scalars_keep_the_lines_behind_them() -> None:
    where, root = rooted("a: |+\n  x\n\nb:\n  - >2+ # c\n      y\n\n  - |\n    + z\nc: '|+'\n")
    assert set(where.kept(root)) == {11, 35}
    assert where.content_after(10) == 11
