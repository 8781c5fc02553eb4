"""A person's answer, put into `.enrich/decisions.toml` as they would put it: one line changed, or one block added.

Every other byte stays, and the file is proved to hold the old decisions with just this change before it is replaced.
"""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from enrich.model.accession import Identifier, named
from enrich.model.file import Trouble, digest
from enrich.model.page import Refusal
from enrich.store import decisions, files, suggestion

_HEAD: Final = re.compile(r"""[ \t]*\[\[[ \t]*["']?decision["']?[ \t]*\]\]""")
_ACCEPT: Final = re.compile(r"""([ \t]*["']?accept["']?[ \t]*=[ \t]*)("\?"|'\?'|true|false)(?![\w-])""")
_Block = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says of a paper on a page: to write it, or never to.

    `page` is named from the site's folder; `cites` are the words of a citation without identifier, else empty.
    """

    page: str
    cites: str
    paper: Identifier
    accept: bool

    @property
    def key(self) -> tuple[str, str, Identifier]:
        """What it is about; blocks with the same key answer the same question."""
        return posixpath.normpath(self.page), " ".join(self.cites.split()), self.paper


def decide(path: Path, decision: Decision) -> bool | Refusal | Trouble:
    """Write the decision into the file at `path`; return whether anything had to change.

    The last block that asks or answers the same is the one that changes; without one, a block is added. A Refusal
    where the file is not in order, or written in a way that leaves no room: a person must see to it.
    """
    known = decisions.load(path)
    if isinstance(known, Refusal):
        return known
    try:
        old = path.read_bytes() if path.exists() else b""
        text = old.decode()
        before = _blocks(text)
        index = next((at for at in reversed(range(len(before))) if _key(before[at]) == decision.key), None)
        if index is None:
            return _put(path, old, suggestion.joined(text, [_block(decision)]), [*before, _data(decision)])
        if before[index]["accept"] is decision.accept:
            return False
        answered = {**before[index], "accept": decision.accept}
        after = [*before[:index], answered, *before[index + 1 :]]
        return _put(path, old, _changed(text, index, decision.accept), after)
    except OSError as error:
        return Trouble(f"{path}: cannot be written: {files.reason(error)}")


def _blocks(text: str) -> Sequence[_Block]:
    found = tomllib.loads(text.removeprefix("\ufeff")).get("decision", [])
    return [block for block in found if isinstance(block, Mapping)]


def _key(block: _Block) -> tuple[str, str, Identifier | None]:
    page, cites = str(block.get("page", "*")), str(block.get("cites", ""))
    return posixpath.normpath(page), " ".join(cites.split()), named(str(block.get("paper", "")))


def _data(decision: Decision) -> _Block:
    data = {"page": decision.page, "cites": decision.cites, "paper": str(decision.paper)}
    return {name: value for name, value in data.items() if value} | {"accept": decision.accept}


def _block(decision: Decision) -> str:
    lines = (f"{name} = {_toml(value)}\n" for name, value in _data(decision).items())
    return f"[[decision]]\n{''.join(lines)}"


def _toml(value: object) -> str:
    """Return TOML of a text or a truth value, whose escapes are JSON's: https://toml.io/en/v1.0.0#string"""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _changed(text: str, index: int, accept: bool) -> str:
    """Return the text with the answer of the block of that index; unchanged where its line is not to be found."""
    lines = text.split("\n")
    heads = [*(number for number, line in enumerate(lines) if _HEAD.match(line)), len(lines)]
    for number in range(*heads[index : index + 2]) if index + 1 < len(heads) else ():
        if found := _ACCEPT.match(lines[number]):
            lines[number] = f"{found[1]}{_toml(accept)}{lines[number][found.end() :]}"
            break
    return "\n".join(lines)


def _put(path: Path, old: bytes, text: str, expected: Sequence[_Block]) -> bool | Refusal | Trouble:
    """Replace the file where its new text means what is expected; it is never half written."""
    if not _means(text, expected):
        problem = "cannot be changed without touching more than this decision; write it there by hand"
        return Refusal(f"{path}: {problem}")
    if path.exists():
        done = files.replace(path, text.encode(), digest(old))
        return Trouble(f"{path}: {done.reason}") if isinstance(done, Trouble) else True
    files.create(path, text.encode())
    return True


def _means(text: str, expected: Sequence[_Block]) -> bool:
    try:
        return _blocks(text.encode().decode()) == expected
    except (tomllib.TOMLDecodeError, UnicodeEncodeError):
        return False
