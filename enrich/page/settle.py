"""Settles which work a citation means: its readings in turn, each held against what the page says.

A reading is asked only where the ones before it do not exist or are suspect; ignorance stops the search, so that an
outage never makes a less likely reading win. That a shorter reading exists says little (`10.1371/journal.pone` does):
it is taken without the page's own words for it only where what it leaves out is a word that ran into the DOI.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enrich.model.claims import Judgement
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.outcome import Status
from enrich.model.page import Citation
from enrich.model.work import Work
from enrich.page.match import evidence

Answers = Mapping[Doi, LookUp[Work]]


@dataclass(frozen=True, slots=True)
class Settled:
    """What a citation means. `work` is set where it may be written; `doi` is the reading it was settled on.

    `refused` tells that a person never wants this paper: then an entry of ours about it goes, too.
    """

    doi: Doi
    status: Status
    detail: str
    work: Work | None = None
    judgement: Judgement | None = None
    stale: bool = False
    refused: bool = False

    @property
    def known(self) -> Status:
        """The registry's own answer about the identifier: a suspect work exists all the same."""
        return "found" if self.status == "suspect" else self.status


@dataclass(frozen=True, slots=True)
class Rules:
    """A person's decisions about this page's papers (`accept`), and whether a bare DOI is enough to write."""

    accept: Mapping[Doi, bool]
    write_unattested: bool = True


def settle(citation: Citation, answers: Answers, rules: Rules) -> Settled | Doi:
    """Return what `citation` means, or the reading that must be asked first."""
    suspect: Settled | None = None
    absent: Settled | None = None
    for doi in citation.readings:
        answer = answers.get(doi)
        match answer:
            case None:
                return doi
            case Failed(kind, detail):
                return suspect or Settled(doi, kind, detail)
            case Absent(reason, detail, _, stale):
                absent = absent or Settled(doi, reason, detail, stale=stale)
            case Found(work, _, stale):
                settled = _judge(citation, doi, work, stale, rules)
                if settled.refused:
                    return settled
                if settled.status == "found" and (
                    _is_attested(settled) or _is_enough(citation, doi, suspect)
                ):
                    return settled
                suspect = suspect or (settled if settled.status == "suspect" else None)
    return suspect or absent or Settled(citation.readings[0], "not_found", "no reading of it exists")


def _is_enough(citation: Citation, doi: Doi, suspect: Settled | None) -> bool:
    """Tell whether a reading may be written though the page says nothing else of the paper."""
    first = citation.readings[0].value
    if suspect is not None or doi.value == first:
        return suspect is None
    return first.startswith(doi.value) and any(map(str.isalpha, first[len(doi.value) :]))


def _is_attested(settled: Settled) -> bool:
    return settled.judgement is not None and settled.judgement.verdict == "attested"


def _judge(citation: Citation, doi: Doi, work: Work, stale: bool, rules: Rules) -> Settled:
    judgement = evidence.combine([evidence.judge(claims, work) for claims in citation.claims])
    if not citation.mentions:
        return Settled(doi, "found", f"{work.agency} knows it; the front matter names it", work, None, stale)
    decision = rules.accept.get(doi, rules.accept.get(work.doi or doi))
    if decision is True:
        return Settled(doi, "found", "accepted in decisions.toml", work, judgement, stale)
    if decision is False:
        return Settled(
            doi, "found", "never to be written, says decisions.toml", None, judgement, stale, refused=True
        )
    if judgement.verdict == "suspect":
        return Settled(doi, "suspect", _against(judgement, work), None, judgement, stale)
    if judgement.verdict == "unattested" and not rules.write_unattested:
        detail = 'nothing beside it says which paper it is, and [match] unattested is "suspect"'
        return Settled(doi, "suspect", detail, None, judgement, stale)
    return Settled(doi, "found", _for(judgement, work), work, judgement, stale)


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
