"""The scripts that names are written in, and whether two spellings in two scripts are one name."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў"
_SOUNDS = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch ' y ' e yu ya i yi ye g u"
_SOUND_OF = dict(zip(_LETTERS, _SOUNDS.split(), strict=True))
# Systems of transliteration differ by a letter or two in a name.
_ALIKE = 0.7


def is_latin(name: str) -> bool:
    """Whether most letters of `name` are Latin; a text without letters counts as Latin."""
    if name.isascii():
        return True
    letters = [letter for letter in name if letter.isalpha()]
    return sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters) * 2 >= len(letters)


def are_one_name(one: str, other: str) -> bool:
    """Whether one spelling is Cyrillic, the other Latin, and the two sound alike."""
    if is_latin(one) == is_latin(other):
        return False
    cyrillic, latin = (other, one) if is_latin(one) else (one, other)
    heard = "".join(_SOUND_OF.get(letter, letter) for letter in cyrillic.lower())
    return SequenceMatcher(None, heard, latin.lower(), autojunk=False).ratio() >= _ALIKE
