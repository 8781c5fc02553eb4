"""A work as plain JSON data and back: every field by its name, and nothing that did not go in comes out."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from enrich.model.accession import ArxivId, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Update, Work

T = TypeVar("T")
N = TypeVar("N", Doi, Pmid, Pmcid, ArxivId)

# To be raised with every change of what `pack` writes: rows of another version are not read.
VERSION = 2

_NAMES = frozenset(field.name for field in dataclasses.fields(Work))


class _MalformedError(ValueError):
    """Not what `pack` makes."""


def pack(work: Work) -> dict[str, object]:
    """Return `work` as JSON data, without the fields that are not stated."""
    fields: dict[str, object] = {
        "doi": _pack_name(work.doi),
        "title": work.title,
        "other_titles": work.other_titles,
        "authors": [_pack_author(author) for author in work.authors],
        "editors": [_pack_author(author) for author in work.editors],
        "container": work.container,
        "short_container": work.short_container,
        "published": _pack_date(work.published),
        "years": work.years,
        "volume": work.volume,
        "issue": work.issue,
        "pages": work.pages,
        "article_number": work.article_number,
        "kind": work.kind,
        "publisher": work.publisher,
        "issn": work.issn,
        "updated_by": [_pack_update(update) for update in work.updated_by],
        "update_to": [_pack_update(update) for update in work.update_to],
        "pmid": _pack_name(work.pmid),
        "pmcid": _pack_name(work.pmcid),
        "arxiv": _pack_name(work.arxiv),
        "published_as": _pack_name(work.published_as),
    }
    # The agency alone is not empty by default.
    return {name: value for name, value in fields.items() if value} | {"agency": work.agency}


def unpack(data: object) -> Work | None:
    """Return the work that `pack` made `data` of, or None where it cannot have."""
    try:
        return _work(data)
    except _MalformedError:
        return None


def pack_all(found: Sequence[Work]) -> list[dict[str, object]]:
    """Return several works as JSON data."""
    return [pack(work) for work in found]


def unpack_all(data: object) -> tuple[Work, ...] | None:
    """Return the works that `pack_all` made `data` of, or None where it cannot have."""
    if not isinstance(data, list):
        return None
    works = [unpack(each) for each in data]
    return None if None in works else tuple(work for work in works if work)


def _pack_name(name: Doi | Pmid | Pmcid | ArxivId | None) -> str | None:
    return None if name is None else name.value


def _pack_author(author: Author | Group) -> list[str]:
    if isinstance(author, Group):
        return [author.name]
    return [author.given, author.family, author.suffix, author.orcid]


def _pack_date(date: PartialDate | None) -> list[int | None] | None:
    return None if date is None else [date.year, date.month, date.day]


def _pack_update(update: Update) -> list[object]:
    return [update.kind, _pack_name(update.doi), _pack_date(update.date), update.source]


def _work(data: object) -> Work:
    if not isinstance(data, dict) or not data.keys() <= _NAMES:
        raise _MalformedError
    return Work(
        doi=_name(Doi, data.get("doi")),
        title=_text(data.get("title", "")),
        other_titles=_each(data, "other_titles", _text),
        authors=_each(data, "authors", _author),
        editors=_each(data, "editors", _author),
        container=_word(data.get("container", "")),
        short_container=_word(data.get("short_container", "")),
        published=_date(data.get("published")),
        years=_each(data, "years", _number),
        volume=_text(data.get("volume", "")),
        issue=_text(data.get("issue", "")),
        pages=_text(data.get("pages", "")),
        article_number=_text(data.get("article_number", "")),
        kind=_word(data.get("kind", "")),
        publisher=_word(data.get("publisher", "")),
        issn=_each(data, "issn", _word),
        updated_by=_each(data, "updated_by", _update),
        update_to=_each(data, "update_to", _update),
        agency=_word(data.get("agency")),
        pmid=_name(Pmid, data.get("pmid")),
        pmcid=_name(Pmcid, data.get("pmcid")),
        arxiv=_name(ArxivId, data.get("arxiv")),
        published_as=_name(Doi, data.get("published_as")),
    )


def _text(value: object) -> str:
    if type(value) is not str:
        raise _MalformedError
    return value


def _word(value: object) -> str:
    # Thousands of works share a journal, a publisher and a kind: one text in memory serves them all.
    return sys.intern(_text(value))


def _number(value: object) -> int:
    if type(value) is not int:
        raise _MalformedError
    return value


def _name(kind: type[N], value: object) -> N | None:
    if value is None:
        return None
    name = kind.parse(_text(value))
    if name is None or name.value != value:
        raise _MalformedError
    return name


def _each(data: Mapping[str, object], name: str, read: Callable[[object], T]) -> tuple[T, ...]:
    values = data.get(name)
    if values is None:
        return ()
    if not isinstance(values, list):
        raise _MalformedError
    return tuple([read(value) for value in values])


def _author(value: object) -> Author | Group:
    match value:
        case [str() as given, str() as family, str() as suffix, str() as orcid]:
            return Author(given, family, suffix, orcid)
        case [str() as name]:
            return Group(name)
        case _:
            raise _MalformedError


def _date(value: object) -> PartialDate | None:
    match value:
        case None:
            return None
        case [year, month, day]:
            return PartialDate(_number(year), _number_or_none(month), _number_or_none(day))
        case _:
            raise _MalformedError


def _number_or_none(value: object) -> int | None:
    return None if value is None else _number(value)


def _update(value: object) -> Update:
    match value:
        case [str() as kind, doi, date, str() as source]:
            return Update(kind, _name(Doi, doi), _date(date), source)
        case _:
            raise _MalformedError
