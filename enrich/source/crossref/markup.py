"""Markup dropped from a registry's text: HTML, JATS face markup and MathML, well formed or not.

Deposits often lose the white space around an element (`between<i>Chlamydia</i>Infection`) or gain some
(indented lines); others are set inside a word (`H<sub>2</sub>O`, `<scp>T</scp>reebase`). The words decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from enrich.source.crossref import formula

# None of these opens inside of itself; saying so keeps a text of mere openers from being read over and over.
_MATH = r"<((?:\w+:)?math)(?=[\s>])[^<>]*>(?P<math>(?:(?!<(?:\w+:)?math[\s>]).)*?)</\1\s*>"
_ATTRIBUTE = r"""\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+)"""
_TAG = rf"<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)(?:{_ATTRIBUTE})*\s*(?P<empty>/?)>"
_PIECE = re.compile(f"{_MATH}|{_TAG}", re.DOTALL | re.IGNORECASE)
_ASIDE = re.compile(
    r"<!--(?:(?!<!--).)*?-->|<\?[^<]*?\?>"
    r"|<tex-math\b(?:(?!<tex-math\b).)*?</tex-math>(?=\s*<(?:\w+:)?math\b)",
    re.DOTALL,
)
_CDATA = re.compile(r"<!\[CDATA\[((?:(?!<!\[CDATA\[).)*?)\]\]>", re.DOTALL)

_SCRIPTS = frozenset({"sub", "sup", "inf"})
_BLOCKS = frozenset({"br", "break", "div", "hr", "li", "list-item", "p", "sec", "title", "ul", "ol"})
_FACES = frozenset({"b", "em", "font", "i", "italic", "bold", "sc", "scp", "small", "span", "strong", "u"})
# Tags that deposits leave unclosed; any other name is a tag only if it is closed somewhere.
_KNOWN = _SCRIPTS | _FACES | {"br", "break", "hr", "li", "p"}
_CAPITALS = frozenset({"sc", "scp"})

# Words that stand alone: whatever follows them is another word.
_FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "de",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "und",
        "with",
    ]
)
_ENDINGS = frozenset({"s", "es", "ed", "th", "st", "nd", "rd", "like"})
# No formula goes on so after a sub- or superscript: `CO<sub>2</sub>and`, `10<sup>6</sup>cells`.
_WORD_OF_ITS_OWN = re.compile(r"[a-z]{4}|(?:and|as|at|by|for|in|of|on|or|the|to)\b")
_CLOSERS = ".,;:!?)]}’”"
_OPENERS = "([{“‘"


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stood between two texts: names of the tags, whether an element opened there, the white space."""

    names: frozenset[str] = frozenset()
    opens: bool = False
    space: str = ""

    def joined(self, other: _Gap) -> _Gap:
        return _Gap(self.names | other.names, self.opens or other.opens, self.space + other.space)


def without_markup(text: str) -> str:
    """Return the text that a reader of the marked-up `text` sees; a `<` that opens no tag stays."""
    if "<" not in text:
        return text
    texts, gaps = _divided(_CDATA.sub(r"\1", _ASIDE.sub("", text)))
    joined, stuck = texts[0], False
    for place, gap in enumerate(gaps):
        left, right = texts[place], texts[place + 1]
        glued = not gap.space and _is_word(left[-1:]) and _is_word(right[:1])
        follows = texts[place + 2] if place + 2 < len(texts) and not gaps[place + 1].space else ""
        both = glued and gap.opens and _is_word(right[-1:]) and _is_word(follows[:1])
        joined += _separator(left, gap, right, stuck=stuck or both) + right
        stuck = glued and gap.opens
    return joined


def _divided(text: str) -> tuple[list[str], list[_Gap]]:
    """Return the texts, without white space at their ends, and the gaps between them: one less."""
    texts: list[str] = []
    gaps: list[_Gap] = []
    gap = _Gap()
    for piece in _pieces(text):
        if isinstance(piece, _Gap):
            gap = gap.joined(piece)
            continue
        core = piece.strip()
        gap = gap.joined(_Gap(space=piece[: piece.find(core)] if core else piece))
        if core:
            texts.append(core)
            gaps.append(gap)
            gap = _Gap(space=piece[piece.find(core) + len(core) :])
    return texts or [""], gaps[1:]


def _pieces(text: str) -> Iterator[str | _Gap]:
    closed = {name.lower() for name in re.findall(r"</([A-Za-z][\w:.-]*)\s*>", text)}
    start = 0
    for found in _PIECE.finditer(text):
        gap = _gap(found, closed)
        if gap is None:
            continue
        yield text[start : found.start()]
        yield gap
        if found["math"] is not None:
            yield formula.linear(found["math"])
            yield gap
        start = found.end()
    yield text[start:]


def _gap(found: re.Match[str], closed: set[str]) -> _Gap | None:
    """Return the gap that a tag leaves, or None where it is no tag."""
    if found["math"] is not None:
        return _Gap(frozenset({"sub" if formula.is_script_only(found["math"]) else "math"}))
    name = found["name"].lower()
    local = name.rpartition(":")[2]
    if found["close"] or found["empty"] or ":" in name or local in _KNOWN or name in closed:
        return _Gap(frozenset({local}), opens=not found["close"])
    return None


def _separator(left: str, gap: _Gap, right: str, *, stuck: bool) -> str:
    if "\n" in gap.space:
        return _for_line_break(left, gap, right)
    if gap.space or gap.names & _BLOCKS:
        return " "
    if gap.names & _SCRIPTS:
        return " " if not gap.opens and _WORD_OF_ITS_OWN.match(right) else ""
    if left[-1:] in (",", ";", ":") and right[:1].isalpha():
        return " "
    if "math" in gap.names:
        return _for_formula(left, right)
    if _is_word(left[-1:]) and _is_word(right[:1]) and _are_two_words(left, gap, right, stuck=stuck):
        return " "
    return ""


def _for_line_break(left: str, gap: _Gap, right: str) -> str:
    """Indented markup: the break is a space, unless print would have none there."""
    if right[:1] in _CLOSERS or left[-1:] in _OPENERS or "/" in (right[:1], left[-1:]):
        return ""
    if re.match(r"[-‐]\w", right) or re.search(r"\w[-‐]$", left):
        return ""
    if gap.names & _SCRIPTS and (gap.opens or re.match(r"[A-Z][a-z]?(?![a-z])|\d", right)):
        return ""
    return " "


def _for_formula(left: str, right: str) -> str:
    is_open = left[-1:] in _OPENERS + "-‐–/" or right[:1] in _CLOSERS + "-‐–/(["
    return "" if is_open else " "


def _are_two_words(left: str, gap: _Gap, right: str, *, stuck: bool) -> bool:
    """Whether texts that abut at a tag are words of their own. `stuck`: the element abuts at both ends."""
    before, after = re.findall(r"\w+", left)[-1], re.findall(r"\w+", right)[0]
    if gap.opens:
        if before.lower() in _FUNCTION_WORDS:
            return True
        if stuck:
            return len(before) > 2 or len(after) > 2
        return not gap.names & _CAPITALS and len(after) > 2 and after.isalpha()
    if after.isdigit() or len(after) == 1 or after in _ENDINGS:
        return False
    return stuck or (len(before) > 2 and before.isalpha())


def _is_word(character: str) -> bool:
    return character.isalnum()
