"""What changed since the run before: its totals beside ours, and what is newly wrong or newly right.

The run before is its JSON report as it was read from disk: whatever in it is not as expected counts as not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from enrich.model.outcome import PageOutcome, Report
from enrich.report import addresses
from enrich.report.tally import totals

_WRONG: Final = ("not_found", "suspect", "suggested")
# A trouble of a page: where, what it is about, and the word for it.
_Trouble = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Moved:
    """A total that is not what it was."""

    word: str
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class Since:
    """The change since the last run; `come` and `gone` are (page, citation or address, word)."""

    totals: tuple[Moved, ...]
    come: tuple[_Trouble, ...]
    gone: tuple[_Trouble, ...]


def since(report: Report, before: Mapping[str, object]) -> Since:
    """Hold the report against the one before; a page that either run did not settle says nothing."""
    old = _pages(before)
    then = {path: frozenset(_of_json(path, page)) for path, page in old.items()}
    come: list[_Trouble] = []
    gone: list[_Trouble] = []
    for page in report.pages:
        if page.outcome in ("incomplete", "refused") or page.path not in then:
            continue
        now = frozenset(_of_page(page))
        come += sorted(now - then[page.path])
        gone += sorted(then[page.path] - now)
    return Since(_moved(report, before), tuple(come), tuple(gone))


def _moved(report: Report, before: Mapping[str, object]) -> tuple[Moved, ...]:
    old = before.get("totals")
    if not isinstance(old, Mapping):
        return ()
    pairs = ((word, old.get(word), now) for word, now in totals(report).items())
    return tuple(Moved(word, was, now) for word, was, now in pairs if isinstance(was, int) and was != now)


def _pages(before: Mapping[str, object]) -> dict[str, Mapping[str, object]]:
    settled = (
        page for page in _items(before, "pages") if page.get("outcome") not in ("incomplete", "refused")
    )
    return {path: page for page in settled if isinstance(path := page.get("path"), str)}


def _items(whole: Mapping[str, object], key: str) -> Iterator[Mapping[str, object]]:
    items = whole.get(key)
    if isinstance(items, Sequence) and not isinstance(items, str):
        yield from (item for item in items if isinstance(item, Mapping))


def _of_json(path: str, page: Mapping[str, object]) -> Iterator[_Trouble]:
    for cited in _items(page, "citations"):
        if cited.get("status") in _WRONG:
            yield path, str(cited.get("identifier")), str(cited["status"])
    for link in _items(page, "links"):
        if link.get("status") == "broken" or link.get("pdf") == "other_paper":
            yield path, str(link.get("url")), _word(str(link.get("pdf")))


def _of_page(page: PageOutcome) -> Iterator[_Trouble]:
    for cited in page.citations:
        if cited.status in _WRONG:
            yield page.path, cited.identifier, cited.status
    for link in page.links:
        if link.status == "broken" or addresses.is_other_paper(link):
            yield page.path, link.url, _word(str(link.pdf))


def _word(pdf: str) -> str:
    return "other_paper" if pdf == "other_paper" else "broken"
