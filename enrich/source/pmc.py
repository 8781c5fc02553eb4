"""PubMed Central's ID converter: the PubMed number and the DOI of an article, 200 articles a request.

https://pmc.ncbi.nlm.nih.gov/tools/id-converter-api/
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from enrich.model.accession import ArticleIds, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.net.web import Web
from enrich.source.service import Said, Service, lots

Answer = Callable[[Pmcid, LookUp[ArticleIds]], None]
_Records = Mapping[Pmcid, Mapping[str, object]]

_PATH = "/tools/idconv/api/v1/articles/"
_MAX_IDS = 200
_AT_ONCE, _PER_S = 3, 3.0


class Pmc:
    """Asks the converter at most three times a second; `email` tells NCBI whom to write to."""

    def __init__(
        self,
        web: Web,
        url: str = "https://pmc.ncbi.nlm.nih.gov",
        *,
        email: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._service = Service(web, url, at_once=_AT_ONCE, per_s=_PER_S)
        self._who = {"tool": "enrich"} | ({"email": email} if email else {})
        self._clock = clock

    async def ask(self, pmcids: Sequence[Pmcid], answer: Answer) -> None:
        """Give `answer` each distinct number once, the moment it is known.

        Absent is `not_found` where PMC has no such article, `no_metadata` where it knows no other number of it.
        Whatever the network and NCBI do becomes an answer; an ExceptionGroup that is raised is a bug.
        """
        async with asyncio.TaskGroup() as tasks:
            for batch in lots(pmcids, _MAX_IDS):
                tasks.create_task(self._batch(batch, answer))

    def requests_for(self, pmcids: Sequence[Pmcid]) -> tuple[int, float]:
        """Return how many requests `pmcids` take, and about how many seconds at the permitted pace."""
        requests = len(lots(pmcids, _MAX_IDS))
        return requests, self._service.seconds_for(requests)

    async def _batch(self, pmcids: Sequence[Pmcid], answer: Answer) -> None:
        ids = ",".join(pmcid.value for pmcid in pmcids)
        query = urlencode({"ids": ids, "format": "json", **self._who}, safe=",@")
        records = self._records(await self._service.get(f"{_PATH}?{query}"), pmcids)
        for pmcid in pmcids:
            answer(
                pmcid, records if isinstance(records, Failed) else self._look_up(pmcid, records.get(pmcid))
            )

    def _records(self, said: Said | Failed, asked: Sequence[Pmcid]) -> _Records | Failed:
        """Return the answer's records by the number asked for; none if one is of another article."""
        if isinstance(said, Failed):
            return said
        match said.meaning:
            case {"records": [*records]}:
                known = [record for record in records if isinstance(record, Mapping)]
                by_number = {_requested(record): record for record in known}
                if not by_number.keys() <= set(asked) or any(map(_is_strange, known)):
                    return self._service.failed("an answer about another article")
                return {number: record for number, record in by_number.items() if number}
            case {"message": str(error)} | {"error": str(error)}:
                return self._service.failed(error)
            case _:
                return self._service.failed(f"{said.status}, and an answer that says nothing")

    def _look_up(self, pmcid: Pmcid, record: Mapping[str, object] | None) -> LookUp[ArticleIds]:
        match record:
            case None:
                return self._service.failed(f"an answer without {pmcid}")
            case {"status": "error"}:
                reason = record.get("errmsg") or "unknown"
                return Absent("not_found", f"PMC has no article of this number ({reason})", self._clock())
            case _:
                pmid, doi = Pmid.parse(_text(record.get("pmid"))), Doi.parse(_text(record.get("doi")))
        if pmid is None and doi is None:
            return Absent(
                "no_metadata", "PMC has the article, but knows no other number of it", self._clock()
            )
        return Found(ArticleIds(pmcid, pmid, doi), self._clock())


def _requested(record: Mapping[str, object]) -> Pmcid | None:
    return Pmcid.parse(_text(record.get("requested-id") or record.get("pmcid")))


def _is_strange(record: Mapping[str, object]) -> bool:
    stated = record.get("pmcid")
    return stated is not None and Pmcid.parse(_text(stated)) != _requested(record)


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
