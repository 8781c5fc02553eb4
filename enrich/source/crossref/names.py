"""One contributor of a record, named as print would name them: a person or a group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from enrich.model.work import Author, Group
from enrich.source.crossref import casing
from enrich.source.crossref.text import is_junk, text

Person = Author | Group

_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_SUFFIX = re.compile(r"(.*?\w\.?)(?:,\s*|\s+)(Jr\.?|JR\.?|jr\.?|Sr\.?|SR\.?|II|III|IV|2nd|3rd)")
_DEGREES = r"(?:Ph\.? ?D|M\.? ?D|M\.? ?Sc|B\.? ?Sc|MPH|MBBS|D\.? ?Phil|DVM|FRCP|RN|Dr|Prof)\.?"
_DEGREE = re.compile(rf"(?:{_DEGREES}[ ,]*)+", re.IGNORECASE)
_DEGREE_AFTER = re.compile(rf"(?:(?:, ?| ){_DEGREES})+$")
_DEGREE_BEFORE = re.compile(r"^(?:(?:Dr|Prof|Professor)\.? )+(?=\w)")
_INITIALS = re.compile(r"[^\W\d_](?:\.[ -]?[^\W\d_])*\.?")
_INITIALS_LAST = re.compile(r"(?!II)(?:[A-Z]\.?-?){1,3}(?<!IV)")
_ON_BEHALF = re.compile(r"(?:and |on behalf of |for )*(?:the|and|on behalf of|for)", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(?:academy|administration|agency|association|board|bureau|cent(?:er|re)|clinic|collaborati(?:on|ve)"
    r"|college|commission|committee|company|consortium|council|department|faculty|federation|foundation"
    r"|gesellschaft|group|hospital|initiative|institut[eo]?|investigators|laborator(?:y|ies)|minist\w+|network"
    r"|organi[sz]ation|panel|program(?:me)?|project|school|service|sociedad|société|society|staff|study|survey"
    r"|team|trust|union|universi\w+|workshop)\b",
    re.IGNORECASE,
)
_SHOUTED_MAC = re.compile(r"\b(Ma?c)([A-Z]{3,})\b")
_SHORT_NAME = 4
# CSL's parts of a family name.
_PARTICLES = ("dropping-particle", "non-dropping-particle")


def is_organisation(name: str) -> bool:
    """Whether a name has a word that people's names do not have."""
    return _ORGANISATION.search(name) is not None


def person(item: Mapping[str, object], *, shouting: bool) -> Person | None:
    """Return who a contributor is, or None without a name. `shouting`: the record's names are in capitals."""
    family, given = family_name(item), _name(item.get("given"))
    if not family and not given:
        group = text(item.get("name")) or text(item.get("literal"))
        return Group(group) if group else None
    named = _parted(given, family)
    if isinstance(named, Group):
        return named
    suffix = text(item.get("suffix"))
    orcid = _ORCID.search(text(item.get("ORCID")))
    named = replace(
        named,
        suffix=named.suffix or ("" if _DEGREE.fullmatch(suffix) else suffix),
        orcid=orcid.group() if orcid else "",
    )
    return _recased(named, shouting=shouting)


def family_name(item: Mapping[str, object]) -> str:
    """Return the family name as it was deposited, with the particles that CSL keeps apart."""
    particles = filter(None, (text(item.get(key)) for key in _PARTICLES))
    return " ".join([*particles, _name(item.get("family"))]).strip()


def _name(value: object) -> str:
    """Return a name without degrees, marks of footnotes and stray separators at its ends."""
    name = _DEGREE_BEFORE.sub("", _DEGREE_AFTER.sub("", text(value).strip(" ,;*†‡§¶")))
    name = re.sub(r"\b([OD])(['’]) (?=[A-Z])", r"\1\2", name)
    return "" if is_junk(name) else name


def _parted(given: str, family: str) -> Person:
    """Return the two names, parted anew where the whole name stands in one of them."""
    if given and family:
        if _ON_BEHALF.fullmatch(given) and is_organisation(family):
            return Group(family)
        return _suffixed(given, family)
    whole = given or family
    if not given and casing.is_capitals(whole) and " " not in whole and len(whole) <= _SHORT_NAME:
        return Author(whole, "") if "." in whole else Group(whole)
    if _INITIALS.fullmatch(whole):
        return Author(whole, "")
    if is_organisation(whole) or whole.lower().startswith("the ") or len(whole.split()) > 6:
        return Group(whole)
    first, comma, last = whole.partition(", ")
    if comma and "," not in last and not _SUFFIX.fullmatch(whole):
        return _suffixed(last, first)
    return _suffixed(*_before_the_family(whole))


def _before_the_family(whole: str) -> tuple[str, str]:
    """Part `Willem A. van der Berg` before its family name: the last word, with the particles before it.

    In `Berg WA` the family name stands first.
    """
    words = whole.split(" ")
    if len(words) > 1 and _INITIALS_LAST.fullmatch(words[-1]) and len(words[0]) > 2:
        return words[-1], " ".join(words[:-1])
    plain = _SUFFIX.fullmatch(whole)
    place = len(plain[1].split(" ") if plain else words) - 1
    while place > 1 and words[place - 1].islower():
        place -= 1
    return " ".join(words[:place]), " ".join(words[place:])


def _suffixed(given: str, family: str) -> Author:
    found = _SUFFIX.fullmatch(family)
    return Author(given, found[1].rstrip(","), found[2]) if found else Author(given, family)


def _recased(one: Author, *, shouting: bool) -> Author:
    suffix = one.suffix.title() if one.suffix.upper().rstrip(".") in {"JR", "SR"} else one.suffix
    if not _is_to_recase(one.family, shouting=shouting):
        family = _SHOUTED_MAC.sub(lambda found: found[1] + found[2].title(), one.family)
        return replace(one, family=family, suffix=suffix)
    turkish = casing.is_turkish(one.given + one.family)
    return replace(
        one,
        given=casing.given(one.given, turkish=turkish),
        family=casing.family(one.family, turkish=turkish),
        suffix=suffix,
    )


def _is_to_recase(family: str, *, shouting: bool) -> bool:
    """Whether a family name in capitals is shouted; a short one may be initials set last (`Swetha MG`)."""
    core = " ".join(word for word in family.split(" ") if not word.islower())
    if not casing.is_capitals(core) or re.search(r"\w\.\w", core):
        return False
    letters = sum(map(str.isalpha, core))
    return shouting or letters > 3 or (letters == 3 and not casing.looks_like_initials(core))
