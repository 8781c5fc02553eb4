"""What became of a paper after it was published: retracted, withdrawn, doubted or corrected, and who says so.

Crossref's words for the events stand in
https://www.crossref.org/documentation/register-maintain-records/maintaining-your-metadata/registering-updates/
and vary: publishers deposit them, and Retraction Watch has its own (https://doi.org/10.13003/c23rw1d9).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from enrich.model.identifier import Doi
from enrich.model.work import Group, PartialDate, Update, Work

Status = Literal["retracted", "withdrawn", "expression of concern", "corrected"]

# What a word of an event, folded, begins with; the gravest status first. "Removal of an expression of concern"
# must not read as a removal, so the concern is looked for before the rest.
_GRAVITY: Final[tuple[Status, ...]] = ("retracted", "withdrawn", "expression of concern", "corrected")
_STEMS: Final[tuple[tuple[str, Status], ...]] = (
    ("concern", "expression of concern"),
    ("retract", "retracted"),
    ("withdraw", "withdrawn"),
    ("remov", "withdrawn"),
    ("correct", "corrected"),
    ("corrig", "corrected"),
    ("errat", "corrected"),
)
_REINSTATED: Final = "reinstat"

# Publishers mark a paper's own title; a notice's says "Retraction of ...", or "Retracted:" and what it updates.
_TITLE: Final = re.compile(
    r"\W*(?:(?P<retracted>retracted)|(?P<withdrawn>withdrawn|temporary removal|removed))"
    r"(?: (?:article|chapter|paper|publication))?\s*(?:[])}:]|\s[‐‑‒–—-]\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A paper's status, with the DOI and the date of the notice where they are known."""

    status: Status
    notice: Doi | None = None
    date: PartialDate | None = None

    @property
    def sentence(self) -> str:
        """All of it in words: `Retracted (notice 10.1000/n, 2020-03).`"""
        notice = f"notice {self.notice}" if self.notice else ""
        facts = ", ".join(filter(None, (notice, str(self.date or ""))))
        return f"{self.status.capitalize()} ({facts})." if facts else f"{self.status.capitalize()}."


def standing(work: Work) -> Standing | None:
    """Return the gravest of what is known to have happened to `work`; None where nothing has.

    The title counts where the record's fields say nothing as grave. A reinstated paper stands as it did before
    its retraction.
    """
    events = [(status, event) for event in _in_force(work.updated_by) if (status := _status(event.kind))]
    titled = _of_title(work)
    gravest = min([*(status for status, _ in events), *([titled] if titled else [])], key=_rank, default=None)
    if gravest is None:
        return None
    notice = _notice([event for status, event in events if status == gravest])
    return Standing(gravest, notice.doi, notice.date) if notice else Standing(gravest)


def told_by(works: Iterable[Work]) -> Mapping[Doi, tuple[Update, ...]]:
    """Return, by the paper's DOI, what notices among `works` say of other papers, as their own records would."""
    told: defaultdict[Doi, list[Update]] = defaultdict(list)
    for work in works:
        for update in work.update_to:
            if update.doi and work.doi and update.doi != work.doi:
                told[update.doi].append(replace(update, doi=work.doi))
    return {doi: tuple(dict.fromkeys(updates)) for doi, updates in told.items()}


def informed(work: Work, told: Mapping[Doi, tuple[Update, ...]]) -> Work:
    """Return `work` with the events that `told_by` found in its notices."""
    news = told.get(work.doi, ()) if work.doi else ()
    return replace(work, updated_by=tuple(dict.fromkeys((*work.updated_by, *news)))) if news else work


def brought_up(work: Work, newest: Work) -> Work:
    """Return `work` with the events that `newest`, a record of its title and events alone, states of it now."""
    title = newest.title if _of_title(newest) else work.title
    return replace(work, title=title, updated_by=newest.updated_by)


def _status(kind: str) -> Status | None:
    return next((status for stem, status in _STEMS if stem in kind.lower()), None)


def _rank(status: Status) -> int:
    return _GRAVITY.index(status)


def _in_force(events: Iterable[Update]) -> list[Update]:
    """Leave out what a reinstatement undid; one without a date comes after all that it can undo."""
    undone = [event.date for event in events if _REINSTATED in event.kind.lower()]
    return [event for event in events if not any(_is_undone(event, date) for date in undone)]


def _is_undone(event: Update, reinstated: PartialDate | None) -> bool:
    if _status(event.kind) == "corrected":
        return False
    return reinstated is None or event.date is None or _earliest(event.date) <= _earliest(reinstated)


def _notice(events: list[Update]) -> Update | None:
    """Choose among notices of one status: the publisher's own, the earliest; its date may be another's."""
    chosen = min(events, key=_preference, default=None)
    if chosen is None or chosen.date:
        return chosen
    dates = [event.date for event in events if event.date and event.doi == chosen.doi]
    return replace(chosen, date=min(dates, key=_earliest, default=None))


def _preference(event: Update) -> tuple[bool, bool, tuple[int, int, int], str]:
    is_watched = "watch" in event.source.lower()
    date = _earliest(event.date) if event.date else (9999, 0, 0)
    return event.doi is None, is_watched, date, str(event.doi)


def _earliest(date: PartialDate) -> tuple[int, int, int]:
    return date.year, date.month or 0, date.day or 0


def _of_title(work: Work) -> Status | None:
    """Return what the title says; that of a notice speaks of the paper that the notice updates."""
    found = _TITLE.match(work.title)
    if found is None or _is_notice(work):
        return None
    return "retracted" if found["retracted"] else "withdrawn"


def _is_notice(work: Work) -> bool:
    """Whether the work says that it retracts another, or the journal itself signs it."""
    is_signed = bool(work.container) and work.authors == (Group(work.container),)
    return is_signed or any(_status(update.kind) in ("retracted", "withdrawn") for update in work.update_to)
