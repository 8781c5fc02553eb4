"""What stands under our key: a list of papers with a person's own among them, or somebody else's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enrich.model.identifier import Doi
from enrich.model.note import Recollection
from enrich.model.page import Refusal, Value
from enrich.page.profile import Profile

_MISSING = object()


@dataclass(frozen=True, slots=True)
class Entries:
    """The list under our key: each item's fields, and the DOI it is about (None: not a paper of ours)."""

    items: tuple[Mapping[str, Value], ...]
    dois: tuple[Doi | None, ...]

    def index(self, doi: Doi) -> int | None:
        """Return the place of the first entry about `doi`."""
        return self.dois.index(doi) if doi in self.dois else None


def held(data: Mapping[str, Value], profile: Profile) -> Mapping[str, Value]:
    """Return the part of a front matter that composing looks at, to be kept while the rest is forgotten."""
    names = profile.path[:1] or profile.fields
    return {name: data[name] for name in names if name in data}


def refusal(data: Mapping[str, Value], profile: Profile) -> Refusal | None:
    """Say why our key cannot be used on this page: it holds something that is not a list of papers."""
    parent: Value = data
    for depth, name in enumerate(profile.path):
        if not isinstance(parent, Mapping):
            return Refusal(f"`{'.'.join(profile.path[:depth])}` is not a table; move ours with [output] key")
        if name not in parent:
            return None
        parent = parent[name]
    if profile.shape == "flat":
        return None
    if parent is None:
        return None
    if not isinstance(parent, list) or not all(isinstance(item, Mapping) for item in parent):
        return Refusal(
            f"`{profile.place}` is not a list of papers, so it is somebody else's; move ours with [output] key"
        )
    return None


def read(data: Mapping[str, Value], path: tuple[str, ...]) -> Entries | None:
    """Return the list at `path`, empty where the key has no value; None where there is no key."""
    value: Value = data
    for name in path:
        value = value.get(name, _MISSING) if isinstance(value, Mapping) else _MISSING
    if value is None:
        return Entries((), ())
    if not isinstance(value, list):
        return None
    return Entries(tuple(value), tuple(_doi(item) for item in value))


def has_ours(entries: Entries, memory: Recollection) -> bool:
    """Tell whether any entry is one that we wrote, whatever was edited since."""
    works = memory.identifiers()
    return any(
        str(doi) in works or any(is_redirected(item, work, memory) for work in works)
        for item, doi in zip(entries.items, entries.dois, strict=True)
    )


def is_redirected(item: Mapping[str, Value], work: str, memory: Recollection) -> bool:
    """Tell whether an entry is what we wrote of `work` but for its DOI, which a person corrected."""
    return sum(memory.is_ours(work, name, item[name]) for name in item if name != "doi") >= 2


def _doi(item: Mapping[str, Value]) -> Doi | None:
    value = next((item[name] for name in ("doi", "DOI") if name in item), None)
    return Doi.parse(value) if isinstance(value, str) else None
