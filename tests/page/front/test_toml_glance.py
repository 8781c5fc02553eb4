from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import Entry, Refusal, Span
from enrich.page.front import toml_block
from enrich.page.front.revision import is_same
from enrich.page.front.toml_glance import glance

PLAIN = """\
title = "é # no comment" # a comment
when=2020-01-02
at = 2020-01-02T03:04:05Z
\ttags = [
  "a]",
  'b',
]
none = []
n = -3
draft = false

[extra.sub]
x = 1

[[citations]]
doi = "10.1/a"
pdf = { url = "u", bytes = 3 }

[citations.more]
y = {}

[[citations]]
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_plain_page_is_read_at_a_glance(newline: str) -> None:
    source = PLAIN.replace("\n", newline).encode()
    glanced = glance(source, Span(0, len(source)))
    assert glanced is not None
    assert glanced[1]["citations"] == [
        {"doi": "10.1/a", "pdf": {"url": "u", "bytes": 3}, "more": {"y": {}}},
        {},
    ]
    assert_read_the_same(source)


@pytest.mark.parametrize(
    "block",
    [
        "a = 1\na = 2",
        "[a]\n[a]",
        "a = {}\n[a.b]",
        "a = []\n[[a]]",
        "a = [{}]\n[[a]]",
        "a = 2020-13-01",
        "a = {b = 1, b = 2}",
    ],
)
def test_what_may_be_wrong_is_left_to_the_reader(block: str) -> None:
    source = block.encode()
    glanced = glance(source, Span(0, len(source)))
    assert glanced is None or not isinstance(toml_block.read(source, Span(0, len(source))), Refusal)


PIECES = [
    "a",
    "b",
    "c.d",
    "[a]",
    "[a.b]",
    "[[a]]",
    "[[c]]",
    "[[a.b]]",
    "[c.d.e]",
    "\n",
    "\n",
    "\r\n",
    " ",
    "#",
    "=",
    " = ",
]
PIECES += [
    "1",
    "01",
    "+2",
    "-0",
    "1_0",
    '"x"',
    "'y'",
    '"',
    "'",
    '""',
    "\\",
    "true",
    "inf",
    "1.5",
    "2020-01-02",
    "2020-02-30",
]
PIECES += [
    "2020-01-02 03:04:05",
    "2020-01-02T03:04:05+01:00",
    "T24:00:00",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\t",
    "é",
    "\r",
    "\x7f",
]
PIECES += [
    "a = 1\n",
    "b = [1, 'x']\n",
    "c = {d = 1}\n",
    "a = []\n",
    "b = { }\n",
    "[a] # note\n",
    "e = 'x' # note\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=10))
@settings(deadline=None, max_examples=250)
def test_a_glance_never_says_anything_that_the_reader_does_not(pieces: list[str]) -> None:
    assert_read_the_same("".join(pieces).encode())


def assert_read_the_same(source: bytes) -> None:
    glanced = glance(source, Span(0, len(source)))
    if glanced is None:
        return
    root = toml_block.read(source, Span(0, len(source)))
    assert not isinstance(root, Refusal), root
    assert is_same(glanced[1], root.value)
    assert glanced[0] == tuple(Entry(pair.key, pair.name, pair.node.span) for pair in root.pairs)
