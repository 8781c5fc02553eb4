from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import FrontMatter, Refusal, Span
from enrich.page.front.frontmatter import BOM, locate


def found(source: bytes) -> FrontMatter:
    front = locate(source)
    assert isinstance(front, FrontMatter), front
    return front


def refused(source: bytes) -> Refusal:
    front = locate(source)
    assert isinstance(front, Refusal), front
    return front


@pytest.mark.parametrize(
    ("source", "block", "body"),
    [
        (b'{"a": "x"}\nBody', b'{"a": "x"}\n', b"Body"),
        (b'{"a": "x"}Body', b'{"a": "x"}', b"Body"),
        (b'{"a": "x"}  \n\nBody', b'{"a": "x"}', b"  \n\nBody"),
        (b'\n \r\n{\r\n"a": "x"\r\n}\r\nBody', b'{\r\n"a": "x"\r\n}\r\n', b"Body"),
        (b"---\na: x\n---\nBody", b"---\na: x\n---\n", b"Body"),
        (b"--- \na: x\n...\t\nBody\n---\n", b"--- \na: x\n...\t\n", b"Body\n---\n"),
        (b"---\r\na: x\r\n---\r\n", b"---\r\na: x\r\n---\r\n", b""),
        (b"\n\n---\na: x\n---", b"---\na: x\n---", b""),
        (b"---\na: x\n---\n---\nb: y\n---\n", b"---\na: x\n---\n", b"---\nb: y\n---\n"),
        (b"---\na: x\nb: |\n  ---\n  ...\n---\n", b"---\na: x\nb: |\n  ---\n  ...\n---\n", b""),
        (b"+++\na = 'x'\n+++\n+++\n", b"+++\na = 'x'\n+++\n", b"+++\n"),
        (b"+++  \r\na = 'x'\r\n+++ \r\nBody", b"+++  \r\na = 'x'\r\n+++ \r\n", b"Body"),
        (b"+++\na = 'x'\r\n+++\r", b"+++\na = 'x'\r\n+++\r", b""),
    ],
)
@pytest.mark.parametrize("bom", [b"", BOM])
def test_a_block_and_the_body_behind_it_are_told_apart(
    source: bytes, block: bytes, body: bytes, bom: bytes
) -> None:
    page = bom + source
    front = found(page)
    assert page[front.block.start : front.block.end] == block
    assert page[front.body :] == body
    assert front.data["a"] == "x"


@pytest.mark.parametrize(
    "source", [b"{}", b"{ \n}\n", b"---\n---\n", b"---\n# only a note\n---", b"+++\n+++\n"]
)
def test_an_empty_block_is_an_empty_mapping(source: bytes) -> None:
    assert found(source).data == {}


