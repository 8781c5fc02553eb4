"""arXiv's papers through DataCite, where arXiv registers them: https://support.datacite.org/docs/api-get-doi."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from enrich.model.accession import ArxivId
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.work import Work
from enrich.net.web import Web
from enrich.source import datacite
from enrich.source.service import Said, Service

Answer = Callable[[ArxivId, LookUp[Work]], None]

_AT_ONCE, _PER_S = 4, 5.0


class Arxiv:
    """Asks DataCite, at most five times a second, what it knows of arXiv's papers."""

    def __init__(
        self, web: Web, url: str = "https://api.datacite.org", *, clock: Callable[[], float] = time.time
    ) -> None:
        self._service = Service(web, url, at_once=_AT_ONCE, per_s=_PER_S)
        self._clock = clock

    async def ask(self, papers: Sequence[ArxivId], answer: Answer) -> None:
        """Give `answer` each distinct paper once, the moment it is known; an ExceptionGroup is a bug."""

        async def one(arxiv: ArxivId) -> None:
            answer(arxiv, await self.work(arxiv))

        async with asyncio.TaskGroup() as tasks:
            for arxiv in dict.fromkeys(papers):
                tasks.create_task(one(arxiv))

    async def work(self, arxiv: ArxivId) -> LookUp[Work]:
        """Return the paper by its DOI, `published_as` set where its record states the article that it became.

        Whatever the network and DataCite do becomes an answer.
        """
        said = await self._service.get(f"/dois/{quote(arxiv.doi.value, safe='/')}")
        match said:
            case Failed():
                return said
            case Said(200, {"data": {"attributes": Mapping() as attributes}}):
                work = datacite.work(attributes)
            case Said(404, {"errors": [*_]}):
                return Absent("not_found", "DataCite knows no such paper of arXiv", self._clock())
            case Said(status):
                return self._service.failed(f"{status}, and an answer that says nothing")
        if work is None or work.doi != arxiv.doi:
            return self._service.failed(f"an answer about another paper than {arxiv}")
        return Found(replace(work, arxiv=arxiv), self._clock())

    def requests_for(self, papers: Sequence[ArxivId]) -> tuple[int, float]:
        """Return how many requests `papers` take, and about how many seconds at the permitted pace."""
        requests = len(set(papers))
        return requests, self._service.seconds_for(requests)
