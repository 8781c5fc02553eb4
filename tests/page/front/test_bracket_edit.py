from __future__ import annotations

from enrich.model.page import Put, Span
from enrich.page.front import json_block
from enrich.page.front.block import Node
from enrich.page.front.bracket_edit import BracketPlanner, gaps, indent_at
from enrich.page.front.json_style import JsonStyle
from enrich.page.front.revision import Revision, revise


def read(source: bytes) -> Node:
    root = json_block.read(source, Span(0, len(source)))
    assert isinstance(root, Node)
    return root


def test_gaps_are_all_that_stands_between_brackets_and_children() -> None:
    source = b'{ "a": 1\n, "b": [2] }'
    root = read(source)
    assert gaps(source, root) == [" ", "\n, ", " "]
    assert gaps(source, root.pairs[1].node) == ["", ""]
    assert gaps(b"{  }", read(b"{  }")) == ["  "]


def test_an_indent_is_the_white_space_that_begins_a_line() -> None:
    source = b"  a\n\t b: [\r\nc"
    assert [indent_at(source, source.index(letter)) for letter in (b"a", b"b", b"[", b"c")] == [
        "  ",
        "\t ",
        "\t ",
        "",
    ]


def test_an_edit_knows_its_key_and_its_reason() -> None:
    source = b'{"a": {"b": [1]}}'
    root = read(source)
    revision = revise(root.value, [Put(("a", "b"), [2], "registry"), Put(("a", "c"), 3, "new")])
    assert isinstance(revision, Revision)
    planner = BracketPlanner(source, JsonStyle.of(source, root, "\n"))
    found = sorted((edit.span.start, edit.text, edit.key, edit.why) for edit in planner.edits(root, revision))
    assert found == [(12, b"[2]", "a.b", "registry"), (15, b', "c": 3', "a.c", "new")]
