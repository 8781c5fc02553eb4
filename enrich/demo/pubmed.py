"""The embedded NCBI: PubMed's E-utilities and the PMC ID converter on loopback.

https://www.ncbi.nlm.nih.gov/books/NBK25499/ and https://pmc.ncbi.nlm.nih.gov/tools/id-converter-api/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from enrich.demo.faults import Faults
from enrich.demo.limits import Gate, Pool
from enrich.demo.loopback import Loopback
from enrich.demo.reply import Asked, Reply, as_html, as_json

Summary = Mapping[str, object]

_ROUTES = {"/entrez/eutils/esummary.fcgi": "summary", "/tools/idconv/api/v1/articles": "convert"}
_MOST_IDS = 200
_WITHOUT_KEY, _WITH_KEY = Pool("without a key", 3, 100), Pool("with a key", 10, 100)


class PubmedServer(Loopback):
    """PubMed with the given document summaries, and the articles of PMC that they name.

    `limited` counts the requests that the limits refused; `enforce_limits` answers 429 beyond three a second,
    or ten with an API key. An entry with an `error` is shown as it is.
    """

    def __init__(
        self,
        summaries: Iterable[Summary] = (),
        *,
        latency_s: float = 0.0,
        enforce_limits: bool = False,
        faults: Faults | None = None,
    ) -> None:
        super().__init__(latency_s=latency_s, faults=faults)
        self.summaries = {str(summary["uid"]): summary for summary in summaries}
        self.limited = 0
        self._gates = {pool: Gate(pool) for pool in (_WITHOUT_KEY, _WITH_KEY)} if enforce_limits else {}

    def route(self, path: str, query: Mapping[str, str], /) -> tuple[str, tuple[str, ...]]:
        """Return `summary`, `convert` or an empty name, with the numbers asked for, in lower case."""
        name = _ROUTES.get(path.rstrip("/"), "")
        stated = query.get("id" if name == "summary" else "ids", "")
        return name, tuple(number.strip().lower() for number in stated.split(",") if number.strip())

    async def answer(self, asked: Asked) -> Reply:
        """Return what NCBI says, or its 429 where limits are enforced and passed."""
        pool = _WITH_KEY if asked.query.get("api_key") else _WITHOUT_KEY
        gate = self._gates.get(pool)
        if gate is not None and not gate.enter():
            self.limited += 1
            return too_many(pool.per_second)
        try:
            await self._pause(self._latency_s)
        finally:
            if gate is not None:
                gate.leave()
        match asked.route:
            case "summary":
                return self._summary(asked)
            case "convert":
                return self._convert(asked)
            case _:
                return as_html(404, "404 Not Found")

    def _summary(self, asked: Asked) -> Reply:
        header = {"type": "esummary", "version": "0.3"}
        if not asked.dois or asked.query.get("db") != "pubmed":
            return as_json({"header": header, "error": "Empty id list - nothing todo"})
        entries = {uid: self.summaries.get(uid, _unknown(uid)) for uid in asked.dois}
        return as_json({"header": header, "result": {"uids": list(entries), **entries}})

    def _convert(self, asked: Asked) -> Reply:
        """Answer each PMC number; one kind of number, and at most 200 of them, make a question."""
        if not 0 < len(asked.dois) <= _MOST_IDS or not all(each.startswith("pmc") for each in asked.dois):
            wrong = "ids: at most 200 of one kind"
            return as_json({"status": "error", "message": wrong}, status=400)
        known = {str(record["pmcid"]).lower(): record for record in self._articles()}
        records = [_converted(number.upper(), known.get(number)) for number in asked.dois]
        return as_json({"status": "ok", "request": {"format": "json"}, "records": records})

    def _articles(self) -> Iterable[Mapping[str, object]]:
        for uid, summary in self.summaries.items():
            stated = summary.get("articleids")
            ids = {
                str(each["idtype"]): str(each["value"])
                for each in (stated if isinstance(stated, list) else [])
                if isinstance(each, dict)
            }
            if "pmc" in ids:
                doi = {"doi": ids["doi"]} if "doi" in ids else {}
                yield {"pmcid": ids["pmc"], "pmid": int(uid), **doi}


def too_many(limit: int) -> Reply:
    """Return NCBI's own 429."""
    told = {"error": "API rate limit exceeded", "api-key": "127.0.0.1", "count": str(limit + 1)}
    return as_json({**told, "limit": str(limit)}, status=429)


def _unknown(uid: str) -> Summary:
    return {"uid": uid, "error": "cannot get document summary"}


def _converted(number: str, record: Mapping[str, object] | None) -> Mapping[str, object]:
    if record is None:
        return {"requested-id": number, "status": "error", "errmsg": "Identifier not found in PMC"}
    return {**record, "requested-id": number}
