"""Personal names set in capitals, recased as far as their spelling tells how."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+")
# Latin, Greek and Cyrillic, without their accents.
_VOWELS = frozenset("AEIOUYÆŒØΑΕΗΙΟΥΩАЕИОУЫЭЮЯІЄ")
# Letters that only Turkish and its neighbours use: there `I` is the capital of `ı`.
_TURKISH = frozenset("İıĞğ")
_SMALL = "af av bin binti da das de den der do dos e ibn ten ter und van vom von y zu zum zur"
_PARTICLES = frozenset(_SMALL.split())
# Small only after another particle (`de la Cruz`), else capital (`La Rocca`, `Del Rosso`).
_AFTER_PARTICLES = frozenset(["la", "las", "le", "los", "del", "het", "t"])
_MAC = re.compile(
    r"Mac(?=arthur|callum|carthy|cormack|cormick|donald|dougall|dowell|farlane|gregor|innes|intosh|intyre|iver"
    r"|kenzie|kinlay|kinnon|lachlan|laren|lean|leod|millan|neil|pherson|quarrie|taggart)"
)
_SYLLABLES = frozenset(["CH", "DZH", "KH", "PH", "SH", "TH", "TS", "YA", "YE", "YO", "YU", "ZH"])
_SHORT_GIVEN_NAMES = """
    ADA ALI AMY ANA ANN ART AVA BEA BEN BOB DAN DEE DON EVA GIL GUS GUY HAL HUW IAN IDA INA IRA IVO
    JAN JAY JIM JOE JON JOY KAI KAY KEN KIM KIT LEA LEE LEN LEO LEV LEX LIN LIZ LOU LUC LUX MAX MAY
    MEG MIA NIR NOA PAM PAT PER PIA RAY REX ROB ROD RON ROY SAM SID SUE TAD TED TIM TOM UNA
    UTE UWE VAL VIC WES YAN ZOE
"""
_SHORT_GIVEN = frozenset(_SHORT_GIVEN_NAMES.split())


def is_capitals(name: str) -> bool:
    """Whether the name has two letters or more and all that have a case are capitals."""
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) > 1 and any(map(str.isupper, letters)) and not any(map(str.islower, letters))


def family(name: str, *, turkish: bool) -> str:
    """Recase a family name in capitals: `O'NEIL`, `MCDONALD`, `VAN DER BERG`, `LOPEZ-BERESTEIN`."""
    *particles, last = name.split(" ")
    words: list[str] = []
    for word in particles:
        small = _lower(word, turkish=turkish)
        is_small = small in _PARTICLES or (
            small.strip("'’") in _AFTER_PARTICLES and "".join(words[-1:]).islower()
        )
        words.append(small if is_small else _surname(word, turkish=turkish))
    return " ".join([*words, _surname(last, turkish=turkish)])


def given(names: str, *, turkish: bool) -> str:
    """Recase given names in capitals, but leave what may be initials: `CHARLES F.`, `AJS`, `B.YU.`."""
    return _WORD.sub(lambda found: _given(found, turkish=turkish), names)


def is_turkish(names: str) -> bool:
    """Whether the name has letters that make its `I` a dotless one."""
    return not _TURKISH.isdisjoint(names)


def looks_like_initials(word: str) -> bool:
    """Whether a word in capitals may be initials: short, or without a vowel after its first letter."""
    return len(word) < 3 or _VOWELS.isdisjoint(unicodedata.normalize("NFD", word[1:]))


def _given(found: re.Match[str], *, turkish: bool) -> str:
    word = found.group()
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    if not is_capitals(word):
        return word
    if "." in (before, after):
        is_name = word in _SYLLABLES or len(word) > 3
    else:
        is_name = word in _SHORT_GIVEN or (len(word) > 3 and not looks_like_initials(word))
    return _title(word, turkish=turkish) if is_name else word


def _surname(name: str, *, turkish: bool) -> str:
    recased = _WORD.sub(lambda found: _part(found.group(), turkish=turkish), name)
    # O'Neil and Dell'Aquila, but Ma'ayan: the apostrophe after two letters stands inside of a word.
    return re.sub(r"\b\w\w['’]\w", lambda found: found.group().capitalize(), recased)


def _part(word: str, *, turkish: bool) -> str:
    recased = _title(word, turkish=turkish)
    if re.match(r"Mc\w{2}", recased):
        return f"Mc{recased[2].upper()}{recased[3:]}"
    if _MAC.match(recased):
        return f"Mac{recased[3].upper()}{recased[4:]}"
    # The Dutch letter IJ, which stands before a consonant; Ijaz is no Dutchman.
    return f"IJ{recased[2:]}" if re.match(r"Ij[^\Waeiou]", recased) else recased


def _title(word: str, *, turkish: bool) -> str:
    return word[:1].upper() + _lower(word[1:], turkish=turkish)


def _lower(word: str, *, turkish: bool) -> str:
    dotless = word.replace("I", "ı") if turkish else word
    return dotless.replace("İ", "i").lower()
