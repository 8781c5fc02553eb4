"""Raw HTML in pieces: text, tags, and what a browser hides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

TokenKind = Literal["text", "open", "close", "hidden"]

# Code and what browsers do not show: a DOI in there is an example, not a citation.
HIDDEN = frozenset({"pre", "script", "style", "textarea", "code", "template"})

_TAG = re.compile(
    r"""<(?:(/?)([a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>|(!--)|[!?][a-zA-Z\[][^<>]*+>)"""
)
_HREF = re.compile(r"""(?<=[\s"'/])href\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE)


class Token(NamedTuple):
    """A piece of raw HTML, from `start` to `end`: text, a tag by its lower-case name, or something hidden.

    A hidden piece whose `closer` is not empty has no end here: all is hidden until that stands somewhere.
    """

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    closer: str = ""


def tokens(text: str) -> Iterator[Token]:
    """Split raw HTML into tokens; a `<` that begins no tag is text."""
    position = 0
    while tag := _TAG.search(text, position):
        if tag.start() > position:
            yield Token("text", position, tag.start())
        token = _token(text, tag)
        yield token
        position = token.end
    if position < len(text):
        yield Token("text", position, len(text))


def href(tag: str) -> tuple[int, int] | None:
    """Where the target stands in the text of an `<a ...>` tag, quotes left out; None where there is none."""
    found = _HREF.search(tag)
    return found.span(found.lastindex or 0) if found else None


def _token(text: str, tag: re.Match[str]) -> Token:
    name = (tag[2] or "").lower()
    if tag[3]:
        return _hidden(text, tag, name, "-->")
    if name in HIDDEN and not tag[1]:
        return _hidden(text, tag, name, f"</{name}")
    if not name:
        return Token("hidden", tag.start(), tag.end())
    return Token("close" if tag[1] else "open", tag.start(), tag.end(), name)


def _hidden(text: str, tag: re.Match[str], name: str, closer: str) -> Token:
    # `<!-->` is a whole comment.
    found = re.compile(closer, re.IGNORECASE).search(text, tag.end() if name else tag.end() - 2)
    end = text.find(">", found.start()) + 1 if found else 0
    return Token("hidden", tag.start(), end or len(text), name, "" if end else closer)
