"""What looking at a page found, as plain JSON data and back: a page that has not changed need not be looked at again.

Looking is pure, so the bytes' digest and what was looked for say all. Only pages whose kept values are JSON's own
are packed: a TOML or YAML date under our key would come back as a text.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final, Protocol

from enrich.model.accession import Identifier, named
from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.page import Citation, Link, Mention, Page, Span

_KEY: Final = "look"


class Rows(Protocol):
    """Where texts are kept by key."""

    def get(self, key: str) -> str | None:
        """Return the text at `key`, or None."""

    def put(self, key: str, text: str) -> None:
        """Keep `text` at `key`."""


class Glances:
    """Keeps one row a page. `terms` names what was looked for and by which code: other terms never meet its rows."""

    def __init__(self, rows: Rows, terms: str) -> None:
        self._rows = rows
        self._terms = terms

    def look(self, page: str, path: str, digest: str, look: Callable[[], Page]) -> Page:
        """Return what was found on `page` (by its name in the site) when it had `digest`, else what `look` finds."""
        seen = self._seen(page, path, digest)
        if seen is not None:
            return seen
        found = look()
        self.keep(page, found)
        return found

    def keep(self, page: str, found: Page) -> None:
        """Keep what was found on `page`, where JSON can hold it."""
        if (text := _text(found, self._terms)) is not None:
            self._rows.put(f"{_KEY}/{page}", text)

    def _seen(self, page: str, path: str, digest: str) -> Page | None:
        text = self._rows.get(f"{_KEY}/{page}")
        if text is None or not text.startswith(_head(self._terms, digest)):
            return None
        try:
            return _unpack(path, digest, json.loads(text))
        except (ValueError, TypeError):
            return None


def _head(terms: str, digest: str) -> str:
    return f'["{terms}","{digest}",'


def _text(page: Page, terms: str) -> str | None:
    held = json.loads(json.dumps(page.held, default=str))
    if held != page.held or page.refusal or page.skipped:
        return None
    data = [terms, page.digest, held, str(page.own or ""), [_pack(citation) for citation in page.citations]]
    data.append(
        [
            [each.url, each.span.start, each.span.end, each.line, each.section, each.block]
            for each in page.links
        ]
    )
    return json.dumps(data, separators=(",", ":"), ensure_ascii=True)


def _pack(citation: Citation) -> list[object]:
    mentions = [
        [
            each.text,
            [str(name) for name in each.readings],
            each.span.start,
            each.span.end,
            each.line,
            each.section,
            each.block,
            each.damaged,
            each.group,
            each.key,
        ]
        for each in citation.mentions
    ]
    claims = [
        [
            each.heading,
            each.titles,
            each.authors,
            each.journals,
            each.years,
            each.volume,
            each.page,
            each.text,
            each.issue,
        ]
        for each in citation.claims
    ]
    return [[str(name) for name in citation.readings], mentions, claims, citation.words]


def _unpack(path: str, digest: str, row: Any) -> Page:
    _, _, held, own, citations, links = row
    return Page(
        path,
        digest,
        held,
        Doi(own) if own else None,
        tuple(_citation(*packed) for packed in citations),
        tuple(_link(*packed) for packed in links),
    )


def _link(url: str, start: int, end: int, *rest: Any) -> Link:
    return Link(url, Span(start, end), *rest)


def _citation(readings: Any, mentions: Any, claims: Any, words: str) -> Citation:
    return Citation(
        _names(readings),
        tuple(_mention(*packed) for packed in mentions),
        tuple(_claims(*packed) for packed in claims),
        words,
    )


def _mention(text: str, readings: Any, start: int, end: int, *rest: Any) -> Mention:
    return Mention(text, _names(readings), Span(start, end), *rest)


def _names(texts: Any) -> tuple[Identifier, ...]:
    # A DOI was made by `Doi.parse` before it came here: parsing it again would take longer than all the rest.
    return tuple([Doi(text) if text.startswith("10.") else _number(text) for text in texts])


def _number(text: str) -> Identifier:
    if (name := named(text)) is None:
        raise ValueError(text)
    return name


def _claims(heading: str, titles: Any, authors: str, journals: Any, years: Any, *rest: Any) -> Claims:
    return Claims(heading, tuple(titles), authors, tuple(journals), tuple(years), *rest)
