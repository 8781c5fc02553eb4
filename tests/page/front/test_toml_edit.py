from __future__ import annotations

from enrich.model.page import Change, Drop, FrontMatter, Insert, Put, Refusal, Value
from enrich.page.front.frontmatter import locate
from enrich.page.front.splice import splice

WORK = {"doi": "10.1/x", "authors": ["Ann", "Bo"], "pdf": {"url": "u", "bytes": 3}}


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


TABLES = """\
title = "T"  # the title
date = 2020-01-02

# About tags
[taxonomies]
tags = ["a"]
# the end
"""


def test_new_single_keys_come_before_the_first_table() -> None:
    assert done(TABLES, put("doi"), put("year", value=2020)) == TABLES.replace(
        "date = 2020-01-02\n", 'date = 2020-01-02\ndoi = "new"\nyear = 2020\n'
    )


def test_a_new_key_follows_its_sibling() -> None:
    assert done(TABLES, put("doi", after="title")) == TABLES.replace("title\n", 'title\ndoi = "new"\n')


def test_new_tables_come_last_where_they_change_nobodys_meaning() -> None:
    assert (
        done(TABLES, put("citations", value=[WORK, {"doi": "10.1/y"}]))
        == TABLES
        + """
[[citations]]
doi = "10.1/x"
authors = ["Ann", "Bo"]
pdf = { url = "u", bytes = 3 }

[[citations]]
doi = "10.1/y"
"""
    )


def test_a_missing_parent_is_named_by_the_tables_only() -> None:
    assert done("a = 1\n", put("extra", "citations", value=[{"doi": "d"}])) == (
        'a = 1\n\n[[extra.citations]]\ndoi = "d"\n'
    )


def test_keys_of_a_table_stay_in_it() -> None:
    block = "[extra]\n  a=1\n\n[extra.sub]\nb=2\n"
    assert done(block, put("extra", "doi", value="d")) == block.replace("a=1\n", 'a=1\n  doi="d"\n')


def test_a_table_known_by_its_parts_only_gets_its_own_header_once() -> None:
    block = "[extra.sub]\nb = 2\n"
    assert done(
        block, put("extra", "x", value=1), put("extra", "works", value=[WORK]), put("extra", "y", value=2)
    ) == (
        block
        + '\n[extra]\nx = 1\ny = 2\n\n[[extra.works]]\ndoi = "10.1/x"\nauthors = ["Ann", "Bo"]\n'
        + 'pdf = { url = "u", bytes = 3 }\n'
    )


def test_a_table_of_dotted_keys_gets_dotted_keys() -> None:
    assert done("a.b = 1\nc = 2\n", put("a", "d", value=3)) == "a.b = 1\na.d = 3\nc = 2\n"


def test_a_parent_that_is_an_inline_table_is_refused() -> None:
    refused = attempted("a = 1\nextra = { lang = 'en' }\n", put("extra", "citations", value=[WORK]))
    assert refused == Refusal("`extra` is an inline table: write it as `[extra]`", 3)


AMONG = """\
[[citations]]
doi = "a"
journal = "J" # checked

# the second
[[citations]]
  doi = "b"

  [citations.pdf]
  url = "u"

[menu]
x = 1
"""


def test_entries_change_where_they_stand() -> None:
    changed = done(
        AMONG,
        put("citations", 0, "year", value="2020", after="doi"),
        put("citations", 0, "journal", value="K"),
        put("citations", 1, "year", value="2021"),
        put("citations", 1, "pdf", "bytes", value=3),
        insert("citations", index=1, value={"doi": "between"}),
        insert("citations", index=2, value={"doi": "last"}),
    )
    assert (
        changed
        == """\
[[citations]]
doi = "a"
year = "2020"
journal = "K" # checked

[[citations]]
doi = "between"

# the second
[[citations]]
  doi = "b"
  year = "2021"

  [citations.pdf]
  url = "u"
  bytes = 3

[[citations]]
doi = "last"

[menu]
x = 1
"""
    )


def test_an_entry_goes_with_its_own_lines_and_sub_tables() -> None:
    assert done(AMONG, drop("citations", 1)) == (
        '[[citations]]\ndoi = "a"\njournal = "J" # checked\n\n# the second\n\n[menu]\nx = 1\n'
    )
    assert done(AMONG, drop("citations")) == "# the second\n\n[menu]\nx = 1\n"


def test_an_entry_before_the_first_leaves_that_ones_comment_beside_it() -> None:
    block = "a = 1\n\n# first\n[[c]]\nx = 1\n"
    assert (
        done(block, insert("c", index=0, value={"x": 0}))
        == "a = 1\n\n[[c]]\nx = 0\n\n# first\n[[c]]\nx = 1\n"
    )


def test_an_entry_at_the_top_goes_with_the_blank_line_behind_it() -> None:
    block = "[[c]]\nx = 1\n\n[[c]]\nx = 2\n"
    assert done(block, drop("c", 0)) == "[[c]]\nx = 2\n"
    assert done(done(block, insert("c", index=0, value={"x": 0})), drop("c", 0)) == block


def test_an_entry_in_place_of_another_takes_its_place() -> None:
    block = "a = 1\n\n[[c]]\nx = 1\n\n[d]\n"
    assert done(block, drop("c", 0), insert("c", index=0, value={"x": 0})) == block.replace("x = 1", "x = 0")


def test_the_last_entry_leaves_an_empty_array() -> None:
    assert done("a = 1\n\n[[c]]\nx = 1\n", drop("c", 0)) == "a = 1\nc = []\n"
