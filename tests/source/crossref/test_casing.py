from __future__ import annotations

import pytest

from enrich.source.crossref.casing import family, given, is_capitals, is_turkish, looks_like_initials


@pytest.mark.parametrize(
    ("shouted", "plain"),
    [
        ("SMITH", "Smith"),
        ("MCDONALD", "McDonald"),
        ("MACDONALD", "MacDonald"),
        ("MACHADO", "Machado"),
        ("MACK", "Mack"),
        ("O'NEIL", "O'Neil"),
        ("D’ADAMO", "D’Adamo"),
        ("DELL'AQUILA", "Dell'Aquila"),
        ("MA'AYAN", "Ma'ayan"),
        ("LOPEZ-BERESTEIN", "Lopez-Berestein"),
        ("SMITH-MCKAY", "Smith-McKay"),
        ("VAN DER BERG", "van der Berg"),
        ("VON BAUMGARTEN", "von Baumgarten"),
        ("DE LA CRUZ", "de la Cruz"),
        ("LA ROCCA", "La Rocca"),
        ("DI NATALE", "Di Natale"),
        ("OLDE RIKKERT", "Olde Rikkert"),
        ("VAN 'T HOFF", "van 't Hoff"),
        ("DO", "Do"),
        ("JABŁOŃSKI", "Jabłoński"),
        ("IJSSELSTEIN", "IJsselstein"),
        ("IJAZ", "Ijaz"),
        ("ΠΑΠΑΣ", "Παπας"),
        ("ИВАНОВ", "Иванов"),
        ("İNAN", "İnan"),
        ("AYDIN", "Aydin"),
    ],
)
def test_a_family_name_is_recased(shouted: str, plain: str) -> None:
    assert family(shouted, turkish=False) == plain


def test_turkish_letters_keep_their_dots() -> None:
    assert is_turkish("İLKER")
    assert not is_turkish("AYDIN")
    assert family("YILDIRIM", turkish=True) == "Yıldırım"
    assert family("İŞİK", turkish=True) == "İşik"
    assert given("İLKER NURİ", turkish=True) == "İlker Nuri"


@pytest.mark.parametrize(
    ("shouted", "plain"),
    [
        ("CHARLES F.", "Charles F."),
        ("IAN", "Ian"),
        ("AJS", "AJS"),
        ("AJMG", "AJMG"),
        ("J.-P.", "J.-P."),
        ("B.YU.", "B.Yu."),
        ("WILLEM-JAN", "Willem-Jan"),
        ("LI", "LI"),
        ("FangNan", "FangNan"),
        ("ИВАН", "Иван"),
    ],
)
def test_given_names_are_recased_and_initials_are_not(shouted: str, plain: str) -> None:
    assert given(shouted, turkish=False) == plain


def test_capitals_need_two_letters_that_have_a_case() -> None:
    assert is_capitals("O'NEIL")
    assert not is_capitals("K")
    assert not is_capitals("McKAY")
    assert not is_capitals("王小明")


def test_initials_are_short_or_have_no_vowel_but_the_first() -> None:
    assert looks_like_initials("MG")
    assert looks_like_initials("AJMG")
    assert not looks_like_initials("LEE")
