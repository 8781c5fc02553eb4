"""One web service that answers JSON, asked politely; whatever else comes back is a failure, as a value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from enrich.model.lookup import Failed
from enrich.net.fetch import Reply, Trouble
from enrich.net.host import GivenUp
from enrich.net.web import Web

K = TypeVar("K")

_JSON = {"Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a service answered: the HTTP status and what its JSON means."""

    status: int
    meaning: object


class Service:
    """The service at `url`, asked at most `per_s` times a second and `at_once` at a time.

    `name` is its host's, for people.
    """

    def __init__(self, web: Web, url: str, *, at_once: int, per_s: float) -> None:
        self._web = web
        self._url = url.rstrip("/")
        self._per_s = per_s
        self.name = web.host(self._url, at_once=at_once, per_s=per_s).name

    async def get(self, path: str) -> Said | Failed:
        """Ask for `path`, which begins with a slash and is escaped already."""
        return self._heard(await self._web.get(f"{self._url}{path}", _JSON))

    async def post(self, path: str, form: Mapping[str, str]) -> Said | Failed:
        """Ask by a form: for questions that are too long for an address."""
        return self._heard(await self._web.post(f"{self._url}{path}", form))

    def failed(self, detail: str) -> Failed:
        """Return the failure that `detail` tells, with the service's name."""
        return Failed("unavailable", f"{self.name}: {detail}")

    def seconds_for(self, requests: int) -> float:
        """Return about how long that many requests take at the permitted pace."""
        return requests / self._per_s

    def _heard(self, reply: Reply | Trouble | GivenUp) -> Said | Failed:
        if isinstance(reply, GivenUp):
            return Failed("unavailable", reply.detail, reply.retry_after_s)
        if isinstance(reply, Trouble):
            return self.failed(reply.detail)
        try:
            return Said(reply.status, json.loads(reply.body))
        except (ValueError, RecursionError):
            return self.failed(_unreadable(reply))


def lots(keys: Sequence[K], most: int) -> list[Sequence[K]]:
    """Return the distinct keys in lots of at most `most`, in their order."""
    distinct = list(dict.fromkeys(keys))
    return [distinct[start : start + most] for start in range(0, len(distinct), most)]


def _unreadable(reply: Reply) -> str:
    if reply.body.lstrip().startswith((b"{", b"[")):
        return "an answer that is not whole"
    return f"{reply.status} {reply.reason}".rstrip() + ", and no JSON in it: is its address right?"
