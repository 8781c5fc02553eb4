from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.source.crossref.mojibake import mended

NAMES = ["Marrão", "Veríssimo", "Tschäpe", "Šimić", "Ağaoğlu", "Müller – à"]


@pytest.mark.parametrize("name", [*NAMES, "Łukasz", "D’Adamo", "王小明"])
def test_text_read_as_latin_1_is_read_again(name: str) -> None:
    assert mended(name.encode("utf-8").decode("latin-1")) == name


@pytest.mark.parametrize("name", NAMES)
def test_text_read_as_windows_1252_is_read_again(name: str) -> None:
    assert mended(name.encode("utf-8").decode("cp1252")) == name


@pytest.mark.parametrize(
    "name",
    ["Müller", "São Paulo", "RÉALITÉ\xa0: l’« ÉTÉ»", "GENÇ\xa0VE", "naïve café", "Å», Ä°", "Ã", "50 €–60 €"],
)
def test_text_that_only_looks_misread_is_left_alone(name: str) -> None:
    assert mended(name) == name


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(max_codepoint=0x17F, exclude_characters="\x80")))
def test_ascii_is_never_touched(text: str) -> None:
    assert [c for c in mended(text) if c.isascii()] == [c for c in text if c.isascii()]
