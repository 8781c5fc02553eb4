"""Changes sorted by the mapping or list they touch, and the data that they must lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from enrich.model.page import Change, Changes, Drop, Insert, Path, Put, Refusal, Value

Step = str | int


@dataclass(frozen=True, slots=True)
class Given:
    """A value to write and its reason; `key` is set where it is a new key of a mapping."""

    value: Value
    why: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """What happens to one mapping or list that stands on the page, by the keys or indices it has now.

    `replaced` children get a new value, `dropped` ones go (for the reason given), `inside` are the
    revisions of children that stay. New keys are in `added` under the key they stand after, in order; under
    None those that come last. New items are in `inserted` under the index they stand before.
    """

    replaced: Mapping[Step, Given] = field(default_factory=dict)
    dropped: Mapping[Step, str] = field(default_factory=dict)
    inside: Mapping[Step, Revision] = field(default_factory=dict)
    added: Mapping[str | None, tuple[Given, ...]] = field(default_factory=dict)
    inserted: Mapping[int, tuple[Given, ...]] = field(default_factory=dict)


def revise(data: Value, changes: Changes) -> Revision | Refusal:
    """Sort `changes` by what they touch in `data`, a mapping.

    Refused: a path that leads nowhere, a change inside something that is dropped or replaced by another.
    """
    try:
        return _revised(data, [(change.path, change) for change in changes])
    except _ConflictError as conflict:
        return Refusal(str(conflict))


def apply(data: Value, changes: Changes) -> Value | Refusal:
    """Return the plain data that `changes` make of `data`, which is not mutated. Refused as by `revise`."""
    revision = revise(data, changes)
    return revision if isinstance(revision, Refusal) else _applied(data, revision)


def dotted(path: Iterable[Step]) -> str:
    """Return a path as a person reads it: `params.citations[0].doi`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def is_same(one: Value, other: Value) -> bool:
    """Say whether two plain values mean the same: `1`, `1.0` and `true` differ, a NaN equals itself."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return one == other or (one != one and other != other)


class _ConflictError(Exception):
    """Two changes that cannot both be made, or one that has no place; the message is for a person."""


# The change, and what is left of its path from here.
_Pending = list[tuple[Path, Change]]


def _revised(value: Value, pending: _Pending) -> Revision:
    if isinstance(value, dict):
        return _mapping_revised(value, pending)
    if isinstance(value, list):
        return _list_revised(value, pending)
    raise _ConflictError(f"{_named(pending)} has no place: what stands there is neither a mapping nor a list")


def _mapping_revised(value: Mapping[Step, Value], pending: _Pending) -> Revision:
    children = _by_step(pending)
    fresh = {key: children.pop(key) for key in list(children) if key not in value}
    if any(isinstance(key, int) for key in fresh):
        raise _ConflictError(f"{_named(pending)} is no list")
    replaced, dropped, inside = _children_revised(value, children)
    return Revision(replaced, dropped, inside, added=_added(value, fresh))


def _list_revised(value: list[Value], pending: _Pending) -> Revision:
    inserted: dict[int, tuple[Given, ...]] = {}
    for path, change in pending:
        if not path and not isinstance(change, Insert):
            raise _ConflictError(f"{_named(pending)} is changed twice")
        if not path and isinstance(change, Insert):
            if not 0 <= change.index <= len(value):
                raise _ConflictError(f"{_named(pending)} has no place {change.index}")
            given = Given(_plain(change.value), change.why)
            inserted[change.index] = (*inserted.get(change.index, ()), given)
    children = _by_step([(path, change) for path, change in pending if path])
    if any(not isinstance(step, int) or not 0 <= step < len(value) for step in children):
        raise _ConflictError(f"{_named(pending)} has no such item")
    replaced, dropped, inside = _children_revised(dict(enumerate(value)), children)
    return Revision(replaced, dropped, inside, inserted=inserted)


def _children_revised(
    value: Mapping[Step, Value], children: Mapping[Step, _Pending]
) -> tuple[dict[Step, Given], dict[Step, str], dict[Step, Revision]]:
    replaced: dict[Step, Given] = {}
    dropped: dict[Step, str] = {}
    inside: dict[Step, Revision] = {}
    for step, pending in children.items():
        path, change = pending[0]
        if path or isinstance(change, Insert):
            inside[step] = _revised(value[step], pending)
        elif len(pending) > 1:
            raise _ConflictError(f"{_named(pending)} is changed twice")
        elif isinstance(change, Drop):
            dropped[step] = change.why
        elif not is_same(plain := _plain(change.value), value[step]):
            replaced[step] = Given(plain, change.why)
    return replaced, dropped, inside


def _added(
    value: Mapping[Step, Value], fresh: Mapping[Step, _Pending]
) -> dict[str | None, tuple[Given, ...]]:
    """Sort new keys by the key that they stand behind; one that stands behind a new key follows that one."""
    added: dict[str | None, list[tuple[str | None, Given]]] = {}
    places: dict[str | None, str | None] = {}
    for key, pending in fresh.items():
        given = Given(_made(pending), pending[0][1].why, str(key))
        change = pending[0][1]
        after = change.after if isinstance(change, Put) and not pending[0][0] else None
        place = places.get(after, after if after in value else None)
        group = added.setdefault(place, [])
        behind = [at for at, (sibling, other) in enumerate(group, 1) if after in (sibling, other.key)]
        group.insert(behind[-1] if after and behind else len(group), (after, given))
        places[given.key] = place
    return {place: tuple(given for _, given in group) for place, group in added.items()}


def _made(pending: _Pending) -> Value:
    """Return the value of a key that is not there yet, made of all that is put into it."""
    path, change = pending[0]
    if not path and isinstance(change, Put):
        if len(pending) > 1:
            raise _ConflictError(f"{_named(pending)} is changed twice")
        return _plain(change.value)
    if not path or any(isinstance(each, Drop) for _, each in pending):
        raise _ConflictError(f"{_named(pending)} is not there")
    children = _by_step(pending)
    if any(isinstance(key, int) for key in children):
        raise _ConflictError(f"{_named(pending)} is no list")
    return {key: _made(inner) for key, inner in children.items()}


def _by_step(pending: _Pending) -> dict[Step, _Pending]:
    children: dict[Step, _Pending] = {}
    for path, change in pending:
        if path:
            children.setdefault(path[0], []).append((path[1:], change))
        elif not isinstance(change, Insert):
            raise _ConflictError(f"{_named(pending)} is changed twice")
        else:
            raise _ConflictError(f"{_named(pending)} is no list")
    return children


def _plain(value: Value) -> Value:
    """Return a value to write as dicts and lists, so that it compares with what a parser gives."""
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            raise _ConflictError(f"the text {value!r} holds half a character, which no UTF-8 file can")
        return value
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bool | int | float | None):
        return value
    raise TypeError(f"a front matter cannot hold {value!r}")


def _named(pending: _Pending) -> str:
    path, change = pending[0]
    return f"`{dotted(change.path[: len(change.path) - len(path)])}`"


def _applied(value: Value, revision: Revision) -> Value:
    if isinstance(value, dict):
        return dict(_pairs_applied(value, revision))
    if isinstance(value, list):
        return list(_items_applied(value, revision))
    return value


def _pairs_applied(value: Mapping[str, Value], revision: Revision) -> Iterator[tuple[str, Value]]:
    for key in value:
        if key not in revision.dropped:
            yield key, _child_applied(value[key], key, revision)
        yield from ((given.key, given.value) for given in revision.added.get(key, ()))
    yield from ((given.key, given.value) for given in revision.added.get(None, ()))


def _items_applied(value: list[Value], revision: Revision) -> Iterator[Value]:
    for index, item in enumerate(value):
        yield from (given.value for given in revision.inserted.get(index, ()))
        if index not in revision.dropped:
            yield _child_applied(item, index, revision)
    yield from (given.value for given in revision.inserted.get(len(value), ()))


def _child_applied(child: Value, step: Step, revision: Revision) -> Value:
    if step in revision.replaced:
        return revision.replaced[step].value
    return _applied(child, revision.inside[step]) if step in revision.inside else child
