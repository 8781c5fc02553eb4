"""doi.org: who registered a DOI, if anyone, and what that agency says of it.

https://www.doi.org/the-identifier/resources/factsheets/doi-resolution-documentation
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit

from enrich.model.accession import ShortDoi
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.work import Work
from enrich.net.fetch import Reply, Trouble
from enrich.net.host import GivenUp
from enrich.net.web import Web
from enrich.source import csl

_CSL = {"Accept": "application/vnd.citationstyles.csl+json"}
_JSON = {"Accept": "application/json"}
PER_S = 5.0
_AT_ONCE = 4
_MAX_DOI = 2000

# The handle system's response codes: it exists; it exists without values of the type asked for; it does not.
_EXISTS, _UNKNOWN_HANDLE = {1, 200}, 100
_NO_SUCH_DOI = {"doi does not exist", "invalid doi"}
_NOT_A_DOI = {400, 404, 414}


@dataclass(frozen=True, slots=True)
class Alias:
    """The DOI stands for another one, which is to be asked in its place."""

    target: Doi


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Crossref registered the DOI, though its list did not have it: `absent` holds if its own record is missing too."""

    absent: Absent


@dataclass(frozen=True, slots=True)
class _Registered:
    agency: str


class Registry:
    """Asks doi.org, at most five times a second, and the registration agencies that it names."""

    def __init__(
        self, web: Web, url: str = "https://doi.org", *, clock: Callable[[], float] = time.time
    ) -> None:
        self._web = web
        self._url = url.rstrip("/")
        self._clock = clock
        web.host(self._url, at_once=_AT_ONCE, per_s=PER_S)

    async def work(self, doi: Doi) -> LookUp[Work] | Alias | Unlisted:
        """Return what is known of a DOI that Crossref lacks.

        Absent is `not_found` where nobody registered it, `no_metadata` where its agency shows no record.
        Whatever the network and the agencies do becomes an answer.
        """
        if len(quote(doi.value)) > _MAX_DOI:
            return self._absent("not_found", "longer than any DOI")
        registered = await self._registered(doi)
        if not isinstance(registered, _Registered):
            return registered
        if registered.agency.lower() == "crossref":
            alias = await self._alias(doi, registered.agency)
            return Unlisted(alias) if isinstance(alias, Absent) else alias
        found = await self._at_agency(doi, registered.agency)
        return found if found is not None else await self._alias(doi, registered.agency)

    async def full(self, short: ShortDoi) -> LookUp[Doi]:
        """Return the DOI that a short one stands for; Absent where it stands for none."""
        reply = await self._ask(f"/api/handles/{short.value}?type=HS_ALIAS")
        if isinstance(reply, Failed):
            return reply
        match _json(reply):
            case {"values": [{"type": "HS_ALIAS", "data": {"value": str(value)}}, *_]} if doi := Doi.parse(
                value
            ):
                return Found(doi, self._clock())
            case {"responseCode": int(code)} if code == _UNKNOWN_HANDLE or code in _EXISTS:
                return self._absent("not_found", f"doi.org: {short} stands for no DOI")
            case _:
                return self._failed(Trouble("broken", f"{reply.status} {reply.reason}, and no answer in it"))

    async def _registered(self, doi: Doi) -> _Registered | Absent | Failed:
        """Ask for the agency, and where that settles nothing, whether the handle exists."""
        reply = await self._ask(f"/doiRA/{_path(doi)}")
        if isinstance(reply, Failed):
            return reply
        match _json(reply):
            case [{"RA": str(agency)}, *_] if agency:
                return _Registered(agency)
            case [{"status": str(status)}, *_] if status.lower() in _NO_SUCH_DOI:
                return self._absent("not_found", f"doi.org: {status}")
            case _:
                return await self._handle(doi)

    async def _handle(self, doi: Doi) -> _Registered | Absent | Failed:
        reply = await self._ask(f"/api/handles/{_path(doi)}")
        if isinstance(reply, Failed):
            return reply
        match _json(reply):
            case {"responseCode": int(code)} if code in _EXISTS:
                return _Registered("")
            case {"responseCode": int(code)} if code == _UNKNOWN_HANDLE:
                return self._absent("not_found", "doi.org: not registered")
            case _ if reply.status in _NOT_A_DOI:
                return self._absent("not_found", f"doi.org: {reply.status} {reply.reason}")
            case _:
                return self._failed(Trouble("broken", f"{reply.status} {reply.reason}, and no answer in it"))

    async def _at_agency(self, doi: Doi, agency: str) -> Found[Work] | Failed | None:
        """Return the agency's own description (CSL by content negotiation), or None if it offers none.

        A page instead, a refusal, a redirect to where we do not go: none of these says anything of the DOI.
        """
        reply = await self._web.get(f"{self._url}/{_path(doi)}", _CSL, redirects=0)
        if isinstance(reply, Trouble):
            return self._failed(reply)
        if isinstance(reply, Reply) and reply.location:
            reply = await self._web.get(reply.location, _CSL)
        if isinstance(reply, GivenUp):
            return self._failed(reply)
        if not isinstance(reply, Reply) or reply.status != 200:
            return None
        said = _json(reply)
        if said is None and reply.body.lstrip().startswith(b"{"):
            return Failed("unavailable", f"{urlsplit(reply.url).netloc}: an answer that is not whole")
        work = csl.work(said, agency or "doi.org") if isinstance(said, dict) else None
        return Found(work, self._clock()) if work is not None and work.doi == doi else None

    async def _alias(self, doi: Doi, agency: str) -> Alias | Absent | Failed:
        reply = await self._ask(f"/api/handles/{_path(doi)}?type=HS_ALIAS")
        if isinstance(reply, Failed):
            return reply
        match _json(reply):
            case {"values": [{"type": "HS_ALIAS", "data": {"value": str(value)}}, *_]}:
                target = Doi.parse(value)
                if target is not None and target != doi:
                    return Alias(target)
            case _:
                pass
        who = f"registered with {agency}" if agency else "registered"
        return self._absent("no_metadata", f"{who}, but without a record that can be read")

    async def _ask(self, path: str) -> Reply | Failed:
        reply = await self._web.get(f"{self._url}{path}", _JSON)
        return reply if isinstance(reply, Reply) else self._failed(reply)

    def _failed(self, trouble: Trouble | GivenUp) -> Failed:
        if isinstance(trouble, GivenUp):
            return Failed("unavailable", trouble.detail, trouble.retry_after_s)
        return Failed("unavailable", f"{self._web.host(self._url).name}: {trouble.detail}")

    def _absent(self, reason: Literal["not_found", "no_metadata"], detail: str) -> Absent:
        return Absent(reason, detail, self._clock())


def _path(doi: Doi) -> str:
    """Return the DOI as doi.org wants it in a path: slashes as they are."""
    return quote(doi.value, safe="/")


def _json(reply: Reply) -> object:
    """Return what the body means, whatever its label says, or None if it is not JSON."""
    try:
        meaning: object = json.loads(reply.body)
    except (ValueError, RecursionError):
        return None
    return meaning
