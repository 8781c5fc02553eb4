from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.source.crossref.text import every, first, is_junk, text

MESSY = st.text(st.sampled_from(list("<>/&;# \t\n\xa0\u200b\ufffd\"'=aip1ltgmÃ©")), max_size=40)


@pytest.mark.parametrize(
    ("given_text", "plain"),
    [
        ("Ecology &amp; Evolution", "Ecology & Evolution"),
        ("&amp;amp;lt;i&amp;amp;gt;E. coli&amp;lt;/i&amp;gt;", "E. coli"),
        ("&#38;#60;sub&#62;2&lt;/sub>", "2"),
        ("p &lt; 0.05 &amp; q &gt; 3", "p < 0.05 & q > 3"),
        ("&eacute;tude &mdash; &#x3b2;", "étude — β"),
        ("AT&T and R&D; Q&A", "AT&T and R&D; Q&A"),
        ("two\n   words\tand\xa0more\u2009here\u3000", "two words and more here"),
        ("in\u200bvisible\u00ad \ufeffsigns\u200e\x07", "invisible signs"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("zero\u200djoined", "zerojoined"),
        ("half \ud800 pair", "half pair"),
        ("Plastics \ufffd Polyamides", "Plastics – Polyamides"),
        ("na\ufffdve", "na\ufffdve"),
        ("Mu\u0308ller", "Müller"),
        (7, "7"),
    ],
)
def test_text_comes_out_plain(given_text: object, plain: str) -> None:
    assert text(given_text) == plain


@pytest.mark.parametrize(
    "junk",
    [
        "",
        " ",
        "-",
        "–",
        "***",
        "null",
        "NULL",
        "None",
        "no-no",
        "&NA;",
        "&amp;NA;",
        "N/A",
        "[No title]",
        "<i></i>",
    ],
)
def test_junk_says_nothing(junk: str) -> None:
    assert text(junk) == ""


@pytest.mark.parametrize("word", ["Null", "Nan", "Na", "No", "π", "王", "7"])
def test_short_words_are_not_junk(word: str) -> None:
    assert text(word) == word


@pytest.mark.parametrize("value", [None, True, 1.5, [], {}, b"x", 10**30])
def test_what_is_no_text_says_nothing(value: object) -> None:
    assert text(value) == ""


def test_a_list_gives_each_text_once() -> None:
    assert every(["A", "", "A", "<b>A</b>", None, ["B"], "C"]) == ("A", "C")
    assert every("A") == ("A",)
    assert every(None) == ()


def test_the_first_text_is_the_first_that_says_something() -> None:
    assert first(["-", "A", "B"]) == "A"
    assert first([]) == ""


def test_an_endless_onion_of_escapes_says_nothing() -> None:
    onion = "x"
    for _ in range(20):
        onion = onion.replace("&", "&#38;").replace("x", "&#120;")
        onion = onion.replace("#", "&#35;", 1)
    assert text(onion) in {"", "x"}


@settings(max_examples=200, deadline=None)
@given(MESSY)
def test_plain_text_stays_as_it_is(messy: str) -> None:
    plain = text(messy)

    assert text(plain) == plain
    assert plain == " ".join(plain.split())
    assert not plain or not is_junk(plain)
