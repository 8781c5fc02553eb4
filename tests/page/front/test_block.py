from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import Span
from enrich.page.front.block import Node, Pair, line_at, lines


def test_lines_are_counted_from_one_whatever_ends_them() -> None:
    source = b"a\nb\r\nc\rd"
    assert [line_at(source, source.index(c)) for c in (b"a", b"b", b"c", b"d")] == [1, 2, 3, 4]


@given(st.lists(st.sampled_from([b"\n", b"\r", b"x", b"-"])).map(b"".join))
@settings(deadline=None, max_examples=100)
def test_lines_lose_no_byte(text: bytes) -> None:
    source = b"before" + text + b"after"
    parts = [source[line.start : line.end] for line in lines(source, Span(6, 6 + len(text)))]
    assert b"".join(parts) == text
    assert all(part.endswith(b"\n") for part in parts[:-1])


def test_a_mapping_finds_its_pair_by_key() -> None:
    scalar = Node("scalar", Span(4, 5), 1)
    mapping = Node("mapping", Span(0, 6), {"a": 1}, pairs=(Pair("a", Span(1, 3), scalar),))
    assert mapping.get("a") == Pair("a", Span(1, 3), scalar)
    assert mapping.get("b") is None
