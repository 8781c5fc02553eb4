from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import Entry, Refusal, Span
from enrich.page.front import json_block
from enrich.page.front.json_glance import glance
from enrich.page.front.revision import is_same

PIECES = [
    "{",
    "}",
    "[",
    "]",
    '"a"',
    '"b"',
    '"c',
    '"',
    ":",
    ": ",
    ",",
    " ",
    "\n",
    "1",
    "-0.5e3",
    "true",
    "null",
    "NaN",
]
PIECES += [
    '"a": 1',
    '"b": {',
    '"c" : [',
    "\\",
    "\\u00e9",
    "\\ud83d",
    '"\\ud83d\\ude00"',
    '"é}"',
    "\t",
    "//",
    "Body",
]


@pytest.mark.parametrize(
    "source",
    [
        '{"a": 1, "a": 2}',
        '{"a": NaN}',
        '{"a": "\\ud83d"}',
        '{"a": 1',
        '{"a": 1]',
        '{"a" 1}',
        '{["a": 1]}',
        '{"a":}',
        "{,}",
    ],
)
def test_what_is_not_plainly_right_is_left_to_the_reader(source: str) -> None:
    assert glance(source.encode(), 0) is None
    assert isinstance(json_block.read(source.encode(), Span(0, len(source))), Refusal)


def test_a_glance_begins_where_it_is_told() -> None:
    source = b' \n{"a" : [1, {"x": 2}] ,"b":3 } "c": 4'
    assert glance(source, 2) == (
        Span(2, 31),
        (Entry("a", Span(3, 6), Span(9, 22)), Entry("b", Span(24, 27), Span(28, 29))),
        {"a": [1, {"x": 2}], "b": 3},
    )


@given(st.lists(st.sampled_from(PIECES), max_size=14))
@settings(deadline=None, max_examples=200)
def test_a_glance_never_says_anything_that_the_reader_does_not(pieces: list[str]) -> None:
    source = ("{" + "".join(pieces)).encode()
    glanced = glance(source, 0)
    root = json_block.read(source, Span(0, len(source)))
    if glanced is None:
        return
    assert not isinstance(root, Refusal), root
    span, entries, data = glanced
    assert span == root.span
    assert is_same(data, root.value)
    assert entries == tuple(Entry(pair.key, pair.name, pair.node.span) for pair in root.pairs)
