"""The embedded Crossref: `https://api.crossref.org` on loopback, for tests, the demo and benchmarks.

It answers as the live service does (2026), its limits, errors and oddities included.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from enrich.demo import parameters
from enrich.demo.faults import Faults
from enrich.demo.limits import POOLS, Gate, Pool, pool
from enrich.demo.loopback import Loopback
from enrich.demo.ranking import Ranking
from enrich.demo.reply import TEXT, Asked, Reply, as_html, as_json

Record = Mapping[str, object]

CSL = "application/vnd.citationstyles.csl+json"
_TRANSFORM = "/v1/works/"


class CrossrefServer(Loopback):
    """Crossref with the given raw records; `limited` counts the requests that its limits refused.

    `enforce_limits` answers 429 beyond the pool's rate or concurrency;
    `latency_s` is waited before each answer.
    Records are shown as they are, so they may be shared between servers.
    """

    def __init__(
        self,
        records: Iterable[Record],
        *,
        latency_s: float = 0.0,
        enforce_limits: bool = False,
        faults: Faults | None = None,
    ) -> None:
        super().__init__(latency_s=latency_s, faults=faults)
        self.records = {str(record["DOI"]).lower(): record for record in records}
        self.limited = 0
        self._gates = {limit: Gate(limit) for limit in POOLS.values()} if enforce_limits else {}
        # Fixed seed: an order that nobody may count on, and the same in every run.
        self._order = random.Random(0)

    def add(self, record: Record) -> None:
        """Let `record` be one of those that it has, in the place of an older one."""
        self.records[str(record["DOI"]).lower()] = record
        self.__dict__.pop("_ranking", None)

    def route(self, path: str, query: Mapping[str, str], /) -> tuple[str, tuple[str, ...]]:
        """Return `list`, `work`, `agency`, `transform` or an empty name, with the DOIs asked for."""
        if path.rstrip("/") == "/works":
            return "list", parameters.dois(query.get("filter", ""))
        if path.startswith(_TRANSFORM):
            return "transform", (path.removeprefix(_TRANSFORM).removesuffix("/transform").lower(),)
        if path.startswith("/works/"):
            doi = path.removeprefix("/works/").lower()
            name = "agency" if doi.endswith("/agency") else "work"
            return name, (doi.removesuffix("/agency").rstrip("/"),)
        return "", ()

    async def answer(self, asked: Asked) -> Reply:
        """Return what Crossref says, or a 429 where its limits are enforced and passed."""
        limit = pool(polite=is_polite(asked), is_list=asked.route == "list")
        gate = self._gates.get(limit)
        if gate is not None and not gate.enter():
            self.limited += 1
            return Reply(429, b"", "", _limits(limit))
        try:
            await self._pause(self._latency_s)
            reply = self._true_answer(asked)
        finally:
            if gate is not None:
                gate.leave()
        return replace(reply, headers={**_limits(limit), **reply.headers})

    def _true_answer(self, asked: Asked) -> Reply:
        match asked.route:
            case "list":
                return self._list(asked)
            case "work":
                return self._work(asked)
            case "agency":
                return self._agency(asked)
            case "transform":
                return self._transform(asked)
            case _:
                return as_html(404, "404 Not Found")

    def _list(self, asked: Asked) -> Reply:
        wrong = parameters.mistakes(asked.query)
        if wrong:
            return parameters.validation_failure(wrong)
        text = asked.query.get("query.bibliographic") or asked.query.get("query") or ""
        passing = parameters.passing(self.records, asked.query)
        if text:
            kept = Ranking(passing).best(text) if "filter" in asked.query else self._ranking.best(text)
        else:
            kept = [(record, 1.0) for record in passing]
            self._order.shuffle(kept)
        start = int(asked.query.get("offset", "0"))
        rows = int(asked.query.get("rows", "20"))
        select = parameters.selected(asked.query)
        items = [_shown(record, score, select) for record, score in kept[start : start + rows]]
        query = {"start-index": start, "search-terms": text or None}
        message = {
            "facets": {},
            "total-results": len(kept),
            "items": items,
            "items-per-page": rows,
            "query": query,
        }
        return as_json(_envelope("work-list", message))

    def _work(self, asked: Asked) -> Reply:
        wrong = parameters.not_on_a_work(asked.query)
        if wrong:
            return parameters.validation_failure(wrong)
        record = self.records.get(asked.dois[0])
        if record is None:
            return Reply(404, b"Resource not found.", TEXT)
        return as_json(_envelope("work", record))

    def _agency(self, asked: Asked) -> Reply:
        record = self.records.get(asked.dois[0])
        if record is None:
            return Reply(404, b"Resource not found.", "application/json;charset=utf-8")
        agency = {"id": "crossref", "label": "Crossref"}
        return as_json(_envelope("work-agency", {"DOI": record["DOI"], "agency": agency}))

    def _transform(self, asked: Asked) -> Reply:
        record = self.records.get(asked.dois[0])
        if record is None:
            return Reply(404, b"Resource not found.", TEXT)
        return replace(as_json(as_csl(record)), content_type=CSL if CSL in asked.accept else "")

    @cached_property
    def _ranking(self) -> Ranking:
        return Ranking(self.records.values())


def is_polite(asked: Asked) -> bool:
    """Whether the request says whom to write to, as a parameter or in its User-Agent."""
    return "@" in asked.query.get("mailto", "") or "mailto:" in asked.user_agent


def as_csl(record: Record) -> dict[str, object]:
    """Return the record as content negotiation does: titles as plain strings, the rest unchanged."""
    csl = dict(record)
    for key in ("title", "container-title"):
        value = csl.get(key)
        if isinstance(value, list):
            csl[key] = value[0] if value else ""
    return csl


def _envelope(kind: str, message: object) -> dict[str, object]:
    return {"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message}


def _limits(limit: Pool) -> dict[str, str]:
    return {
        "x-api-pool": limit.name,
        "x-rate-limit-limit": str(limit.per_second),
        "x-rate-limit-interval": "1s",
        "x-concurrency-limit": str(limit.at_a_time),
    }


def _shown(record: Record, score: float, select: tuple[str, ...]) -> Record:
    full = {**record, "score": round(score, 6)}
    return {key: value for key, value in full.items() if not select or key in select}
