"""A page's settled citations, as composing takes them and as the report tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from enrich.model.accession import Identifier, ShortDoi
from enrich.model.claims import Judgement
from enrich.model.outcome import CitationOutcome, Outcome, PageOutcome
from enrich.model.page import Citation, Page, Value
from enrich.page import entries
from enrich.page.compose import Cited, Unsure
from enrich.page.profile import Profile
from enrich.page.settle import Settled
from enrich.page.standing import standing
from enrich.run.linked import LEAVE, Linked
from enrich.run.site import Place
from enrich.store.suggestion import Suggestion

_ENDS: Final = ("retracted", "withdrawn")
_PDF: Final = frozenset({"pdf", "pdf-url"})
_FATE: Final = frozenset({"status", "notice", "note"})
_NUMBERS: Final = frozenset({"pmid", "pmcid", "arxiv", "published_as", "PMID", "PMCID"})


def outcome(page: Page, settled: Sequence[Settled], linked: Linked) -> PageOutcome:
    """Return what is known of a page before anything is composed: its citations, its links, and what is lacking."""
    word: Outcome = "unchanged" if page.citations else "no_citation"
    reasons = dict.fromkeys(each.detail for each in settled if each.status == "unavailable")
    citations = tuple(_told(page, settled))
    told = PageOutcome(page.path, word, citations=citations, links=linked.outcomes)
    if not reasons:
        return told
    return replace(told, outcome="incomplete", reason=f"{'; '.join(reasons)}; the next run asks again")


def is_settled(settled: Sequence[Settled]) -> bool:
    """Tell whether it is known of every citation what it means, so that what is not cited may go.

    What a short DOI stood for before doi.org forgot it, nobody knows.
    """
    return all(
        each.status not in ("unavailable", "not_asked")
        and not (isinstance(each.name, ShortDoi) and each.found is None)
        for each in settled
    )


def unsure(page: Page, settled: Sequence[Settled]) -> Unsure:
    """Return what the citations in words say that nothing was written for: their paper may stand there all the same.

    That a search finds nothing, or too much, is no knowledge.
    """
    pairs = list(zip(page.citations, settled, strict=True))
    open_ones = (citation for citation, each in pairs if citation.words and not (each.work or each.refused))
    titles = (
        title for one in open_ones for claims in one.claims for title in (*claims.titles, claims.heading)
    )
    refused = (name for _, each in pairs if each.refused and (name := each.name))
    return Unsure(tuple(filter(None, titles)), frozenset(refused))


def doubts(place: Place, page: Page, settled: Sequence[Settled]) -> tuple[Suggestion, ...]:
    """Return what only a person can decide: the papers that citations seem to mean, but not surely."""
    return tuple(
        Suggestion(
            place.page,
            citation.mentions[0].line,
            citation.words,
            each.found.identifier,
            each.found,
            each.judgement or Judgement("unattested"),
            each.detail,
        )
        for citation, each in zip(page.citations, settled, strict=True)
        if each.status in ("suspect", "suggested") and each.found and each.found.identifier
    )


def layout(
    page: Page, settled: Sequence[Settled], linked: Linked, profile: Profile, *, in_part: bool = False
) -> tuple[Profile, tuple[Cited, ...]]:
    """Return what the page cites, and the profile to write it in: that of its own work, where it has one to show."""
    works = cited(page, settled, linked, profile, in_part=in_part)
    own = profile.about(page.held)
    if own is None or own is profile or not (page.own or len(works) == 1):
        return profile, works
    return own, cited(page, settled, linked, own, in_part=in_part)


def cited(
    page: Page, settled: Sequence[Settled], linked: Linked, profile: Profile, *, in_part: bool = False
) -> tuple[Cited, ...]:
    """Return the distinct works that the page cites, in order of first mention, with what is to be written of each.

    A run over a site `in_part` does not hear what the other pages' papers say of these: what stands there stays.
    """
    together: dict[Identifier, Cited] = {}
    for citation, each in zip(page.citations, settled, strict=True):
        is_beside_own = page.own and citation.mentions and profile.shape == "flat"
        one = None if each.refused or is_beside_own else _one(citation, each, linked, profile)
        if one is not None and in_part and one.said is not None:
            one = replace(one, leave=one.leave | _FATE.difference(one.said))
        if one is not None:
            same = together.get(one.name)
            together[one.name] = _joined(same, one) if same else one
    return tuple(together.values())


def _one(citation: Citation, settled: Settled, linked: Linked, profile: Profile) -> Cited | None:
    readings, work = frozenset(citation.readings), settled.work
    if work is None:
        names = settled.found.identifiers if settled.found else ()
        known = names or ((settled.name,) if settled.name else ())
        return Cited(known, readings, None) if known else None
    pdf = linked.pdf(citation) if _PDF.intersection(profile.fields) else None
    cited_as = next((mention.key for mention in citation.mentions if mention.key), "")
    said = profile.values(work, None if pdf == LEAVE else pdf, cited_as)
    # That a source does not state a number says nothing against the one that stands there.
    leave = _NUMBERS.difference(said) | (_PDF if pdf == LEAVE else frozenset[str]())
    return Cited(work.identifiers, readings, said, work.agency, leave)


def _joined(one: Cited, other: Cited) -> Cited:
    stated = one if one.said is not None else other
    return Cited(stated.names, one.readings | other.readings, stated.said, stated.agency, stated.leave)


def _told(page: Page, settled: Sequence[Settled]) -> Iterator[CitationOutcome]:
    for citation, each in zip(page.citations, settled, strict=True):
        is_known = each.status in ("found", "suspect", "suggested")
        stands = standing(each.found) if each.found else None
        name = each.found.identifier if each.found else each.name
        for text, line in _places(citation):
            yield CitationOutcome(
                text,
                str(name) if is_known and name else None,
                line,
                each.status,
                each.detail,
                each.judgement,
                each.stale,
                work=None if each.refused else each.found,
                in_words=bool(citation.words),
                matched_by=each.matched_by,
                standing=stands.status if stands else "",
                fate=stands.sentence if stands else "",
                is_news=is_news(each, page),
            )


def is_news(settled: Settled, page: Page) -> bool:
    """Tell whether the paper was retracted or withdrawn, and no entry of the page, in whatever place, says so yet."""
    work = settled.work
    stands = standing(work) if work else None
    if work is None or stands is None or stands.status not in _ENDS:
        return False
    return not any(
        item.get("status") in _ENDS and entries.identifiers(item).intersection(work.identifiers)
        for item in _entries(page.held)
    )


def _entries(value: Value) -> Iterator[Mapping[str, Value]]:
    """Yield every mapping within a front matter: an entry may stand in any of them."""
    if isinstance(value, Mapping):
        yield value
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for part in parts:
        yield from _entries(part)


def _places(citation: Citation) -> Iterator[tuple[str, int]]:
    """Yield what the page says and where; its own work stands in its front matter, which begins in the first line."""
    if not citation.mentions:
        yield str(citation.first), 1
    for mention in citation.mentions:
        yield mention.text, mention.line
