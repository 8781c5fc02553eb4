"""A raw Crossref record made a `Work`: what it says, cleaned of every quirk, with nothing invented.

https://api.crossref.org/swagger-ui/index.html describes the fields; publishers deposit what stands in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from enrich.model.identifier import Doi
from enrich.model.work import Update, Work
from enrich.source.crossref.containers import containers
from enrich.source.crossref.contributors import people
from enrich.source.crossref.dates import date, published, years
from enrich.source.crossref.text import every, first, text
from enrich.source.crossref.titles import titles

# What a list query must ask for so that `work` sees all it reads (`published-other` cannot be selected).
SELECT: tuple[str, ...] = (
    "DOI",
    "title",
    "subtitle",
    "short-title",
    "original-title",
    "author",
    "editor",
    "container-title",
    "short-container-title",
    "issued",
    "published-print",
    "published-online",
    "posted",
    "approved",
    "volume",
    "issue",
    "page",
    "article-number",
    "type",
    "publisher",
    "ISSN",
    "updated-by",
    "update-to",
    "relation",
)
# What tells of a work's standing. A notice of Retraction Watch is no redeposit, so no filter by date finds it.
STANDING: tuple[str, ...] = ("DOI", "title", "updated-by")

_ISSN = re.compile(r"\b(\d{4})-?(\d{3}[\dXx])\b")
_DASHES = re.compile(r"\s*[‐‑‒–—−]\s*|\s+-\s+|--+")
_PAGE_SIGN = re.compile(r"^pp?\.\s*", re.IGNORECASE)
_NO_PAGES = frozenset({"0", "0-0"})


def work(record: Mapping[str, object]) -> Work | None:
    """Return the work that a record describes, or None where it has no usable DOI; any JSON is taken."""
    doi = _doi(record.get("DOI"))
    if doi is None:
        return None
    named = titles(record)
    container, short_container = containers(record)
    article_number = text(record.get("article-number"))
    return Work(
        doi=doi,
        title=named.title,
        other_titles=named.others,
        authors=people(record.get("author"), container=container, title=named.title),
        editors=people(record.get("editor"), container=container, title=named.title),
        container=container,
        short_container=short_container,
        published=published(record),
        years=years(record),
        volume=text(record.get("volume")),
        issue=text(record.get("issue")),
        pages=_pages(record.get("page")) or article_number,
        article_number=article_number,
        kind=text(record.get("type")),
        publisher=first(record.get("publisher")),
        issn=_issn(record.get("ISSN")),
        updated_by=tuple(_updates(record.get("updated-by"), doi)),
        update_to=tuple(update for update in _updates(record.get("update-to"), doi) if update.doi),
        published_as=_published_as(record.get("relation"), doi),
    )


def _doi(value: object) -> Doi | None:
    return Doi.parse(value) if isinstance(value, str) else None


def _pages(value: object) -> str:
    pages = _PAGE_SIGN.sub("", _DASHES.sub("-", first(value))).rstrip("-")
    return "" if pages in _NO_PAGES else pages


def _issn(value: object) -> tuple[str, ...]:
    found = [_ISSN.search(number) for number in every(value)]
    return tuple(dict.fromkeys(f"{match[1]}-{match[2].upper()}" for match in found if match))


def _updates(value: object, own: Doi) -> Iterator[Update]:
    """Yield each update once; a record that points at itself says nothing, unless Retraction Watch says it.

    Publishers often replace a retracted article by its notice, under the article's own DOI: Retraction Watch
    records the event so, and no notice is known by another DOI.
    """
    seen: set[Update] = set()
    for item in value if isinstance(value, list) else [value]:
        update = _update(item) if isinstance(item, Mapping) else None
        if update is not None and update.doi == own:
            update = replace(update, doi=None) if _is_watched(update) else None
        if update is not None and update not in seen:
            seen.add(update)
            yield update


def _update(item: Mapping[str, object]) -> Update | None:
    doi = _doi(item.get("DOI"))
    kind = _folded(text(item.get("type")) or text(item.get("label")))
    if doi is None or not kind:
        return None
    return Update(kind, doi, date(item.get("updated")), text(item.get("source")))


def _is_watched(update: Update) -> bool:
    return _folded(update.source) == "retraction_watch"


def _folded(said: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", said.lower()).strip("_")


def _published_as(relation: object, own: Doi) -> Doi | None:
    """Return the DOI of the article that a preprint became; its versions and itself are none.

    https://www.crossref.org/documentation/principles-practices/posted-content/linking-posted-content/
    """
    stated = relation.get("is-preprint-of") if isinstance(relation, Mapping) else None
    related = [
        item for item in (stated if isinstance(stated, list) else [stated]) if isinstance(item, Mapping)
    ]
    dois = (_doi(item.get("id")) for item in related if text(item.get("id-type")).lower() in ("doi", ""))
    return next((doi for doi in dois if doi is not None and doi != own), None)
