"""Lines of the memory."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.note import Note
from enrich.store.memory_line import HEADER, Line, MalformedError, pack, page_of, places_of, unpack

_texts = st.text(st.characters(codec=None), max_size=8)
_notes = st.builds(
    Note,
    _texts,
    st.dictionaries(
        _texts, st.dictionaries(_texts, st.text("0123456789abcdef", max_size=12), max_size=3), max_size=3
    ),
)
_lines = st.builds(Line, _texts, _notes) | st.builds(
    Line, _texts, _notes, st.none() | _notes, _texts, st.text("0123456789abcdef", min_size=1, max_size=4)
)


@settings(max_examples=60, deadline=None)
@given(_lines)
def test_a_line_comes_back_as_it_went_in(line: Line) -> None:
    text = pack(line)

    assert unpack(text) == line
    assert page_of(text) == line.page
    assert b"\n" not in text and text.isascii()


@settings(max_examples=60, deadline=None)
@given(_lines, st.data())
def test_the_page_of_a_damaged_line_is_found_only_where_the_line_can_be_read(
    line: Line, data: st.DataObject
) -> None:
    text = bytearray(pack(line))
    place = data.draw(st.integers(0, len(text) - 1))
    text[place : place + 1] = data.draw(st.binary(max_size=2))

    try:
        page = page_of(bytes(text))
    except MalformedError:
        return
    read = unpack(bytes(text))
    assert (read.page if read else None) == page


def test_equal_notes_make_equal_lines_whatever_their_order() -> None:
    one = Note("citations", {"10.1/a": {"doi": "1", "title": "2"}, "10.1/b": {"doi": "3"}})
    other = Note("citations", {"10.1/b": {"doi": "3"}, "10.1/a": {"title": "2", "doi": "1"}})

    assert pack(Line("a.md", one)) == pack(Line("a.md", other))


def test_a_settled_line_is_short_and_begins_with_its_page() -> None:
    line = pack(Line("a.md", Note("citations", {"10.1/a": {"doi": "1"}})))

    assert line == b'{"page":"a.md","in":"citations","works":{"10.1/a":{"doi":"1"}}}'


def test_the_header_is_about_no_page() -> None:
    assert unpack(HEADER) is None
    assert page_of(HEADER) is None


def test_a_newer_version_is_named() -> None:
    with pytest.raises(MalformedError, match="version 2"):
        unpack(b'{"version":2,"pages":{}}')


SOUND = {"page": "a.md", "in": "c", "works": {"w": {"f": "1"}}, "was": None, "old": "1", "new": "2"}


@pytest.mark.parametrize(
    "damage",
    [
        {"page": 1},
        {"in": None},
        {"works": []},
        {"works": {"w": []}},
        {"works": {"w": {"f": 1}}},
        {"was": []},
        {"was": {"in": "c"}},
        {"old": None},
        {"new": 2},
        {"more": 1},
    ],
    ids=str,
)
def test_what_pack_cannot_have_made_is_malformed(damage: dict[str, object]) -> None:
    assert unpack(json.dumps(SOUND).encode())
    with pytest.raises(MalformedError):
        unpack(json.dumps(SOUND | damage).encode())


@pytest.mark.parametrize(
    "text", [b"", b"null", b"[]", b"{}", b"\xff", b"{" * 100_000, b'{"page":"a.md"}', b"[" * 100_000]
)
def test_other_text_is_malformed(text: bytes) -> None:
    with pytest.raises(MalformedError):
        unpack(text)


@pytest.mark.parametrize(
    "note",
    [
        Note("citations", {"10.1/x": {"doi": "a"}}, {"10.1/x": ("note", "title")}),
        Note("params.citations", {"10.1/x": {"doi": "a"}}, made=2, begun=True),
        Note("citations", {"10.1/x": {"doi": "a"}}, made=0, stood=": [ ] é"),
    ],
)
def test_what_stood_there_before_us_is_remembered(note: Note) -> None:
    for line in (Line("a.md", note), Line("a.md", Note("x"), note, "old", "new")):
        assert unpack(pack(line)) == line


def test_a_page_where_nothing_was_out_of_the_ordinary_says_no_more_than_it_must() -> None:
    assert json.loads(pack(Line("a.md", Note("citations", {})))).keys() == {"page", "in", "works"}


@pytest.mark.parametrize(
    "more", ['"theirs":[]', '"theirs":{"w":"x"}', '"theirs":{"w":[1]}', '"made":true', '"stood":1']
)
def test_what_stood_there_before_us_is_read_strictly(more: str) -> None:
    with pytest.raises(MalformedError):
        unpack(f'{{"page":"a.md","in":"citations","works":{{}},{more}}}'.encode())


LEFT = Note("citations", {"10.1/a": {"doi": "0" * 12}}, order=("title", "", "10.1/b"))


@pytest.mark.parametrize(
    ("line", "places"),
    [
        (Line("a.md", Note("citations", {"10.1/a": {"doi": "x"}})), {("citations", "")}),
        (Line("a.md", Note("", {"10.1/a": {"doi": "x"}}, form="hugoblox")), {("", "hugoblox")}),
        (
            Line("a.md", Note("references", form="references", left=(LEFT,))),
            {("references", "references"), ("citations", "")},
        ),
        (
            Line("a.md", Note("references", form="references"), LEFT, "1", "2"),
            {("references", "references"), ("citations", "")},
        ),
        (Line("a.md", LEFT, None, "1", "2"), {("citations", "")}),
    ],
)
def test_a_line_tells_every_place_that_it_speaks_of_and_is_read_back(
    line: Line, places: set[tuple[str, str]]
) -> None:
    text = pack(line)

    assert unpack(text) == line
    assert page_of(text) == line.page
    assert places_of(text) == places
    assert places_of(HEADER) == frozenset()


@pytest.mark.parametrize("wrong", ['"order":3', '"order":[1]', '"left":{}', '"left":[3]', '"as":1'])
def test_a_malformed_place_is_no_line_of_ours(wrong: str) -> None:
    with pytest.raises(MalformedError):
        unpack(b'{"page":"a.md","in":"citations","works":{},%b}' % wrong.encode())
