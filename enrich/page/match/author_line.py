"""Reads lines that list authors: `Smith J, et al.`, `Huiqing Gang 1, Wei Xia 2`, `Gang, H., & Li, Y.`"""

from __future__ import annotations

import re
from typing import Final

from enrich.page.match import likeness

LONGEST: Final = 1000
"""Letters of an author line that are kept: about fifty names, more than a judgement needs."""

_SHAPE: Final = 400
"""Letters of a line that show whether it lists authors."""

_LABEL: Final = re.compile(
    r"^(?:by|authors?(?:\(s\))?|autor(?:en|es|in)?|auteurs?|von|par|авторы?)\s*:?\s+(?=\S)", re.I
)
_PARTING: Final = re.compile(r"[,;|•·&、，；]|\s(?:and|und|et|y|e|и|with)\s|\.{3}|…")
_ET_AL: Final = re.compile(
    r"\bet\.?\s+al\b\.?|\band (?:others|colleagues)\b|\bи др\b\.?|\bu\.\s?a\.|等", re.I
)
_MARKS: Final = re.compile(r"[\d*†‡§¶#✉^()\[\]⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜ]+")
_INITIALS: Final = re.compile(r"[^\W\d_a-z]{1,3}|(?:[^\W\d_a-z]\.-?){1,4}")
_BEHIND: Final = re.compile(r"(?:[^\W\d_a-z]\.?[ -]?){1,3}|(?:[^\W\d_]\.[ -]?){1,5}[^\W\d_]?")
_NUMBERED: Final = re.compile(r"([^\W\d_][^\d,;:]{3,60}?)\s?\d(?:[ ,]+\d){0,4}")
_SERIES: Final = likeness.words(
    "part phase type table figure chapter section stage grade level number no day"
)
_DEGREES: Final = likeness.words(
    "md phd msc bsc mph dr prof ms ma ba mbbs rd rn dds dvm mba scd drph frcp facp mrcp frcpc pharmd jr"
    " sr ii iii iv edd dsc md-phd do bs mha mbchb meng"
)
_NAMES_TOO: Final = likeness.words("ma ba do")
_PLACES: Final = likeness.words(
    "university department hospital school institute center centre college faculty division laboratory"
    " clinic academy universität université institut universidad universidade college medicine sciences"
    " foundation ministry inc ltd copyright abstract background vitamin"
)
_GROUPS: Final = likeness.words(
    "group consortium investigators study collaboration collaborators network committee trial society"
    " association team initiative project arbeitsgruppe organization organisation"
)
Unit = tuple[str, ...]


def is_one(text: str) -> bool:
    """Tell whether a line lists authors: two names or more, or one that is marked as a name."""
    start = text[:_SHAPE]
    if not start or start[-1] in ":?!" or "%" in start or "=" in start or is_sentence(start):
        return False
    label = _LABEL.match(start)
    bare = start[label.end() :] if label else start
    cut = _ET_AL.search(bare)
    if cut and len(bare) - cut.end() > 3 and bare[cut.end()] not in ",;":
        return False
    pieces = _PARTING.split(_MARKS.sub(" ", bare[: cut.start()] if cut else bare))
    if len(text) > _SHAPE:
        pieces.pop()
    return _are_names(pieces, marked=label is not None or cut is not None)


def is_numbered(text: str) -> bool:
    """Tell whether a line is one name with the numbers of its addresses: `Ying Dai 1`, `Ana M. Silva 1 2`."""
    found = _NUMBERED.fullmatch(text)
    return found is not None and is_name(found[1])


def is_name(text: str) -> bool:
    """Tell whether a text may be one person's name and nothing else; two words in capitals may be, too."""
    words = text.split() if text[:1].isalpha() else []
    lowered = {word.lower().strip(".") for word in words}
    return 1 < len(words) <= 4 and _is_name(words) and lowered.isdisjoint(_PLACES | _GROUPS | _SERIES)


def is_sentence(text: str) -> bool:
    """Tell at a glance whether most of the first words are written small, as in running text."""
    words = text[:80].split()
    return len(words) > 6 and 2 * sum(word[0].islower() for word in words) > len(words)


def _are_names(pieces: list[str], *, marked: bool) -> bool:
    names = firm = others = 0
    for piece in pieces:
        words = _without_degrees(piece.split())
        if not words:
            continue
        lowered = [word.lower().strip(".") for word in words]
        if not _PLACES.isdisjoint(lowered):
            break
        if names and _are_initials(" ".join(words)):
            firm = min(firm + 1, names)
            marked = marked or names == 1
        elif _is_name(words):
            names += 1
            firm += len(words) > 1 or not words[0][0].isascii()
        elif _GROUPS.isdisjoint(lowered):
            others += 1
    if names == 1 and not others:
        return marked or (firm == 1 and _has_initials(pieces[0]))
    return names > 1 and others * 4 <= names and (firm * 2 >= names if names > 2 or marked else firm == names)


def _without_degrees(words: list[str]) -> list[str]:
    """Take degrees off a name; behind a lone family name they are initials: `Freitas MS`."""
    left = [word for word in words if not _is_degree(word)]
    return words if len(left) == 1 and len(words) == 2 and words[0] == left[0] else left


def _is_degree(word: str) -> bool:
    """Tell whether a word is a degree; `Ma`, `Ba` and `Do` are family names."""
    bare = word.strip(".-")
    folded = bare.lower()
    return folded in _DEGREES and (folded not in _NAMES_TOO or bare.isupper())


def _is_name(words: list[str]) -> bool:
    if len(words) > 6:
        return False
    capital = False
    for word in words:
        bare = word.strip(".-'’")
        if not bare or not bare[0].isalpha():
            return False
        if bare[0].islower():
            if len(bare) == 1 and word.endswith("."):
                continue
            if bare not in likeness.PARTICLES and "'" not in bare and "’" not in bare:
                return False
        else:
            capital = capital or len(bare) > 1
    return capital


def _are_initials(text: str) -> bool:
    return _BEHIND.fullmatch(text) is not None and text[0].isupper()


def _has_initials(piece: str) -> bool:
    """Tell whether a name has initials (`Smith JA`, `J. Smith`, `Ann B. Smith`) and a word beside them."""
    words = piece.split()
    initials = [word for word in words if _INITIALS.fullmatch(word)]
    return 0 < len(initials) < len(words) and not piece.isupper()


def bare(text: str) -> str:
    """Return an author line without its label, cut to what is kept."""
    label = _LABEL.match(text)
    return text[label.end() if label else 0 :][:LONGEST].strip()


def units(text: str) -> tuple[Unit, ...]:
    """Return the names of an author line as folded words; initials behind a comma join their family name."""
    cut = _ET_AL.search(text)
    joined: list[Unit] = []
    for piece in _PARTING.split(_MARKS.sub(" ", text[: cut.start()] if cut else text)):
        bare = " ".join(word for word in piece.split() if not _is_degree(word))
        words = tuple(likeness.fold(bare).split())
        if words and joined and _are_initials(piece.strip()):
            joined[-1] += words
        elif words:
            joined.append(words)
    return tuple(joined)
