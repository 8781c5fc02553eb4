from __future__ import annotations

from enrich.model.page import Change, Drop, FrontMatter, Insert, Put, Refusal, Value
from enrich.page.front.frontmatter import locate
from enrich.page.front.splice import splice


def put(*path: str | int, value: Value = "new", after: str | None = None) -> Put:
    return Put(path, value, "why", after)


def drop(*path: str | int) -> Drop:
    return Drop(path, "why")


def insert(*path: str | int, index: int, value: Value) -> Insert:
    return Insert(path, index, value, "why")


def done(block: str, *changes: Change) -> str:
    """Make the changes to a page with this block; return its new block."""
    result = attempted(block, *changes)
    assert isinstance(result, bytes), result
    return result.decode().removeprefix("+++\n").removesuffix("+++\nBody\n")


def attempted(block: str, *changes: Change) -> bytes | Refusal:
    source = f"+++\n{block}+++\nBody\n".encode()
    front = locate(source)
    assert isinstance(front, FrontMatter), front
    return splice(source, front, changes)


def test_an_inline_list_of_tables_keeps_its_own_style() -> None:
    block = "citations = [\n  {doi = 'a', n = 1},\n  {doi = 'b'},\n]\n[x]\n"
    changed = done(
        block,
        put("citations", 0, "journal", value="J", after="doi"),
        insert("citations", index=2, value={"doi": "c"}),
        drop("citations", 1),
    )
    assert changed == "citations = [\n  {doi = 'a', journal = 'J', n = 1},\n  {doi = 'c'},\n]\n[x]\n"


ARRAY = """\
tags = [ # all
  "a", # first
  # on b
  "b" # last
]
"""


def test_comments_in_an_array_stay_beside_their_items() -> None:
    assert done(ARRAY, insert("tags", index=2, value="c"), drop("tags", 0)) == (
        'tags = [ # all\n  # on b\n  "b", # last\n  "c",\n]\n'
    )


def test_an_array_with_comments_and_no_lines_to_edit_is_refused() -> None:
    refused = attempted("a = 1\ntags = [ 1, 2, # two\n]\n", drop("tags", 0))
    assert isinstance(refused, Refusal)
    assert refused.line == 3
    assert "put each on its own" in refused.reason
