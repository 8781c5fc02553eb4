from __future__ import annotations

from collections.abc import Mapping

import pytest

from enrich.model.note import Note
from enrich.page import made

PATH = ("params", "site", "citations")


@pytest.mark.parametrize(
    ("data", "count"),
    [
        ({}, 3),
        ({"params": {}}, 2),
        ({"params": {"x": 1}}, 2),
        ({"params": {"site": {}}}, 1),
        ({"params": {"site": {"citations": []}}}, 0),
        ({"params": {"site": {"citations": None}}}, 0),
    ],
)
def test_the_keys_that_are_not_there_have_to_be_made(data: Mapping[str, object], count: int) -> None:
    assert made.missing(data, PATH) == count


@pytest.mark.parametrize(
    ("data", "count", "path"),
    [
        ({"params": {"site": {"citations": [1]}}}, 3, ("params",)),
        ({"params": {"site": {"citations": [1]}}}, 2, ("params", "site")),
        ({"params": {"site": {"citations": [1]}}}, 1, PATH),
        ({"params": {"site": {"citations": [1]}}}, 0, ()),
        ({"params": {"site": {"citations": [1]}, "x": 1}}, 3, ("params", "site")),
        ({"params": {"site": {"citations": [1], "x": 1}}}, 3, PATH),
    ],
    ids=[
        "all are ours",
        "one was there",
        "two were there",
        "so was the list",
        "a neighbour",
        "a near neighbour",
    ],
)
def test_of_the_keys_those_go_that_we_made_and_that_hold_nothing_else(
    data: Mapping[str, object], count: int, path: tuple[str, ...]
) -> None:
    assert made.outermost(data, PATH, count) == path


@pytest.mark.parametrize(
    ("source", "stood"),
    [
        (b"---\ncitations: [ ] # none\n---\n", ": [ ]"),
        (b"---\ncitations:\n---\n", ":"),
        (b'{"citations" : null}', " : null"),
        (b"+++\ncitations=[\n]\n+++\n", "=[\n]"),
        (b"---\ncitations:\n- title: mine\n---\n", ""),
    ],
)
def test_how_emptiness_was_written_is_remembered_and_put_back(source: bytes, stood: str) -> None:
    note = made.marked(Note("citations", made=0), source)
    assert (note.stood, note.begun) == (stood, False)
    if stood:
        plain = source.replace(stood.encode(), b"= []" if source.startswith(b"+") else b": []")
        assert made.restored(plain, note) == source


def test_a_front_matter_that_was_not_there_is_ours() -> None:
    assert made.marked(Note("citations"), b"# Body\n") == Note("citations", begun=True)


def test_a_key_of_ours_has_nothing_to_put_back() -> None:
    note = Note("citations")
    assert made.marked(note, b"---\ncitations: []\n---\n") == note
    assert made.restored(b"---\ncitations: []\n---\n", note) == b"---\ncitations: []\n---\n"


@pytest.mark.parametrize(
    "source", [b"---\ncitations:\n- a\n---\n", b"---\ntitle: T\n---\n", b"# Body\n", b"---\n[\n---\n"]
)
def test_nothing_is_put_back_where_no_emptiness_stands(source: bytes) -> None:
    assert made.restored(source, Note("citations", stood=": [ ]")) == source


@pytest.mark.parametrize("stood", [": {", ": 1", "\n", ": []\nother: 1"])
def test_a_text_that_would_say_something_else_is_not_put_back(stood: str) -> None:
    source = b"---\ncitations: []\n---\n"
    assert made.restored(source, Note("citations", stood=stood)) == source
