"""Links for a person's eyes: each address once, however many pages carry it, and its verdict in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from enrich.model.link import PdfVerdict
from enrich.model.outcome import LinkOutcome, Report
from enrich.report.sheet import place

_PDF: Final[dict[PdfVerdict, str]] = {
    "matches": "the paper that is cited",
    "other_paper": "another paper",
    "unreadable": "unreadable",
}
_UNREGISTERED: Final = "not registered"
# A longer address is shortened: nobody reads on, and the page has it whole.
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Address:
    """A link with one verdict, and every `path:line` where it stands; the link's own line is the first one's."""

    link: LinkOutcome
    places: tuple[str, ...]


def gathered(report: Report, wanted: Callable[[LinkOutcome], bool]) -> tuple[Address, ...]:
    """Return the `wanted` links of all pages in order of first place; those that differ in nothing else are one."""
    places: dict[LinkOutcome, list[str]] = {}
    first: dict[LinkOutcome, LinkOutcome] = {}
    for page in report.pages:
        for link in filter(wanted, page.links):
            alike = replace(link, line=0)
            first.setdefault(alike, link)
            places.setdefault(alike, []).append(place(page.path, link.line))
    return tuple(Address(link, tuple(places[alike])) for alike, link in first.items())


def is_broken(link: LinkOutcome) -> bool:
    """Tell whether a link is known to be wrong, but for a DOI that nobody registered: its citation says so."""
    return link.status == "broken" and link.reason != _UNREGISTERED


def is_blocked(link: LinkOutcome) -> bool:
    """Tell whether a link's host refuses robots, so that only a person can look."""
    return link.status == "blocked"


def is_unknown(link: LinkOutcome) -> bool:
    """Tell whether nothing could be found out of a link."""
    return link.status == "unknown"


def is_other_paper(link: LinkOutcome) -> bool:
    """Tell whether a link leads to a PDF that is not the paper cited beside it."""
    return link.pdf == "other_paper"


def is_unreadable(link: LinkOutcome) -> bool:
    """Tell whether a link leads to a PDF that does not say which paper it is."""
    return link.pdf == "unreadable"


def is_moved(link: LinkOutcome) -> bool:
    """Tell whether a link works, but another address should stand there."""
    return link.status == "ok" and bool(link.permanent or link.asked_url or link.repaired)


def why(link: LinkOutcome) -> str:
    """Return what there is to say of a status: `missing (404 Not Found)`, `another paper (its DOI is ...)`."""
    word = link.reason or (_PDF[link.pdf] if link.pdf else "")
    return f"{word} ({link.detail})" if word and link.detail else word or link.detail


def verdict(link: LinkOutcome) -> str:
    """Return a link's verdict in a line: `broken: missing (404 Not Found)`."""
    reason = why(link)
    return f"{link.status}: {reason}" if reason else link.status


def elsewhere(link: LinkOutcome) -> Iterator[tuple[str, str]]:
    """Yield what else there is to know: a word, and the other address that it speaks of."""
    if link.asked_url:
        yield "asked in its place", shortened(link.asked_url)
    if link.final_url and link.final_url != link.permanent:
        yield "leads to", shortened(link.final_url)
    if link.permanent:
        yield "moved for good to", shortened(link.permanent)
    if link.repaired:
        yield "should be", shortened(link.repaired)


def shortened(url: str) -> str:
    """Return an address as it is, or its beginning where it is longer than anybody reads."""
    return url if len(url) <= _LONGEST else f"{url[: _LONGEST - 1]}…"
