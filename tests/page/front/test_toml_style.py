from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import Span, Value
from enrich.page.front import toml_block
from enrich.page.front.block import Node
from enrich.page.front.toml_scan import statements
from enrich.page.front.toml_style import TomlStyle, blank_line_before, comments_above


def style_of(block: str) -> TomlStyle:
    source, inner = block.encode(), Span(0, len(block.encode()))
    root = toml_block.read(source, inner)
    assert isinstance(root, Node)
    return TomlStyle.of(source, root, list(statements(source, inner, tomllib.loads(block))), "\n")


texts = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\"'\\\n\r\x7f\x00")), max_size=6
)
values = st.recursive(
    st.one_of(texts, st.integers(-99, 99), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)


@given(
    values,
    texts,
    st.sampled_from(["", "  "]),
    st.sampled_from(["", "a='x'\n", "a = [\n    'x'\n]\n", "a={b=[1,2]}\n"]),
)
@settings(deadline=None, max_examples=100)
def test_any_value_is_written_so_that_toml_reads_it_back(
    value: Value, key: str, indent: str, page: str
) -> None:
    written = style_of(page).lines([(style_of(page).name(key), value)], indent)
    assert tomllib.loads(written) == {key: value}


@pytest.mark.parametrize(
    ("page", "written"),
    [
        ("", 'k = ["x", "it\'s"]\n'),
        ("a = 'x'\n", "k = ['x', \"it's\"]\n"),
        ("a = 'x'\nb = \"y\"\n", 'k = ["x", "it\'s"]\n'),
        ("a=1\nb=[1,2]\n", 'k=["x","it\'s"]\n'),
        ("a = [\n    1,\n]\n", 'k = [\n    "x",\n    "it\'s",\n]\n'),
    ],
)
def test_quotes_assignments_and_arrays_are_the_pages_own(page: str, written: str) -> None:
    assert style_of(page).lines([("k", ["x", "it's"])]) == written


def test_tables_are_spaced_where_the_page_spaces_any() -> None:
    assert style_of("a = 1\n\n# note\n[b]\n").spaced
    assert style_of("[b]\n").spaced
    assert not style_of("a = 1\n[b]\n").spaced


def test_blank_lines_and_comments_above_a_line_are_found() -> None:
    source = b"a\n \n# x\n  # y\nb\n"
    assert comments_above(source, source.index(b"b")) == source.index(b"# x")
    assert blank_line_before(source, source.index(b"# x")) == Span(2, 4)
    assert blank_line_before(source, 2) is None
    assert blank_line_before(source, 0) is None
