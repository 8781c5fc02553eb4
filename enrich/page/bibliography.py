"""The list of works that a page cites: one pass over the works, one over the entries nobody cites any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enrich.model.identifier import Doi
from enrich.model.note import Note, Recollection
from enrich.model.outcome import Difference, Kept
from enrich.model.page import Change, Drop, Insert, Path, Value
from enrich.page import entries, made, merge, order
from enrich.page.composition import Cited, Composition, Unsure
from enrich.page.entries import Entries
from enrich.page.profile import Fields, Profile


def compose(
    data: Mapping[str, Value],
    cited: Sequence[Cited],
    memory: Recollection,
    profile: Profile,
    *,
    settled: bool,
    returns: bool,
    unsure: Unsure,
) -> Composition:
    """Compose the list at the profile's place; `returns` tells that what is remembered of it was left there once."""
    standing = entries.read(data, profile.path)
    is_gone = standing is None or bool(standing.items and not entries.has_ours(standing, memory))
    if is_gone and not returns:
        # All that we wrote is gone: the page was reverted as a whole, which is not a person's verdict on a paper.
        # A list that is there but empty is: somebody emptied it.
        memory = Recollection()
    return _Bibliography(data, standing, cited, memory, profile, settled, unsure).compose()


class _Bibliography:
    """One composing: what is found out so far."""

    def __init__(
        self,
        data: Mapping[str, Value],
        standing: Entries | None,
        cited: Sequence[Cited],
        memory: Recollection,
        profile: Profile,
        settled: bool,
        unsure: Unsure,
    ) -> None:
        self.entries = standing or Entries((), ())
        # An empty list is as good as none, and a key without a value cannot take items.
        self.is_new = not self.entries.items
        self.cited = cited
        self.memory = memory
        self.profile = profile
        self.path = profile.path
        self.settled = settled
        self.unsure = unsure
        self.changes: list[Change] = []
        self.added: list[tuple[int, str, Fields]] = []
        self.differences: list[Difference] = []
        self.kept: list[Kept] = []
        self.marks: dict[str, Mapping[str, str]] = {}
        self.theirs: dict[str, tuple[str, ...]] = {}
        self.data = data
        self.order = memory.last.order if memory.last else ()

    def compose(self) -> Composition:
        for position, work in enumerate(self.cited):
            self._work(position, work)
        gone = self._uncited()
        path = self.path
        is_known = bool(self.memory.identifiers()) or not self.added
        missing = made.missing(self.data, path)
        count = self.memory.made if is_known and not missing else missing
        outer = made.outermost(self.data, path, count)
        self.added.sort(key=lambda each: (each[0], order.rank(self.order, each[1]) if self.order else 0))
        if self.is_new and self.added:
            new = [dict(fields) for _, _, fields in self.added]
            self.changes.append(order.put(self.data, path, new, "the page cites these papers", self.order))
        elif len(gone) == len(self.entries.items) and gone and not self.added and outer:
            self.changes = [
                Drop(outer, "the page cites none of these papers any more, and nobody edited them")
            ]
        else:
            self.changes += [Drop((*path, index), "the page cites it no longer") for index in gone]
            self.changes += [
                Insert(path, index, dict(fields), "the page cites it") for index, _, fields in self.added
            ]
        place, form = self.profile.where
        note = Note(place, form=form)
        if self.marks:
            note = Note(place, self.marks, self.theirs, count, self.memory.begun, self.memory.stood, form)
        return Composition(tuple(self.changes), tuple(self.differences), tuple(self.kept), note)

    def _work(self, position: int, work: Cited) -> None:
        name = str(work.name)
        index = self.entries.index(work.names)
        if work.said is None:
            self._remember(*map(str, work.readings.union(work.names)))
        elif index is not None:
            self._merge(index, work, work.said)
        elif (other := self._redirected(name)) is not None:
            naming = self.profile.naming
            standing = self.entries.items[other].get(naming)
            self.kept.append(Kept(self._key(name, naming), standing, name, work.agency))
            self._remember(name)
        elif any(self.memory.wrote(name, field) for field in self.memory.fields(name)):
            self.kept.append(Kept(self._key(name), None, dict(work.said), work.agency))
            self._remember(name)
        else:
            self._add(position, name, work.said)

    def _add(self, position: int, name: str, said: Fields) -> None:
        self.added.append((self._place(position), name, said))
        self.differences.append(Difference(self._key(name), None, dict(said), "the page cites it"))
        self.marks[name] = {
            each.name: each.mark for each in self._fields({}, name, said, frozenset()) if each.mark
        }

    def _merge(self, index: int, work: Cited, said: Fields) -> None:
        name = str(work.name)
        marks: dict[str, str] = {}
        # What we wrote of a paper before it had a DOI is remembered under its number.
        known = name if self.memory.fields(name) else str(self.entries.names[index])
        for each in self._fields(self.entries.items[index], known, said, work.leave):
            path: Path = (*self.path, index, each.name)
            if each.mark:
                marks[each.name] = each.mark
            if change := merge.change(path, each):
                self.changes.append(change)
                self.differences.append(
                    Difference(self._key(name, each.name), each.page, each.registry, each.why)
                )
            elif each.doing == "keep":
                self.kept.append(Kept(self._key(name, each.name), each.page, each.registry, work.agency))
        if marks:
            self.marks[name] = marks
            self._leave(name, self._theirs(index, known, marks))

    def _theirs(self, index: int, known: str, marks: Mapping[str, str]) -> tuple[str, ...]:
        """Return what stood in an entry before ours came beside it; nothing where all of it may be ours."""
        if self.memory.fields(known):
            return self.memory.theirs(known)
        standing = self.entries.items[index]
        return tuple(sorted(standing)) if marks.keys() - standing.keys() else ()

    def _leave(self, name: str, theirs: tuple[str, ...]) -> None:
        if theirs:
            self.theirs[name] = theirs

    def _fields(
        self, standing: Mapping[str, Value], name: str, said: Fields, leave: frozenset[str]
    ) -> Sequence[merge.Merged]:
        memory = self.memory if standing else Recollection()
        # The entry was found by what names it, whatever its spelling there: the spelling is the page's.
        naming = self.profile.naming
        if naming in standing and Doi.parse(str(standing[naming])) == Doi.parse(str(said.get(naming, ""))):
            said = {**said, naming: standing[naming]}
        if "id" in standing and not (
            standing["id"] == said.get("id") or memory.is_ours(name, "id", standing["id"])
        ):
            # A citation key that a person chose is cited somewhere.
            leave |= {"id"}
        return list(merge.fields(name, standing, said, self.profile.fields, memory, leave))

    def _place(self, position: int) -> int:
        """Return the index for a new entry: after the nearest work mentioned before it that has an entry.

        One that stood there before comes back to where it stood.
        """
        stood = order.index(self.order, str(self.cited[position].name), len(self.entries.items))
        if stood is not None:
            return stood
        for work in reversed(self.cited[:position]):
            if (index := self.entries.index(work.names)) is not None:
                return index + 1
        for work in self.cited[position + 1 :]:
            if (index := self.entries.index(work.names)) is not None:
                return index
        return len(self.entries.items)

    def _redirected(self, name: str) -> int | None:
        """Return the entry that a person gave another name: it is theirs now, and ours is not put beside it."""
        known = self.memory.identifiers() | {str(reading) for work in self.cited for reading in work.readings}
        for index, item in enumerate(self.entries.items):
            # Papers of one author share names and journals: an entry that is another work's is not this one's.
            if str(self.entries.names[index]) not in known and entries.is_redirected(item, name, self.memory):
                return index
        return None

    def _uncited(self) -> list[int]:
        """Return the entries to take out; remember the ones that stay because something is still unanswered."""
        still = {name for work in self.cited for name in (*work.names, *work.readings)}
        ours = self.memory.identifiers()
        gone = []
        for index, name in enumerate(self.entries.names):
            if name is None or name in still or str(name) not in ours:
                continue
            item = self.entries.items[index]
            names = entries.identifiers(item)
            if names & still:
                continue
            is_ours = not self.memory.theirs(str(name)) and merge.is_untouched(str(name), item, self.memory)
            if self.settled and is_ours and not self.unsure.may_mean(item.get("title"), names):
                gone.append(index)
                old = dict(item)
                self.differences.append(
                    Difference(self._key(str(name)), old, None, "the page cites it no longer")
                )
            else:
                self._remember(str(name))
        if not self.settled:
            self._remember(*self.memory.identifiers())
        return gone

    def _remember(self, *names: str) -> None:
        for name in names:
            if (fields := self.memory.fields(name)) and name not in self.marks:
                self.marks[name] = fields
                self._leave(name, self.memory.theirs(name))

    def _key(self, name: str, field: str = "") -> str:
        return f"{self.profile.place}[{name}]" + (f".{field}" if field else "")
