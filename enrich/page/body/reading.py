"""DOIs as pages spell them: where each stands in a text or an address, and which DOIs it may mean."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from enrich.model.identifier import Doi, unescaped, without_loose_end
from enrich.page.body import publisher
from enrich.page.body.broken import extension
from enrich.page.body.ending import is_glued, suffixes
from enrich.page.body.publisher import Carrier

MOST = 4
_LONGEST = 250

_START = re.compile(
    r"(?<!\d)10(?:[^\S\t]{0,2}\.[^\S\t]{0,2}|%2e)\d{4,9}(?:\.\d{1,9}){0,4}[^\S\t]{0,2}(?:/|%(?:25)*2f)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"""[\s"“”„‟«»‹›‘’`|…—―\x00-\x1f\x7f]|</?[A-Za-z]{1,12}[\s/>]|https?://|doi:|doi\.org/|\\(?![!-/:-@\[-_{-~])"""
    r"""|[,;&+]+(?=(?:doi)?:?10\.\d{4})|[‐‑‒–−](?![A-Za-z0-9])""",
    re.IGNORECASE,
)
# What most links carry: a DOI behind the resolver, with nothing to weigh but a full stop.
_PLAIN = re.compile(
    r"https?://(?:dx\.|www\.)?doi\.org/(10\.\d{4,9}/[\w./-]*[A-Za-z0-9])(\.?)",
    re.ASCII,
)
_BRACKET = re.compile(r"[()\[\]{}<>]")
_OPENER_OF = {")": "(", "]": "[", "}": "{", ">": "<"}
_DASH = re.compile(r"[‐‑‒–−]")
_DASH_OF_PROSE = re.compile(r"[‒–−](?!\d)")
_SPACE = re.compile(r"\s+")
# A link may underlie a part of the DOI only: `[10.1016/S0140-6736](...)(05)67728-8`.
_GOES_ON = re.compile(r"[(<\-/_:]\w*\d|\)?[-.]\d")
# A registrant in pieces is one only in front of what looks like a suffix, since `10. 2019/20` is not.
_MARKED = re.compile(r"(?=.*\d)(?=.*[A-Za-z.\-()]).{5}")
# 05.10.2022/06.10.2022 is a pair of days, 10.2022/11.2022 one of months.
_DATES = re.compile(r"10\.(?:19|20)\d\d/\d\d?\.(?:\d\d?\.)?(?:(?:19|20)\d\d)?(?![\w-])")
_INTRODUCED = re.compile(r"\bdoi\W{0,4}$", re.IGNORECASE)
_ENTITY = re.compile(r"&\w+;")
_CUT_SICI = re.compile(r"\(SICI\)(?!.*>\d\.\d\.CO;2)", re.IGNORECASE)
_STRAY = dict.fromkeys(")]}>", "stray bracket") | {
    ".": "stray full stop",
    ",": "stray comma",
    "/": "stray slash",
}


class Sighting(NamedTuple):
    """A DOI in a text: its spelling from `start` to `end`, its readings, what was mended for the first."""

    start: int
    end: int
    readings: tuple[Doi, ...]
    damaged: str


class _Spelling(NamedTuple):
    """A suffix, unescaped, that the text up to `end` may spell, and what is mended by taking it so."""

    suffix: str
    end: int
    damage: str


class _Place(NamedTuple):
    """What a DOI stands in: the text before it, its carrier, whether people read it, its `10.registrant/`."""

    before: str
    carrier: Carrier
    visible: bool
    prefix: str

    @classmethod
    def of(cls, text: str, found: re.Match[str], visible: bool) -> _Place:
        carrier = publisher.carrier(text, found.start())
        if carrier == "text" and not visible:
            carrier = "resolver"
        before = text[max(0, found.start() - publisher.LOOK_BACK) : found.start()]
        return cls(before, carrier, visible, _SPACE.sub("", unescaped(found.group())))


def may_hold(text: str) -> bool:
    """Whether anything in `text` begins like a DOI."""
    return _START.search(text) is not None


def in_text(text: str, cuts: Sequence[int] = ()) -> Iterator[Sighting]:
    """Find the DOIs in a text that people read; at `cuts`, in order, other text may begin, glued to a DOI."""
    position = 0
    while found := _START.search(text, position):
        sighting = _sighting(text, found, cuts)
        position = max(found.end(), sighting.end if sighting else 0)
        if sighting:
            yield sighting


def in_address(url: str) -> Sighting | None:
    """Find the DOI that a link's target carries; None where it carries none."""
    plain = _PLAIN.fullmatch(url)
    if plain and not is_glued(plain[1]) and (doi := Doi.parse(plain[1])):
        return Sighting(plain.start(1), plain.end(1), (doi,), _STRAY.get(plain[2], ""))
    found = _START.search(url)
    if found is None or url[: found.start()][-1:].isalnum():
        return None
    place = _Place.of(url, found, visible=False)
    tail = publisher.without_query(url[found.end() : found.end() + _LONGEST], "?" in place.before)
    end = found.end() + len(tail)
    sighting = _weighed(url, found, place, _spellings(place, tail, end))
    if sighting is None or sighting.damaged or place.carrier == "publisher" or sighting.end == end:
        return sighting
    return sighting._replace(damaged=_STRAY.get(url[sighting.end], "stray end"))


