"""What registries hold beside a paper: errata, preprints, comments, sequels, and papers of the same people."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bench.cited import Cited, doi_of
from enrich.model.work import Work

Raw = Mapping[str, object]

# Another last word, which a title cut short leaves out, or another vowel in the longest one: nitrate, nitrite.
_OTHERS: Final = (("seabirds", "aeiou"), ("earthworms", "uoiea"))
_LEAST: Final = 4
_APART: Final = 40


def decoys(raw: Raw, work: Work) -> Iterator[Raw]:
    """Yield the records that quote a paper's title, and one more paper of its people."""
    again = _again(raw)
    doi = str(doi_of(work))
    yield {**again, "DOI": f"{doi}.erratum", "title": [f"Erratum to: {work.title}"], "page": "9001"}
    yield {
        "DOI": f"{doi}.preprint", "title": [work.title], "author": raw.get("author"), "issued": raw.get("issued"),
        "type": "posted-content",
    }  # fmt: skip
    yield {**again, "DOI": f"{doi}.comment", "title": [f"Comment on “{work.title}”"], "page": "9002"}
    yield {**again, "DOI": f"{doi}.sequel", "title": [f"{work.title}. Part II"], "page": "9003"}
    yield {
        **again,
        "DOI": f"{doi}.other",
        "title": ["Another matter that the same people wrote of"],
        "page": "9004",
    }


def neighbour(raw: Raw, work: Work) -> Raw:
    """Return a paper by the same people in the same volume, whose title differs in a word or in one letter."""
    title, page = _about(work.title, *_OTHERS[0]), _later(work.pages or work.article_number, _APART)
    return {**_again(raw), "DOI": f"{doi_of(work)}.neighbour", "title": [title], "page": page}


def cited_neighbour(it: Cited) -> Cited:
    """Return how a page cites a third such paper, which is in no registry."""
    title = _about(it.title, *_OTHERS[1])
    return replace(it, heading=title, title=title, page=_later(it.page, 2 * _APART))


def at_neighbour(it: Cited, _: random.Random) -> Cited:
    """Return a citation with the page of the neighbour that the registry has, as a slip in copying makes it."""
    return replace(it, page=_later(it.page, _APART))


def _again(raw: Raw) -> dict[str, object]:
    kept = ("author", "issued", "container-title", "short-container-title", "volume", "issue", "type")
    return {key: raw[key] for key in kept if key in raw}


def _later(page: str, by: int) -> str:
    """Move a first page or article number on; journals whose every paper begins at 1 have no other."""
    first = re.search(r"\d+", page)
    if first is None or int(first[0]) == 1:
        return page
    return f"{page[: first.start()]}{int(first[0]) + by:0{len(first[0])}}"


def _about(title: str, matter: str, vowels: str) -> str:
    """Change one word of a title, in every second one only a letter of it: each vowel becomes the next."""
    words = title.split()
    long = [place for place, word in enumerate(words) if len(word.strip(".,:?!")) >= _LEAST]
    if not long:
        return f"{title} of {matter}"
    place, put = long[-1], matter
    if len(title) % 2:
        place = max(long, key=lambda each: len(words[each]))
        put = _with_other_vowel(words[place], vowels) or matter
    return " ".join([*words[:place], put, *words[place + 1 :]])


def _with_other_vowel(word: str, vowels: str) -> str:
    inner = [place for place, letter in enumerate(word) if place and letter in vowels]
    if not inner:
        return ""
    place = inner[len(inner) // 2]
    other = vowels[(vowels.index(word[place]) + 1) % len(vowels)]
    return word[:place] + other + word[place + 1 :]
