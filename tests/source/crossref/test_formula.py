from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.source.crossref.formula import is_script_only, linear


@pytest.mark.parametrize(
    ("mathml", "text"),
    [
        ("<mi>N</mi><mo>=</mo><mn>88</mn>", "N=88"),
        ("<mrow>\n  <mi>D</mi>\n  <mi>α</mi>\n</mrow>", "Dα"),
        ("<mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac>", "1/2"),
        ("<msqrt><mi>s</mi></msqrt>", "√s"),
        (
            "<mmultiscripts><mi>Tb</mi><mprescripts/><none/><mrow><mn>153</mn></mrow></mmultiscripts>",
            "153Tb",
        ),
        ("<mtext>for all </mtext><mi>x</mi>", "for all x"),
        ("<mi>x</mi><annotation encoding='TeX'>x^2</annotation>", "x"),
        ("<mo><</mo><mn>3</mn>", "<3"),
        ("<mrow><mi>x</mrow></mi>", "x"),
        ("", ""),
    ],
)
def test_a_formula_reads_as_one_line(mathml: str, text: str) -> None:
    assert linear(mathml) == text


def test_a_script_without_a_base_is_known() -> None:
    assert is_script_only("<mml:msub><mml:mrow/><mml:mn>2</mml:mn></mml:msub>")
    assert is_script_only("<mrow><msup><mi></mi><mn>2</mn></msup></mrow>")
    assert not is_script_only("<msub><mi>H</mi><mn>2</mn></msub>")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["<mi>", "</mi>", "<mfrac>", "</mfrac>", "<none/>", "x", "<", "</"])))
def test_any_text_is_taken(pieces: list[str]) -> None:
    assert linear("".join(pieces)).count("x") == pieces.count("x")