def _sighting(text: str, found: re.Match[str], cuts: Sequence[int]) -> Sighting | None:
    start, limit = found.end(), found.end() + _LONGEST
    stop = _STOP.search(text, start, limit)
    end = stop.start() if stop else min(limit, len(text))
    place = _Place.of(text, found, visible=True)
    spellings = _spellings(place, text[start:end], end)
    if further := extension(text, start, end):
        joined = _spellings(place, _SPACE.sub("", text[start : further.end]), further.end, "space inside")
        spellings = joined + spellings if further.likely else spellings + joined
    for cut in cuts[bisect_right(cuts, start) : bisect_left(cuts, end)][:MOST]:
        shorter = _spellings(place, text[start:cut], cut)
        spellings = spellings + shorter if _GOES_ON.match(text, cut, end) else shorter + spellings
    sighting = _weighed(text, found, place, spellings)
    return sighting if sighting and _is_meant(place, found, sighting) else None


def _spellings(place: _Place, raw: str, end: int, damage: str = "") -> list[_Spelling]:
    """List what a stretch of text may spell, the likeliest first: spaces joined, dashes hyphens or ends."""
    if place.carrier == "publisher" and place.visible:
        raw = publisher.without_query(raw, "?" in place.before.split()[-1])
    parts = unescaped(raw).split()
    plain = parts[0] if parts else ""
    forms = [(plain, damage)]
    if len(parts) > 1 and extension(" ".join(parts), 0, len(plain)):
        forms.insert(0, ("".join(parts), "space inside"))
    if dash := _DASH.search(plain):
        mended = (_DASH.sub("-", plain), "dash for hyphen")
        forms = (
            [(plain[: dash.start()], damage), mended] if _DASH_OF_PROSE.search(plain) else [mended, *forms]
        )
    return [_Spelling(_balanced(form) if place.visible else form, end, what) for form, what in forms]


def _weighed(
    text: str, found: re.Match[str], place: _Place, spellings: Sequence[_Spelling]
) -> Sighting | None:
    """Collect the readings of all spellings: first the best of each, then the doubtful ones."""
    best: list[tuple[Doi, str, int]] = []
    further: list[Doi] = []
    for spelling in spellings:
        readings = list(_readings(place, spelling))
        best.extend(readings[:1])
        further.extend(doi for doi, _, _ in readings[1:])
    if not best:
        return None
    doi, damage, limit = best[0]
    end = _literal_end(text, found.start(), limit, doi.value)
    dois = tuple(dict.fromkeys([*(doi for doi, _, _ in best), *further]))[:MOST]
    damage = damage or _escape_damage(found, text[found.start() : end], place)
    return Sighting(found.start(), end, dois, damage)


def _readings(place: _Place, spelling: _Spelling) -> Iterator[tuple[Doi, str, int]]:
    for suffix, damage in suffixes(place.before, place.prefix, spelling.suffix, place.carrier, place.visible):
        if suffix and (doi := Doi.parse(place.prefix + suffix)):
            yield doi, spelling.damage or damage, spelling.end


def _is_meant(place: _Place, found: re.Match[str], sighting: Sighting) -> bool:
    """Whether it is a DOI at all: figures in prose can look like one."""
    if place.carrier != "text" or _INTRODUCED.search(place.before):
        return True
    value = sighting.readings[0].value
    if _SPACE.search(found.group()):
        return _MARKED.match(value[len(place.prefix) :]) is not None
    return _DATES.match(value) is None


def _balanced(plain: str) -> str:
    """Cut `plain` at the first bracket that closes one it did not open."""
    open_: list[str] = []
    for bracket in _BRACKET.finditer(plain):
        opener = _OPENER_OF.get(bracket.group())
        if opener is None:
            open_.append(bracket.group())
        elif opener not in open_:
            return plain[: bracket.start()]
        else:
            open_.remove(opener)
    return plain


def _literal_end(text: str, start: int, limit: int, value: str) -> int:
    """Find where the spelling of `value` ends that begins at `start`, as exactly as escapes and gaps let it."""
    at = start
    for character in value:
        while at < limit and text[at].isspace():
            at += 1
        if at >= limit or not (text[at].lower() == character or (character == "-" and _DASH.match(text[at]))):
            return start + len(without_loose_end(text[start:limit].rstrip()))
        at += 1
    return at


def _escape_damage(found: re.Match[str], literal: str, place: _Place) -> str:
    if _SPACE.search(found.group()):
        return "space inside"
    if "%25" in literal:
        return "escaped twice"
    if "%" in literal and place.carrier == "text":
        return "percent signs"
    if _ENTITY.search(literal):
        return "escaped twice" if place.visible else "entity"
    return "cut SICI" if _CUT_SICI.search(literal) else ""
