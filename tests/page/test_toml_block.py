from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enrich.model.page import Change, Drop, FrontMatter, Insert, Path, Put, Refusal, Span, Value
from enrich.page import toml_block
from enrich.page.block import Node
from enrich.page.frontmatter import locate
from enrich.page.revision import apply, is_same
from enrich.page.splice import edits, splice

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
    assert done(AMONG, drop("citations")) == "\n# the second\n\n[menu]\nx = 1\n"


def test_an_entry_before_the_first_leaves_that_ones_comment_beside_it() -> None:
    block = "a = 1\n\n# first\n[[c]]\nx = 1\n"
    assert (
        done(block, insert("c", index=0, value={"x": 0}))
        == "a = 1\n\n[[c]]\nx = 0\n\n# first\n[[c]]\nx = 1\n"
    )


def test_an_entry_in_place_of_another_takes_its_place() -> None:
    block = "a = 1\n\n[[c]]\nx = 1\n\n[d]\n"
    assert done(block, drop("c", 0), insert("c", index=0, value={"x": 0})) == block.replace("x = 1", "x = 0")


def test_the_last_entry_leaves_an_empty_array() -> None:
    assert done("a = 1\n\n[[c]]\nx = 1\n", drop("c", 0)) == "a = 1\nc = []\n"


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


def test_values_are_written_so_that_toml_reads_them_back() -> None:
    values = ['"\\', "\x00\t\n\x7f", "é\U0001f600", "'", True, -3, ["x", ""], [], {}, {"é k": 'a"b', "": 1}]
    block = done("a = 1\n", *(put(f"k {number}", value=value) for number, value in enumerate(values)))
    assert tomllib.loads(block) == {"a": 1, **{f"k {number}": value for number, value in enumerate(values)}}


def test_texts_stand_in_the_pages_own_quotes() -> None:
    assert (
        done("a = 'x'\n", put("b", value="y"), put("c", value="it's")) == "a = 'x'\nb = 'y'\nc = \"it's\"\n"
    )


def test_every_value_has_its_place() -> None:
    block = b"""a . "b\\u0063" = [1, {x.y = 'z'}] # note
'''
[t]
d = 1979-05-27 07:32:00 # when
s = \"\"\"a ""\\" b\"\"\"\"
""".replace(b"'''\n", b"")
    root = toml_block.read(block, Span(0, len(block)))
    assert isinstance(root, Node)
    assert leaves(block, root) == {
        ("a", "bc", 0): "1",
        ("a", "bc", 1, "x", "y"): "'z'",
        ("t", "d"): "1979-05-27 07:32:00",
        ("t", "s"): '"""a ""\\" b""""',
    }


def leaves(source: bytes, node: Node, path: Path = ()) -> dict[Path, str]:
    if node.kind == "scalar":
        return {path: source[node.span.start : node.span.end].decode()}
    children: list[tuple[str | int, Node]] = [(pair.key, pair.node) for pair in node.pairs]
    children += enumerate(node.items)
    return {
        key: text for step, child in children for key, text in leaves(source, child, (*path, step)).items()
    }


@pytest.mark.parametrize(("block", "line"), [("a = 1" + "1" * 5000 + "\n", 2), ("a = 1\nb = 'x\n", 3)])
def test_what_the_parser_rejects_is_refused(block: str, line: int) -> None:
    refused = locate(f"+++\n{block}+++\n".encode())
    assert isinstance(refused, Refusal)
    assert refused.line == line


scalars = st.sampled_from(
    [
        '"x"',
        "'[y]'",
        '"""\n[z]\n#"""',
        "'''a'b'''",
        "1",
        "1.5",
        "true",
        "2020-01-02",
        "2020-01-02 10:00:00",
        '"é\\u00e9"',
    ]
)
arrays = st.lists(scalars, max_size=3).flatmap(
    lambda items: st.sampled_from(
        [
            f"[{', '.join(items)}]",
            "[\n" + "".join(f"  {item},\n" for item in items) + "]",
            "[ # note\n"
            + "".join(f"  {item}, # about {number}\n" for number, item in enumerate(items))
            + "]",
        ]
    )
)
inlines = st.lists(scalars.filter(lambda text: "\n" not in text), max_size=2).map(
    lambda items: "{" + ", ".join(f"i{number}.j = {item}" for number, item in enumerate(items)) + "}"
)
tables = st.lists(inlines, min_size=1, max_size=2).map(lambda items: f"[{', '.join(items)}]")
notes = st.sampled_from(["", "", " # note", "\n# above the next", "\n"])
newlines = st.sampled_from(["\n", "\r\n"])


