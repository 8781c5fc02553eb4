"""A page's settled citations, as composing takes them and as the report tells them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from enrich.model.identifier import Doi
from enrich.model.outcome import CitationOutcome, Outcome, PageOutcome
from enrich.model.page import Citation, Page
from enrich.page.compose import Cited
from enrich.page.profile import Profile
from enrich.page.settle import Settled
from enrich.run.linked import LEAVE, Linked

_PDF: Final = frozenset({"pdf"})


def outcome(page: Page, settled: Sequence[Settled], linked: Linked) -> PageOutcome:
    """Return what is known of a page before anything is composed: its citations and its links."""
    word: Outcome = "unchanged" if page.citations else "no_citation"
    return PageOutcome(page.path, word, citations=tuple(_told(page, settled)), links=linked.outcomes)


def unavailable(settled: Sequence[Settled]) -> str:
    """Return why a page cannot be completed now, in one sentence."""
    reasons = dict.fromkeys(each.detail for each in settled if each.status == "unavailable")
    return f"{'; '.join(reasons)}; the next run asks again"


def cited(page: Page, settled: Sequence[Settled], linked: Linked, profile: Profile) -> tuple[Cited, ...]:
    """Return the distinct works that the page cites, in order of first mention, with what is to be written of each."""
    together: dict[Doi, Cited] = {}
    for citation, each in zip(page.citations, settled, strict=True):
        is_beside_own = page.own and citation.mentions and profile.shape == "flat"
        if each.refused or is_beside_own:
            continue
        one = _one(citation, each, linked, profile)
        same = together.get(one.doi)
        together[one.doi] = _joined(same, one) if same else one
    return tuple(together.values())


def _one(citation: Citation, settled: Settled, linked: Linked, profile: Profile) -> Cited:
    readings, work = frozenset(citation.readings), settled.work
    if work is None:
        return Cited(settled.doi, readings, None)
    pdf = linked.pdf(citation) if "pdf" in profile.fields else None
    said = profile.values(work, None if pdf == LEAVE else pdf)
    leave = _PDF if pdf == LEAVE else frozenset[str]()
    return Cited(work.doi or settled.doi, readings, said, work.agency, leave)


def _joined(one: Cited, other: Cited) -> Cited:
    stated = one if one.said is not None else other
    return Cited(one.doi, one.readings | other.readings, stated.said, stated.agency, stated.leave)


def _told(page: Page, settled: Sequence[Settled]) -> Iterator[CitationOutcome]:
    for citation, each in zip(page.citations, settled, strict=True):
        doi = str(each.doi) if each.status in ("found", "suspect") else None
        for mention in citation.mentions:
            yield CitationOutcome(
                mention.text, doi, mention.line, each.status, each.detail, each.judgement, each.stale
            )
