"""Text as a registry gives it, made plain: no entities, no markup, no junk, one space for any white space."""

from __future__ import annotations

import html
import re
import unicodedata

from enrich.source.crossref.markup import without_markup
from enrich.source.crossref.mojibake import mended

_AMPERSANDS = re.compile(r"&(?:amp;|#0*38;|#x0*26;)+", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
# Control and format characters, lone surrogates; joiners only where no script needs them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
    "|(?<![\u0600-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u0dff])"
)
# Between spaces only a dash can have been lost.
_LOST_DASH = re.compile(r"(?<=\s)\ufffd(?=\s)")
_ROUNDS = 8
# Most values need none of this: ASCII, with nothing in it that could be anything but itself.
_SUSPICIOUS = re.compile(r"[<&\x00-\x1f\x7f]|  |^ | $")

_PLACEHOLDERS = """
    n/a, #n/a, no-no, &na;, [no title], no title, [no title available], no title available, [not available],
    not available, no authorship indicated, no author listed, no authors listed
"""
_JUNK = frozenset(" ".join(_PLACEHOLDERS.split()).split(", "))
# As programs spell nothing; Null, Nan and Undefined with a capital are people.
_NOTHING = frozenset({"null", "NULL", "none", "None", "NONE", "nan", "NaN", "undefined"})


def text(value: object) -> str:
    """Return what `value` says, plain, or an empty text where it is no text or says nothing.

    `text(text(value)) == text(value)`. Whole numbers are taken too. A text that is still changing after
    eight rounds of decoding is nobody's spelling and says nothing.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**15 else ""
    if not isinstance(value, str):
        return ""
    plain = _settled(value)
    return "" if is_junk(plain) else plain


def first(value: object) -> str:
    """Return the first text of a list that says something, or of a single value."""
    return next(iter(every(value)), "")


def every(value: object) -> tuple[str, ...]:
    """Return every text of a list that says something, each once; a single value counts as a list of one."""
    values = value if isinstance(value, list | tuple) else [value]
    return tuple(dict.fromkeys(filter(None, map(text, values))))


def is_junk(plain: str) -> bool:
    """Whether a text stands for nothing: no letter or digit in it, or a placeholder."""
    return plain in _NOTHING or plain.casefold() in _JUNK or not any(map(str.isalnum, plain))


def _settled(value: str) -> str:
    if value.isascii() and not _SUSPICIOUS.search(value):
        return value
    for _ in range(_ROUNDS):
        plain = _once(value)
        if plain == value:
            return plain
        value = plain
    return ""


def _once(value: str) -> str:
    decoded = _ENTITY.sub(lambda found: html.unescape(found.group()), _AMPERSANDS.sub("&", value))
    spaced = _UNSEEN.sub("", without_markup(mended(decoded)))
    return unicodedata.normalize("NFC", " ".join(_LOST_DASH.sub("–", spaced).split()))
