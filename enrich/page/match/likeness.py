"""Compares texts as people write them: titles by letters, family names without diacritics and particles."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from enrich.page.match import thresholds


def words(text: str) -> frozenset[str]:
    """Return the words of `text` as a set."""
    return frozenset(text.split())


_PLAIN: Final = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})
_SPELT: Final = (
    "ß:ss æ:ae œ:oe ø:o đ:d ð:d þ:th ł:l ı:i ħ:h α:alpha β:beta γ:gamma δ:delta ε:epsilon κ:kappa λ:lambda"
    " μ:mu π:pi σ:sigma τ:tau φ:phi χ:chi ψ:psi ω:omega"
)
_LETTERS: Final = str.maketrans({pair[0]: pair[2:] for pair in words(_SPELT)})
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_COMBINING: Final = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]+")
_NOT_WORD: Final = re.compile(r"[\W_]+")
_NUMBER: Final = re.compile(r"\d+")
_WIDE: Final = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_ROMAN: Final = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
}
_COUNTED: Final = frozenset(
    {"part", "type", "phase", "volume", "section", "chapter", "teil", "partie", "часть"}
)

PARTICLES: Final = words(
    "af al am an ap ben bin da dal dalla das de degli dei del della der den des di do dos du el ibn la"
    " las le les lo los mac mc o op st san santa ten ter to van vande vanden vander vom von y zu zum zur"
)
# Short words that a typing error makes no other word of meaning from, as it makes `rat` from `at`.
_JOINING: Final = words("and for from in of the with und der die das les des")
_WITHDRAWN: Final = re.compile(r"^(?:retracted|withdrawn)(?: article| paper)? ")
_NOTICE: Final = re.compile(
    r"^(?:author |publisher )?(?:correction|corrigend\w+|errat\w+|retraction|withdrawal|addendum|letter|"
    r"expression of concern|comments?|commentary|reply|response|re|in reply|discussion|editorial comment|"
    r"peer review|review \d+|review for)\b"
)
_NOTICE_INSIDE: Final = re.compile(
    r"\b(?:corrections? (?:to|of)|corrigend\w+|errat\w+|retraction (?:of|notice)|expression of concern|"
    r"reply to|comment on|peer review|review for)\b"
)
_NOTICE_ENDS: Final = ("correction", "addendum", "comment", "commentary", "reply", "response")


def fold(text: str) -> str:
    """Return the words of `text` in lower case, without diacritics and punctuation, a space between them."""
    if text.isascii():
        return " ".join(text.lower().translate(_PLAIN).split())
    marked = unicodedata.normalize("NFKD", text).casefold()
    return _NOT_WORD.sub(" ", _COMBINING.sub("", marked).translate(_LETTERS)).strip()


def without_mark(folded: str) -> str:
    """Return a folded title without the mark that a retracted paper's title begins with."""
    return _WITHDRAWN.sub("", folded)


def weigh(folded: str) -> int:
    """Return how much a folded text says, in letters of an alphabet: a Chinese sign says as much as three."""
    letters = len(folded) - folded.count(" ")
    return letters if folded.isascii() else letters + 2 * len(_WIDE.findall(folded))


def ratio(one: str, other: str, cutoff: float = 0) -> float:
    """Return how alike two folded texts are (0 to 100), whatever their spaces; 0 where it is below `cutoff`.

    Spaces do not count, since markup leaves words glued or torn; nor does the words' order.
    """
    letters = fuzz.ratio(one.replace(" ", ""), other.replace(" ", ""), score_cutoff=cutoff)
    return max(letters, fuzz.token_sort_ratio(one, other, score_cutoff=max(cutoff, letters)))


def is_same_title(page: str, registry: str, whole: str = "") -> bool:
    """Tell whether a folded line of a page is a folded title of the registry: whole, cut, or with more.

    `whole` is the registry's whole title where `registry` is a part of it: their numbers must not contradict.
    """
    if page == registry:
        return bool(page)
    page, registry = without_mark(page), without_mark(registry)
    if not page or not registry or is_notice(page) != is_notice(registry):
        return False
    alike = ratio(page, registry, thresholds.TITLE_ALIKE) >= thresholds.TITLE_ALIKE
    if not (alike or _is_cut(page, registry) or is_inside(registry, page)):
        return False
    return not _differ_in_number(page, whole or registry)


