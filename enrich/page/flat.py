"""The values of the page's own work, each under a key: merged like an entry's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from enrich.model.identifier import Doi
from enrich.model.note import Note, Recollection
from enrich.model.outcome import Difference, Kept
from enrich.model.page import Change, Drop, Put, Value
from enrich.page import made, merge, order, own
from enrich.page.composition import Cited, Composition
from enrich.page.merge import Merged
from enrich.page.profile import Fields, Profile


def compose(
    data: Mapping[str, Value],
    cited: Sequence[Cited],
    memory: Recollection,
    profile: Profile,
    *,
    settled: bool,
    returns: bool,
) -> Composition:
    """Compose the values of the page's own work; `returns` tells that what is remembered of them was left once."""
    one = cited[0] if len(cited) == 1 else None
    name = str(one.name) if one else ""
    written = (name for work in sorted(memory.identifiers()) for name in sorted(memory.names(work)))
    standing = own.standing(data, profile.path, dict.fromkeys((*profile.fields, *written)))
    known = memory if standing or returns else Recollection()
    result = merge_own(standing, name, one.said if one else None, known, profile, settled)
    before = next(iter(known.identifiers()), "")
    keys = {each.name: own.key(profile.path, name or before, each.name) for each in result}
    kept = [each for each in result if each.doing == "keep"]
    return Composition(
        _changes(data, result, profile.path, known),
        tuple(Difference(keys[each.name], each.page, each.registry, each.why) for each in result if each.why),
        tuple(Kept(keys[each.name], each.page, each.registry, one.agency if one else "") for each in kept),
        _note(name or before, result, known, profile, _made(data, result, profile.path, known)),
    )


def merge_own(
    standing: Mapping[str, Value],
    name: str,
    said: Fields | None,
    memory: Recollection,
    profile: Profile,
    settled: bool,
) -> list[Merged]:
    """Decide about each field. `name` is the page's own work, empty where it has none.

    Nothing is written beside a DOI that a person gave the page and that is another paper's.
    """
    remembered = _one_work(name, memory)
    if (name and said is None) or (not name and not settled):
        return _as_they_are(name, standing, remembered)
    if name and (naming := _anothers(standing, name, remembered)):
        kept = Merged(naming, "keep", standing[naming], name, remembered.fields(name).get(naming))
        others = _as_they_are(name, standing, remembered)
        return [kept, *(each for each in others if each.name != naming)]
    if name:
        return list(merge.fields(name, standing, said or {}, profile.fields, remembered))
    return _without_own(standing, remembered, profile)


def _without_own(standing: Mapping[str, Value], remembered: Recollection, profile: Profile) -> list[Merged]:
    """Take all of ours out again, unless somebody edited any of it; what stood there before us is not ours."""
    theirs = remembered.theirs("")
    ours = {name: value for name, value in standing.items() if name not in theirs}
    marks = {field: mark for field, mark in remembered.fields("").items() if field not in theirs}
    is_ours = all(remembered.is_ours("", field, value) for field, value in ours.items())
    if not is_ours or ours.keys() != marks.keys():
        return _as_they_are("", standing, remembered)
    return list(merge.fields("", ours, {}, profile.fields, remembered))


def _one_work(name: str, memory: Recollection) -> Recollection:
    # A page has one own work: what was written for an earlier one is ours to bring up to date.
    return Recollection(_as(name, memory.last), _as(name, memory.before))


def _as(name: str, note: Note | None) -> Note | None:
    if note is None:
        return None
    marks = {field: mark for marks in note.works.values() for field, mark in marks.items()}
    theirs = tuple(field for fields in note.theirs.values() for field in fields)
    return replace(note, works={name: marks}, theirs={name: theirs})


def _anothers(standing: Mapping[str, Value], name: str, memory: Recollection) -> str:
    """Return the field that holds another paper's DOI, by a person's hand; empty where none does."""
    for field, value in standing.items():
        if field.rpartition(".")[2] != "doi":
            continue
        is_ours = memory.is_ours(name, field, value) and field not in memory.theirs(name)
        if not is_ours and (not isinstance(value, str) or Doi.parse(value) != Doi.parse(name)):
            return field
    return ""


def _as_they_are(name: str, standing: Mapping[str, Value], memory: Recollection) -> list[Merged]:
    marks = memory.fields(name)
    return [Merged(field, "same", standing.get(field), None, mark) for field, mark in marks.items()]


def _made(
    data: Mapping[str, Value], result: Sequence[Merged], place: tuple[str, ...], memory: Recollection
) -> int:
    """Return how many keys are made on the way to the field that lies deepest, itself included."""
    written = [each for each in result if each.mark]
    anchor = own.anchor(place, [each.name for each in written])
    is_new = any(each.doing == "add" and (*place, *own.path_of(each.name)) == anchor for each in written)
    if len(anchor) <= 1:
        return 1
    missing = made.missing(data, anchor) if is_new else 0
    return max(memory.made if memory.identifiers() else 0, missing)


def _note(work: str, result: Sequence[Merged], memory: Recollection, profile: Profile, count: int) -> Note:
    marks = {each.name: each.mark for each in result if each.mark}
    if not marks:
        return Note(profile.place, form=profile.form)
    stood = tuple(sorted(each.name for each in result if each.doing != "add"))
    # A DOI alone is how a page says what it is about; other values that all stand there may well be ours.
    is_theirs = len(stood) < len(result) or set(stood) <= {profile.naming}
    before = next(iter(memory.identifiers()), "")
    theirs = memory.theirs(before) if before else stood if is_theirs else ()
    by_work = {work: theirs} if theirs else {}
    return Note(profile.place, {work: marks}, by_work, count, memory.begun, form=profile.form)


def _changes(
    data: Mapping[str, Value], result: Sequence[Merged], place: tuple[str, ...], memory: Recollection
) -> tuple[Change, ...]:
    gone = {(*place, *own.path_of(each.name)): each.why for each in result if each.goes}
    marked = [name for work in memory.identifiers() for name in memory.names(work)]
    drops = own.whole(data, gone, len(own.anchor(place, marked)), memory.made)
    why = next(iter(gone.values()), "")
    updates = (
        merge.change((*place, *own.path_of(each.name)), each) for each in result if each.doing == "update"
    )
    stood = memory.last.order if memory.last else ()
    added = [each for each in result if each.doing == "add"]
    return (
        *_additions(data, added, place, stood),
        *(change for change in updates if change),
        *(Drop(path, why) for path in drops),
    )


def _additions(
    data: Mapping[str, Value], added: Sequence[Merged], place: tuple[str, ...], stood: Sequence[str]
) -> Iterator[Change]:
    """Yield what puts new fields where they stood before, else behind the ones before them in the profile."""
    if added and place and not own.is_there(data, place):
        new = {each.name: each.registry for each in added}
        yield order.put(data, place, new, added[0].why, stood)
        return
    parent = own.value_at(data, place)
    present = dict(parent) if isinstance(parent, Mapping) else {}
    for each in added:
        path = (*place, *own.path_of(each.name))
        if "." in each.name:
            yield order.put(data if place else present, path, each.registry, each.why, stood)
            continue
        usual = each.after if each.after and "." not in each.after else None
        behind = order.behind(stood, each.name, present) or usual
        yield Put(path, each.registry, each.why, behind)
        present[each.name] = each.registry
