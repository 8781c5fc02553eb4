"""The flat profile: the values of the page's own work at top level, merged like an entry's."""

from __future__ import annotations

from collections.abc import Mapping

from enrich.model.identifier import Doi
from enrich.model.note import Note, Recollection
from enrich.model.page import Value
from enrich.page import merge
from enrich.page.profile import Fields, Profile


def merge_own(
    data: Mapping[str, Value],
    own: str,
    said: Fields | None,
    memory: Recollection,
    profile: Profile,
    settled: bool,
) -> list[merge.Merged]:
    """Decide about each top-level field. `own` is the page's own work, empty where it has none.

    Nothing is written beside a `doi` that a person gave the page and that is another paper's.
    """
    remembered = _one_work(own, memory)
    standing = {name: data[name] for name in profile.fields if name in data}
    if not standing:
        remembered = Recollection()
    if (own and said is None) or (not own and not settled):
        return _as_they_are(own, standing, remembered)
    if own and _is_anothers(standing.get("doi"), own, remembered):
        kept = merge.Merged("doi", "keep", standing["doi"], own, remembered.fields(own).get("doi"))
        return [kept]
    if not own and not merge.is_untouched(own, standing, remembered):
        return _as_they_are(own, standing, remembered)
    return list(merge.fields(own, standing, said or {}, profile.fields, remembered))


def _one_work(own: str, memory: Recollection) -> Recollection:
    # A page has one own work: what was written for an earlier one is ours to bring up to date.
    return Recollection(_as(own, memory.last), _as(own, memory.before))


def _as(own: str, note: Note | None) -> Note | None:
    if note is None:
        return None
    return Note(
        note.place, {own: {name: mark for marks in note.works.values() for name, mark in marks.items()}}
    )


def _is_anothers(standing: Value, own: str, memory: Recollection) -> bool:
    if standing is None or memory.is_ours(own, "doi", standing):
        return False
    return not isinstance(standing, str) or Doi.parse(standing) != Doi.parse(own)


def _as_they_are(own: str, standing: Mapping[str, Value], memory: Recollection) -> list[merge.Merged]:
    marks = memory.fields(own)
    return [merge.Merged(name, "same", standing.get(name), None, mark) for name, mark in marks.items()]
