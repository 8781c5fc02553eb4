"""Where the values of a page's own work stand: under keys at top level, or within one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from enrich.model.page import Path, Value


def path_of(name: str) -> tuple[str, ...]:
    """Return the keys that lead to a field from the place of its profile: dots lead below other keys."""
    return tuple(name.split("."))


def standing(data: Mapping[str, Value], place: tuple[str, ...], names: Iterable[str]) -> Mapping[str, Value]:
    """Return what stands in each of the fields that are there."""
    found = ((name, (*place, *path_of(name))) for name in names)
    return {name: value_at(data, path) for name, path in found if is_there(data, path)}


def key(place: tuple[str, ...], work: str, name: str) -> str:
    """Return what a person is told a field is: `journal`, `citation[10.1000/a].volume`."""
    return f"{'.'.join(place)}[{work}].{name}" if place else name


def is_there(data: Mapping[str, Value], path: tuple[str, ...]) -> bool:
    """Tell whether the last key of `path` is there."""
    parent = value_at(data, path[:-1])
    return isinstance(parent, Mapping) and path[-1] in parent


def value_at(data: Mapping[str, Value], path: tuple[str, ...]) -> Value:
    """Return the value at `path`, or None."""
    value: Value = data
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def anchor(place: tuple[str, ...], names: Collection[str]) -> tuple[str, ...]:
    """Return the field that lies deepest, by which the keys that we made are counted."""
    return max(((*place, *path_of(name)) for name in names), key=len, default=place)


def whole(data: Mapping[str, Value], gone: Collection[Path], deepest: int, made: int) -> tuple[Path, ...]:
    """Return the paths to take out for all of `gone` to go, with the keys we made that hold nothing else.

    `made` counts those that we made on a path of `deepest` keys, the last one first.
    """
    paths = dict.fromkeys(gone)
    for length in range(max(map(len, paths), default=0) - 1, 0, -1):
        if deepest - length >= made:
            break
        for parent in {path[:length]: None for path in paths if len(path) == length + 1}:
            children = value_at(data, tuple(map(str, parent)))
            if isinstance(children, Mapping) and all((*parent, key) in paths for key in children):
                paths = dict.fromkeys(parent if path[:length] == parent else path for path in paths)
    return tuple(paths)
