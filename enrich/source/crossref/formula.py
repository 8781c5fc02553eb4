"""MathML read as one line of text, as an index prints a formula: https://www.w3.org/TR/MathML3/."""

from __future__ import annotations

import re

_PIECE = re.compile(r"<(/?)(?:\w+:)?(\w+)[^<>]*?(/?)>|([^<]+|<)")
_PRESCRIPTS = "mprescripts"
# What is said twice: the same formula as TeX or as content markup.
_ANNOTATIONS = frozenset({"annotation", "annotation-xml", "annotation_xml"})

Node = tuple[str, str]


def linear(mathml: str) -> str:
    """Return the formula's characters as they are read; fractions get a slash, isotopes their number first.

    Any text is taken: a tag that is not closed is closed at the end, one that was not opened is nothing.
    """
    stack: list[tuple[str, list[Node]]] = [("", [])]
    for closing, name, empty, text in _PIECE.findall(mathml):
        if text:
            stack[-1][1].append(("", text.strip() if "\n" in text else text))
        elif empty:
            stack[-1][1].append((name, ""))
        elif not closing:
            stack.append((name, []))
        elif name in (open_name for open_name, _ in stack):
            _close(stack, name)
    _close(stack, "")
    return _text(*stack.pop()).strip()


def is_script_only(mathml: str) -> bool:
    """Whether the formula is a bare sub- or superscript, set after a base that stands outside of it."""
    bare = re.sub(r"<\w+:", "<", mathml).strip()
    return re.match(r"(?:<mrow>\s*)?<m(?:sub|sup|subsup)>\s*<(m\w+)[^<>]*(?:/>|>\s*</)", bare) is not None


def _close(stack: list[tuple[str, list[Node]]], name: str) -> None:
    """Close open elements up to the innermost one of this name; the root stays."""
    while len(stack) > 1:
        closed, children = stack.pop()
        stack[-1][1].append((closed, _text(closed, children)))
        if closed == name:
            return


def _text(name: str, children: list[Node]) -> str:
    texts = [text for _, text in children]
    names = [child for child, _ in children]
    if name in _ANNOTATIONS:
        return ""
    if name == "mfrac":
        return "/".join(text for text in texts if text.strip())
    if name == "mmultiscripts" and _PRESCRIPTS in names:
        cut = names.index(_PRESCRIPTS)
        return "".join([*texts[cut:], *texts[:cut]])
    if name == "msqrt":
        return "√" + "".join(texts)
    return "".join(texts)
