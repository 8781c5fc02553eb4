"""Compares titles word by word, where the title must name the paper: no letter may change the meaning.

`title_match` asks whether a known work may be meant, and forgives more; here a work is sought by its title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from enrich.model.claims import Claims
from enrich.model.work import Work
from enrich.page.match import citation_line, likeness, thresholds

Wording = Literal["same", "typed", "part", "series", "akin", "other", "unknown"]
"""How a page's title reads beside a work's: `typed` differs by what may be typing errors, or may be nitrate for
nitrite; a `part` is its beginning, or all of it and more; a `series` is a part that leaves out a number (Part II);
`unknown` where there is none, or none in the same script."""

_ORDER: Final[tuple[Wording, ...]] = ("same", "typed", "part", "series", "akin", "other", "unknown")
_BEGUN: Final = re.compile(r"^(?:the|an?) ")
_DIGITS: Final = re.compile(r"\d+")
_ARTICLES: Final = ("the", "a", "an")
_ABOUT_ANOTHER: Final = likeness.words(
    "addendum comment commentary comments correction corrections corrigenda corrigendum discussion editorial"
    " errata erratum notice rebuttal rejoinder reply retracted retraction withdrawal withdrawn"
)
_COUNTS: Final = likeness.words("part parts i ii iii iv v vi vii viii ix x teil partie one two three four")


def compare(claims: Claims, work: Work) -> Wording:
    """Return the best that any title line of the page says beside any form of the work's title."""
    forms = [_fold(title) for title in (work.title, *work.other_titles) if title]
    lines = [_fold(line) for line in (*claims.titles, claims.heading) if line]
    if not forms or not forms[0] or not lines:
        return "unknown"
    found = [_compare(line, form, forms[0]) for line in lines for form in forms if line and form]
    best: Wording = min(found, key=_ORDER.index, default="unknown")
    if best == "other" and likeness.script(work.title) != likeness.script(
        " ".join((*claims.titles, claims.heading))
    ):
        return "unknown"
    return best


def _fold(title: str) -> str:
    """Fold a title, on both sides without the ISBN of a reviewed book: a page's line has lost it already."""
    return likeness.without_mark(likeness.fold(citation_line.without_identifiers(title)))


def _compare(line: str, form: str, whole: str) -> Wording:
    if _is_same(line, form) or _is_typed(line, form):
        if form != whole:
            return _part(form, whole)
        return "same" if _is_same(line, form) else "typed"
    short, long = sorted((line, form), key=len)
    if _begins(short, long):
        return _part(short, long if long != form else whole)
    if _is_notice(line, form) or _is_notice(form, line):
        return "other"
    return "akin" if likeness.is_akin(line, form) else "other"


def _is_notice(one: str, other: str) -> bool:
    """Tell whether a title is about a paper of the other one's name, as an erratum is."""
    return not _ABOUT_ANOTHER.isdisjoint(set(one.split()) - set(other.split()))


def _part(short: str, whole: str) -> Wording:
    """Judge what a part leaves out: a number makes it a series, `reply` another paper."""
    rest = [word for word in whole.split() if word not in short.split()]
    if not _ABOUT_ANOTHER.isdisjoint(rest):
        return "other"
    return "series" if any(word in _COUNTS or not word.isalpha() for word in rest) else "part"


def _is_same(ours: str, theirs: str) -> bool:
    """Tell whether two folded titles have the same letters, but for a few that changed places with the next."""
    tight, other = ours.replace(" ", ""), theirs.replace(" ", "")
    if tight == other or _BEGUN.sub("", ours).split() == _BEGUN.sub("", theirs).split():
        return True
    if sorted(tight) != sorted(other) or _DIGITS.findall(tight) != _DIGITS.findall(other):
        return False
    most = thresholds.TITLE_SWAPS
    return OSA.distance(tight, other, score_cutoff=most) <= most


def _is_typed(ours: str, theirs: str) -> bool:
    """Tell whether two folded titles have the same words, each but for a typing error, in much the same order."""
    cutoff = thresholds.TITLE_ALIKE
    alike = fuzz.ratio(ours.replace(" ", ""), theirs.replace(" ", ""), score_cutoff=cutoff)
    return alike >= cutoff and _are_same_words(ours.split(), theirs.split())


def _are_same_words(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    left, right = (
        [word for word in (Counter(one) - Counter(other)).elements() if word not in _ARTICLES]
        for one, other in ((ours, theirs), (theirs, ours))
    )
    for word in tuple(left):
        twin = next((other for other in right if likeness.is_typo(word, other)), None)
        if twin is not None:
            left.remove(word)
            right.remove(twin)
    # What markup glued or tore (`25(OH)D`, `25OHD`) is still the same letters.
    return "".join(left) == "".join(right)


def _begins(short: str, long: str) -> bool:
    """Tell whether a title is, letter by letter, the beginning of a longer one, and long enough to tell."""
    letters, whole = len(short.replace(" ", "")), len(long.replace(" ", ""))
    enough = letters >= thresholds.TITLE_CUT or letters >= thresholds.TITLE_CUT_SHARE * whole
    if not enough or likeness.weigh(short) < thresholds.TITLE_CONTAINED:
        return False
    ours, theirs = short.split(), long.split()
    if len(ours) > len(theirs):
        return False
    *body, last = zip(ours, theirs, strict=False)
    return all(word == other for word, other in body) and last[1].startswith(last[0])
