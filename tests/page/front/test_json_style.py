from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import Span
from enrich.page.front import json_block
from enrich.page.front.block import Node
from enrich.page.front.json_style import JsonStyle


def style_of(block: str) -> JsonStyle:
    source = block.encode()
    root = json_block.read(source, Span(0, len(source)))
    assert isinstance(root, Node)
    return JsonStyle.of(source, root, "\n")


@pytest.mark.parametrize(
    ("block", "indent", "comma", "colon", "pad", "flat_lists"),
    [
        ('{"a": 1, "b": [2]}', None, ", ", ": ", "", True),
        ('{"a":1}', None, ",", ":", "", True),
        ('{ "a": 1,"b": 2 }', None, ",", ": ", " ", True),
        ('{\n  "a": [1, 2]\n}', "  ", ", ", ": ", "", True),
        ('{\n\t"a" : [\n\t\t1\n\t]\n}', "\t", ", ", " : ", "", False),
        ('{"a": 1,\n "b":2}', " ", ",", ":", "", False),
        ("{}", "    ", ", ", ": ", "", False),
    ],
)
def test_the_style_is_read_off_the_page(
    block: str, indent: str | None, comma: str, colon: str, pad: str, flat_lists: bool
) -> None:
    style = style_of(block)
    assert (style.indent, style.comma, style.after_key) == (indent, comma, colon)
    assert (style.pad, style.flat_lists) == (pad, flat_lists)


PAGES = ["{}", '{"a": "\\u2013"}', '{"a": "\\u201C\\/\\u0026"}', '{"a": "\\\\u00e9"}']


@given(
    st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('{}"\\/<u'))),
    st.sampled_from(PAGES),
)
@settings(deadline=None, max_examples=150)
def test_any_text_reads_back_and_holds_no_lone_brace(text: str, page: str) -> None:
    written = style_of(page).scalar(text)
    assert json.loads(written) == text
    depth = 0
    for character in written:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
