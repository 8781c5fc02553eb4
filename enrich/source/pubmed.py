"""PubMed through NCBI's E-utilities: which paper a PubMed number is, 200 of them a request.

https://www.ncbi.nlm.nih.gov/books/NBK25497/ has the manners, https://www.ncbi.nlm.nih.gov/books/NBK25499/ the calls.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence

from enrich.model.accession import Pmid
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.work import Work
from enrich.net.web import Web
from enrich.source import pubmed_summary
from enrich.source.service import Said, Service, lots

Answer = Callable[[Pmid, LookUp[Work]], None]

_MAX_IDS = 200
_PATH = "/entrez/eutils/esummary.fcgi"
_AT_ONCE = 3
_PER_S, _PER_S_WITH_KEY = 3.0, 10.0
# What PubMed says of a number that it never gave, or took back.
_UNKNOWN = ("cannot get document summary", "invalid uid")


class Pubmed:
    """Asks PubMed at most three times a second, ten with an `api_key`; `email` tells it whom to write to."""

    def __init__(
        self,
        web: Web,
        url: str = "https://eutils.ncbi.nlm.nih.gov",
        *,
        api_key: str = "",
        email: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._service = Service(web, url, at_once=_AT_ONCE, per_s=_PER_S_WITH_KEY if api_key else _PER_S)
        self._who = (
            {"tool": "enrich"}
            | ({"email": email} if email else {})
            | ({"api_key": api_key} if api_key else {})
        )
        self._clock = clock

    async def ask(self, pmids: Sequence[Pmid], answer: Answer) -> None:
        """Give `answer` each distinct number once, the moment it is known.

        A work that PubMed knows a DOI of has it, for Crossref to be asked next; any other is what PubMed says.
        Whatever the network and NCBI do becomes an answer; an ExceptionGroup that is raised is a bug.
        """
        async with asyncio.TaskGroup() as tasks:
            for batch in lots(pmids, _MAX_IDS):
                tasks.create_task(self._batch(batch, answer))

    def requests_for(self, pmids: Sequence[Pmid]) -> tuple[int, float]:
        """Return how many requests `pmids` take, and about how many seconds at the permitted pace."""
        requests = len(lots(pmids, _MAX_IDS))
        return requests, self._service.seconds_for(requests)

    async def _batch(self, pmids: Sequence[Pmid], answer: Answer) -> None:
        ids = ",".join(pmid.value for pmid in pmids)
        said = await self._service.post(_PATH, {"db": "pubmed", "retmode": "json", "id": ids, **self._who})
        entries = self._entries(said, pmids)
        if entries is None:
            # One number that PubMed answers with another paper must not take all the others along.
            middle = len(pmids) // 2
            await self._batch(pmids[:middle], answer)
            await self._batch(pmids[middle:], answer)
            return
        for pmid in pmids:
            answer(
                pmid, entries if isinstance(entries, Failed) else self._look_up(pmid, entries.get(pmid.value))
            )

    def _entries(self, said: Said | Failed, asked: Sequence[Pmid]) -> Mapping[str, object] | Failed | None:
        """Return the answer's entries by number; None of several where one is of another paper: none can be trusted."""
        if isinstance(said, Failed):
            return said
        match said.meaning:
            case {"result": {**entries}}:
                known = {str(number): entry for number, entry in entries.items() if number != "uids"}
                strangers = [number for number, entry in known.items() if _is_strange(number, entry, asked)]
                if strangers and len(asked) > 1:
                    return None
                if strangers:
                    return self._service.failed(f"an answer about another paper ({strangers[0]})")
                return known
            case {"error": str(error)}:
                return self._service.failed(error)
            case _:
                return self._service.failed(f"{said.status}, and an answer that says nothing")

    def _look_up(self, pmid: Pmid, entry: object) -> LookUp[Work]:
        match entry:
            case {"error": str(error)} if error.lower().startswith(_UNKNOWN):
                return Absent("not_found", f"PubMed has no paper of this number ({error})", self._clock())
            case {"error": str(error)}:
                return self._service.failed(error)
            case Mapping() as summary:
                work = pubmed_summary.work(pmid, summary)
                if work is None:
                    return Absent("no_metadata", "PubMed's record says nothing", self._clock())
                return Found(work, self._clock())
            case _:
                return self._service.failed(f"an answer without {pmid}")


def _is_strange(number: str, entry: object, asked: Sequence[Pmid]) -> bool:
    if Pmid(number) not in asked:
        return True
    if not isinstance(entry, Mapping):
        return False
    stated = {str(entry.get("uid", number)), pubmed_summary.article_ids(entry).get("pubmed", number)}
    return stated != {number}
