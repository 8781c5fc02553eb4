"""What people decided about single papers: `.enrich/decisions.toml`, written by them, only read here.

    [[decision]]
    page = "content/selenium.md"   # left out or "*": every page
    cites = "Title. Author. Journal 2012;13:84"   # only for a citation without identifier: its words
    paper = "10.1000/xyz"
    accept = true                  # write it, suspect or not; false: never; "?": not decided

A later block outranks an earlier one, and a page's own block one for every page.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from enrich.model.accession import Identifier, named
from enrich.model.page import Refusal

_EVERY = "*"
_KEY = "decisions"
_KEYS = ("page", "cites", "paper", "accept")
_HEAD = re.compile(r"\s*\[\[\s*[\"']?decision[\"']?\s*\]\]")
_Block = tuple[str, str, Identifier, bool | None]
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is decided, by page (`*` for every page) and paper: True to write it, False never to.

    `by_citation` holds what is decided of citations in words, by page and words. `blocks` are all blocks,
    decided or not, as (page, words or nothing, paper).
    """

    by_page: Mapping[str, Mapping[Identifier, bool]]
    by_citation: Mapping[tuple[str, str], Mapping[Identifier, bool]] = field(default_factory=dict)
    blocks: frozenset[tuple[str, str, Identifier]] = frozenset()

    def of(self, page: str) -> Mapping[Identifier, bool]:
        """Return the decisions that hold for `page`, which is named from the site's folder, with `/`."""
        every, own = self.by_page.get(_EVERY, {}), self.by_page.get(page, {})
        return {**every, **own} if every and own else own or every

    def of_citation(self, page: str, cites: str) -> Mapping[Identifier, bool]:
        """Return the decisions about the citation on `page` that has the words `cites`, and no identifier.

        That a paper never belongs on the page holds for it, too; that it does belong there says not where.
        """
        words = _words(cites)
        never = {paper: accept for paper, accept in self.of(page).items() if not accept}
        every = self.by_citation.get((_EVERY, words), {})
        return {**never, **every, **self.by_citation.get((page, words), {})}

    def has(self, page: str, cites: str, paper: Identifier) -> bool:
        """Tell whether a block asks or answers this: for the page or every page, its words or all of it."""
        words = {_words(cites), ""}
        return any((place, each, paper) in self.blocks for place in (page, _EVERY) for each in words)


class _WrongError(ValueError):
    """What is wrong with a block, and with which of its keys (None: with the block)."""

    def __init__(self, problem: str, key: str | None = None) -> None:
        super().__init__(problem)
        self.key = key


class Rows(Protocol):
    """Where texts are kept by key."""

    def get(self, key: str) -> str | None:
        """Return the text at `key`, or None."""

    def put(self, key: str, text: str) -> None:
        """Keep `text` at `key`."""


def load(path: Path) -> Decisions | Refusal:
    """Read the decisions at `path`, which may be missing; a Refusal, with the line, where one is wrong."""
    text = _text(path)
    return text if isinstance(text, Refusal) else _parsed(path, text)


def standing(path: Path, rows: Rows) -> tuple[Decisions, Refusal | None]:
    """Return the decisions that hold: those at `path`, or where they are wrong the last ones that were not.

    A slip of the pen must not write a paper that a person refused.
    """
    text = _text(path)
    decided = text if isinstance(text, Refusal) else _parsed(path, text)
    if isinstance(decided, Decisions):
        if not isinstance(text, Refusal) and rows.get(_KEY) != text:
            rows.put(_KEY, text)
        return decided, None
    last = _parsed(path, rows.get(_KEY) or "")
    return last if isinstance(last, Decisions) else Decisions({}), decided


def _text(path: Path) -> str | Refusal:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        return Refusal(f"{path}: cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        return Refusal(f"{path}: not UTF-8: {error.reason}", error.object.count(b"\n", 0, error.start) + 1)


def _parsed(path: Path, text: str) -> Decisions | Refusal:
    try:
        blocks = _blocks(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        return _not_toml(path, error)
    except _WrongError as error:
        return Refusal(f"{path}: {error}")
    read = []
    for index, block in enumerate(blocks):
        try:
            read.append(_read(block))
        except _WrongError as error:
            return Refusal(f"{path}: {error}", _line(text, index, error.key))
    return _decided(read)


def _decided(read: Iterable[_Block]) -> Decisions:
    by_page: dict[str, dict[Identifier, bool]] = {}
    by_citation: dict[tuple[str, str], dict[Identifier, bool]] = {}
    seen = set()
    for page, cites, paper, accept in read:
        seen.add((page, cites, paper))
        if accept is None:
            continue
        place = by_citation.setdefault((page, cites), {}) if cites else by_page.setdefault(page, {})
        place[paper] = accept
    return Decisions(by_page, by_citation, frozenset(seen))


def _not_toml(path: Path, error: tomllib.TOMLDecodeError) -> Refusal:
    place = _AT_LINE.search(str(error))
    problem = _AT_LINE.sub("", str(error)).strip()
    return Refusal(f"{path}: not TOML: {problem}", int(place[1]) if place else None)


def _blocks(data: Mapping[str, object]) -> list[object]:
    strange = sorted(data.keys() - {"decision"})
    blocks = data.get("decision", [])
    if strange or not isinstance(blocks, list):
        what = f"`{strange[0]}`" if strange else "`decision`"
        raise _WrongError(
            f"{what} is no decision; each one is a [[decision]] block with page, paper and accept"
        )
    return blocks


def _read(block: object) -> _Block:
    if not isinstance(block, dict):
        raise _WrongError("a decision is a [[decision]] block with page, paper and accept")
    for key in block:
        if key not in _KEYS:
            raise _WrongError(f"unknown key `{key}`; a decision has {', '.join(_KEYS)}", key)
    return _page(block), _cites(block), _paper(block), _accept(block)


def _cites(block: Mapping[str, object]) -> str:
    cites = block.get("cites")
    if cites is None:
        return ""
    if not isinstance(cites, str) or not _words(cites):
        raise _WrongError("`cites` holds the words of a citation without identifier, as suggested", "cites")
    return _words(cites)


def _words(text: str) -> str:
    return " ".join(text.split())


def _page(block: Mapping[str, object]) -> str:
    page = block.get("page", _EVERY)
    if not isinstance(page, str) or not page:
        raise _WrongError('`page` is a path from the site\'s folder, or "*" for every page', "page")
    return posixpath.normpath(page)


def _paper(block: Mapping[str, object]) -> Identifier:
    paper = block.get("paper")
    name = named(paper) if isinstance(paper, str) else None
    if name is None:
        raise _WrongError(
            '`paper` is a DOI, such as "10.1000/xyz", or a number such as "PMID:1234567"', "paper"
        )
    return name


def _accept(block: Mapping[str, object]) -> bool | None:
    accept = block.get("accept")
    if accept == "?":
        return None
    if not isinstance(accept, bool):
        raise _WrongError('`accept` is true, false, or "?" where it is not decided', "accept")
    return accept


def _line(text: str, index: int, key: str | None) -> int | None:
    """Return the line of `key` in the block with that index, else of its head; None where there is none."""
    lines = text.split("\n")
    heads = [number for number, line in enumerate(lines) if _HEAD.match(line)]
    if index >= len(heads):
        return None
    end = heads[index + 1] if index + 1 < len(heads) else len(lines)
    own = re.compile(rf"""\s*["']?{re.escape(key or "")}["']?\s*=""")
    own_lines = (number for number in range(heads[index], end) if key and own.match(lines[number]))
    return next(own_lines, heads[index]) + 1
