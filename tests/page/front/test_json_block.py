from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enrich.model.page import Change, Drop, FrontMatter, Insert, Path, Put, Refusal, Span, Value
from enrich.page.front import json_block
from enrich.page.front.block import Node
from enrich.page.front.frontmatter import locate
from enrich.page.front.revision import apply, is_same
from enrich.page.front.splice import edits, splice

WORK = {"doi": "10.1/x", "authors": ["Ann", "Bo"], "pdf": {"url": "u", "bytes": 3}}


def put(*path: str | int, value: Value = "new", after: str | None = None) -> Put:
    return Put(path, value, "why", after)


def drop(*path: str | int) -> Drop:
    return Drop(path, "why")


def insert(*path: str | int, index: int, value: Value) -> Insert:
    return Insert(path, index, value, "why")


def done(block: str, *changes: Change) -> str:
    """Make the changes to a page with this block; return its new block."""
    front = locate(block.encode())
    assert isinstance(front, FrontMatter), front
    result = splice(block.encode(), front, changes)
    assert isinstance(result, bytes), result
    return result.decode()


@pytest.mark.parametrize("indent", ["    ", "  ", "\t", ""])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_new_keys_and_lists_are_laid_out_like_the_page(indent: str, newline: str) -> None:
    unit = indent or 0
    before = json.dumps({"title": "T", "tags": ["a"]}, indent=unit).replace("\n", newline)
    after = json.dumps({"title": "T", "tags": ["a"], "citations": [WORK, {}]}, indent=unit).replace(
        "\n", newline
    )
    assert done(before, put("citations", value=[WORK, {}])) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"a": 1, "b": [2]}', '{"a": 1, "b": [2], "N": {"x": ["y"]}}'),
        ('{"a":1}', '{"a":1,"N":{"x":["y"]}}'),
        ('{ "a" : 1 , "b" : 2 }', '{ "a" : 1 , "b" : 2 , "N" : { "x" : ["y"] } }'),
        ('{\n  "a": [1, 2]\n}', '{\n  "a": [1, 2],\n  "N": {\n    "x": ["y"]\n  }\n}'),
        (
            '{\n "a": [\n  1\n ],\n\n "b": 2\n\n}',
            '{\n "a": [\n  1\n ],\n\n "b": 2,\n "N": {\n  "x": [\n   "y"\n  ]\n }\n\n}',
        ),
        ('{\n  "a": [1]\n, "b": 2\n}', '{\n  "a": [1]\n, "b": 2\n, "N": {\n  "x": ["y"]\n}\n}'),
        ("{}", '{\n    "N": {\n        "x": [\n            "y"\n        ]\n    }\n}'),
    ],
)
def test_a_new_pair_looks_like_what_stands_beside_it(before: str, after: str) -> None:
    assert done(before, put("N", value={"x": ["y"]})) == after


PAGE = """\
{
    "title": "T",
    "citations": [
        {
            "doi": "a",   "journal": "J"
        },
        {"doi": "b", "pdf": {"url": "u"}},
        { "doi": "c" }
    ]
}
"""


def test_entries_change_where_they_stand() -> None:
    changed = done(
        PAGE,
        put("citations", 0, "journal", value="K"),
        put("citations", 0, "year", value="2020", after="doi"),
        put("citations", 1, "pdf", "bytes", value=3),
        put("citations", 1, "authors", value=["x", "y"], after="doi"),
        insert("citations", index=1, value={"doi": "between"}),
        drop("citations", 2),
        insert("citations", index=3, value={"doi": "last"}),
    )
    assert (
        changed
        == """\
{
    "title": "T",
    "citations": [
        {
            "doi": "a",
            "year": "2020",   "journal": "K"
        },
        {
            "doi": "between"
        },
        {"doi": "b", "authors": ["x", "y"], "pdf": {"url": "u", "bytes": 3}},
        {
            "doi": "last"
        }
    ]
}
"""
    )


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (drop("a"), '{ "b": [1, 2 ,3], "c": {"d": 0}}'),
        (drop("b"), '{ "a": "x", "c": {"d": 0}}'),
        (drop("c"), '{ "a": "x", "b": [1, 2 ,3]}'),
        (drop("c", "d"), '{ "a": "x", "b": [1, 2 ,3], "c": {}}'),
        (drop("b", 0), '{ "a": "x", "b": [2 ,3], "c": {"d": 0}}'),
        (drop("b", 1), '{ "a": "x", "b": [1 ,3], "c": {"d": 0}}'),
        (insert("b", index=0, value=0), '{ "a": "x", "b": [0 ,1, 2 ,3], "c": {"d": 0}}'),
        (put("b", value=["y", "z"]), '{ "a": "x", "b": ["y", "z"], "c": {"d": 0}}'),
    ],
)
def test_an_edit_touches_its_own_bytes_only(change: Change, after: str) -> None:
    assert done('{ "a": "x", "b": [1, 2 ,3], "c": {"d": 0}}', change) == after