@st.composite
def pairs(draw: st.DrawFn) -> str:
    """Draw the lines of one table: keys bare, quoted or dotted."""
    names = draw(st.lists(st.sampled_from(["a", '"b c"', "d.e", "d.f", "'g'.h"]), unique=True, max_size=4))
    assign = draw(st.sampled_from([" = ", "="]))
    values = st.one_of(scalars, scalars, arrays, inlines, tables)
    return "".join(f"{name}{assign}{draw(values)}{draw(notes)}\n" for name in names)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    headers = draw(st.permutations(["[t]", "[t.u]", "[v.w]", "[[l]]", "[[l]]", "[l.m]", "[[t.n]]"]))
    headers = headers[: draw(st.integers(0, 5))]
    if "[l.m]" in headers and "[[l]]" not in headers[: headers.index("[l.m]")]:
        headers.remove("[l.m]")
    sections = "".join(
        f"{draw(st.sampled_from(['', chr(10)]))}{header}\n{draw(pairs())}" for header in headers
    )
    block = draw(pairs()) + sections
    return f"+++\n{block}+++\nBody\n".replace("\n", draw(newlines)).encode()


def paths(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    yield path, value
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, child in children:
        yield from paths(child, (*path, step))


new_values = st.sampled_from(
    ["x", 3, True, ["a", "b"], [], WORK, [WORK], [WORK, {"doi": "z"}], {"k": {"l": "m"}}]
)


def change_of(path: Path, value: Value) -> st.SearchStrategy[Change]:
    if isinstance(value, list):
        return st.builds(
            lambda at, new: insert(*path, index=at, value=new), st.integers(0, len(value)), new_values
        )
    if isinstance(value, dict):
        siblings = st.sampled_from([None, *value])
        return st.builds(
            lambda key, new, after: put(*path, key, value=new, after=after),
            st.sampled_from("NM"),
            new_values,
            siblings,
        )
    return st.one_of(st.just(drop(*path)), st.builds(lambda new: put(*path, value=new), new_values))


@given(st.data())
@settings(deadline=None, max_examples=120)
def test_any_change_is_made_as_meant_or_refused_for_the_layout(data: st.DataObject) -> None:
    source = data.draw(documents())
    front = locate(source)
    assert isinstance(front, FrontMatter), front
    places = list(paths(front.data))
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=3))
    changes = [data.draw(st.one_of(change_of(*place), st.just(drop(*place[0])))) for place in chosen]
    expected = apply(front.data, changes)
    assume(not isinstance(expected, Refusal))
    result = splice(source, front, changes)
    if isinstance(result, Refusal):
        assert "inline table" in result.reason or "array" in result.reason or "its own" in result.reason, (
            result
        )
        return
    again = locate(result)
    assert isinstance(again, FrontMatter)
    assert is_same(again.data, expected)
    planned = edits(source, front, changes)
    assert not isinstance(planned, Refusal)
    assert all(edit.key and edit.why for edit in planned)


@given(documents(), st.sampled_from([(), ("extra",), ("t",)]))
@settings(deadline=None, max_examples=60)
def test_a_list_of_works_comes_and_goes_without_a_trace(source: bytes, parent: tuple[str, ...]) -> None:
    front = locate(source)
    assert isinstance(front, FrontMatter), front
    changes = [put(*parent, "citations", value=[WORK, {"doi": "10.1/y"}])]
    result = splice(source, front, changes)
    assert isinstance(result, bytes), result
    planned = edits(source, front, changes)
    assert isinstance(planned, tuple)
    assert all(edit.span.start == edit.span.end for edit in planned)
    again = locate(result)
    assert isinstance(again, FrontMatter)
    back = splice(result, again, [drop(*parent, "citations")])
    assert isinstance(back, bytes), back
    if (parent and parent[0] in front.data) or not parent:
        table = front.data.get(parent[0]) if parent else front.data
        if table or not parent:
            assert back == source
