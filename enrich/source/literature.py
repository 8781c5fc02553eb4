"""Who knows a work: Crossref first, in batches, then doi.org and the agency that it names."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, LookUp
from enrich.model.work import Work
from enrich.source.crossref.client import Crossref
from enrich.source.registry import Alias, Registry

Answer = Callable[[Doi, LookUp[Work]], None]

_MAX_ALIASES = 3


class Literature:
    """All sources of works as one."""

    def __init__(
        self, crossref: Crossref, registry: Registry, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._crossref = crossref
        self._registry = registry
        self._clock = clock

    async def ask(self, dois: Sequence[Doi], answer: Answer) -> None:
        """Give `answer` each distinct DOI once, the moment its answer is final.

        A DOI that is an alias gets the work that it stands for. What a source does never raises; the first
        error that `answer` raises, or a bug, ends the rest and is raised as it is.
        """
        try:
            async with asyncio.TaskGroup() as tasks:

                def known(doi: Doi, said: LookUp[Work]) -> None:
                    if _is_lacking(said):
                        tasks.create_task(self._elsewhere(doi, answer))
                    else:
                        answer(doi, said)

                await self._crossref.works(dois, known)
        except BaseExceptionGroup as errors:
            raise _first(errors) from errors

    def requests_for(self, dois: Sequence[Doi]) -> tuple[int, float]:
        """Return how many requests `dois` take if Crossref has them all, and about how many seconds."""
        return self._crossref.requests_for(dois)

    async def _elsewhere(self, doi: Doi, answer: Answer) -> None:
        answer(doi, await self._registered(doi))

    async def _registered(self, doi: Doi) -> LookUp[Work]:
        """Ask doi.org, and for an alias Crossref and doi.org once more with the DOI that it stands for."""
        asked = [doi]
        while len(asked) <= _MAX_ALIASES:
            said = await self._registry.work(asked[-1])
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
