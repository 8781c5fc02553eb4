from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.page.match.likeness import (
    families,
    fold,
    is_akin,
    is_notice,
    is_same_title,
    is_title_in,
    is_typo,
    ratio,
    script,
    weigh,
)

LONG = fold("Associations between maternal selenium status and cord serum vitamin levels")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  The β-Carotene   Trial:  Part II ", "the beta carotene trial part ii"),
        ("Straße, Łódź & Ångström", "strasse lodz angstrom"),
        ("Связь селена", "связь селена"),
        ("硒与骨骼。", "硒与骨骼"),
        ("under_score—dash", "under score dash"),
    ],
)
def test_folding_leaves_plain_words(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_chinese_sign_weighs_as_three_letters() -> None:
    assert weigh(fold("硒与骨骼")) == 3 * weigh("bone")


def test_glued_words_do_not_count_against_a_title() -> None:
    assert ratio("effect of theplasmid onburkholderia", "effect of the plasmid on burkholderia") == 100


def test_a_title_cut_short_is_the_same_title() -> None:
    assert is_same_title(LONG[:50], LONG)
    assert not is_same_title(LONG[:20], LONG)


def test_a_title_with_more_around_it_is_the_same_title() -> None:
    assert is_same_title(f"{LONG} a birth cohort study in a large city of the north", LONG)


@pytest.mark.parametrize(
    ("page", "registry"),
    [
        (
            "Selenium and bone health in older women: part I",
            "Selenium and bone health in older women: part II",
        ),
        ("Peer review #1 of selenium and bones", "Peer review #2 of selenium and bones"),
        ("Selenium and bone health in older women", "Correction: Selenium and bone health in older women"),
        ("Reply to selenium and bone health in older women", "Selenium and bone health in older women"),
    ],
)
def test_parts_and_notices_are_other_papers(page: str, registry: str) -> None:
    assert not is_same_title(fold(page), fold(registry))


def test_a_retracted_paper_keeps_its_title() -> None:
    assert is_same_title(LONG, fold(f"RETRACTED ARTICLE: {LONG}"))


def test_a_title_is_found_in_a_citation_but_not_as_that_of_its_correction() -> None:
    assert is_title_in(LONG, f"gang h {LONG} nutrients")
    assert not is_title_in(LONG, f"correction to {LONG} nutrients")
    assert not is_title_in(LONG, f"correction {LONG} nutrients")
    assert not is_title_in(f"correction {LONG}", f"gang h {LONG} nutrients")


def test_a_notice_is_known_by_its_first_word() -> None:
    assert is_notice("corrigendum to selenium")
    assert not is_notice("colour correction of lenses")


def test_a_part_of_a_title_is_akin_and_another_title_is_not() -> None:
    assert is_akin(LONG[20:50], LONG)
    assert not is_akin("traffic noise in alpine valleys", LONG)


@pytest.mark.parametrize(
    ("family", "forms"),
    [
        ("Smith", ("smith",)),
        ("von Müller", ("muller", "mueller")),
        ("Mueller", ("mueller", "muller")),
        ("van der Berg", ("berg",)),
        ("García-López", ("garcia lopez",)),
        ("De", ("de",)),
    ],
)
def test_family_names_lose_particles_and_diacritics(family: str, forms: tuple[str, ...]) -> None:
    assert families(family) == forms


def test_the_script_is_that_of_most_letters() -> None:
    assert [script(text) for text in ("Müller", "Иванов", "王伟", "12")] == ["LATIN", "CYRILLIC", "CJK", ""]


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("selenium", "slenium", True),
        ("selenium", "seleinum", True),
        ("selenium", "sleneium", False),
        ("fo", "of", True),
        ("teh", "the", True),
        ("rat", "at", False),
        ("men", "hen", False),
        ("2000", "2001", False),
        ("20000", "20001", False),
    ],
)
def test_a_typing_error_is_one_letter_and_makes_no_other_short_word(
    one: str, other: str, is_one: bool
) -> None:
    assert is_typo(one, other) is is_one
    assert is_typo(other, one) is is_one
