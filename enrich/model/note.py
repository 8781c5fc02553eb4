"""What we remember of having written: short fingerprints, so that a person's edit shows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from json.encoder import encode_basestring_ascii

from enrich.model.page import Value

# identifier -> field -> fingerprint
Works = Mapping[str, Mapping[str, str]]


def _canonical(value: Value) -> str:
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if isinstance(value, Mapping):
        pairs = sorted((encode_basestring_ascii(str(key)), _canonical(each)) for key, each in value.items())
        return "{" + ",".join(f"{key}:{each}" for key, each in pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(_canonical, value)) + "]"
    return encode_basestring_ascii(str(value))


def fingerprint(value: Value) -> str:
    """Return 12 hex digits that are equal for values a reader would call the same.

    Scalars compare as text (`14` and `"14"`, a YAML date and its ISO text), since taking quotes off is no edit.
    """
    return hashlib.blake2b(_canonical(value).encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Note:
    """What we wrote on one page: under which key (`""` for the flat profile), per work and field.

    `theirs` are a work's fields that stood there before ours came beside them. `made` is how many keys we made for
    ours, the last of `place` first; `begun` tells that the front matter itself is ours. Where there was a list without
    items, or a key without value, `stood` is its source text behind the key's name.
    """

    place: str
    works: Works = field(default_factory=dict)
    theirs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    made: int = 1
    begun: bool = False
    stood: str = ""


@dataclass(frozen=True, slots=True)
class Recollection:
    """The last note of a page and, where it is not sure that the page was written after it, the one before.

    A run that is killed leaves a note whose page may or may not have been replaced. Then a value is ours if it
    equals either note, and only what both notes hold can have been deleted by a person.
    """

    last: Note | None = None
    before: Note | None = None

    def at(self, place: str) -> Recollection:
        """Return what is remembered of values under `place`; notes of another place say nothing about it."""
        last = self.last if self.last and self.last.place == place else None
        if last is None:
            return Recollection()
        before = self.before if self.before is None or self.before.place == place else Note(place)
        return Recollection(last, before)

    def identifiers(self) -> frozenset[str]:
        """Return the works that either note holds."""
        return frozenset(work for note in self._notes() for work in note.works)

    def is_ours(self, work: str, name: str, value: Value) -> bool:
        """Tell whether `value` is what we wrote into field `name` of `work`."""
        mark = fingerprint(value)
        return any(note.works.get(work, {}).get(name) == mark for note in self._notes())

    def wrote(self, work: str, name: str) -> bool:
        """Tell whether the field surely stood on the page once, so that its absence is a person's doing."""
        notes = self._notes()
        return bool(notes) and all(name in note.works.get(work, {}) for note in notes)

    def fields(self, work: str) -> Mapping[str, str]:
        """Return the fingerprints of the last note for `work`."""
        return self.last.works.get(work, {}) if self.last else {}

    @property
    def made(self) -> int:
        """How many keys we made for ours; one where nothing is remembered."""
        return self.last.made if self.last else 1

    @property
    def begun(self) -> bool:
        """Whether the front matter itself is ours."""
        return self.last is not None and self.last.begun

    @property
    def stood(self) -> str:
        """What stood behind our key's name before us, if it held nothing."""
        return self.last.stood if self.last else ""

    def theirs(self, work: str) -> tuple[str, ...]:
        """Return the fields of `work` that stood on the page before ours."""
        return self.last.theirs.get(work, ()) if self.last else ()

    def _notes(self) -> tuple[Note, ...]:
        return tuple(note for note in (self.last, self.before) if note is not None)
