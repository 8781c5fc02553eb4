"""What stands under our key: a list of papers with a person's own among them, or somebody else's data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from enrich.model.accession import ArxivId, Identifier, Pmcid, Pmid, named
from enrich.model.identifier import Doi
from enrich.model.note import Recollection
from enrich.model.page import Refusal, Value
from enrich.page import own
from enrich.page.profile import Profile

_MISSING = object()
# What names a paper, and what papers of one journal have in common.
_NAMING = frozenset({"doi", "pmid", "pmcid", "arxiv", "id", "DOI", "PMID", "PMCID", "URL"})
_KINDS: Final = (("doi", Doi), ("pmid", Pmid), ("pmcid", Pmcid), ("arxiv", ArxivId))
_COMMON = frozenset({"type", "container-title-short", "publisher", "ISSN"})


@dataclass(frozen=True, slots=True)
class Entries:
    """The list under our key: each item's fields, and what names its paper (None: not a paper of ours)."""

    items: tuple[Mapping[str, Value], ...]
    names: tuple[Identifier | None, ...]

    def index(self, names: Sequence[Identifier]) -> int | None:
        """Return the place of the first entry about the paper that has these `names`, by the first one that fits."""
        return next((self.names.index(name) for name in names if name in self.names), None)


def held(data: Mapping[str, Value], profile: Profile, also: Iterable[str] = ()) -> Mapping[str, Value]:
    """Return the part of a front matter that composing looks at, to be kept while the rest is forgotten.

    `also` are keys under which something may stand that was written for another profile.
    """
    return {name: data[name] for name in (*profile.keys, *also) if name in data}


def refusal(data: Mapping[str, Value], profile: Profile) -> Refusal | None:
    """Say why our keys cannot be used on this page: something else stands where they, or what leads to them, belong."""
    paths = [profile.path] if profile.shape == "list" else [own.path_of(name) for name in profile.fields]
    for path in paths:
        for depth in range(1, len(path)):
            if own.is_there(data, path[:depth]) and not isinstance(own.value_at(data, path[:depth]), Mapping):
                return Refusal(f"`{'.'.join(path[:depth])}` is not a table; move ours with [output] key")
    value = own.value_at(data, profile.path) if profile.shape == "list" else None
    if value is None or (isinstance(value, list) and all(isinstance(item, Mapping) for item in value)):
        return None
    return Refusal(
        f"`{profile.place}` is not a list of papers, so it is somebody else's; move ours with [output] key"
    )


def read(data: Mapping[str, Value], path: tuple[str, ...]) -> Entries | None:
    """Return the list at `path`, empty where the key has no value; None where there is no key."""
    value: Value = data
    for name in path:
        value = value.get(name, _MISSING) if isinstance(value, Mapping) else _MISSING
    if value is None:
        return Entries((), ())
    if not isinstance(value, list):
        return None
    return Entries(tuple(value), tuple(_name(item) for item in value))


def has_ours(entries: Entries, memory: Recollection) -> bool:
    """Tell whether any entry is one that we wrote, whatever was edited since."""
    works = memory.identifiers()
    return any(
        str(name) in works or any(is_redirected(item, work, memory) for work in works)
        for item, name in zip(entries.items, entries.names, strict=True)
    )


def is_redirected(item: Mapping[str, Value], work: str, memory: Recollection) -> bool:
    """Tell whether an entry is what we wrote of `work` but for what names it, which a person corrected."""
    return sum(memory.is_ours(work, name, item[name]) for name in item if name not in _NAMING | _COMMON) >= 2


def identifiers(item: Value) -> frozenset[Identifier]:
    """Return everything that names an entry's paper."""
    if not isinstance(item, Mapping):
        return frozenset()
    named_by = (
        kind.parse(str(item[key])) for name, kind in _KINDS for key in (name, name.upper()) if key in item
    )
    return frozenset(filter(None, (*named_by, named(str(item.get("id", ""))))))


def about(data: Value, names: Collection[Identifier]) -> Iterator[Mapping[str, Value]]:
    """Yield every entry of the paper that has these `names`, wherever it stands."""
    if isinstance(data, list):
        for item in data:
            yield from about(item, names)
    elif isinstance(data, Mapping):
        if not identifiers(data).isdisjoint(names):
            yield data
        for value in data.values():
            yield from about(value, names)


def _name(item: Value) -> Identifier | None:
    """Return what names an entry's paper: its DOI, else the number of an archive, else its citation key."""
    if not isinstance(item, Mapping):
        return None
    read = (
        kind.parse(str(item[key])) for name, kind in _KINDS for key in (name, name.upper()) if key in item
    )
    return next((name for name in read if name), None) or named(str(item.get("id", "")))
