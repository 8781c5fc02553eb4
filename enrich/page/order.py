"""How things stood in a front matter before ours went, so that they come back to the same places.

An order is a tuple of names: the keys of the mapping that a key of ours stood in, then the list's items, each by its
work; an item that stays is an empty text. It is empty where everything comes back to its place by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enrich.model.note import Note
from enrich.model.page import Path, Put, Value
from enrich.page.own import is_there, value_at
from enrich.page.profile import TABLES, shape_of
from enrich.page.undo import Undoing

_STAYS = ""


def of(data: Mapping[str, Value], note: Note, undoing: Undoing, mentioned: Sequence[str]) -> tuple[str, ...]:
    """Return the order in `data`, from which `undoing` is about to take what `note` tells of.

    `mentioned` are the works in the order in which the page cites them, which is that of new entries.
    """
    if not undoing.changes:
        return note.order
    path = tuple(note.place.split(".")) if note.place else ()
    if shape_of(note.where) == "flat":
        return _keys(data, undoing, [name for name in TABLES[note.form or "flat"] if "." not in name])
    items = value_at(data, path)
    count = len(items) if isinstance(items, list) else 0
    works = {place[-1]: work for place, (work, name) in undoing.taken.items() if not name}
    tokens = _tokens(note, count, works)
    usual = [_STAYS] * tokens.count(_STAYS) + [work for work in mentioned if work in tokens]
    if tokens == usual and not undoing.edited:
        tokens = []
    is_gone = any(len(change.path) <= len(path) for change in undoing.changes)
    return (*(_keys(data, undoing, []) if is_gone else ()), *tokens)


def behind(order: Sequence[str], name: str, present: Mapping[str, Value]) -> str | None:
    """Return the key of `present` behind which `name` stood; None where it is to go last."""
    before = order[: order.index(name)] if name in order else ()
    return next((key for key in reversed(before) if key and key in present), None)


def index(order: Sequence[str], work: str, count: int) -> int | None:
    """Return the index among `count` items before which an entry stood; None where nobody knows."""
    return min(order[: order.index(work)].count(_STAYS), count) if work in order else None


def rank(order: Sequence[str], work: str) -> int:
    """Return what sorts entries at one place as they stood; those that were not there come last."""
    return order.index(work) if work in order else len(order)


def put(
    data: Mapping[str, Value], path: tuple[str, ...], value: Value, why: str, order: Sequence[str]
) -> Put:
    """Return the change that makes `path` hold `value`, its first new key where that stood before."""
    depth = next((at for at in range(len(path)) if not is_there(data, path[: at + 1])), len(path) - 1)
    parent = value_at(data, path[:depth])
    after = behind(order, path[depth], parent) if isinstance(parent, Mapping) else None
    if after is None:
        return Put(path, value, why)
    for name in reversed(path[depth + 1 :]):
        value = {name: value}
    return Put(path[: depth + 1], value, why, after)


def _keys(data: Mapping[str, Value], undoing: Undoing, usual: Sequence[str]) -> tuple[str, ...]:
    """Return the keys beside those that go, unless these would come back there by themselves."""
    by_parent: dict[Path, list[str]] = {}
    for change in undoing.changes:
        by_parent.setdefault(change.path[:-1], []).append(str(change.path[-1]))
    parent, gone = min(by_parent.items(), key=lambda each: len(each[0]))
    mapping = value_at(data, tuple(map(str, parent)))
    keys = [str(key) for key in mapping] if isinstance(mapping, Mapping) else []
    back = [key for key in keys if key not in gone]
    before = ""
    for key in usual:
        if key in gone:
            back.insert(back.index(before) + 1 if before else len(back), key)
        before = key if key in back else before
    back += [key for key in gone if key not in back]
    return () if back == keys else tuple(keys)


def _tokens(note: Note, count: int, works: Mapping[str | int, str]) -> list[str]:
    """Return the items in their order, those that went before among them."""
    at = iter(range(count))
    known = note.order if note.order.count(_STAYS) == count else (_STAYS,) * count
    return [works.get(next(at), _STAYS) if token == _STAYS else token for token in known]
