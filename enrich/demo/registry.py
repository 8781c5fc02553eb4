"""The embedded doi.org: handles, registration agencies and content negotiation on loopback."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from enrich.demo.crossref import CSL, CrossrefServer
from enrich.demo.faults import Faults
from enrich.demo.loopback import Loopback
from enrich.demo.reply import Asked, Reply, as_html, as_json

_DOI = re.compile(r"10\.\d{4,9}(\.\d+)*/.+")
_SUCCESS, _NO_SUCH_HANDLE, _NO_SUCH_VALUES = 1, 100, 200
_ROUTES = {"/api/handles/": "handle", "/doiRA/": "agency", "/csl/": "csl"}


@dataclass(frozen=True, slots=True)
class Registration:
    """One registered DOI. Without `csl` its agency answers a landing page; `alias_of` is another DOI.

    An empty `agency` is a DOI whose agency doi.org does not know ("Unknown").
    """

    doi: str
    agency: str = "DataCite"
    csl: Mapping[str, object] | None = None
    url: str = "https://example.org/landing"
    alias_of: str = ""


class RegistryServer(Loopback):
    """doi.org with the given registrations and all that `crossref` holds; it hosts the agencies' CSL too."""

    def __init__(
        self,
        registrations: Iterable[Registration] = (),
        *,
        crossref: CrossrefServer | None = None,
        latency_s: float = 0.0,
        faults: Faults | None = None,
    ) -> None:
        super().__init__(latency_s=latency_s, faults=faults)
        self._crossref = crossref
        self.registrations = {entry.doi.lower(): entry for entry in registrations}

    def route(self, path: str, _query: Mapping[str, str], /) -> tuple[str, tuple[str, ...]]:
        """Return `handle`, `agency`, `csl` or `resolve`, with the DOI asked for."""
        name, doi = _split(path)
        return name, (doi.lower(),)

    async def answer(self, asked: Asked) -> Reply:
        """Return what doi.org says, or for `csl` what the registration agency says."""
        await self._pause(self._latency_s)
        entry = self._registration(asked.dois[0])
        _, spelt = _split(asked.path)
        match asked.route:
            case "handle":
                return _handle(spelt, entry, asked.query.get("type", ""))
            case "agency":
                return _agency(spelt, entry)
            case "csl":
                return _csl(entry)
            case _:
                return self._resolve(spelt, entry, asked)

    def _registration(self, doi: str) -> Registration | None:
        if self._crossref is not None and doi in self._crossref.records and doi not in self.registrations:
            return Registration(doi, "Crossref")
        return self.registrations.get(doi)

    def _resolve(self, doi: str, entry: Registration | None, asked: Asked) -> Reply:
        if not _DOI.fullmatch(doi):
            return as_html(400, "Error: Invalid DOI")
        if entry is not None and entry.alias_of:
            entry = self._registration(entry.alias_of.lower())
        if entry is None:
            return as_html(404, "Error: DOI Not Found")
        return Reply(302, b"", "text/html;charset=utf-8", {"Location": self._location(entry, asked.accept)})

    def _location(self, entry: Registration, accept: str) -> str:
        path = quote(entry.doi, safe="/")
        if CSL not in accept:
            return entry.url
        if entry.agency == "Crossref" and self._crossref is not None:
            return f"{self._crossref.url}/v1/works/{path}/transform"
        return f"{self.url}/csl/{path}"


def _split(path: str) -> tuple[str, str]:
    for prefix, name in _ROUTES.items():
        if path.startswith(prefix):
            return name, path.removeprefix(prefix)
    return "resolve", path.removeprefix("/")


def _handle(doi: str, entry: Registration | None, kind: str) -> Reply:
    if entry is None:
        return as_json({"responseCode": _NO_SUCH_HANDLE, "handle": doi}, status=404)
    has_kind, value = ("HS_ALIAS", entry.alias_of) if entry.alias_of else ("URL", entry.url)
    if kind and kind != has_kind:
        return as_json({"responseCode": _NO_SUCH_VALUES, "handle": doi, "values": []})
    stored = {"index": 1, "type": has_kind, "data": {"format": "string", "value": value}}
    timed = {**stored, "ttl": 86400, "timestamp": "2020-01-01T00:00:00Z"}
    return as_json({"responseCode": _SUCCESS, "handle": doi, "values": [timed]})


def _agency(doi: str, entry: Registration | None) -> Reply:
    if not _DOI.fullmatch(doi):
        return as_json([{"DOI": doi, "status": "Invalid DOI"}])
    if entry is None:
        return as_json([{"DOI": doi, "status": "DOI does not exist"}])
    if not entry.agency:
        return as_json([{"DOI": doi, "status": "Unknown"}])
    return as_json([{"DOI": doi, "RA": entry.agency}])


def _csl(entry: Registration | None) -> Reply:
    if entry is None:
        return as_html(404, "Not Found")
    if entry.csl is None:
        return as_html(200, "Landing page")
    answer = as_json(entry.csl)
    return Reply(200, answer.body, CSL)
