from __future__ import annotations

import datetime

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import Refusal, Span, Value
from enrich.page.front.block import DEPTH_LIMIT, Node
from enrich.page.front.revision import is_same
from enrich.page.front.yaml_read import VALUES_LIMIT, read

# What YAML is made of; strung together it is mostly broken, now and then surprising.
PIECES = [
    "a",
    "b",
    ": ",
    ": ",
    "\n",
    "\n  ",
    "\n- ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "&x ",
    "*x",
    " # c",
    "|",
    ">-\n  ",
]
PIECES += [
    "|+\n  ",
    "'",
    '"',
    "!t ",
    "!!str ",
    "? ",
    "<<: ",
    "1",
    "yes",
    "2022-01-02",
    "é",
    "😀",
    "\t",
    "\r\n",
    "\u2028",
]


def rooted(block: str) -> tuple[bytes, Node]:
    source = f"---\n{block}---\n".encode()
    root = read(source, Span(4, len(source) - 4))
    assert isinstance(root, Node), root
    return source, root


def refused(block: str) -> Refusal:
    source = f"---\n{block}---\n".encode()
    refusal = read(source, Span(4, len(source) - 4))
    assert isinstance(refusal, Refusal), refusal
    return refusal


def texts(node: Node, source: bytes) -> dict[str, str]:
    return {pair.key: source[pair.node.span.start : pair.node.span.end].decode() for pair in node.pairs}


def test_every_value_has_its_own_bytes() -> None:
    block = (
        'a: plain # c\nb: "é \\u00e9"  \nc: one\n  two\n\nd:\n- x\n-   y\n# c\n\n'
        "e:\n  k: |\n    t\n\nf: |+\n  t\n\n\ng: >-\n  t\n\nh: &n [1,\n  2] # c\ni: *n\nj: !t x\n"
        "k:\nl: {m: }\n'n': 😀\n"
    )
    source, root = rooted(block)
    assert texts(root, source) == {
        "a": "plain",
        "b": '"é \\u00e9"',
        "c": "one\n  two",
        "d": "- x\n-   y",
        "e": "k: |\n    t",
        "f": "|+\n  t\n\n",
        "g": ">-\n  t",
        "h": "&n [1,\n  2]",
        "i": "*n",
        "j": "!t x",
        "k": "",
        "l": "{m: }",
        "n": "😀",
    }
    assert [source[pair.name.start : pair.name.end].decode() for pair in root.pairs][-1] == "'n'"
    assert source[root.span.start : root.span.end].decode() == block.rstrip("\n")


def test_a_style_is_the_formats_own_word() -> None:
    _, root = rooted(
        "a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\ne: >\n  x\nf: [x]\ng:\n- x\nh: {}\ni:\n  k: &n x\nj: *n\n"
    )
    assert [pair.node.style for pair in root.pairs] == [
        *["plain", "single", "double", "literal", "folded", "flow", "block", "flow", "block", "alias"]
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2022-04-20", datetime.date(2022, 4, 20)),
        ("yes", True),
        ("'yes'", "yes"),
        ("010", 8),
        ("12:30:00", 45000),
        ("1e3", "1e3"),
        ("~", None),
        ("", None),
        ("!!str 5", "5"),
        ("!!float 5", 5.0),
        ("!!binary aGk=", b"hi"),
        ("!unknown 5", "5"),
        ("!!python/object/apply:os.getcwd []", []),
        ("!unknown {a: 1}", {"a": 1}),
        ("=", "="),
    ],
)
def test_a_value_is_what_the_safe_loader_reads_and_unknown_tags_run_nothing(
    written: str, value: Value
) -> None:
    _, root = rooted(f"a: {written}\n")
    assert is_same(root.value, {"a": value})


def test_keys_are_texts_as_they_are_written() -> None:
    _, root = rooted("2024: a\nyes: b\n'c d': e\n~: f\n2022-01-01: g\n&k h:\n  *k : i\n")
    assert root.value == {"2024": "a", "yes": "b", "c d": "e", "~": "f", "2022-01-01": "g", "h": {"h": "i"}}


@pytest.mark.parametrize("block", ["", "\n", "# a comment\n\n# another\n"])
def test_a_block_without_values_is_an_empty_mapping(block: str) -> None:
    _, root = rooted(block)
    assert (root.value, root.pairs) == ({}, ())


