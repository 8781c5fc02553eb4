from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enrich.model.page import Change, Drop, FrontMatter, Insert, Path, Put, Refusal, Value
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
@settings(deadline=None, max_examples=60)
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