def test_a_line_break_in_a_block_that_has_its_first_keys_on_one_line_is_no_indent() -> None:
    assert done('{"a": {"b":\n1}}', put("a", value={"c": [1, {"d": 2}]})) == '{"a": {"c": [1, {"d": 2}]}}'
    assert (
        done('{"a":{"x":1,\n"y":2}}', put("a", "z", value={"c": 3})) == '{"a":{"x":1,\n"y":2,\n"z":{"c":3}}}'
    )


def test_all_that_goes_may_be_replaced_by_what_comes() -> None:
    assert done('{"a": [1, 2]}', drop("a", 0), drop("a", 1)) == '{"a": []}'
    assert done('{"a": [1, 2]}', drop("a", 0), drop("a", 1), insert("a", index=1, value=3)) == '{"a": [3]}'
    assert done('{"a": [ ]}', insert("a", index=0, value=1), insert("a", index=0, value=2)) == '{"a": [1, 2]}'
    assert done('{ "a": 1 }', drop("a")) == "{}"
    assert done('{ "a": 1 }', drop("a"), put("b", value=2)) == '{ "b": 2 }'


@pytest.mark.parametrize(
    ("block", "text", "written"),
    [
        ('{"a": "x"}', "é\u2013\U0001f600", '"é\u2013\U0001f600"'),
        ('{"a": "\\u2013"}', "é\U0001f600", '"\\u00e9\\ud83d\\ude00"'),
        ('{"a": "\\u201C"}', "\u201d", '"\\u201D"'),
        ('{"a": "\\u2013 é"}', "\u201d", '"\u201d"'),
        ('{"a": "\\u0026"}', "<b> & c", '"\\u003cb\\u003e \\u0026 c"'),
        ('{"a": "x\\/y"}', "u/v", '"u\\/v"'),
        ('{"a": "x/y"}', "u/v", '"u/v"'),
        ('{"a": 1}', "balanced {x{y}}", '"balanced {x{y}}"'),
        ('{"a": 1}', "} {", '"\\u007d \\u007b"'),
        ('{"a": 1}', 'tab\t "q" \\', '"tab\\t \\"q\\" \\\\"'),
    ],
)
def test_texts_are_escaped_as_the_page_does_and_never_hold_a_lone_brace(
    block: str, text: str, written: str
) -> None:
    changed = done(block, put("N", value=text))
    assert changed.endswith(f'"N": {written}}}')
    assert json.loads(changed)["N"] == text


@pytest.mark.parametrize(
    ("block", "line", "reason"),
    [
        ('{"a": 1,}', 1, "a key in double quotes"),
        ('{"a": [1,]}', 1, "a value"),
        ("{\n'a': 1}", 2, "a key in double quotes"),
        ('{\n"a" 1}', 2, "a key in double quotes and a colon"),
        ('{"a": NaN}', 1, "a value"),
        ('{"a": 01}', 1, "a comma or `}`"),
        ('{"a": "x\ny"}', 1, "a text that is closed"),
        ('{"a": "\\x"}', 1, "a text that is closed"),
        ('{"a": 1\n// note\n}', 2, "a comma or `}`"),
        ('{"a": "\\ud83d"}', 1, "half a surrogate pair"),
        ('{"a": ' + "1" * 5000 + "}", 1, "too many digits"),
        ('{"a": {"b": 1, "b": 2}}', 1, "`b` stands twice"),
        ('{"a": ' + "[" * 64 + "]" * 64 + "}", 1, "nested deeper than 64"),
        ('{"a": tru', 1, "a value"),
        ('{\n"a": "x', 2, "a text that is closed"),
        ('{"a": 1\n', 2, "never closed"),
    ],
)
def test_what_is_no_strict_json_is_refused(block: str, line: int, reason: str) -> None:
    refused = locate(block.encode())
    assert isinstance(refused, Refusal)
    assert (reason in refused.reason, refused.line) == (True, line), refused


