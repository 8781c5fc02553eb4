"""A work's title, with its subtitle where it is one, and the further titles that pages may give it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from enrich.source.crossref.text import every

_WORD = re.compile(r"\w+(?:['’]\w+)*")
# What a journal prints over an article, not what the article is called.
_RUBRICS = """
    article, brief communication, brief report, case report, case reports, commentary, correspondence,
    editorial, editorials, letter, letter to the editor, letters, news, original article, original paper,
    original research, original research article, research article, research paper, review, review article,
    short communication, short report
"""
_LABELS = frozenset(" ".join(_RUBRICS.split()).split(", "))
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "by",
        "de",
        "der",
        "die",
        "for",
        "from",
        "in",
        "la",
        "of",
        "on",
        "the",
        "to",
        "und",
        "with",
    ]
)
# How much of a text must stand in the title for it to be the title's short form, as running heads have it.
# A text in capitals beside a title that is not is one already at half.
_RUNNING_HEAD, _RUNNING_HEAD_IN_CAPITALS = 0.8, 0.5
_FEWEST_WORDS = 3
_RETRACTED = re.compile(r"\W*(?:retracted|withdrawn)(?: article)?\s*[])}:–—-]\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Titles:
    """The title as it is written, and the other forms, none twice."""

    title: str
    others: tuple[str, ...]


def titles(record: Mapping[str, object]) -> Titles:
    """Return the record's titles; the first one leads, the original one where there is no other."""
    given = (*every(record.get("title")), *every(record.get("original-title")))
    if not given:
        return Titles("", every(record.get("short-title")))
    main = full = given[0]
    heads: list[str] = []
    for subtitle in every(record.get("subtitle")):
        if _holds(full, subtitle) or _is_label(subtitle):
            continue
        if _is_running_head(subtitle, main):
            heads.append(subtitle)
        else:
            full = _with_subtitle(full, subtitle)
    forms = [main, *given[1:], *every(record.get("short-title")), *heads]
    forms += [_RETRACTED.sub("", form, count=1) for form in (full, main) if _RETRACTED.match(form)]
    return Titles(full, tuple(dict.fromkeys(form for form in forms if form and form != full)))


def _with_subtitle(title: str, subtitle: str) -> str:
    if _holds(subtitle, title):
        return subtitle
    ended = title.rstrip(" :")
    return f"{ended} {subtitle}" if ended.endswith((".", "?", "!", "…", "—", "–")) else f"{ended}: {subtitle}"


def _holds(one: str, other: str) -> bool:
    """Whether all words of the other text stand in the one, in a row."""
    return f" {' '.join(_words(other))} " in f" {' '.join(_words(one))} "


def _is_label(subtitle: str) -> bool:
    """Whether it is the name of a rubric, or a number and no words at all."""
    return " ".join(_words(subtitle)) in _LABELS or not any(map(str.isalpha, subtitle))


def _is_running_head(subtitle: str, title: str) -> bool:
    words = [_stem(word) for word in _words(subtitle) if word not in _SMALL_WORDS]
    known = {_stem(word) for word in _words(title)}
    share = sum(word in known for word in words) / max(len(words), 1)
    if subtitle.isupper() and not title.isupper():
        return share >= _RUNNING_HEAD_IN_CAPITALS
    return share >= _RUNNING_HEAD and len(words) >= _FEWEST_WORDS and not _holds(subtitle, title)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _stem(word: str) -> str:
    return word.removesuffix("s")
