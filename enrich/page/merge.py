"""One work's values, merged: what the registry says, what stands on the page, what we wrote before.

A hand edit wins, always (design: a value is ours only if it equals what we remember writing).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from enrich.model.note import Recollection, fingerprint
from enrich.model.page import Change, Drop, Path, Put, Value

Doing = Literal["add", "update", "remove", "unasked", "keep", "same"]


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of one field. `mark` is its fingerprint to remember, or None where it is a person's."""

    name: str
    doing: Doing
    page: Value
    registry: Value
    mark: str | None
    after: str | None = None

    @property
    def goes(self) -> bool:
        """Whether the field is to be taken out."""
        return self.doing in ("remove", "unasked")

    @property
    def why(self) -> str:
        """Why the page changes; empty where it does not."""
        match self.doing:
            case "add":
                return "the registry states it"
            case "update":
                return "the registry says so now; nobody had edited our value"
            case "remove":
                return "the registry states it no longer; nobody had edited our value"
            case "unasked":
                return "the configuration asks for it no longer; nobody had edited our value"
            case "keep" | "same":
                return ""


def change(path: Path, merged: Merged) -> Change | None:
    """Return the change that makes the field at `path` what was decided."""
    match merged.doing:
        case "add" | "update":
            after = merged.after if merged.doing == "add" else None
            return Put(path, merged.registry, merged.why, after)
        case "remove" | "unasked":
            return Drop(path, merged.why)
        case "keep" | "same":
            return None


def fields(
    work: str,
    standing: Mapping[str, Value],
    said: Mapping[str, Value],
    order: Sequence[str],
    memory: Recollection,
    leave: Collection[str] = (),
) -> Iterator[Merged]:
    """Decide about every field that we may write (`order`): `standing` on the page, `said` by the registry.

    About the fields to `leave` nothing new is known: whatever stands there, and our memory of it, stays. What we wrote
    when we were asked for more fields goes.
    """
    previous: str | None = None
    known = memory.fields(work)
    for name in order:
        merged = (
            _field(work, name, standing, said, memory, known.get(name), previous)
            if name not in leave
            else Merged(name, "same", standing.get(name), None, known.get(name))
        )
        if merged is not None:
            yield merged
        if name in standing or (merged and merged.doing == "add"):
            previous = name
    for name in sorted(memory.names(work).difference(order, memory.theirs(work))):
        is_ours = name in standing and memory.is_ours(work, name, standing[name])
        mark = None if is_ours else known.get(name)
        yield Merged(name, "unasked" if is_ours else "same", standing.get(name), None, mark)


def _field(
    work: str,
    name: str,
    standing: Mapping[str, Value],
    said: Mapping[str, Value],
    memory: Recollection,
    old: str | None,
    after: str | None,
) -> Merged | None:
    if name not in standing and name not in said:
        return None
    page, registry = standing.get(name), said.get(name)
    if name not in standing:
        if memory.wrote(work, name):
            return Merged(name, "keep", None, registry, old)
        return Merged(name, "add", None, registry, fingerprint(registry), after)
    if name in said and (mark := fingerprint(registry)) == (fingerprint(page) if page != registry else mark):
        return Merged(name, "same", page, registry, mark)
    if not memory.is_ours(work, name, page):
        return Merged(name, "keep", page, registry, old) if name in said else None
    if name in said:
        return Merged(name, "update", page, registry, fingerprint(registry))
    return Merged(name, "remove", page, None, None)


def is_untouched(work: str, standing: Mapping[str, Value], memory: Recollection) -> bool:
    """Tell whether nobody has edited what we wrote of `work`: nothing changed, added or taken away."""
    return set(standing) == set(memory.fields(work)) and all(
        memory.is_ours(work, name, value) for name, value in standing.items()
    )