def is_title_in(title: str, text: str) -> bool:
    """Tell whether a folded title stands in the folded text of a citation, and no correction's."""
    title = without_mark(title)
    if not is_inside(title, text) or not _numbers(title) <= _numbers(text):
        return False
    if is_notice(title):
        return title.replace(" ", "") in text.replace(" ", "")
    return not _NOTICE_INSIDE.search(text) and not text.partition(title)[0].rstrip().endswith(_NOTICE_ENDS)


def is_inside(title: str, text: str) -> bool:
    """Tell whether a folded title stands whole in a longer folded text, typing errors allowed."""
    tight, around = title.replace(" ", ""), text.replace(" ", "")
    if len(around) < len(tight) * 0.9 or weigh(title) < thresholds.TITLE_CONTAINED:
        return False
    if tight in around:
        return True
    if weigh(title) < thresholds.TITLE_CUT:
        return False
    cutoff = thresholds.TITLE_INSIDE_ALIKE
    return fuzz.partial_ratio(tight, around, score_cutoff=cutoff) >= cutoff


def is_akin(page: str, registry: str) -> bool:
    """Tell whether two folded titles have so much in common that they need not be of two papers."""
    low = thresholds.TITLE_OTHER
    if ratio(page, registry, low) >= low:
        return True
    inside = thresholds.TITLE_PART_ALIKE
    return fuzz.partial_ratio(page.replace(" ", ""), registry.replace(" ", ""), score_cutoff=inside) >= inside


def is_typo(one: str, other: str) -> bool:
    """Tell whether two words are one but for a typing error: a letter more, less, other, or two changed about."""
    if one == other:
        return True
    if max(len(one), len(other)) < thresholds.WORD_TYPO and _JOINING.isdisjoint((one, other)):
        return False
    return one.isalpha() and other.isalpha() and OSA.distance(one, other, score_cutoff=1) <= 1


def is_notice(folded: str) -> bool:
    """Tell whether a folded title is that of a correction, reply or review: it repeats another's."""
    return _NOTICE.match(folded) is not None


def _is_cut(page: str, registry: str) -> bool:
    tight, whole = page.replace(" ", ""), registry.replace(" ", "")
    enough = len(tight) >= thresholds.TITLE_CUT or (
        weigh(page) >= thresholds.TITLE_CONTAINED and len(tight) >= thresholds.TITLE_CUT_SHARE * len(whole)
    )
    if not enough or len(tight) >= len(whole):
        return False
    cutoff = thresholds.TITLE_INSIDE_ALIKE
    return fuzz.ratio(tight, whole[: len(tight)], score_cutoff=cutoff) >= cutoff


def _differ_in_number(page: str, registry: str) -> bool:
    """Part 1 and part 2, review #1 and review #2: alike by letters, and not the same."""
    ours, theirs = _numbers(page), _numbers(registry)
    return not (ours <= theirs or theirs <= ours)


def _numbers(folded: str) -> set[str]:
    numbers = set(_NUMBER.findall(folded))
    words = folded.split()
    last = len(words) - 1
    for place, word in enumerate(words):
        if word in _ROMAN and place and (len(word) > 1 or place == last or words[place - 1] in _COUNTED):
            numbers.add(_ROMAN[word])
    return numbers


def families(family: str) -> tuple[str, ...]:
    """Return the folded forms that a family name takes on pages: `von Müller` as muller and mueller."""
    is_plain = family.isascii()
    plain = family.lower() if is_plain and family.isalpha() else _without_particles(fold(family))
    if is_plain:
        other = plain.replace("ue", "u").replace("oe", "o").replace("ae", "a")
    else:
        other = _without_particles(fold(family.casefold().translate(_GERMAN)))
    return (plain,) if plain == other else (plain, other)


def _without_particles(folded: str) -> str:
    words = folded.split()
    while len(words) > 1 and words[0] in PARTICLES:
        del words[0]
    return " ".join(words)


def script(text: str) -> str:
    """Return the script that most letters of `text` are in, as Unicode names it (`CJK`), or nothing."""
    if text.isascii():
        return "LATIN" if any(map(str.isalpha, text)) else ""
    counts: dict[str, int] = {}
    for mark in text[:200]:
        if mark.isalpha():
            name = "LATIN" if mark.isascii() else unicodedata.name(mark, "OTHER").partition(" ")[0]
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=counts.__getitem__) if counts else ""
