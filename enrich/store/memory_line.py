"""One line of the memory: a page's notes as JSON text, checked strictly when it is read."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from enrich.model.note import Note

VERSION = 1
# The file's first line; ASCII, as all of them, since page names may hold bytes that are no text.
HEADER = b'{"version":%d}' % VERSION
# What `pack` makes of a settled line, and nothing that JSON would refuse: twice as fast as parsing.
_PLAIN = rb"[ !#-\[\]-~]*+"
_TEXT = rb'"%b(?:\\(?:["\\/bfnrt]|u[0-9a-f]{4})%b)*+"' % (_PLAIN, _PLAIN)
_MARKS = rb"\{(?:%b:%b(?:,%b:%b)*+)?\}" % (_TEXT, _TEXT, _TEXT, _TEXT)
_WORKS = rb"\{(?:%b:%b(?:,%b:%b)*+)?\}" % (_TEXT, _MARKS, _TEXT, _MARKS)
_CANONICAL = re.compile(rb'\{"page":(%b),"in":%b,"works":%b\}' % (_TEXT, _TEXT, _WORKS))
_SETTLED = {"page", "in", "works"}
_OPEN = _SETTLED | {"was", "old", "new"}
# What stood there before us, where that is anything out of the ordinary.
_RARE = {"theirs", "made", "begun", "stood"}


class MalformedError(ValueError):
    """Not a line of ours; the message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is remembered of `page`.

    An open line was appended before the page, which had the digest `old`, was to be replaced by `new`.
    """

    page: str
    last: Note
    before: Note | None = None
    old: str = ""
    new: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether it is not sure that the page was replaced."""
        return bool(self.new)


def pack(line: Line) -> bytes:
    """Return `line` as ASCII JSON in one order, without a line end; equal lines are equal bytes."""
    data: dict[str, object] = {"page": line.page, **_pack_note(line.last)}
    if line.is_open:
        data |= {"was": _pack_note(line.before) if line.before else None, "old": line.old, "new": line.new}
    return json.dumps(data, separators=(",", ":")).encode()


def page_of(text: bytes) -> str | None:
    """Return the page that a line is about, None for the header; raises MalformedError as `unpack` does."""
    if found := _CANONICAL.fullmatch(text):
        page: str = json.loads(found[1])
        return page
    line = unpack(text)
    return None if line is None else line.page


def unpack(text: bytes) -> Line | None:
    """Read what `pack` made; None for the file's header. Raises MalformedError for anything else."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"not JSON: {error}") from error
    if isinstance(data, dict) and isinstance(version := data.get("version"), int):
        if version > VERSION:
            raise MalformedError(f"version {version}, and this enrich reads up to {VERSION}: update it")
        return None
    if not isinstance(data, dict) or not isinstance(page := data.get("page"), str):
        raise MalformedError("no page")
    if (keys := data.keys() - _RARE) == _SETTLED:
        return Line(page, _note(data))
    if keys != _OPEN:
        raise MalformedError(f"keys other than {', '.join(sorted(_OPEN))}")
    was = data["was"]
    return Line(
        page, _note(data), None if was is None else _note(was), _text(data["old"]), _text(data["new"])
    )


def _pack_note(note: Note) -> dict[str, object]:
    works = {work: dict(sorted(note.works[work].items())) for work in sorted(note.works)}
    data: dict[str, object] = {"in": note.place, "works": works}
    if note.theirs:
        data["theirs"] = {work: sorted(note.theirs[work]) for work in sorted(note.theirs)}
    if note.made != 1:
        data["made"] = note.made
    return data | ({"begun": True} if note.begun else {}) | ({"stood": note.stood} if note.stood else {})


def _note(data: object) -> Note:
    if not isinstance(data, dict) or not isinstance(works := data.get("works"), dict):
        raise MalformedError("no works")
    return Note(
        _text(data.get("in")),
        {work: _marks(marks) for work, marks in works.items()},
        _theirs(data.get("theirs", {})),
        _count(data.get("made", 1)),
        data.get("begun") is True,
        _text(data.get("stood", "")),
    )


def _theirs(theirs: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(theirs, dict) or not all(isinstance(names, list) for names in theirs.values()):
        raise MalformedError("fields of nobody")
    return {work: tuple(map(_text, names)) for work, names in theirs.items()}


def _count(value: object) -> int:
    if type(value) is not int:
        raise MalformedError("no number where one belongs")
    return value


def _marks(marks: object) -> dict[str, str]:
    if not isinstance(marks, dict) or not all(type(mark) is str for mark in marks.values()):
        raise MalformedError("a work without fingerprints")
    return marks


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise MalformedError("a number where a text belongs")
    return value
