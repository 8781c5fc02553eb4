"""A work as a list of references would have it, in the pieces that a page sets apart."""

from __future__ import annotations

from dataclasses import dataclass

from enrich.model.work import Work
from enrich.report.html import href
from enrich.report.sheet import count


@dataclass(frozen=True, slots=True)
class Described:
    """A work for the eye: `url` leads to it, `by` names its authors, `where` its journal, place and date."""

    title: str
    url: str
    by: str
    where: str


def described(work: Work) -> Described:
    """Return the work in pieces; those that nobody states are empty, but for the title."""
    title = work.title or str(work.identifier or "a work without a title")
    return Described(title, href.of(work.identifier), _by(work), _where(work))


def _by(work: Work) -> str:
    if not work.authors:
        return ""
    others = len(work.authors) - 1
    return f"{work.authors[0]} and {count(others, 'other')}" if others else str(work.authors[0])


def _where(work: Work) -> str:
    pages = work.pages or work.article_number
    issue = f"({work.issue})" if work.issue else ""
    place = f"{work.volume}{issue}:{pages}" if pages and work.volume else work.volume + issue or pages
    date = str(work.published) if work.published else ""
    return ", ".join(filter(None, (f"{work.container} {place}".strip(), date)))
