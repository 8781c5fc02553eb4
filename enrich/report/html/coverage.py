"""How far the pages are covered: each page and each citation in one part of a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from enrich.model.outcome import PageOutcome, Report, Status

# What a citation's status means for its page, the worst first.
_MEANS: Final[dict[Status, str]] = {
    "not_found": "unresolved",
    "no_metadata": "unresolved",
    "unavailable": "unresolved",
    "not_asked": "unresolved",
    "suspect": "suspect",
    "suggested": "suspect",
    "found": "resolved",
}
_PAGES: Final = {
    "resolved": "every citation resolved",
    "suspect": "a suspect or suggested paper",
    "unresolved": "a citation unresolved",
    "without": "no citation",
    "unread": "not read",
}
_CITATIONS: Final = {
    "resolved": "resolved",
    "suspect": "suspect or suggested",
    "unresolved": "unresolved",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole: the word that its colour goes by, what it is, how many, and its share (0 to 1)."""

    word: str
    label: str
    count: int
    share: float


def pages(report: Report) -> tuple[Part, ...]:
    """Return all pages by the worst of their citations."""
    return _parts(map(_page, report.pages), _PAGES)


def citations(report: Report) -> tuple[Part, ...]:
    """Return all citations by what became of them."""
    return _parts((_MEANS[cited.status] for page in report.pages for cited in page.citations), _CITATIONS)


def _page(page: PageOutcome) -> str:
    means = {_MEANS[cited.status] for cited in page.citations}
    worst = next((word for word in ("unresolved", "suspect", "resolved") if word in means), "")
    return worst or ("without" if page.outcome in ("no_citation", "unchanged", "written") else "unread")


def _parts(words: Iterable[str], labels: dict[str, str]) -> tuple[Part, ...]:
    counts = Counter(words)
    whole = max(counts.total(), 1)
    return tuple(Part(word, label, counts[word], counts[word] / whole) for word, label in labels.items())
