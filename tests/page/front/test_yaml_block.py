from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path as FilePath

import pytest
import yaml
from hypothesis import event, given, settings
from hypothesis import strategies as st

from enrich.model.page import Change, Drop, Edit, FrontMatter, Insert, Path, Put, Refusal, Span, Value
from enrich.page.front import yaml_block
from enrich.page.front.revision import apply, is_same

WHY = "the page cites it"
PAPER = {
    "doi": "10.1234/abc",
    "title": "Selenium: a review",
    "authors": ["Ada Byron", "Bo O'Neil"],
    "volume": "14",
    "pdf": {"url": "https://cdn.example/a.pdf", "bytes": 120},
}


class TextKeys(yaml.CSafeLoader):
    """PyYAML's safe loader, with keys as they are written."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Value]:  # type: ignore[override]
        self.flatten_mapping(node)
        return {key.value: self.construct_object(value, deep=deep) for key, value in node.value}


def loaded(front: FrontMatter, source: bytes) -> Value:
    return yaml.load(source[front.inner.start : front.inner.end], TextKeys) or {}


def located(source: bytes) -> FrontMatter | Refusal:
    opening = source.index(b"\n") + 1
    closing = re.compile(rb"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE).search(source, opening)
    assert closing, source
    root = yaml_block.read(source, Span(opening, closing.start()))
    if isinstance(root, Refusal):
        return root
    assert isinstance(root.value, dict)
    inner = Span(opening, closing.start())
    newline = "\r\n" if b"\r\n" in source else "\n"
    return FrontMatter("yaml", Span(0, closing.end()), inner, closing.end(), newline, (), root.value)


def planned(source: bytes, *changes: Change) -> tuple[Edit, ...] | Refusal:
    front = located(source)
    return front if isinstance(front, Refusal) else yaml_block.plan(source, front, changes)


def made(source: bytes, edits: tuple[Edit, ...]) -> bytes:
    parts, at = [], 0
    for edit in edits:
        assert at <= edit.span.start <= edit.span.end, "edits overlap"
        parts += [source[at : edit.span.start], edit.text]
        at = edit.span.end
    return b"".join([*parts, source[at:]])


def test_an_edit_names_its_key_and_its_reason() -> None:
    source = b"---\ncitations:\n  - pdf: {status: ok}\n---\n"
    edits = planned(source, Put(("citations", 0, "pdf", "status"), "broken", WHY))
    assert isinstance(edits, tuple)
    assert [(edit.key, edit.why) for edit in edits] == [("citations[0].pdf.status", WHY)]


def test_what_is_broken_or_has_no_place_is_refused() -> None:
    assert isinstance(planned(b"---\na: b\n---\n", Put(("a", "b"), "c", WHY)), Refusal)
    front = located(b"---\na: 1\n---\n")
    assert isinstance(front, FrontMatter)
    assert yaml_block.plan(b"---\na: [\n---\n", front, []) == Refusal(
        "the YAML front matter is broken: did not find expected node content", 2
    )


def test_the_real_page_gets_its_papers_and_nothing_else() -> None:
    path = FilePath(__file__).resolve().parents[3].parent / "shared/pages/selenium-and-osteoporosis.md"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    source = path.read_bytes()
    edits = planned(source, Put(("citations",), [PAPER], WHY))
    assert isinstance(edits, tuple)
    assert [edit.span.start == edit.span.end for edit in edits] == [True]
    assert b'citations:\n  - doi: "10.1234/abc"\n' in edits[0].text


# Documents as text, in as many ways of writing as people have.

PLAIN = st.sampled_from(
    [
        "one",
        "two words",
        "12",
        "yes",
        "2022-04-20",
        "~",
        "1.5",
        "it's",
        "a:b",
        "größe",
        "雪 😀",
        "x#y",
        "-1",
        "null",
    ]
)
QUOTED = st.sampled_from(['"a: b"', "'it''s'", '"\\u00e9 # no"', "' '", '""', '"- x"'])
COMMENT = st.sampled_from(["", "", "", " # note", "   ", " #: [x"])
KEYS = ["title", "b", "c-d", "é", "x y", "42", "'q'", '"dq"', "on"]
HEADERS = st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "| # header"])


@st.composite
def flows(draw: st.DrawFn, depth: int = 0) -> str:
    """Draw a value on one line, brackets and all."""
    scalar = st.one_of(PLAIN, QUOTED)
    kind = draw(st.sampled_from(["scalar", "scalar", "list", "mapping"])) if depth < 2 else "scalar"
    if kind == "scalar":
        return draw(scalar)
    space = draw(st.sampled_from(["", " ", "\n      "]))
    comma = draw(st.sampled_from([", ", ",", " , "]))
    values = draw(st.lists(flows(depth + 1), max_size=3))
    if kind == "list":
        return (
            "[" + space + comma.join(values) + draw(st.sampled_from(["", ","])) * bool(values) + space + "]"
        )
    pairs = [f"{key}: {value}" for key, value in zip(draw(names()), values, strict=False)]
    if draw(st.booleans()):
        pairs += ["empty: "]
    return "{" + space + comma.join(pairs) + space + "}"


def names() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True)


@st.composite
def blanks(draw: st.DrawFn, pad: str) -> list[str]:
    return (
        draw(st.lists(st.sampled_from(["", pad + "# a comment", "#- left: x"]), max_size=2))
        if draw(st.booleans())
        else []
    )


@st.composite
def values(draw: st.DrawFn, indent: int, depth: int) -> list[str]:
    """Draw a value behind a colon: what stands on the key's line, and the lines below."""
    kinds = ["plain", "quoted", "long", "flow", "none", "block", "folded", "below", "anchor", "alias"]
    kind = draw(st.sampled_from(kinds + ["list", "mapping", "list", "mapping"] * (depth < 3)))
    pad = " " * (indent + draw(st.sampled_from([1, 2, 4])))
    comment = draw(COMMENT)
    match kind:
        case "plain":
            return [" " + draw(PLAIN) + comment]
        case "quoted":
            return [" " + draw(QUOTED) + comment]
        case "long":
            return [' "two', "", pad + 'lines: # no"' + comment]
        case "flow":
            return (" " + draw(flows()).replace("\n      ", "\n" + pad) + comment).split("\n")
        case "none":
            return [comment]
        case "block":
            body = draw(
                st.lists(
                    st.sampled_from(["text", "", "# no comment", "---", "k: v", "   more", "é  "]), max_size=4
                )
            )
            lines = [pad + line if line else "" for line in ["first", *body]]
            return [" " + draw(HEADERS), *lines]
        case "folded":
            return [" two", pad + "lines" + comment]
        case "below":
            return [comment, pad + draw(PLAIN) + draw(COMMENT)]
        case "anchor":
            return [" &@ " + draw(PLAIN) + comment]
        case "alias":
            return [" *z" + comment]
        case "list":
            lead = draw(st.sampled_from(["", "", " &@", " !!seq"]))
            start = indent + draw(st.sampled_from([0, 2, 4]))
            return [lead + comment, *draw(items(start, depth + 1))]
        case _:
            return [
                draw(st.sampled_from(["", "", " &@", " !!map"])) + comment,
                *draw(pairs(len(pad), depth + 1)),
            ]


