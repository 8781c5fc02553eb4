from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enrich.model.page import Refusal, Span
from enrich.page.front.yaml_place import Places
from enrich.page.front.yaml_read import read
from enrich.page.front.yaml_text import Hand, text

# What a plain scalar may stand for besides a text: YAML 1.2.2, 10.3.2 (core schema, which JSON's is part of).
CORE = re.compile(
    r"null|Null|NULL|~|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|"
)
# https://yaml.org/type/ allows one letter too, which PyYAML does not read so.
LETTERS = re.compile(r"[yYnN]")
TRAPS = [
    *[
        "",
        " ",
        "~",
        "null",
        "NULL",
        "yes",
        "No",
        "on",
        "OFF",
        "y",
        "N",
        "true",
        "False",
        "nan",
        ".inf",
        "=",
        "<<",
    ],
    *[
        "1",
        "-1",
        "+1",
        "1e3",
        "1.",
        ".5",
        "0o17",
        "017",
        "0x1F",
        "1_000",
        "0b1",
        "12:30:00",
        "190:20:30",
        "1,5",
    ],
    *[
        "2022-04-20",
        "2022-04-20T10:00:00Z",
        "2022",
        "- a",
        "-",
        "?",
        "? a",
        ":",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "a ",
    ],
    *[
        " a",
        "%a",
        "@a",
        "`a",
        "!a",
        "&a",
        "*a",
        "|",
        ">",
        "'a'",
        '"a"',
        "[a]",
        "{a}",
        "a]",
        "a, b",
        "---",
        "...",
    ],
    *[
        "a\nb",
        "a\tb",
        "a\r\nb",
        "a\x85b",
        "a\u2028b",
        "a\u2029b",
        "\ufeffa",
        "\x00",
        "\x7f",
        "\xa0a",
        "\uffff",
    ],
    *["😀", "𝒜", "Ångström", "雪", "C:\\temp", 'say "no"', "it's", "R&D", "x" * 5000, "word " * 900 + "end"],
]


@given(st.text(), st.booleans())
@settings(deadline=None, max_examples=120)
def test_any_text_reads_back_the_same(value: str, quoted: bool) -> None:
    assert_same(value, quoted)


@pytest.mark.parametrize("value", TRAPS, ids=lambda value: ascii(value)[:30])
@pytest.mark.parametrize("quoted", [True, False])
def test_a_text_that_looks_like_something_else_reads_back_the_same(value: str, quoted: bool) -> None:
    assert_same(value, quoted)


def assert_same(value: str, quoted: bool) -> None:
    written = text(value, quoted=quoted)
    assert len(written.splitlines()) == 1
    for page in (written, f"a: {written}\n", f"- {written} # note\n", f"[{written}, 1]", f"{{a: {written}}}"):
        for loader in (yaml.SafeLoader, yaml.CSafeLoader):
            assert value in flat(yaml.load(page, loader))


def flat(value: object) -> list[object]:
    match value:
        case dict():
            return list(value.values())
        case list():
            return value
        case _:
            return [value]


@given(st.text("yesNoftrulia019E-+_:. ,'~", min_size=1, max_size=6))
@settings(deadline=None, max_examples=120)
@example("n")
@example("Yes")
def test_no_schema_takes_what_is_plain_for_anything_but_a_text(value: str) -> None:
    if (written := text(value)) != value:
        assert written[0] == written[-1] == '"'
        return
    assert isinstance(yaml.safe_load(value), str)
    assert not CORE.fullmatch(value)
    assert not LETTERS.fullmatch(value)
    assert not re.search(r"[:#,\[\]{}\"]|^\W|\s$", value)


def test_names_and_journals_stay_plain() -> None:
    for value in (
        "Nutrients",
        "Jeanne d'Arc",
        "J. Bone Joint Surg. (Br.)",
        "Müller-Lüdenscheidt Jr.",
        "Vitamin D+",
    ):
        assert text(value) == value


def test_escapes_are_the_short_ones_and_the_rest_stays_readable() -> None:
    assert text('a\n"b"\\\x07\u2028é') == '"a\\n\\"b\\"\\\\\\x07\\u2028é"'


def hand(page: str) -> Hand:
    source = page.encode()
    root = read(source, Span(0, len(source)))
    assert not isinstance(root, Refusal)
    return Hand.of(Places(source, Span(0, len(source))), root)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("", Hand()),
        ("title: a\n", Hand()),
        ("a:\n- b\n", Hand(list_indent=0)),
        ("a:\n    - b\nc:\n    - d\ne:\n- f\n", Hand(list_indent=4, mapping_indent=4)),
        ("a:\n    b: 1\n", Hand(list_indent=4, mapping_indent=4)),
        ("a:\n- b:\n      c: 1\n", Hand(list_indent=0, mapping_indent=4)),
        ("a:\n-   b\n-   c: 1\n", Hand(list_indent=0, dash="-   ")),
        ("a: 'x'\nb: \"y\"\nc: z\nd: 1\n", Hand(quotes=True)),
        ("a: 'x'\nb: y\n", Hand()),
        ("a: [x, y]\nb: 'x'\n", Hand()),
        ("a: &l\n- b\n", Hand()),
        ("a:\n-\n  b: 1\n", Hand(list_indent=0)),
    ],
)
def test_a_hand_is_what_most_of_the_page_is_written_in(page: str, expected: Hand) -> None:
    assert hand(page) == expected


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        -0.0,
        1e22,
        1e-7,
        123456789012345680.0,
        float("inf"),
        float("-inf"),
        0,
        -7,
        10**30,
        True,
        False,
        None,
    ],
)
def test_numbers_and_truth_read_back_the_same(value: object) -> None:
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        again = yaml.load(Hand().scalar(value), loader)
        assert (type(again), again) == (type(value), value)


def test_a_nan_reads_back_as_one() -> None:
    assert Hand().scalar(float("nan")) == ".nan"


def test_lines_are_laid_out_in_the_hand() -> None:
    value = {"a": [{"b": "x", "c": ["y", ["z", 1]], "d": {}}], "e": {"f": []}}
    assert Hand(list_indent=0, mapping_indent=4, dash="-   ", quotes=True).lines(value) == [
        "a:",
        '-   b: "x"',
        '    c: ["y", ["z", 1]]',
        "    d: {}",
        "e:",
        "    f: []",
    ]


def test_flow_stands_on_one_line() -> None:
    assert Hand().flow({"a": ["x", "1"], "n": {"b": None}}) == '{a: [x, "1"], "n": {b: null}}'


def test_lists_within_a_list_stand_in_brackets() -> None:
    assert Hand().lines({"issued": {"date-parts": [[2022, 4]]}}) == ["issued:", "  date-parts: [[2022, 4]]"]
    assert Hand().item([2022, 4]) == ["- [2022, 4]"]
