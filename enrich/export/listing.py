"""A site's works as `enrich works` lists them: for a person, grouped under heads, or for programs as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Final, Literal

from enrich.export.entry import Entry
from enrich.report.explain import describe
from enrich.report.sheet import Sheet, count

By = Literal["pages", "journal", "year", "standing"]

VERSION: Final = 1
_GRAVITY: Final = ("retracted", "withdrawn", "expression of concern", "corrected", "")
_Rank = tuple[object, ...]
# How works are ordered, what is unknown last; and what the head over those of one rank says.
_ORDERS: Final[dict[By, tuple[Callable[[Entry], _Rank], Callable[[Entry], str]]]] = {
    "pages": (
        lambda entry: (-len(entry.pages),),
        lambda entry: f"cited on {count(len(entry.pages), 'page')}",
    ),
    "journal": (
        lambda entry: (not entry.work.container, entry.work.container.casefold(), entry.work.container),
        lambda entry: entry.work.container or "no journal",
    ),
    "year": (
        lambda entry: (-entry.work.published.year if entry.work.published else 0,),
        lambda entry: f"{entry.work.published.year:04d}" if entry.work.published else "no year",
    ),
    "standing": (
        lambda entry: (_GRAVITY.index(_status(entry)),),
        lambda entry: _status(entry) or "nothing known against them",
    ),
}


def ordered(entries: Iterable[Entry], by: By) -> list[Entry]:
    """Return the entries in the order that `by` names, those of one rank by key."""
    rank, _ = _ORDERS[by]
    return sorted(entries, key=lambda entry: (*rank(entry), entry.key))


def text(entries: Iterable[Entry], by: By, width: int = 80) -> str:
    """Return the works for a person, those of one rank under one head, the totals last.

    Under a paper that something became of stand the pages that cite it: they need a person.
    """
    sheet = Sheet(width=width)
    rank, head = _ORDERS[by]
    works = ordered(entries, by)
    for _, alike in groupby(works, rank):
        group = list(alike)
        sheet.head(f"{head(group[0])}: {count(len(group), 'work')}")
        for entry in group:
            _entry(sheet, entry)
    pages = {page for entry in works for page in entry.pages}
    sheet.head(f"{count(len(works), 'work')} cited on {count(len(pages), 'page')}")
    return str(sheet)


def as_json(entries: Iterable[Entry], by: By) -> str:
    """Return the works as JSON, version 1: every key is always there, null where nothing is known."""
    whole = {"version": VERSION, "works": [_fields(entry) for entry in ordered(entries, by)]}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _entry(sheet: Sheet, entry: Entry) -> None:
    pages = count(len(entry.pages), "page")
    sheet.entry(entry.key, f"{pages}, {entry.work.url}")
    sheet.line(describe(entry.work), indent=4, hang=2)
    if entry.fate:
        sheet.line(entry.fate, indent=4, hang=2)
    for page in entry.pages if entry.standing else ():
        sheet.entry(page, "", indent=6)


def _fields(entry: Entry) -> dict[str, object]:
    work, stands = entry.work, entry.standing
    said: dict[str, object] = {
        "key": entry.key,
        "doi": work.doi and work.doi.value,
        "pmid": work.pmid and work.pmid.value,
        "pmcid": work.pmcid and work.pmcid.value,
        "arxiv": work.arxiv and work.arxiv.value,
        "type": work.kind,
        "title": work.title,
        "authors": [str(author) for author in work.authors],
        "journal": work.container,
        "published": work.published and str(work.published),
        "volume": work.volume,
        "issue": work.issue,
        "pages": work.pages,
        "publisher": work.publisher,
        "status": stands and stands.status,
        "notice": stands and stands.notice and stands.notice.value,
        "notice_date": stands and stands.date and str(stands.date),
        "published_as": work.published_as and work.published_as.value,
        "agency": work.agency,
        "cited_on": list(entry.pages),
    }
    return {name: None if value == "" else value for name, value in said.items()}


def _status(entry: Entry) -> str:
    return entry.standing.status if entry.standing else ""
