"""What is answered so far: each identifier's work, put together from the sources that know of it."""

from __future__ import annotations

from dataclasses import replace

from enrich.model.accession import ArticleIds, ArxivId, Identifier, Pmcid, Pmid, ShortDoi
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.work import Update, Work, joined
from enrich.page import resemblance
from enrich.page.standing import informed, told_by

_Answer = LookUp[Work] | Identifier


class Known:
    """Takes answers of every kind; `get` and `question` say what they mean together."""

    def __init__(self) -> None:
        self.works: dict[Doi, LookUp[Work]] = {}
        self.pubmed: dict[Pmid, LookUp[Work]] = {}
        self.pmc: dict[Pmcid, LookUp[ArticleIds]] = {}
        self.short: dict[ShortDoi, LookUp[Doi]] = {}
        self.searches: dict[str, LookUp[tuple[Work, ...]]] = {}
        # By DOI: the numbers that archives know the work by, and what notices among the works say of it.
        self._numbers: dict[Doi, Work] = {}
        self._told: dict[Doi, tuple[Update, ...]] = {}
        # How many notices had spoken when the last one spoke of a work.
        self._told_at: dict[Doi, int] = {}
        self._notices = 0

    @property
    def notices(self) -> int:
        """How many notices have spoken of other works so far."""
        return self._notices

    def get(self, name: Identifier) -> LookUp[Work] | None:
        """Return what `name` means, or None while something is still to be asked for that."""
        answer = self._resolved(name)
        return answer if isinstance(answer, Found | Absent | Failed) else None

    def question(self, name: Identifier) -> Identifier | None:
        """Return what must be asked next to know what `name` means; None once that is known."""
        answer = self._resolved(name)
        return None if isinstance(answer, Found | Absent | Failed) else answer

    def is_told_since(self, name: Identifier, notices: int) -> bool:
        """Tell whether a notice spoke of the work `name` after so many `notices` had spoken."""
        return isinstance(name, Doi) and self._told_at.get(name, 0) > notices

    def take_work(self, doi: Doi, answer: LookUp[Work]) -> None:
        """Take a registry's answer about a DOI."""
        self.works[doi] = answer
        if isinstance(answer, Found) and answer.value.update_to:
            for told, updates in told_by([answer.value]).items():
                self._notices += 1
                self._told[told] = (*self._told.get(told, ()), *updates)
                self._told_at[told] = self._notices

    def take_pubmed(self, pmid: Pmid, answer: LookUp[Work]) -> None:
        """Take PubMed's answer about a number."""
        self.pubmed[pmid] = answer
        if isinstance(answer, Found) and answer.value.doi:
            self._numbers[answer.value.doi] = answer.value

    def take_pmc(self, pmcid: Pmcid, answer: LookUp[ArticleIds]) -> None:
        """Take PubMed Central's answer about a number."""
        self.pmc[pmcid] = answer
        if isinstance(answer, Found) and answer.value.doi:
            self._numbers.setdefault(answer.value.doi, _numbered(answer.value))

    def _resolved(self, name: Identifier) -> _Answer:
        match name:
            case Doi():
                answer = self.works.get(name)
                return self._completed(name, answer) if answer else name
            case ArxivId():
                return self._resolved(name.doi)
            case ShortDoi():
                full = self.short.get(name)
                return self._resolved(full.value) if isinstance(full, Found) else full or name
            case Pmid():
                said = self.pubmed.get(name)
                return self._described(said) if isinstance(said, Found) else said or name
            case Pmcid():
                ids = self.pmc.get(name)
                return self._article(ids) if isinstance(ids, Found) else ids or name

    def _completed(self, doi: Doi, answer: LookUp[Work]) -> LookUp[Work]:
        """Add to a work what others know of it: its numbers, and what notices say."""
        if not isinstance(answer, Found) or not (doi in self._numbers or doi in self._told):
            return answer
        work, numbers = answer.value, self._numbers.get(doi)
        if numbers is not None and not resemblance.is_other(numbers, work):
            work = joined(work, numbers)
        return replace(answer, value=informed(work, self._told))

    def _described(self, said: Found[Work]) -> _Answer:
        """Return the work that PubMed describes: the registry's record of it, if that is the same paper."""
        described = said.value
        if described.doi is None:
            return said
        answer = self._resolved(described.doi)
        match answer:
            case Found(work) if resemblance.is_other(described, work):
                return replace(said, value=replace(described, doi=None))
            case Found(work):
                return replace(answer, value=joined(work, described))
            case Absent("not_found"):
                return replace(said, value=replace(described, doi=None))
            case Absent():
                return said
            case _:
                return answer

    def _article(self, ids: Found[ArticleIds]) -> _Answer:
        """Return the work that has these numbers, by its DOI, else by what PubMed says."""
        answer: _Answer | None = None
        names: tuple[Identifier | None, ...] = (ids.value.doi, ids.value.pmid)
        for name in names:
            if name is None:
                continue
            answer = self._resolved(name)
            if isinstance(answer, Found):
                return replace(answer, value=joined(answer.value, _numbered(ids.value)))
            if not isinstance(answer, Absent):
                return answer
        return answer or Absent("no_metadata", "PMC knows no other number of the article", ids.at)


def _numbered(ids: ArticleIds) -> Work:
    return Work(ids.doi, pmid=ids.pmid, pmcid=ids.pmcid)
