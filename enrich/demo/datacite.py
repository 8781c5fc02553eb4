"""The embedded DataCite: `https://api.datacite.org/dois/` on loopback. https://support.datacite.org/docs/api-get-doi"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from enrich.demo.faults import Faults
from enrich.demo.loopback import Loopback
from enrich.demo.reply import Asked, Reply, as_html, as_json

Attributes = Mapping[str, object]

_DOIS = "/dois/"
_TYPE = "application/vnd.api+json; charset=utf-8"


class DataciteServer(Loopback):
    """DataCite with the given records: what its API shows as a DOI's `attributes`."""

    def __init__(
        self, records: Iterable[Attributes] = (), *, latency_s: float = 0.0, faults: Faults | None = None
    ) -> None:
        super().__init__(latency_s=latency_s, faults=faults)
        self.records = {str(record["doi"]).lower(): record for record in records}

    def route(self, path: str, _query: Mapping[str, str], /) -> tuple[str, tuple[str, ...]]:
        """Return `doi` or an empty name, with the DOI asked for."""
        if not path.startswith(_DOIS):
            return "", ()
        return "doi", (path.removeprefix(_DOIS).lower(),)

    async def answer(self, asked: Asked) -> Reply:
        """Return what DataCite says; DOIs match without regard to case."""
        await self._pause(self._latency_s)
        if asked.route != "doi":
            return as_html(404, "404 Not Found")
        record = self.records.get(asked.dois[0])
        if record is None:
            missing = {"status": "404", "title": "The resource you are looking for doesn't exist."}
            return as_json({"errors": [missing]}, 404, _TYPE)
        doi = str(record["doi"]).lower()
        return as_json({"data": {"id": doi, "type": "dois", "attributes": record}}, content_type=_TYPE)
