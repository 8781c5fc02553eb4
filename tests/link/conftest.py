"""Links asked over real sockets on loopback, on a clock of the test's own: waits between tries take no time."""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import pytest

from enrich.link.links import Links, Manners
from enrich.link.road import Road
from enrich.link.target import Terms
from enrich.model.link import LinkVerdict
from enrich.net.fetch import Caps, Fetcher
from enrich.net.guard import Guard
from enrich.net.host import Patience
from enrich.net.resolve import LookUp, system
from enrich.net.web import Web

AT = 1_800_000_000.0


@dataclass(frozen=True)
class Asking:
    """One run's way to the network."""

    web: Web
    links: Links
    road: Road

    async def verdict(self, url: str) -> LinkVerdict:
        [verdict] = (await self.verdicts(url)).values()
        return verdict

    async def verdicts(self, *urls: str) -> dict[str, LinkVerdict]:
        got: dict[str, LinkVerdict] = {}
        await self.links.verdicts(urls, got.__setitem__)
        return got


async def _no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def _asking(
    *,
    allow: Sequence[str] = ("127.0.0.1",),
    ports: Sequence[int] = (80, 443),
    terms: Terms | None = None,
    limit_s: float = 10.0,
    read_s: float = 5.0,
    break_after: int = 5,
    max_bytes: int = 50_000_000,
    look_up: LookUp = system,
    known: Callable[[str], LinkVerdict | None] = lambda _: None,
) -> AsyncIterator[Asking]:
    caps = Caps(connect_s=2.0, read_s=read_s, total_s=limit_s)
    async with Fetcher(Guard(allow, ports), "enrich/test", caps, look_up) as fetcher:
        hands = itertools.count()
        web = Web(
            fetcher,
            Patience(break_after=break_after),
            clock=lambda: AT,
            now=lambda: float(next(hands)),
            sleep=_no_sleep,
        )
        manners = Manners(limit_s=limit_s, max_bytes=max_bytes)
        links = Links(web, terms or Terms(check=True), manners, known=known, clock=lambda: AT)
        yield Asking(web, links, Road(web, lambda _: 8, limit_s))


@pytest.fixture
def asking() -> Callable[..., AbstractAsyncContextManager[Asking]]:
    """Return what opens a way to the network, with the limits that a test wants."""
    return _asking


@pytest.fixture
def to_loopback() -> LookUp:
    """A resolver by which every name leads to loopback."""

    def look_up(
        _host: str, _port: int, _family: socket.AddressFamily
    ) -> Sequence[tuple[socket.AddressFamily, str]]:
        return [(socket.AF_INET, "127.0.0.1")]

    return look_up
