"""Keys that people can type and that stay: `garland2012selenium`, of first author, year and title.

A key is made of its own work alone, so that no paper that joins the site can take over the key of another one. Where
two works come to the same key, both get the first letters of their identifier's digest (`garland2012selenium-k7qd`),
and neither keeps the bare one: a manuscript that cites it then fails loudly, where letters in some order (`a`, `b`)
would make it cite another paper in silence as soon as a third work joins.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from enrich.model.work import Author, Group, Work

# Letters that Unicode does not take apart into a Latin one and a mark.
_LATIN: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Words that say nothing of a paper in a key, the marks of retracted ones among them: those come later.
_SMALL_WORDS: Final = """
    a an and are as at by can do does for from how in into is its of on or the to using via what when which
    who why with das de del der des die du ein eine el en et fur la las le les los uber und une
    article correction erratum paper removed retracted retraction temporary withdrawn
"""
_SMALL: Final = frozenset(_SMALL_WORDS.split())
_LONGEST: Final = 24
_INITIALS: Final = 8
# Letters of a digest that tell rivals apart, at first.
_FEWEST: Final = 4


def keys(works: Iterable[Work]) -> Mapping[Work, str]:
    """Return a key for each work, unique among works of different identifiers: `a` to `z`, digits, `-`."""
    alike: defaultdict[str, list[Work]] = defaultdict(list)
    for work in dict.fromkeys(works):
        alike[_key(work)].append(work)
    return {work: key for bare, rivals in alike.items() for work, key in _told_apart(bare, rivals)}


def folded(text: str) -> str:
    """Return the ASCII letters and digits of `text` in lower case, without accents; other scripts leave nothing."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LATIN))
    return re.sub(r"[^a-z0-9]", "", plain)


def _key(work: Work) -> str:
    year = f"{work.published.year:04d}" if work.published else ""
    key = f"{_name(work)}{year}{_subject(work.title)}"
    return key if key[:1].isalpha() else f"work{key}"


def _name(work: Work) -> str:
    people = (*work.authors[:1], *work.editors[:1])
    candidates = (*map(_of_person, people), _of_group(work.container), _of_group(work.publisher))
    return next((name[:_LONGEST] for name in candidates if name), "")


def _of_person(person: Author | Group) -> str:
    return _of_group(person.name) if isinstance(person, Group) else folded(person.family or person.given)


def _of_group(name: str) -> str:
    """Return `who` for the World Health Organization; a name of one or two words whole."""
    words = [word for word in _words(name) if word not in _SMALL and word[0].isalpha()]
    return "".join(word[0] for word in words[:_INITIALS]) if len(words) > 2 else "".join(words)


def _subject(title: str) -> str:
    """Return the title's first word that says something, else its first one."""
    words = _words(title)
    telling = (word for word in words if word not in _SMALL and sum(map(str.isalpha, word)) > 1)
    return next(telling, words[0] if words else "")[:_LONGEST]


def _words(text: str) -> list[str]:
    return [word for found in _WORD.findall(text) if (word := folded(found))]


def _told_apart(bare: str, rivals: list[Work]) -> Iterable[tuple[Work, str]]:
    if len(rivals) == 1:
        return [(rivals[0], bare)]
    digests = [_digest(str(work.identifier)) for work in rivals]
    length = _FEWEST
    while length < len(digests[0]) and len({digest[:length] for digest in digests}) < len(rivals):
        length += 1
    return [(work, f"{bare}-{digest[:length]}") for work, digest in zip(rivals, digests, strict=True)]


def _digest(identifier: str) -> str:
    digest = hashlib.blake2b(identifier.encode("utf-8", "surrogatepass"), digest_size=10).digest()
    return base64.b32encode(digest).decode("ascii").lower()
