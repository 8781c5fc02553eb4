"""Settles which work a citation in words means: what a search found for its words, held against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from enrich.model.accession import Identifier
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.page import Citation
from enrich.model.work import Work
from enrich.page.match import candidate
from enrich.page.settle import Answers, Settled

Searches = Mapping[str, LookUp[tuple[Work, ...]]]
_NOTHING = "no record that was found fits the page's words"
_REFUSED = "the paper that fits the page's words is never to be written, says decisions.toml"


def matched(
    citation: Citation, searches: Searches, answers: Answers, decided: Mapping[Identifier, bool]
) -> Settled | Identifier | None:
    """Return what `citation`, which has words alone, means; or the identifier to be asked first, or None: its words.

    What a person `decided` about it holds: a paper that is right needs no search, one that is wrong is no candidate.
    """
    for name, accept in decided.items():
        if accept:
            return _decided(name, answers)
    match searches.get(citation.words):
        case None:
            return None
        case Failed(kind, detail):
            return Settled(None, kind, detail)
        case Absent(_, detail, _, stale):
            return Settled(None, "not_found", detail, stale=stale)
        case Found(works, _, stale):
            refused = [name for name, accept in decided.items() if isinstance(name, Doi) and not accept]
            chosen = _chosen(candidate.choose(citation.claims[0], works, refused), answers, stale)
            if isinstance(chosen, Settled) and chosen.found is None and refused:
                return replace(chosen, name=refused[0], detail=_REFUSED, refused=True)
            return chosen


def _chosen(choice: candidate.Choice, answers: Answers, stale: bool) -> Settled | Identifier:
    match choice:
        case candidate.Accepted(work, judgement):
            # The record as it is asked for by its DOI is the newer one, and every page's the same.
            known = answers.get(work.identifier) if work.identifier else None
            if known is None and work.identifier:
                return work.identifier
            newest = known.value if isinstance(known, Found) else work
            kinds = tuple(fact.kind for fact in judgement.facts if fact.weight > 0)
            detail = f"{work.agency} knows it; matched by {', '.join(kinds)}"
            return Settled(
                newest.identifier, "found", detail, newest, judgement, stale, found=newest, matched_by=kinds
            )
        case candidate.Suggested(work, judgement, why):
            return Settled(work.identifier, "suggested", why, None, judgement, stale, found=work)
        case candidate.Nothing():
            return Settled(None, "not_found", _NOTHING, stale=stale)


def _decided(name: Identifier, answers: Answers) -> Settled | Identifier:
    match answers.get(name):
        case None:
            return name
        case Failed(kind, detail):
            return Settled(name, kind, detail)
        case Absent(reason, detail, _, stale):
            return Settled(name, reason, detail, stale=stale)
        case Found(work, _, stale):
            return Settled(name, "found", "accepted in decisions.toml", work, None, stale, found=work)
