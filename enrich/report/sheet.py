"""A sheet of text for a person at a terminal: calm lines, paths left whole, nothing that a page can steer."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from io import StringIO
from typing import Final

from rich.console import Console
from rich.text import Text

from enrich.model.page import Value

# C0 and C1 controls, lone surrogates, and the marks that turn the reading direction round.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_BRIEF: Final = 72


class Sheet:
    """Collects lines, then gives them as one text; `width` is the terminal's, in columns."""

    def __init__(self, *, width: int = 80, colour: bool = False) -> None:
        self._width = width
        self._colour = colour
        self._lines: list[Text] = []

    def head(self, text: str, style: str = "bold") -> None:
        """Begin a part, with an empty line between it and what stands before."""
        self.gap()
        self.line(text, style=style)

    def gap(self) -> None:
        """Leave a line empty, but for the first one."""
        if self._lines:
            self._lines.append(Text())

    def line(self, text: str, *, indent: int = 0, hang: int = 0, style: str = "") -> None:
        """Add a sentence, wrapped between words; lines after the first stand `hang` columns further in."""
        before = " " * indent
        wrapped = textwrap.wrap(
            visible(text),
            max(self._width, indent + hang + 20),
            initial_indent=before,
            subsequent_indent=before + " " * hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
        self._lines.extend(Text(line, style) for line in wrapped or [""])

    def entry(self, place: str, words: str, *, indent: int = 2, style: str = "cyan") -> None:
        """Add a place, kept whole so that it can be copied, and what is said of it: beside it or below."""
        where = visible(place)
        said = visible(words)
        self._lines.append(Text(" " * indent).append(where, style))
        if not said:
            return
        if indent + len(where) + 2 + len(said) <= self._width:
            self._lines[-1].append(f"  {said}")
        else:
            self.line(said, indent=indent + 2)

    def __str__(self) -> str:
        if not self._lines:
            return ""
        file = StringIO()
        console = Console(
            file=file,
            force_terminal=self._colour,
            color_system="standard" if self._colour else None,
            no_color=not self._colour,
            highlight=False,
            markup=False,
            emoji=False,
            width=max(self._width, 20),
            legacy_windows=False,
        )
        console.print(Text("\n").join(self._lines), soft_wrap=True)
        return file.getvalue()


def visible(text: str) -> str:
    """Return `text` with every character that could steer a terminal, or hide, spelled out."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def place(path: str, line: int | None) -> str:
    """Return `path:line`, as editors and terminals open it."""
    return path if line is None else f"{path}:{line}"


def brief(value: Value, limit: int = _BRIEF) -> str:
    """Return a front-matter value in one short line: texts in quotes, lists and mappings shortened."""
    match value:
        case str():
            text = f"'{value}'"
        case Mapping():
            text = ", ".join(f"{key}: {brief(item, 24)}" for key, item in value.items())
        case list() | tuple():
            text = "[" + ", ".join(brief(item, 32) for item in value) + "]"
        case _:
            text = str(value)
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 page`, `14,000 pages`, `2 entries` with the plural given."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def duration(seconds: float) -> str:
    """Return seconds as people say them: `0.4 s`, `48 s`, `3 min 20 s`, `1 h 5 min`."""
    if seconds < 9.95:
        return f"{seconds:.1f}".removesuffix(".0") + " s"
    whole = round(seconds)
    if whole < 120:
        return f"{whole} s"
    if whole < 7200:
        return f"{whole // 60} min" + (f" {whole % 60} s" if whole % 60 else "")
    return f"{whole // 3600} h" + (f" {whole % 3600 // 60} min" if whole % 3600 // 60 else "")
