"""What is known of links and files, as plain JSON data and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args, get_type_hints

from enrich.model.identifier import Doi
from enrich.model.link import LinkVerdict, PdfContent, Standing

# To be raised with every change of these values: rows of another version are not read.
VERSION = 1

T = TypeVar("T", LinkVerdict, PdfContent, Standing)


def pack(value: LinkVerdict | PdfContent | Standing) -> Mapping[str, object]:
    """Return the fields that are not at their default, as JSON data."""
    stated = {
        field.name: getattr(value, field.name)
        for field in dataclasses.fields(value)
        if getattr(value, field.name) != field.default
    }
    return {
        name: [str(doi) for doi in each] if isinstance(each, tuple) else each for name, each in stated.items()
    }


def unpacker(kind: type[T]) -> Callable[[object], T | None]:
    """Return what makes a `kind` of what `pack` made of one, or None of anything else."""
    wanted = {name: _types(hint) for name, hint in get_type_hints(kind).items()}

    def unpack(data: object) -> T | None:
        if not isinstance(data, dict) or not data.keys() <= wanted.keys():
            return None
        if not all(isinstance(value, wanted[name]) for name, value in data.items()):
            return None
        dois = {name: tuple(map(Doi, value)) for name, value in data.items() if isinstance(value, list)}
        try:
            return kind(**{**data, **dois})
        except TypeError:
            return None

    return unpack


def _types(hint: Any) -> tuple[type, ...]:
    """Return the JSON types of a field: a closed set of words is a text, a tuple of DOIs a list."""
    if hint is float:
        return (float, int)
    if isinstance(hint, type):
        return (hint,)
    arguments = get_args(hint)
    if arguments == (Doi, ...):
        return (list,)
    return tuple({each if isinstance(each, type) else type(each) for each in arguments})
