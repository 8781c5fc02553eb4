"""The distinct papers that the pages cite: by year and journal, and those that should not be relied on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from enrich.model.outcome import Alert, CitationOutcome, Report
from enrich.model.work import Update, Work
from enrich.report.sheet import place

# What a standing begins with, the gravest first: what is merely corrected is no reason to worry.
_GRAVE: Final = ("retract", "withdraw", "expression of concern")
_NOTICES: Final = ("retract", "withdraw", "remov", "concern")


@dataclass(frozen=True, slots=True)
class Fallen:
    """A cited paper that was retracted, withdrawn or doubted, and every place that cites it.

    `notice` is the DOI of who says so, where it is known; `is_new` that no page's entry said it before this run.
    """

    standing: str
    paper: str
    work: Work | None
    notice: str
    places: tuple[str, ...]
    is_new: bool


def distinct(report: Report) -> tuple[Work, ...]:
    """Return each work once that was found for a citation; one that is suspect is nobody's yet."""
    found: dict[str, Work] = {}
    for page in report.pages:
        for cited in page.citations:
            if cited.status == "found" and cited.work:
                found.setdefault(_name(cited), cited.work)
    return tuple(found.values())


def by_year(works: Iterable[Work]) -> dict[int, int]:
    """Count works by the year of their publication, in order; those without one are left out."""
    return dict(sorted(Counter(work.published.year for work in works if work.published).items()))


def by_journal(works: Iterable[Work]) -> tuple[tuple[str, int], ...]:
    """Count works by journal, the commonest first; those in none are left out."""
    counts = Counter(" ".join(work.container.split()) for work in works if work.container.strip())
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold())))


def fallen(report: Report, alerts: Iterable[Alert]) -> tuple[Fallen, ...]:
    """Return the papers not to be relied on: what `alerts` call new first, then by gravity, then as pages cite them."""
    news = {alert.paper for alert in alerts if alert.kind == "retracted"}
    places: dict[tuple[str, str], list[str]] = {}
    first: dict[tuple[str, str], CitationOutcome] = {}
    for page in report.pages:
        for cited in page.citations:
            if is_grave(cited):
                key = cited.standing, _name(cited)
                first.setdefault(key, cited)
                places.setdefault(key, []).append(place(page.path, cited.line))
    every = [_fallen(cited, tuple(places[key]), news) for key, cited in first.items()]
    return tuple(sorted(every, key=lambda one: (not one.is_new, _gravity(one.standing))))


def is_grave(cited: CitationOutcome) -> bool:
    """Tell whether the cited paper was retracted, withdrawn or doubted."""
    return cited.standing.startswith(_GRAVE)


def _fallen(cited: CitationOutcome, places: tuple[str, ...], news: set[str]) -> Fallen:
    name = _name(cited)
    notice = next(_notices(cited.work), "") if cited.work else ""
    return Fallen(cited.standing, name, cited.work, notice, places, name in news)


def _gravity(standing: str) -> int:
    return next(rank for rank, word in enumerate(_GRAVE) if standing.startswith(word))


def _name(cited: CitationOutcome) -> str:
    known = cited.work.identifier if cited.work else None
    return cited.doi or (str(known) if known else cited.identifier)


def _notices(work: Work) -> Iterator[str]:
    return (str(update.doi) for update in work.updated_by if update.doi and _is_notice(update))


def _is_notice(update: Update) -> bool:
    return any(word in update.kind.lower() for word in _NOTICES)
