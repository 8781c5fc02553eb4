"""One line of the memory: a page's notes as JSON text, checked strictly when it is read."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from enrich.model.note import Note, Recollection, Where

VERSION = 1
# The file's first line; ASCII, as all of them, since page names may hold bytes that are no text.
HEADER = b'{"version":%d}' % VERSION
# What `pack` makes of a settled line, and nothing that JSON would refuse: twice as fast as parsing.
_PLAIN = rb"[ !#-\[\]-~]*+"
_TEXT = rb'"%b(?:\\(?:["\\/bfnrt]|u[0-9a-f]{4})%b)*+"' % (_PLAIN, _PLAIN)
_MARKS = rb"\{(?:%b:%b(?:,%b:%b)*+)?\}" % (_TEXT, _TEXT, _TEXT, _TEXT)
_WORKS = rb"\{(?:%b:%b(?:,%b:%b)*+)?\}" % (_TEXT, _MARKS, _TEXT, _MARKS)
_HEAD = rb'\{"page":(%b),"in":(%b)(?:,"as":(%b))?,"works":' % (_TEXT, _TEXT, _TEXT)
_CANONICAL = re.compile(rb'%b%b(?:,"made":\d+)?\}' % (_HEAD, _WORKS))
_PLACE = re.compile(_HEAD)
# A line that speaks of more than one place.
_SEVERAL = (b',"left":[', b',"was":')
_SETTLED = {"page", "in", "works"}
_OPEN = _SETTLED | {"was", "old", "new"}
# What stood there before us, where that is anything out of the ordinary.
_RARE = {"theirs", "made", "begun", "stood", "as", "order", "left"}


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


def places_of(text: bytes) -> frozenset[Where]:
    """Return every place that a line speaks of, as `page_of` has read it; none for the header."""
    found = _PLACE.match(text)
    if found and not any(sign in text for sign in _SEVERAL):
        return frozenset({(json.loads(found[2]), json.loads(found[3] or b'""'))})
    line = unpack(text)
    return frozenset(Recollection(line.last, line.before).places) if line else frozenset()


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
    data: dict[str, object] = {"in": note.place} | ({"as": note.form} if note.form else {}) | {"works": works}
    if note.theirs:
        data["theirs"] = {work: sorted(note.theirs[work]) for work in sorted(note.theirs)}
    if note.made != 1:
        data["made"] = note.made
    rare = {
        "begun": note.begun,
        "stood": note.stood,
        "order": list(note.order),
        "left": [_pack_note(each) for each in sorted(note.left, key=lambda each: each.where)],
    }
    return data | {key: value for key, value in rare.items() if value}


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
        _text(data.get("as", "")),
        tuple(map(_text, _list(data.get("order", [])))),
        tuple(map(_note, _list(data.get("left", [])))),
    )


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise MalformedError("no list where one belongs")
    return value


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
