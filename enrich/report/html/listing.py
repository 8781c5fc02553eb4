"""The list of pages, cut so that 14,000 of them open at once: the most pressing whole, the rest packed.

Every page has a row in a packed index and, where there is anything to say of it, a body of HTML. The first bodies
stand in the document; the others are packed by hundreds, and the page's script unpacks a hundred when one of them
is opened. Packed is: zlib's deflate (RFC 1950) in base64, which browsers undo by themselves.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from enrich.model.outcome import PageOutcome
from enrich.report.html.need import Need, need
from enrich.report.sheet import visible

# How many pages stand in the document itself, and how many characters their bodies may take together.
_WHOLE: Final = 200
_WHOLE_SIZE: Final = 400_000
# How many characters of diffs the report carries; what comes after is left out, and said to be.
_DIFFS: Final = 16_000_000
_TOGETHER: Final = 100
_LEFT_OUT: Final = "\\ left out here, or the report would be too large: `git diff` shows it\n"

_NOTHING: Final = Markup()

# How a page becomes the HTML of its body.
Body = Callable[[PageOutcome], Markup]


@dataclass(frozen=True, slots=True)
class Row:
    """A page in the list; `body` is its HTML where it stands in the document, else empty."""

    path: str
    outcome: str
    words: str
    papers: int
    changes: int
    is_needed: bool
    body: Markup = _NOTHING


@dataclass(frozen=True, slots=True)
class Listing:
    """All pages, the most pressing first: rows, how many of them are `whole`, and what is packed for the script."""

    rows: tuple[Row, ...]
    whole: int
    index: str
    bodies: tuple[str, ...]

    @property
    def needed(self) -> int:
        """How many pages need a person; they are the first ones."""
        return sum(row.is_needed for row in self.rows)


def listing(pages: Iterable[PageOutcome], body: Body) -> Listing:
    """Return the pages as a list; each body is made once."""
    needed = sorted(((page, need(page)) for page in pages), key=lambda pair: (pair[1].rank, pair[0].path))
    ordered = [page for page, _ in needed]
    rows = tuple(_row(page, why) for page, why in needed)
    bodies = [body(page) if _is_told(page) else _NOTHING for page in _lightened(ordered)]
    whole = _fitting(bodies)
    first = tuple(replace(row, body=text) for row, text in zip(rows, bodies[:whole], strict=False))
    rest = bodies[whole:]
    packs = tuple(packed(rest[start : start + _TOGETHER]) for start in range(0, len(rest), _TOGETHER))
    return Listing((*first, *rows[whole:]), whole, _index(rows, ordered, bodies), packs)


def packed(value: object) -> str:
    """Return `value` as JSON, deflated, in base64."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode("utf-8", "backslashreplace"))).decode("ascii")


def _is_told(page: PageOutcome) -> bool:
    return bool(page.citations or page.links or page.changes or page.kept or page.patch)


def _row(page: PageOutcome, why: Need) -> Row:
    return Row(page.path, page.outcome, why.words, len(page.citations), len(page.changes), why.is_pressing)


def _lightened(pages: Iterable[PageOutcome]) -> Iterable[PageOutcome]:
    room = _DIFFS
    for page in pages:
        room -= len(page.patch)
        yield page if room >= 0 or not page.patch else replace(page, patch=_LEFT_OUT)


def _fitting(bodies: Sequence[str]) -> int:
    """Return how many bodies the document holds."""
    room = _WHOLE_SIZE
    for number, body in enumerate(bodies[:_WHOLE]):
        room -= len(body)
        if room < 0:
            return number
    return min(len(bodies), _WHOLE)


def _index(rows: Sequence[Row], pages: Sequence[PageOutcome], bodies: Sequence[str]) -> str:
    """Return the rows as columns: texts that repeat stand once, and are named by their number."""
    words = {word: number for number, word in enumerate(dict.fromkeys(row.words for row in rows))}
    outcomes = {word: number for number, word in enumerate(dict.fromkeys(row.outcome for row in rows))}
    return packed(
        {
            "paths": [visible(row.path) for row in rows],
            "words": list(map(visible, words)),
            "word": [words[row.words] for row in rows],
            "outcomes": list(outcomes),
            "outcome": [outcomes[row.outcome] for row in rows],
            "papers": [row.papers for row in rows],
            "changes": [row.changes for row in rows],
            "cites": [visible(_cites(page)) for page in pages],
            "bodied": [int(bool(body)) for body in bodies],
            "needed": sum(row.is_needed for row in rows),
        }
    )


def _cites(page: PageOutcome) -> str:
    return " ".join(dict.fromkeys((cited.doi or cited.identifier).lower() for cited in page.citations))