def test_merged_keys_are_in_the_value_but_have_no_place() -> None:
    _, root = rooted("a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc:\n  <<: [*a, *b]\n  y: 3\n'<<': 1\n")
    assert root.value == {
        "a": {"x": 1, "y": 1},
        "b": {"x": 2, "z": 2},
        "c": {"x": 1, "z": 2, "y": 3},
        "<<": 1,
    }
    assert [pair.key for pair in root.pairs[2].node.pairs] == ["<<", "y"]


def test_a_byte_order_mark_moves_nothing() -> None:
    source, root = rooted("\ufeffa: é\nb: c\n")
    assert texts(root, source) == {"a": "é", "b": "c"}


def test_depth_is_limited() -> None:
    nested = DEPTH_LIMIT - 1
    rooted(f"a: {'[' * nested}{']' * nested}\n")
    assert "nested deeper" in refused(f"b: 1\na: {'[' * 50_000}\n").reason
    assert "nested deeper" in refused(f"a: {'[' * DEPTH_LIMIT}{']' * DEPTH_LIMIT}\n").reason


def test_aliases_that_multiply_are_refused() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 40))
    assert f"{VALUES_LIMIT:,} values" in refused(bomb).reason


@pytest.mark.parametrize(
    ("block", "line", "reason"),
    [
        ("a: 1\nb: 2\na: 3\n", 4, "`a` stands twice"),
        ("a: 1\nb:\n  - {c: 1, c: 2}\n", 4, "`c` stands twice"),
        ("'a': 1\na: 2\n", 3, "`a` stands twice"),
        ("- a\n", 2, "not a mapping"),
        ("text\n", 2, "not a mapping"),
        ("a: 1\n---\nb: 1\n", 3, "ends before"),
        ("a: 1\n...\n", 3, "ends before"),
        ("---\na: 1\n", 2, "another document"),
        ("a: *b\n", 2, "`*b` repeats"),
        ("a: &b [*b]\n", 2, "`*b` repeats"),
        ("a: &b x\nc:\n  <<: *b\n", 4, "`<<` takes"),
        ("a: 2022-13-45\n", 2, "put it in quotes"),
        ("a: !!int x\n", 2, "put it in quotes"),
        ("a: !!timestamp x\n", 2, "put it in quotes"),
        ("a: " + "9" * 5000 + "\n", 2, "put it in quotes"),
    ],
)
def test_what_is_no_plain_mapping_is_refused_with_its_line(block: str, line: int, reason: str) -> None:
    refusal = refused(block)
    assert reason in refusal.reason
    assert refusal.line == line


def test_what_is_not_utf_8_is_refused_with_its_line() -> None:
    assert read(b"a: 1\nb: \xff\n", Span(0, 10)) == Refusal("the front matter is not UTF-8 text", 2)


@given(st.binary(max_size=40))
@settings(deadline=None, max_examples=100)
def test_no_bytes_make_reading_fail(block: bytes) -> None:
    assert isinstance(read(block, Span(0, len(block))), Node | Refusal)


class TextKeys(yaml.CSafeLoader):
    """PyYAML's safe loader, with keys as they are written."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Value]:  # type: ignore[override]
        self.flatten_mapping(node)
        return {key.value: self.construct_object(value, deep=deep) for key, value in node.value}


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
@settings(deadline=None, max_examples=200)
def test_what_is_read_is_what_the_safe_loader_reads(block: str) -> None:
    source = f"---\n{block}\n---\n".encode()
    root = read(source, Span(4, len(source) - 4))
    if isinstance(root, Refusal):
        return
    try:
        expected = yaml.load(block + "\n", TextKeys)
    except yaml.constructor.ConstructorError:
        # A tag it does not know; reading is kinder.
        return
    assert is_same(root.value, expected or {})
    check_places(root, source)


def check_places(node: Node, source: bytes) -> None:
    """Children stand inside their parent, one behind the other, and scalars mean what their bytes say."""
    at = node.span.start
    for pair in node.pairs:
        assert at <= pair.name.start <= pair.name.end <= pair.node.span.start <= pair.node.span.end
        at = pair.node.span.end
    for item in node.items:
        assert at <= item.span.start <= item.span.end
        at = item.span.end
    assert at <= node.span.end
    for child in (*node.items, *(pair.node for pair in node.pairs)):
        check_places(child, source)
