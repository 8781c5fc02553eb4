"""What we remember of having written: short fingerprints, so that a person's edit shows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from json.encoder import encode_basestring_ascii

from enrich.model.page import Value

# identifier -> field -> fingerprint
Works = Mapping[str, Mapping[str, str]]
# A key, and the table of fields that is written there: both empty for the flat profile.
Where = tuple[str, str]


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
    items, or a key without value, `stood` is its source text behind the key's name. `form` is the table of fields
    that was written, empty for the plain list and the flat profile.

    `left` are the notes of places where we wrote for another profile: of what stayed there, since it was edited, or
    since nobody knows. `order` is how things stood there before ours went: the keys beside ours, or the list's
    items, each by the work that it was an entry for, those that stayed as an empty text.
    """

    place: str
    works: Works = field(default_factory=dict)
    theirs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    made: int = 1
    begun: bool = False
    stood: str = ""
    form: str = ""
    order: tuple[str, ...] = ()
    left: tuple[Note, ...] = ()

    @property
    def where(self) -> Where:
        """The place, and the table of fields that stands there."""
        return self.place, self.form

    def at(self, where: Where) -> Note | None:
        """Return what is remembered of a place: this note, or one of those that are `left`."""
        return next((note for note in (self, *self.left) if note.where == where), None)


@dataclass(frozen=True, slots=True)
class Recollection:
    """The last note of a page and, where it is not sure that the page was written after it, the one before.

    A run that is killed leaves a note whose page may or may not have been replaced. Then a value is ours if it
    equals either note, and only what both notes hold can have been deleted by a person.
    """

    last: Note | None = None
    before: Note | None = None

    def at(self, place: str, form: str = "") -> Recollection:
        """Return what is remembered of the values of `form` under `place`; other places say nothing about them."""
        last, before = (note.at((place, form)) if note else None for note in (self.last, self.before))
        if last is None and before is None:
            return Recollection()
        nothing = Note(place, form=form)
        return Recollection(last or nothing, None if self.before is None else before or nothing)

    @property
    def places(self) -> tuple[Where, ...]:
        """Every place that anything is remembered of, that of the last note first."""
        known = (each.where for note in self._notes() for each in (note, *note.left))
        return tuple(dict.fromkeys(known))

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

    def marks(self, work: str) -> Mapping[str, str]:
        """Return the fingerprints of the newest note that holds `work`."""
        return next((note.works[work] for note in self._notes() if work in note.works), {})

    def names(self, work: str) -> frozenset[str]:
        """Return the fields of `work` that either note holds."""
        last, before = (note.works.get(work, {}) if note else {} for note in (self.last, self.before))
        return frozenset({**last, **before})

    @property
    def made(self) -> int:
        """How many keys we made for ours; one where nothing is remembered."""
        return max((note.made for note in self._notes() if note.works), default=1)

    @property
    def begun(self) -> bool:
        """Whether the front matter itself is ours."""
        return self.last is not None and self.last.begun

    @property
    def stood(self) -> str:
        """What stood behind our key's name before us, if it held nothing."""
        note = self._first()
        return note.stood if note else ""

    def theirs(self, work: str) -> tuple[str, ...]:
        """Return the fields of `work` that stood on the page before ours."""
        return next((note.theirs[work] for note in self._notes() if work in note.theirs), ())

    def _first(self) -> Note | None:
        """Return the note that knows how the place came to be: the last one, unless it holds nothing."""
        return next((note for note in self._notes() if note.works), self.last)

    def _notes(self) -> tuple[Note, ...]:
        return tuple(note for note in (self.last, self.before) if note is not None)