@st.composite
def pairs(draw: st.DrawFn, indent: int, depth: int, *, with_head: bool = True) -> list[str]:
    """Draw the lines of a mapping in block style, the first of them perhaps a comment."""
    lines: list[str] = []
    for name in draw(names()):
        first, *more = draw(values(indent, depth))
        lines += draw(blanks(" " * indent)) if lines or with_head else []
        lines += [" " * indent + name + ":" + first, *more]
    return lines


@st.composite
def items(draw: st.DrawFn, indent: int, depth: int) -> list[str]:
    """Draw the lines of a list in block style."""
    lines: list[str] = []
    gap = draw(st.sampled_from([1, 1, 3]))
    for _ in range(draw(st.integers(1, 3))):
        lines += draw(blanks(" " * indent))
        dash = " " * indent + "-"
        kind = draw(st.sampled_from(["scalar", "scalar", "mapping", "mapping", "none", "below"]))
        if kind == "scalar":
            value = draw(flows()).replace("\n      ", "\n" + " " * (indent + 2))
            lines += (dash + " " * gap + value + draw(COMMENT)).split("\n")
        elif kind == "none":
            lines.append(dash + draw(COMMENT))
        else:
            below = draw(pairs(indent + 1 + gap, depth + 1, with_head=kind == "below"))
            lines += [dash, *below] if kind == "below" else [dash + below[0][indent + 1 :], *below[1:]]
    return lines


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """Draw a page whose front matter is valid YAML."""
    if draw(st.integers(0, 9)) == 0:
        inside = ", ".join(f"{name}: {draw(flows())}" for name in draw(names()))
        lines = ["{z: &z 1, " + inside + draw(st.sampled_from(["}", ",}"]))]
    else:
        indent = draw(st.sampled_from([0, 0, 0, 2]))
        lines = [" " * indent + "z: &z anchored", *draw(pairs(indent, 0)), *draw(blanks(""))]
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    page = newline.join(["---", *lines, draw(st.sampled_from(["---", "..."])), "body", ""])
    numbers = count()
    return re.sub("&@", lambda _: f"&a{next(numbers)}", page).encode()


