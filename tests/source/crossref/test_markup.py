from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.source.crossref.markup import without_markup

M = '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML">'


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("H<sub>2</sub>O and CO<sub>2</sub>", "H2O and CO2"),
        ("<sup>89</sup>Zr-labelled", "89Zr-labelled"),
        ("Na<sub>1−x\n   </sub>Mn", "Na1−xMn"),
        ("CO<sub>2</sub>and 10<sup>6</sup>cells", "CO2 and 106 cells"),
        ("MAPD<sub>90</sub>s of B<sub>i</sub>O", "MAPD90s of BiO"),
        ("Fe<sub>3</sub>\n   films", "Fe3 films"),
        ("role of<i>Salmonella</i>Infection", "role of Salmonella Infection"),
        ("a Desert Ant,<i>Cataglyphis bicolor</i>Fabricius", "a Desert Ant, Cataglyphis bicolor Fabricius"),
        ("<i>Candida</i>-infected cells", "Candida-infected cells"),
        ("the <i>BRCA</i>1 gene and <i>lac</i>Z", "the BRCA1 gene and lacZ"),
        ("many <i>Drosophila</i>s", "many Drosophilas"),
        ("intra-ocular<i>versus</i>extra-ocular", "intra-ocular versus extra-ocular"),
        ("<scp>S</scp>tata: an<scp>R</scp>package", "Stata: an R package"),
        ("<scp>DNA</scp>methylation", "DNA methylation"),
        ("meta<scp>SNV</scp> tool", "metaSNV tool"),
        ("role of\n      <scp>AI</scp>\n      in life", "role of AI in life"),
        ("gene (\n    <i>KRAS</i>\n    )", "gene (KRAS)"),
        ("of\n   <i>KRAS</i>\n   /\n   <i>MET</i>\n   genes", "of KRAS/MET genes"),
        ("<i>p</i>\n   -value", "p-value"),
        ("<i>Title</i>\n    . Subtitle", "Title. Subtitle"),
        ("27<i>s</i>. 6<i>d</i>.", "27s. 6d."),
        ("One<br/>two<p>three</p>four", "One two three four"),
        ("<jats:p>Text</jats:p>", "Text"),
        ('<span class="a > b">x</span>', "x"),
        ("<!-- note -->kept<?pi x?>", "kept"),
        ("<![CDATA[raw]]> text", "raw text"),
        ("The <foo> element; <abbr>one</abbr>", "The <foo> element; one"),
        ("if a < b and c > d", "if a < b and c > d"),
        ("x <y and z> w", "x <y and z> w"),
        ("102<0736:wacoj>2.0.co;2", "102<0736:wacoj>2.0.co;2"),
        ("no markup", "no markup"),
        ("<i></i>", ""),
    ],
)
def test_markup_goes_and_words_stay(marked: str, plain: str) -> None:
    assert without_markup(marked) == plain


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        (f"on{M}<mml:mi>C</mml:mi><mml:mo>∗</mml:mo></mml:math>-Algebras", "on C∗-Algebras"),
        (f"Jordan{M}<mml:mo>∗</mml:mo></mml:math>-Derivations", "Jordan ∗-Derivations"),
        (
            f"the{M}<mml:mi>N</mml:mi><mml:mo>=</mml:mo><mml:mn>8</mml:mn></mml:math>nucleus",
            "the N=8 nucleus",
        ),
        (f"{M}<mml:mi>Fe</mml:mi></mml:math>: a metal", "Fe: a metal"),
        (f"Mn{M}<mml:msub><mml:mrow/><mml:mn>2</mml:mn></mml:msub></mml:math>O", "Mn2O"),
        ("(<math><mi>x</mi></math>)", "(x)"),
        ("<tex-math>$x$</tex-math> <math><mi>x</mi></math> axis", "x axis"),
    ],
)
def test_a_formula_is_a_word(marked: str, plain: str) -> None:
    assert without_markup(marked) == plain


@pytest.mark.parametrize(
    "opener", ["<math>", "<math ", "<!--", "<?", "<tex-math ", "<![CDATA[", "<i a=b ", "<"]
)
def test_openers_without_end_are_read_once(opener: str) -> None:
    assert len(without_markup(opener * 20_000)) <= len(opener) * 20_000


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from(list("<>/! -\nabisup=\"'")), max_size=40))
def test_letters_outside_of_tags_are_kept(marked: str) -> None:
    if "<" not in marked:
        assert without_markup(marked) == marked
    else:
        assert set(without_markup(marked)) <= set(marked) | {" "}
