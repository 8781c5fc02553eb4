"""What is answered so far: each identifier's work, put together from the sources that know of it."""

from __future__ import annotations

from collections.abc import Iterable
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

    def __init__(self, notices: Iterable[Work] = ()) -> None:
        """Begin with the `notices` that earlier runs met."""
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
        self._spoken = 0
        self.notices: dict[Identifier | None, Work] = {}
        for notice in notices:
            self._hear(notice)

    @property
    def spoken(self) -> int:
        """How many notices have spoken of other works so far."""
        return self._spoken

    def get(self, name: Identifier) -> LookUp[Work] | None:
        """Return what `name` means, or None while something is still to be asked for that."""
        answer = self._resolved(name)
        return answer if isinstance(answer, Found | Absent | Failed) else None

    def question(self, name: Identifier) -> Identifier | None:
        """Return what must be asked next to know what `name` means; None once that is known."""
        answer = self._resolved(name)
        return None if isinstance(answer, Found | Absent | Failed) else answer

    def is_told_since(self, name: Identifier, spoken: int) -> bool:
        """Tell whether a notice spoke of the work `name` after so many had `spoken`."""
        return isinstance(name, Doi) and self._told_at.get(name, 0) > spoken

    def take_work(self, doi: Doi, answer: LookUp[Work]) -> None:
        """Take a registry's answer about a DOI."""
        self.works[doi] = answer
        if isinstance(answer, Found) and answer.value.update_to:
            self._hear(answer.value)

    def take_pubmed(self, pmid: Pmid, answer: LookUp[Work]) -> None:
        """Take PubMed's answer about a number."""
        self.pubmed[pmid] = answer
        if isinstance(answer, Found) and answer.value.doi:
            self._numbers[answer.value.doi] = answer.value

    def take_pmc(self, pmcid: Pmcid, answer: LookUp[ArticleIds]) -> None:
        """Take PubMed Central's answer about a number."""
        self.pmc[pmcid] = answer
        if isinstance(answer, Found) and answer.value.doi and not answer.value.pmid:
            self._numbers.setdefault(answer.value.doi, _numbered(answer.value))

    def _hear(self, notice: Work) -> None:
        """Keep what a work says of others; one that was heard already says nothing new."""
        if self.notices.get(notice.doi) == notice:
            return
        self.notices[notice.doi] = notice
        for told, updates in told_by([notice]).items():
            self._spoken += 1
            self._told[told] = (*self._told.get(told, ()), *updates)
            self._told_at[told] = self._spoken

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
        """Return the work that has these numbers: PubMed describes it, so a DOI that is another paper's shows."""
        said: _Answer | None = self._resolved(ids.value.pmid) if ids.value.pmid else None
        if said is not None and not isinstance(said, Found | Absent):
            return said
        at_doi: _Answer | None = self._resolved(ids.value.doi) if ids.value.doi else None
        if isinstance(said, Found):
            return _joined(said, at_doi, _numbered(ids.value))
        if isinstance(at_doi, Found):
            return replace(at_doi, value=joined(at_doi.value, _numbered(ids.value)))
        if at_doi is not None and not isinstance(at_doi, Absent):
            return at_doi
        return at_doi or said or Absent("no_metadata", "PMC knows no other number of the article", ids.at)


def _joined(said: Found[Work], at_doi: _Answer | None, numbers: Work) -> _Answer:
    """Return what PubMed says of an article: with the record of the DOI that only PMC states, where it fits."""
    if said.value.doi is None and at_doi is not None:
        if not isinstance(at_doi, Found | Absent):
            return at_doi
        if isinstance(at_doi, Found) and not resemblance.is_other(said.value, at_doi.value):
            return replace(at_doi, value=joined(joined(at_doi.value, said.value), numbers))
    if numbers.doi not in (None, said.value.doi):
        numbers = replace(numbers, doi=None)
    return replace(said, value=joined(said.value, numbers))


def _numbered(ids: ArticleIds) -> Work:
    return Work(ids.doi, pmid=ids.pmid, pmcid=ids.pmcid)