TEXTS = st.one_of(
    st.sampled_from(["plain text", "no", "a: b", "x\ny", "12:30", "Größe", "- a"]), st.text(max_size=6)
)
WRITTEN = st.one_of(
    TEXTS,
    st.integers(-5, 5000),
    st.booleans(),
    st.lists(TEXTS, max_size=3),
    st.dictionaries(st.sampled_from(["doi", "title", "y", "é"]), TEXTS, max_size=3),
    st.just(PAPER),
    st.just([PAPER, {"doi": "10.1/b"}]),
)


def places(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Yield every place in a front matter."""
    children: dict[str | int, Value] = {}
    if isinstance(value, Mapping):
        children = dict(value)
    elif isinstance(value, list):
        children = dict(enumerate(value))
    for step, child in children.items():
        yield (*path, step), child
        yield from places(child, (*path, step))


@st.composite
def changes(draw: st.DrawFn, data: Mapping[str, Value]) -> list[Change]:
    """Draw changes that do not contradict each other: none stands inside another's place."""
    drawn: list[Change] = []
    taken: set[Path] = set()
    every = [((), data), *places(data)]
    for path, value in draw(
        st.lists(st.sampled_from(every), min_size=1, max_size=4, unique_by=lambda each: repr(each[0]))
    ):
        if any(path[: len(other)] == other for other in taken):
            continue
        kind = draw(st.sampled_from(["put", "put", "drop", "inside", "inside"]))
        if kind == "inside" and isinstance(value, Mapping):
            after = draw(st.one_of(st.none(), st.sampled_from(["new", *value])))
            fresh = draw(st.sampled_from(["new", "other", "yes"]))
            drawn.append(Put((*path, fresh), draw(WRITTEN), WHY, after))
            taken.add((*path, fresh))
        elif kind == "inside" and isinstance(value, list):
            drawn.append(Insert(path, draw(st.integers(0, len(value))), draw(WRITTEN), WHY))
        elif path and not any(change.path[: len(path)] == path for change in drawn):
            drawn.append(Drop(path, WHY) if kind == "drop" else Put(path, draw(WRITTEN), WHY))
            taken.add(path)
    return drawn


@given(documents(), st.data())
@settings(deadline=None, max_examples=60)
def test_any_page_with_any_changes_means_the_old_data_with_them_made(
    source: bytes, data: st.DataObject
) -> None:
    front = located(source)
    assert isinstance(front, FrontMatter), (source.decode(), front)
    assert is_same(front.data, loaded(front, source))
    wanted = data.draw(changes(front.data))
    expected = apply(front.data, wanted)
    edits = yaml_block.plan(source, front, wanted)
    if isinstance(expected, Refusal) or isinstance(edits, Refusal):
        event(f"refused: {edits.reason if isinstance(edits, Refusal) else expected}")
        return
    result = made(source, edits)
    again = located(result)
    assert isinstance(again, FrontMatter), (result.decode(), again)
    assert is_same(again.data, expected), (result.decode(), edits)
    assert is_same(loaded(again, result), expected)
    assert planned(result) == ()


@given(documents(), st.data())
@settings(deadline=None, max_examples=25)
def test_what_is_only_added_takes_nothing_away(source: bytes, data: st.DataObject) -> None:
    front = located(source)
    assert isinstance(front, FrontMatter)
    lists = [path for path, value in places(front.data) if isinstance(value, list) and value]
    wanted: list[Change] = [
        Put(("citations",), [PAPER], WHY, data.draw(st.sampled_from([None, *front.data])))
    ]
    if lists:
        wanted += [
            Insert(path, 0, PAPER, WHY) for path in data.draw(st.lists(st.sampled_from(lists), max_size=2))
        ]
    edits = yaml_block.plan(source, front, wanted)
    if isinstance(edits, tuple):
        assert {edit.span.end - edit.span.start for edit in edits} == {0}
