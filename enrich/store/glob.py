"""Patterns of paths: `*` and `?` stay within a name, `**` as a whole name stands for any folders, also none.

`[abc]` and `[!abc]` stand for one character of a name. A pattern speaks of the whole path from the root:
`*.md` is a file in the root itself, `**/*.md` one anywhere, `drafts/` all in that folder. Case matters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_PIECE = re.compile(r"\[!?\]?[^]]*\]|\*+|\?|.", re.DOTALL)


def matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Return what tells whether a path (from the root, `/` between names) fits any of `patterns`."""
    whole = "|".join(_expression(pattern) for pattern in patterns)
    compiled = re.compile(whole or r"(?!)", re.DOTALL)
    return lambda path: compiled.fullmatch(path) is not None


def _expression(pattern: str) -> str:
    names = pattern.removeprefix("./").lstrip("/").split("/")
    if names[-1] == "":
        names[-1] = "**"
    *folders, last = names
    return "".join(map(_folder, folders)) + (".+" if last == "**" else _name(last))


def _folder(name: str) -> str:
    return "(?:[^/]+/)*" if name == "**" else _name(name) + "/"


def _name(name: str) -> str:
    return "".join(_piece(piece) for piece in _PIECE.findall(name))


def _piece(piece: str) -> str:
    if piece.startswith("*"):
        return "[^/]*"
    if piece == "?":
        return "[^/]"
    if len(piece) > 2 and piece.startswith("["):
        inside = piece[1:-1]
        negated = inside.startswith("!")
        return f"[{'^' if negated else ''}{_class(inside.removeprefix('!'))}]"
    return re.escape(piece)


def _class(inside: str) -> str:
    return re.sub(r"([\\\[\]^&~|])", r"\\\1", inside)
