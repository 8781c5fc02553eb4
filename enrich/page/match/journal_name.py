"""Compares journal names, full or abbreviated word by word as ISO 4 has it (`Am J Clin Nutr`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from enrich.page.match import likeness

_SMALL: Final = likeness.words(
    "a an and of the in on for to at by with from und der die das des fur zur et de du des la le les l"
    " d en y el los e della di i v na o s u"
)
_BRACKET: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_PARTED: Final = re.compile(r"\s*[:;=/]\s+|\s+[-–—]\s+|\s+\.\s+")


def ratio(page: str, registry: str) -> float:
    """Return how alike two journal names are (0 to 100): 100 where one abbreviates the other."""
    best = 0.0
    forms = [likeness.fold(name) for name in _forms(registry)]
    for ours in map(likeness.fold, _forms(page)):
        for theirs in forms:
            if ours == theirs or _abbreviates(ours, theirs) or _abbreviates(theirs, ours):
                return 100.0
            best = max(best, likeness.ratio(ours, theirs))
    return best


def stands_in(registry: str, text: str) -> bool:
    """Tell whether a journal's name of two words or more stands in a folded text."""
    name = likeness.fold(registry)
    return " " in name and f" {name} " in f" {text} "


def _forms(registry: str) -> Iterator[str]:
    """Yield the name, also without its bracket, and the halves of `JAMA: The Journal of the ...`."""
    yield registry
    if registry.replace(" ", "").isalpha():
        return
    bare = _BRACKET.sub(" ", registry).strip()
    yield bare
    yield from (half for half in _PARTED.split(bare) if 2 < len(half) < len(bare))


def _abbreviates(short: str, full: str) -> bool:
    words = [word for word in full.split() if word not in _SMALL] or full.split()
    parts = [part for part in short.split() if part not in _SMALL or len(part) == 1] or short.split()
    if _is_acronym(short, full, words):
        return True
    while len(parts) > len(words) and parts[-1] in {"u", "s", "a", "usa", "us", "uk"}:
        del parts[-1]
    if len(parts) != len(words):
        return False
    return all(_shortens(part, word) for part, word in zip(parts, words, strict=True))


def _is_acronym(short: str, full: str, words: list[str]) -> bool:
    tight = short.replace(" ", "")
    if len(tight) < 3 or len(tight) > 8 or len(words) < 3:
        return False
    return tight in ("".join(word[0] for word in words), "".join(word[0] for word in full.split()))


def _shortens(part: str, word: str) -> bool:
    """Tell whether `nutr` or `ntl` stands for a word: its beginning, or its first and later letters."""
    if word.startswith(part):
        return True
    if len(part) < 3 or part[0] != word[0] or len(part) >= len(word):
        return False
    letters = iter(word)
    return all(letter in letters for letter in part)
