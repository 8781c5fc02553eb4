"""Questions to a person in `.enrich/decisions.toml`: blocks at its end, with both sides as comments.

Nothing that stands there is touched, nothing is asked twice, and the file parses afterwards as it did before, with
the new blocks.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from enrich.model.accession import Identifier
from enrich.model.claims import Fact, Judgement
from enrich.model.file import Trouble, digest
from enrich.model.page import Refusal
from enrich.model.work import Work
from enrich.store import decisions, files

_WIDEST = 160
_HEAD = """\
# Questions of enrich. Answer each: set accept to true (write this paper) or false (never); the next run does
# as told. A block that is left as it is changes nothing.
"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A paper that a page may mean. `cites` are the citation's words; empty where its identifier is suspect.

    `page` is named from the site's folder, `paper` is what will be written, `why` the reason for asking.
    """

    page: str
    line: int
    cites: str
    paper: Identifier
    work: Work
    judgement: Judgement
    why: str


def append(path: Path, suggestions: Sequence[Suggestion]) -> int | Refusal | Trouble:
    """Write what is not asked or answered yet to the end of `path`; return how many blocks that were.

    A Refusal where the file is not in order: it is left as it is until a person has seen to it.
    """
    known = decisions.load(path)
    if isinstance(known, Refusal):
        return known
    keyed = {(each.page, each.cites, each.paper): each for each in suggestions}
    new = [each for each in keyed.values() if not known.has(each.page, each.cites, each.paper)]
    if not new:
        return 0
    try:
        old = path.read_bytes() if path.exists() else b""
        return _put(path, old, joined(old.decode(), map(block, new))) or len(new)
    except OSError as error:
        return Trouble(f"{path}: cannot be written: {files.reason(error)}")


def joined(old: str, blocks: Iterable[str]) -> str:
    """Return the file's text with `blocks` behind it, in its own line ends."""
    newline = "\r\n" if "\r\n" in old else "\n"
    end = "" if old.endswith("\n") or not old else newline
    before = [old + end] if old else [_HEAD.replace("\n", newline)]
    return newline.join([*before, *(each.replace("\n", newline) for each in blocks)])


def block(suggestion: Suggestion) -> str:
    """Return the TOML of one question."""
    work, place = suggestion.work, f"{suggestion.page}:{suggestion.line}"
    told = (f"{place} may mean {work.title!r}", _appeared(work), f"not sure: {suggestion.why}")
    sides = (line for fact in suggestion.judgement.facts for line in _sides(fact, work.agency))
    comments = "".join(f"# {_plain(line)}\n" for line in (*filter(None, told), *sides))
    cites = f"cites = {_quoted(suggestion.cites)}\n" if suggestion.cites else ""
    return (
        f"[[decision]]\n{comments}page = {_quoted(suggestion.page)}\n{cites}"
        f'paper = {_quoted(str(suggestion.paper))}\naccept = "?"\n'
    )


def _put(path: Path, old: bytes, text: str) -> Refusal | Trouble | None:
    """Replace the file if its own blocks read as before; it is never half written."""
    before, after = _blocks(old.decode()), _blocks(text)
    if after is None or before is None or after[: len(before)] != before:
        return Refusal(f"{path}: nothing can be added behind its last line; write it as [[decision]] blocks")
    if path.exists():
        done = files.replace(path, text.encode(), digest(old))
        return Trouble(f"{path}: {done.reason}") if isinstance(done, Trouble) else None
    files.create(path, text.encode())
    return None


def _blocks(text: str) -> list[object] | None:
    try:
        found = tomllib.loads(text.removeprefix("\ufeff")).get("decision", [])
    except tomllib.TOMLDecodeError:
        return None
    return found if isinstance(found, list) else None


def _appeared(work: Work) -> str:
    names = ", ".join(str(author) for author in work.authors[:3]) + (
        " et al." if len(work.authors) > 3 else ""
    )
    year = str(work.published.year) if work.published else ""
    place = ":".join(part for part in (work.volume, work.pages) if part)
    return "; ".join(part for part in (names, work.container, year, place) if part)


def _sides(fact: Fact, agency: str) -> tuple[str, str]:
    sign = "agrees" if fact.weight > 0 else "DIFFERS"
    return f"  {fact.kind} {sign}: the page says {fact.page!r}", f"    {agency} says {fact.registry!r}"


def _plain(text: str) -> str:
    """Return a comment's text: one line, not too wide, and none of the control characters that TOML forbids."""
    line = "".join(each if each.isprintable() else " " for each in text).rstrip()
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"


def _quoted(text: str) -> str:
    """Return a TOML basic string, whose escapes are JSON's: https://toml.io/en/v1.0.0#string"""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
