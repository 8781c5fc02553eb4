from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.export.latex import escaped, protected, verbatim
from enrich.export.plain import line
from enrich.model.identifier import Doi


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_text_is_printed_as_it_is_and_its_braces_have_partners(
    hostile: st.SearchStrategy[str], decoded: Callable[[str], str], data: st.DataObject
) -> None:
    text = line(data.draw(hostile))
    for written in (escaped(text), protected(text)):
        depth = 0
        for sign in written:
            depth += {"{": 1, "}": -1}.get(sign, 0)
            assert depth >= 0
        assert depth == 0
        assert decoded(written) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"a\b", r"a{\textbackslash}b"),
        ("R&D: 5% of $3 #1 a_b", r"R\&D: 5\% of \$3 \#1 a\_b"),
        ("~^ {x}", r"{\textasciitilde}{\textasciicircum} \{x\}"),
        ("}{{x}", r"\ensuremath{\rbrace}\ensuremath{\lbrace}\{x\}"),
        ("p<0.05", r"p\ensuremath{<}0.05"),
        ("a--b ``c'' ?`", "a-{}-b `{}`c'{}' ?{}`"),
        ("naïve β", "naïve β"),
    ],
)
def test_what_latex_gives_a_meaning_is_escaped(text: str, written: str) -> None:
    assert escaped(text) == written


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Selenium in Korea: A DNA study", "Selenium in {Korea}: {A} {DNA} study"),
        ("mRNA and pH of CO_2", r"{mRNA} and {pH} of {CO}\_2"),
        ("“Was Selen kann”: Müller’s Knochen", "“{Was} {Selen} kann”: {Müller’s} {Knochen}"),
        ("no capitals at all", "no capitals at all"),
        ("Éxito", "Éxito"),
    ],
)
def test_capitals_are_kept_but_for_the_first_letter(title: str, written: str) -> None:
    assert protected(title) == written


def test_an_identifier_is_printed_raw_and_its_braces_still_mean_it() -> None:
    doi = Doi("10.1175/1520(1974)102<0736:w_a>2.0.co;2")
    assert verbatim(doi.value) == doi.value
    odd = Doi("10.5555/a{b")
    assert verbatim(odd.value) == "10.5555/a%7Bb"
    assert Doi.parse(verbatim(odd.value)) == odd