def test_nesting_up_to_the_limit_is_read() -> None:
    assert isinstance(locate(b'{"a": ' + b"[" * 63 + b"]" * 63 + b"}"), FrontMatter)


keys = st.sampled_from(["a", "b", "\u00e9", 'q"', "c/d", "{"])
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-9, 9),
    st.sampled_from([0.5, 1e300, "", "x", "é\u2013", "}{", "\\", "\U0001f600"]),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=6,
)
mappings = st.dictionaries(keys, values, max_size=4)
blanks = st.sampled_from(["", "", " ", "\n", "\n  ", "\r\n\t", "\n\n "])


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """Draw a mapping in any layout: as a program writes it, or with blanks strewn in by hand."""
    data = draw(mappings)
    if draw(st.booleans()):
        ascii_only, indent = draw(st.booleans()), draw(st.sampled_from([None, 0, 2, 4, "\t"]))
        return json.dumps(data, ensure_ascii=ascii_only, indent=indent)
    return strewn(draw, data)


def strewn(draw: st.DrawFn, value: Value) -> str:
    if isinstance(value, dict):
        pairs = [
            f"{json.dumps(key)}{draw(blanks)}:{draw(blanks)}{strewn(draw, item)}"
            for key, item in value.items()
        ]
        return "{" + draw(blanks) + f"{draw(blanks)},{draw(blanks)}".join(pairs) + draw(blanks) + "}"
    if isinstance(value, list):
        items = [strewn(draw, item) for item in value]
        return "[" + draw(blanks) + f"{draw(blanks)},{draw(blanks)}".join(items) + draw(blanks) + "]"
    return json.dumps(value, ensure_ascii=draw(st.booleans()))


@given(blocks())
@settings(deadline=None, max_examples=80)
def test_every_value_stands_where_it_is_said_to(block: str) -> None:
    source = block.encode()
    root = json_block.read(source + b"\nBody", Span(0, len(source) + 5))
    assert isinstance(root, Node)
    assert root.span == Span(0, len(source))
    assert is_same(root.value, json.loads(block))
    for node in walk(root):
        assert is_same(json.loads(source[node.span.start : node.span.end]), node.value)
    for pair in root.pairs:
        assert json.loads(source[pair.name.start : pair.name.end]) == pair.key


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in (*(pair.node for pair in node.pairs), *node.items):
        yield from walk(child)


def paths(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    yield path, value
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, child in children:
        yield from paths(child, (*path, step))


new_values = st.one_of(scalars, st.sampled_from([["a", "}"], [], WORK, [WORK, {}], {"k": {"l": "m"}}]))


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


@given(blocks(), st.data())
@settings(deadline=None, max_examples=60)
def test_any_change_is_made_as_meant_and_in_the_order_meant(block: str, data: st.DataObject) -> None:
    source = block.encode() + b"\n{Body}"
    front = locate(source)
    assert isinstance(front, FrontMatter), front
    places = data.draw(st.lists(st.sampled_from(list(paths(front.data))), min_size=1, max_size=4))
    changes = [data.draw(st.one_of(change_of(*place), st.just(drop(*place[0])))) for place in places]
    expected = apply(front.data, changes)
    assume(not isinstance(expected, Refusal))
    result = splice(source, front, changes)
    assert isinstance(result, bytes), result
    written = json.loads(result.removesuffix(b"\n{Body}"))
    assert json.dumps(written) == json.dumps(expected)


@given(blocks(), st.lists(st.sampled_from("NMO"), unique=True, min_size=1), new_values)
@settings(deadline=None, max_examples=80)
def test_what_is_only_added_comes_and_goes_without_a_trace(
    block: str, names: list[str], value: Value
) -> None:
    source = block.encode()
    front = locate(source)
    assert isinstance(front, FrontMatter), front
    assume(front.data)
    changes = [put(name, value=value) for name in names]
    planned = edits(source, front, changes)
    assert isinstance(planned, tuple)
    assert all(edit.span.start == edit.span.end for edit in planned)
    result = splice(source, front, changes)
    assert isinstance(result, bytes), result
    again = locate(result)
    assert isinstance(again, FrontMatter), again
    assert splice(result, again, [drop(name) for name in names]) == source
