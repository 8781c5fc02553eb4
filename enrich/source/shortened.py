"""Short DOIs, which doi.org gave as names for long ones: https://shortdoi.org."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from enrich.model.accession import ShortDoi
from enrich.model.identifier import Doi
from enrich.model.lookup import LookUp
from enrich.source.registry import PER_S, Registry

Answer = Callable[[ShortDoi, LookUp[Doi]], None]


class Shortened:
    """Asks doi.org, at the pace that its registry keeps, which DOIs short ones stand for."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    async def ask(self, shorts: Sequence[ShortDoi], answer: Answer) -> None:
        """Give `answer` each distinct short DOI once, the moment it is known; an ExceptionGroup is a bug."""

        async def one(short: ShortDoi) -> None:
            answer(short, await self._registry.full(short))

        async with asyncio.TaskGroup() as tasks:
            for short in dict.fromkeys(shorts):
                tasks.create_task(one(short))

    def requests_for(self, shorts: Sequence[ShortDoi]) -> tuple[int, float]:
        """Return how many requests `shorts` take, and about how many seconds at the permitted pace."""
        requests = len(set(shorts))
        return requests, requests / PER_S
