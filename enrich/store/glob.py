"""Patterns of paths: `*` and `?` stay within a name, `**` as a whole name stands for any folders, also none.

`[abc]` and `[!abc]` stand for one character of a name. A pattern speaks of the whole path from the root:
`*.md` is a file in the root itself, `**/*.md` one anywhere, `drafts/` all in that folder. Case matters.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable

from enrich.errors import EnrichError

_TOKEN = re.compile(r"(?P<star>\*+)|(?P<any>\?)|\[(?P<not>!?)(?P<set>\]?[^]]*)\]|(?P<plain>.)", re.DOTALL)
_SPECIAL_IN_SET = re.compile(r"([\\\[\]^&~|])")


def matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Return what tells whether a path (from the root, `/` between names) fits any of `patterns`.

    Raises EnrichError for a pattern that cannot be read.
    """
    expressions = [_compiled(pattern) for pattern in patterns]
    return lambda path: any(expression.fullmatch(path) for expression in expressions)


def _compiled(pattern: str) -> re.Pattern[str]:
    names = pattern.removeprefix("./").lstrip("/").split("/")
    if names[-1] == "":
        names[-1] = "**"
    # Any folders twice in a row are any folders.
    *folders, last = (
        name for name, next_one in itertools.pairwise([*names, ""]) if name != "**" or next_one != "**"
    )
    try:
        return re.compile("".join(map(_folder, folders)) + (".+" if last == "**" else _name(last)), re.DOTALL)
    except re.error as error:
        raise EnrichError(f"{pattern!r}: not a pattern of paths: {error}") from error


def _folder(name: str) -> str:
    return "(?:[^/]+/)*" if name == "**" else _name(name) + "/"


def _name(name: str) -> str:
    pieces = [""]
    for token in _TOKEN.finditer(name):
        if token["star"]:
            pieces.append("")
        else:
            pieces[-1] += _character(token)
    first, *middle = pieces
    last = "[^/]*" + middle.pop() if middle else ""
    # Atomic, so that a name with many stars is not tried in every possible way.
    return first + "".join(f"(?>[^/]*?{piece})" for piece in middle) + last


def _character(token: re.Match[str]) -> str:
    if token["any"]:
        return "[^/]"
    if token["plain"]:
        return re.escape(token["plain"])
    characters = _SPECIAL_IN_SET.sub(r"\\\1", token["set"])
    return f"(?!/)[{'^' if token['not'] else ''}{characters}]"
