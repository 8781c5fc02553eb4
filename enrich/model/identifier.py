"""Identifiers of works: values that are equal when they mean the same work."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

# `10.`, a registrant (dots may divide it), `/`, a suffix: https://www.doi.org/doi-handbook/HTML/
_PREFIX = re.compile(r"(?<!\d)10\.\d{4,9}(?:\.\d{1,9}){0,4}/")
_ENCODED_PREFIX = re.compile(r"(?<!\d)10(?:\.|%2e)\d{4,9}(?:\.\d{1,9}){0,4}(?:/|%(?:25)*2f)", re.IGNORECASE)
# A spelling with nothing to take off or apart, which most are.
_CLEAN = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,4}/[A-Za-z0-9._()/:;-]*[A-Za-z0-9]", re.ASCII)
_URL = re.compile(r"://|\bdoi\.org/", re.IGNORECASE)
# `#` is the check character of some SICI numbers, so theirs is no fragment.
_URL_TAIL = re.compile(r"\?|(?<!;2-)#")

_END = re.compile(r"""[\s"“”„‟«»‹›‘’`|…—―\\\x00-\x1f\x7f]|</?[A-Za-z]{1,12}[\s/>]""")
_LOOSE = frozenset(".,;:!?'*_~/&=^#‐‑‒–−·•†‡§¶")
_OPENER_OF = {")": "(", "]": "[", "}": "{", ">": "<"}
_CLOSER_OF = {opener: closer for closer, opener in _OPENER_OF.items()}

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_PERCENT_SIGNS = re.compile(r"%(?:25)+")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_AMPERSANDS = re.compile(r"&(?:amp;)+", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_LAYERS = 6


@dataclass(frozen=True, slots=True, order=True)
class Doi:
    """A DOI in its one comparable form: no resolver, no escapes, ASCII letters in lower case (ISO 26324).

    Made by `Doi.parse` only, so that two equal values always mean the same work.
    """

    value: str

    @classmethod
    def parse(cls, text: str) -> Doi | None:
        """Return the first DOI that `text` holds, or None: `parse(str(doi)) == doi`, whatever stands around.

        Resolver, escapes, closing punctuation and brackets that open outside are not part of it. White space,
        quotes and dashes end it; what may be mended or cut beyond that is for `page/body/reading` to weigh.
        """
        if _CLEAN.fullmatch(text):
            return cls(text.lower())
        plain = unescaped(_without_url_tail(text))
        position = 0
        while found := _PREFIX.search(plain, position):
            stop = _END.search(plain, found.end())
            position = stop.start() if stop else len(plain)
            suffix = without_loose_end(plain[found.end() : position])
            if suffix:
                return cls((found.group() + suffix).translate(_LOWER))
        return None

    def __str__(self) -> str:
        return self.value


def unescaped(text: str) -> str:
    """Return `text` without percent signs, entities, backslashes and invisible characters, layer by layer.

    A text that is still escaped after six layers is nobody's spelling: it comes back empty.
    """
    if text.isascii() and "%" not in text and "&" not in text and "\\" not in text:
        return text
    for _ in range(_LAYERS):
        peeled = _peeled(text)
        if peeled == text:
            return text
        text = peeled
    return ""


def without_loose_end(text: str) -> str:
    """Return `text` without the punctuation and the unbalanced brackets at its end."""
    if text[-1:].isalnum():
        return text
    surplus = {closer: text.count(closer) - text.count(opener) for closer, opener in _OPENER_OF.items()}
    end = len(text)
    while end:
        last = text[end - 1]
        if last in _CLOSER_OF:
            surplus[_CLOSER_OF[last]] += 1
        elif surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in _LOOSE or text.endswith(";2-#", 0, end):
            break
        end -= 1
    return text[:end]


def _without_url_tail(text: str) -> str:
    found = _ENCODED_PREFIX.search(text)
    if found is None or _URL.search(text, 0, found.end()) is None:
        return text
    tail = _URL_TAIL.search(text, found.end())
    end = tail.start() if tail else len(text)
    in_query = "?" in text[: found.start()] and (parameter := text.find("&", found.end(), end)) >= 0
    return text[: parameter if in_query else end]


def _peeled(text: str) -> str:
    if "%" in text:
        text = _PERCENT.sub(_octets, _PERCENT_SIGNS.sub("%", text))
    if "&" in text:
        text = _ENTITY.sub(_character, _AMPERSANDS.sub("&", text))
    if "\\" in text:
        text = _BACKSLASH.sub("", text)
    return text if text.isascii() else _INVISIBLE.sub("", text)


def _octets(found: re.Match[str]) -> str:
    try:
        return bytes.fromhex(found.group().replace("%", "")).decode()
    except UnicodeDecodeError:
        return found.group()


def _character(found: re.Match[str]) -> str:
    entity = found.group()
    character = html.unescape(entity)
    return html.unescape(entity.lower()) if character == entity else character
