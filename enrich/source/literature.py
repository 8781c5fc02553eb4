"""Who knows a work: Crossref first, in batches, then doi.org and the agency that it names; of arXiv's, DataCite."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from enrich.model.accession import ArxivId
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, LookUp
from enrich.model.work import Work
from enrich.source.arxiv import Arxiv
from enrich.source.crossref.client import Crossref
from enrich.source.registry import Alias, Registry, Unlisted

Answer = Callable[[Doi, LookUp[Work]], None]

_MAX_ALIASES = 3
_ARXIV = "10.48550/arxiv."


class Literature:
    """All sources of works as one."""

    def __init__(
        self,
        crossref: Crossref,
        registry: Registry,
        arxiv: Arxiv | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._crossref = crossref
        self._registry = registry
        self._arxiv = arxiv
        self._clock = clock

    async def ask(self, dois: Sequence[Doi], answer: Answer) -> None:
        """Give `answer` each distinct DOI once, the moment its answer is final.

        A DOI that is an alias gets the work that it stands for. What a source does never raises; the first
        error that `answer` raises, or a bug, ends the rest and is raised as it is.
        """
        papers = self._papers(dois)
        try:
            async with asyncio.TaskGroup() as tasks:

                def known(doi: Doi, said: LookUp[Work]) -> None:
                    if _is_lacking(said):
                        tasks.create_task(_deliver(doi, self._registered(doi), answer))
                    else:
                        answer(doi, said)

                if self._arxiv is not None:
                    for doi, paper in papers.items():
                        tasks.create_task(_deliver(doi, self._arxiv.work(paper), answer))
                await self._crossref.works([doi for doi in dois if doi not in papers], known)
        except BaseExceptionGroup as errors:
            raise _first(errors) from errors

    def requests_for(self, dois: Sequence[Doi]) -> tuple[int, float]:
        """Return how many requests `dois` take if Crossref has all that is not arXiv's, and about how many seconds."""
        papers = self._papers(dois)
        requests, seconds = self._crossref.requests_for([doi for doi in dois if doi not in papers])
        if self._arxiv is None:
            return requests, seconds
        more, longer = self._arxiv.requests_for(tuple(papers.values()))
        return requests + more, max(seconds, longer)

    def _papers(self, dois: Sequence[Doi]) -> dict[Doi, ArxivId]:
        """Return the DOIs that arXiv registered with DataCite, with their papers; none if nobody asks there."""
        arxivs = (doi for doi in dois if self._arxiv is not None and doi.value.startswith(_ARXIV))
        papers = ((doi, ArxivId.parse(doi.value)) for doi in arxivs)
        return {doi: paper for doi, paper in papers if paper is not None and paper.doi == doi}

    async def _registered(self, doi: Doi) -> LookUp[Work]:
        """Ask doi.org, and for an alias Crossref and doi.org once more with the DOI that it stands for."""
        asked = [doi]
        while len(asked) <= _MAX_ALIASES:
            said = await self._registry.work(asked[-1])
            if isinstance(said, Unlisted):
                # A list that came back short, or empty, is no proof: the record's own address is asked.
                single = await self._crossref.single(asked[-1])
                said = said.absent if isinstance(single, Absent) else single
            if not isinstance(said, Alias):
                return _of_alias(said, asked)
            if said.target in asked:
                break
            asked.append(said.target)
            at_crossref = await self._at_crossref(said.target)
            if not _is_lacking(at_crossref):
                return at_crossref
        return Absent("no_metadata", f"an alias of {asked[-1]}, which leads nowhere", self._clock())

    async def _at_crossref(self, doi: Doi) -> LookUp[Work]:
        said: list[LookUp[Work]] = []
        await self._crossref.works([doi], lambda _, answer: said.append(answer))
        return said[0]


async def _deliver(doi: Doi, work: Awaitable[LookUp[Work]], answer: Answer) -> None:
    answer(doi, await work)


def _is_lacking(said: LookUp[Work]) -> bool:
    """Whether Crossref does not have it, so that another agency may."""
    return isinstance(said, Absent) and said.reason == "not_found"


def _of_alias(said: LookUp[Work], asked: Sequence[Doi]) -> LookUp[Work]:
    """Return the last answer as one about the first DOI: an alias exists even where its target does not."""
    if len(asked) > 1 and isinstance(said, Absent) and said.reason == "not_found":
        return Absent("no_metadata", f"an alias of {asked[-1]}, which nobody registered", said.at)
    return said


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    error = errors.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
