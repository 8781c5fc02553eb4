"""Values of ours as JSON data and back, by their types: what `pack` made of one, `unpacker` makes one of again."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from enrich.report.json_report import plain

T = TypeVar("T")

_KIND: Final = "is"
_AS_THEY_ARE: Final = frozenset({str, int, bool, NoneType})
_Unpack = Callable[[object], object]


class MalformedError(ValueError):
    """Not what `pack` makes."""


def pack(value: object) -> object:
    """Return a value as JSON data: tuples as lists, records by their fields that are not at their default.

    Front matter that stands in a record comes back as JSON has it: dates as texts.
    """
    kind = value.__class__
    if kind in _AS_THEY_ARE:
        return value
    if isinstance(value, tuple):
        return [pack(item) for item in value]
    if not dataclasses.is_dataclass(kind):
        return plain(value)
    packed: dict[str, object] = {_KIND: kind.__name__}
    for name, default in _fields(kind):
        if (field := getattr(value, name)) != default:
            packed[name] = pack(field)
    return packed


def unpacker(kind: type[T]) -> Callable[[object], T]:
    """Return what makes a `kind`, a record, of JSON data; MalformedError where `pack` cannot have made that."""
    unpack = _record(kind)

    def checked(data: object) -> T:
        value = unpack(data)
        if not isinstance(value, kind):
            raise MalformedError(f"wants {kind.__name__}")
        return value

    return checked


@cache
def _fields(kind: type) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.default) for field in dataclasses.fields(kind))


@cache
def _of(hint: object) -> _Unpack:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is object:
        return lambda data: data
    if origin is Literal:
        return _one_of(frozenset(arguments))
    if origin is tuple:
        return _many(_of(arguments[0])) if arguments[-1] is Ellipsis else _row(tuple(map(_of, arguments)))
    if origin in (Union, UnionType):
        return _either(arguments)
    if isinstance(hint, type):
        return _record(hint) if dataclasses.is_dataclass(hint) else _just(hint)
    raise TypeError(f"no JSON is known for {hint}")


def _just(kind: type) -> _Unpack:
    kinds = {float, int} if kind is float else {kind}

    def unpack(data: object) -> object:
        if type(data) not in kinds:
            raise MalformedError(f"wants {kind.__name__}")
        return data

    return unpack


def _one_of(words: frozenset[object]) -> _Unpack:
    def unpack(data: object) -> object:
        if not isinstance(data, str) or data not in words:
            raise MalformedError("wants a known word")
        return data

    return unpack


def _many(item: _Unpack) -> _Unpack:
    def unpack(data: object) -> object:
        if not isinstance(data, list):
            raise MalformedError("wants a list")
        return tuple([item(each) for each in data])

    return unpack


def _row(items: tuple[_Unpack, ...]) -> _Unpack:
    def unpack(data: object) -> object:
        if not isinstance(data, list) or len(data) != len(items):
            raise MalformedError(f"wants a list of {len(items)}")
        return tuple([item(each) for item, each in zip(items, data, strict=True)])

    return unpack


def _either(kinds: tuple[object, ...]) -> _Unpack:
    """Choose a record by its name; anything else by its JSON type."""
    records = {kind.__name__: _of(kind) for kind in kinds if isinstance(kind, type) and _is_record(kind)}
    others = [_of(kind) for kind in kinds if kind is not NoneType and not _is_record(kind)]

    def unpack(data: object) -> object:
        if data is None and NoneType in kinds:
            return None
        if isinstance(data, dict) and records:
            return records.get(str(data.get(_KIND)), _refused)(data)
        for other in others:
            try:
                return other(data)
            except MalformedError:
                continue
        return _refused(data)

    return unpack


def _record(kind: type) -> _Unpack:
    hints = get_type_hints(kind)
    items = {name: _of(hints[name]) for name, _ in _fields(kind)}

    def unpack(data: object) -> object:
        if not isinstance(data, Mapping) or data.get(_KIND) != kind.__name__:
            raise MalformedError(f"wants {kind.__name__}")
        try:
            return kind(**{name: items[name](value) for name, value in data.items() if name != _KIND})
        except (KeyError, TypeError) as error:
            raise MalformedError(f"wants the fields of {kind.__name__}: {error}") from error

    return unpack


def _is_record(kind: object) -> bool:
    return isinstance(kind, type) and dataclasses.is_dataclass(kind)


def _refused(_data: object) -> object:
    raise MalformedError("wants something else")