@pytest.mark.parametrize(
    "source",
    [
        b"",
        BOM,
        b"\n \n",
        b"# Title\n",
        b"{{< toc >}}\n",
        b"{{% note %}}",
        b"{% include x %}\n",
        b"{:.lead}\nText",
        b"{#id}\n",
        b"- item\n- item\n",
        b"-- x\n",
        b"----\ntitle: x\n----\n",
        b"- - -\n",
        b"++++\npassed through\n++++\n",
        b"+ item\n",
        b"***\n\n---\n",
        b"Text\n\n---\na: x\n---\n",
        b"#+title: x\n",
    ],
)
def test_ordinary_markdown_has_no_front_matter(source: bytes) -> None:
    assert locate(source) is None


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        (b"Text\n\xff\xfe", 2, "not UTF-8"),
        (b"\xff\xfe{\x00", 1, "not UTF-8"),
        (b"---\nA page that begins with a rule\n", 1, "never closed"),
        (b"---", 1, "never closed"),
        (b"\n+++\na = 1\n", 2, "never closed"),
        (b'\n{"a": 1,\n"b": [2}', 3, "comma or `]`"),
        (b'{"a": 1\n', 2, "never closed"),
        (b"---\n- a\n- b\n---\n", 2, "mapping"),
        (b"---\nJust text.\n---\n", 2, "mapping"),
        (b"---\na: 1\n--- and more\n---\n", 3, "goes on"),
        (b"---\na: 1\n----\n", 3, "goes on"),
        (b"+++\na = '''\n+++x'''\n+++\n", 3, "goes on"),
        (b"---json\n{}\n---\n", 1, "no plain fence"),
        (b"--- # note\na: 1\n---\n", 1, "no plain fence"),
        (b'{"a": 1,\n "b": {"c": 1,\n "c": 2}}', 3, "`c` stands twice"),
        (b"---\na: 1\nb: 2\na: 3\n---\n", 4, "`a`"),
        (b"+++\na = 1\n\n[b]\n[b]\n+++\n", 5, "twice"),
        (b'{"a": {{ .Title }}}', 1, "template"),
        (b'{\n"date": "{{ .Date }}"}', 2, "template"),
        (b"---\ntitle: {{ .Title }}\n---\n", 2, ""),
        (b'---\na: 1\ntitle: \'{{ replace .Name "-" " " }}\'\n---\n', 3, "template"),
        (b"+++\na = 1\ndate = {{ .Date }}\n+++\n", 3, "template"),
        (b"+++\na = 1\nb = \n+++\n", 3, "Invalid value"),
        (b'{"a":' + b"[" * 100000, 1, "nested deeper"),
        (b"---\na: " + b"[" * 100000 + b"\n---\n", 2, "nested deeper"),
        (b"+++\na = " + b"[" * 100000 + b"\n+++\n", 2, "nested deeper"),
        (b"+++\na = " + b"[" * 80 + b"]" * 80 + b"\n+++\n", 2, "nested deeper"),
        (b"+++\n" + b"a." * 80 + b"a = 1\n+++\n", 2, "nested deeper"),
        (b"+++\na = 1\n" + b"a." * 200000 + b"a = 1\n+++\n", 3, "nested deeper"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_read_is_refused_with_its_line(source: bytes, line: int, reason: str) -> None:
    refusal = refused(source)
    assert reason in refusal.reason
    assert refusal.line == line


def test_a_title_in_doubled_braces_is_no_template() -> None:
    assert found(b'{"title": "{{Selenium} and bone}"}').data == {"title": "{{Selenium} and bone}"}


def test_a_brace_within_a_text_does_not_end_the_block() -> None:
    assert found(b'{"a": "} \\" }", "b": 1}\nBody }').data == {"a": '} " }', "b": 1}


@pytest.mark.parametrize(
    "source", [b'{\n"a" : [1],\n"b":{}\n}', b"---\na : [1]\nb: {}\n---\n", b"+++\na = [1]\nb={}\n+++\n"]
)
def test_entries_say_where_each_top_level_key_and_value_stands(source: bytes) -> None:
    spans = [
        (entry.key, text(source, entry.name), text(source, entry.value)) for entry in found(source).entries
    ]
    assert [(key, name.strip(b'"'), value) for key, name, value in spans] == [
        ("a", b"a", b"[1]"),
        ("b", b"b", b"{}"),
    ]


def text(source: bytes, span: Span) -> bytes:
    return source[span.start : span.end]


@pytest.mark.parametrize(
    ("source", "newline"),
    [
        (b"---\r\na: 1\r\nb: 2\n---\r\nx\ny\nz\n", "\r\n"),
        (b"---\na: 1\nb: 2\r\n---\nx\r\ny\r\n\r\n\r\n", "\n"),
        (b'{"a": 1}\r\nBody', "\r\n"),
        (b'{"a": 1}', "\n"),
    ],
)
def test_the_line_end_is_that_of_most_lines_of_the_block(source: bytes, newline: str) -> None:
    assert found(source).newline == newline


PIECES = [
    b"---",
    b"+++",
    b"...",
    b"\n",
    b"\r\n",
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b"'",
    b":",
    b"=",
    b",",
    b" ",
    b"a",
]
PIECES += [
    b"b: 1\n",
    b'"a": 1',
    b"c = 2\n",
    b"[[d]]\n",
    b"\\",
    b"#",
    b"\xff",
    b"\xef\xbb\xbf",
    b"&x ",
    b"*x",
    b"|\n",
]


@given(
    st.sampled_from([b"", b"---\n", b"+++\n", b"{"]),
    st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=3))),
)
@settings(deadline=None, max_examples=150)
def test_locating_never_raises_and_never_loses_a_byte(start: bytes, pieces: list[bytes]) -> None:
    source = start + b"".join(pieces)
    front = locate(source)
    if isinstance(front, FrontMatter):
        assert 0 <= front.block.start <= front.inner.start <= front.inner.end <= front.block.end == front.body
        assert front.body <= len(source)
        assert [entry.key for entry in front.entries] == list(front.data)
