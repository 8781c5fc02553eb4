"""Faults that a loopback server shows on demand: declared, counted and deterministic, never random.

    Faults(Fault(too_many("2"), first=3), Fault(HANG, dois=frozenset({"10.5555/slow"})))

The first fault that is due answers; the order is the order of declaration.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from enrich.demo.reply import TEXT, Asked, Reply, as_html, as_json


@dataclass(frozen=True, slots=True)
class Slow:
    """Answer rightly, after `seconds`."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Stranger:
    """Add a work that nobody asked for to a list answer."""

    doi: str


Break = Literal["reset", "hang", "half"]
Effect = Reply | Slow | Stranger | Break

RESET: Break = "reset"
HANG: Break = "hang"
HALF_A_BODY: Break = "half"
TOO_MANY_BARE = Reply(429, bare=True)
TOO_MANY_HTML = as_html(429, "429 Too Many Requests")
UNAVAILABLE = as_html(503, "503 Service Temporarily Unavailable")
GATEWAY_TIMEOUT = as_html(504, "504 Gateway Time-out")
NOT_FOUND_AS_JSON = Reply(404, b"Resource not found.", "application/json;charset=utf-8")
INVALID = as_json(
    {
        "status": "failed",
        "message-type": "validation-failure",
        "message": [{"type": "doi-not-valid", "value": "doi", "message": "DOI specified is not valid"}],
    },
    status=400,
)


def too_many(retry_after: str) -> Reply:
    """Return a 429 that asks to wait: `retry_after` is seconds or an HTTP date, sent as it is."""
    return Reply(429, b"Rate limit exceeded", TEXT, {"Retry-After": retry_after})


def unavailable(retry_after: str) -> Reply:
    """Return a 503 that asks to wait: `retry_after` is seconds or an HTTP date, sent as it is."""
    return replace(UNAVAILABLE, headers={"Retry-After": retry_after})


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, and when.

    It concerns the requests that name one of `dois` (none given: all) on one of `routes` (none given: all).
    Of these, counted from one, the first `first` (None: no end) are hit, and of those only each `every`-th.
    """

    effect: Effect
    first: int | None = None
    every: int = 1
    dois: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()

    def concerns(self, asked: Asked) -> bool:
        """Whether the request is one of those that this fault counts."""
        named = not self.dois or any(doi in asked.dois for doi in map(str.lower, self.dois))
        return named and (not self.routes or asked.route in self.routes)


class Faults:
    """The faults of one server, with their counts; a test may add and clear them while the server runs."""

    def __init__(self, *faults: Fault) -> None:
        self._faults = list(faults)
        self._seen: Counter[int] = Counter()

    def add(self, *faults: Fault) -> None:
        """Switch further faults on, each counting from now."""
        self._faults.extend(faults)

    def clear(self) -> None:
        """Switch every fault off."""
        self._faults.clear()
        self._seen.clear()

    def due(self, asked: Asked) -> Effect | None:
        """Count the request with every fault that it concerns; return what the first due one does."""
        due = [fault.effect for place, fault in enumerate(self._faults) if self._hits(place, fault, asked)]
        return due[0] if due else None

    def _hits(self, place: int, fault: Fault, asked: Asked) -> bool:
        if not fault.concerns(asked):
            return False
        self._seen[place] += 1
        seen = self._seen[place]
        return (fault.first is None or seen <= fault.first) and seen % fault.every == 0


def halved(reply: Reply) -> Reply:
    """Return the answer with the second half of its body missing, though its length is honest."""
    return replace(reply, body=reply.body[: len(reply.body) // 2])


def with_stranger(reply: Reply, doi: str) -> Reply:
    """Return a list answer with one more item, `doi`; any other answer as it is."""
    answer = json.loads(reply.body) if reply.status == 200 else None
    if not isinstance(answer, dict) or answer.get("message-type") != "work-list":
        return reply
    answer["message"]["items"].insert(0, {"DOI": doi, "title": ["A work that nobody asked for"]})
    return replace(as_json(answer), headers=reply.headers)
