"""Settles which work a citation means: its readings in turn, each held against what the page says.

A reading is asked only where the ones before it do not exist or are suspect; ignorance stops the search, so that an
outage never makes a less likely reading win. That a shorter reading exists says little (`10.1371/journal.pone` does):
it is taken without the page's own words for it only where what it leaves out is a word that ran into the DOI.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from enrich.model.accession import Identifier
from enrich.model.claims import Judgement
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.outcome import Status
from enrich.model.page import Citation
from enrich.model.work import Work
from enrich.page.match import evidence


class Answers(Protocol):
    """What is answered so far."""

    def get(self, name: Identifier, /) -> LookUp[Work] | None:
        """Return what `name` means, or None where that is not known yet."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a citation means. `work` is set where it may be written; `name` is the reading it was settled on.

    `found` is the work that it seems to mean, whether or not it may be written. `refused` tells that a person
    never wants this paper: then an entry of ours about it goes, too. A citation in words has no `name` unless a
    work was found for it; `matched_by` are the kinds of evidence that found it.
    """

    name: Identifier | None
    status: Status
    detail: str
    work: Work | None = None
    judgement: Judgement | None = None
    stale: bool = False
    refused: bool = False
    found: Work | None = None
    matched_by: tuple[str, ...] = ()

    @property
    def known(self) -> Status:
        """The registry's own answer about the identifier: a suspect work exists all the same."""
        return "found" if self.status in ("suspect", "suggested") else self.status


@dataclass(frozen=True, slots=True)
class Rules:
    """A person's decisions about this page's papers (`accept`), and whether a bare DOI is enough to write."""

    accept: Mapping[Identifier, bool]
    write_unattested: bool = True


def settle(citation: Citation, answers: Answers, rules: Rules) -> Settled | Identifier:
    """Return what `citation`, which has readings, means, or the reading that must be asked first."""
    suspect: Settled | None = None
    absent: Settled | None = None
    for name in citation.readings:
        answer = answers.get(name)
        match answer:
            case None:
                return name
            case Failed(kind, detail):
                return suspect or Settled(name, kind, detail)
            case Absent(reason, detail, _, stale):
                absent = absent or Settled(name, reason, detail, stale=stale)
            case Found(work, _, stale):
                settled = _judge(citation, name, work, stale, rules)
                if settled.refused:
                    return settled
                if settled.status == "found" and (
                    _is_attested(settled) or _is_enough(citation, name, suspect)
                ):
                    return settled
                suspect = suspect or (settled if settled.status == "suspect" else None)
    return suspect or absent or Settled(citation.readings[0], "not_found", "no reading of it exists")


def _is_enough(citation: Citation, name: Identifier, suspect: Settled | None) -> bool:
    """Tell whether a reading may be written though the page says nothing else of the paper."""
    first = citation.readings[0].value
    if suspect is not None or name.value == first:
        return suspect is None
    return first.startswith(name.value) and any(map(str.isalpha, first[len(name.value) :]))


def _is_attested(settled: Settled) -> bool:
    return settled.judgement is not None and settled.judgement.verdict == "attested"


def _judge(citation: Citation, name: Identifier, work: Work, stale: bool, rules: Rules) -> Settled:
    judgement = evidence.combine([evidence.judge(claims, work) for claims in citation.claims])
    known = Settled(name, "found", _for(judgement, work), work, judgement, stale, found=work)
    if not citation.mentions:
        return replace(known, detail=f"{work.agency} knows it; the front matter names it", judgement=None)
    decision = next((rules.accept[each] for each in (name, *work.identifiers) if each in rules.accept), None)
    if decision is True:
        return replace(known, detail="accepted in decisions.toml")
    if decision is False:
        return replace(known, detail="never to be written, says decisions.toml", work=None, refused=True)
    if judgement.verdict == "suspect":
        return replace(known, status="suspect", detail=_against(judgement, work), work=None)
    if judgement.verdict == "unattested" and not rules.write_unattested:
        detail = 'nothing beside it says which paper it is, and [match] unattested is "suspect"'
        return replace(known, status="suspect", detail=detail, work=None)
    return known


def _for(judgement: Judgement, work: Work) -> str:
    agree = [fact.kind for fact in judgement.facts if fact.weight > 0]
    beside = f"; the page agrees in {', '.join(agree)}" if agree else "; the page says nothing else of it"
    return f"{work.agency} knows it{beside}"


def _against(judgement: Judgement, work: Work) -> str:
    sides = [
        f"{fact.kind}: the page says {fact.page!r}, {work.agency} {fact.registry!r}"
        for fact in judgement.facts
        if fact.weight < 0
    ]
    return "it looks like another paper; " + "; ".join(sides)
