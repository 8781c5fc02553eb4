"""All links of a run: each distinct address asked once, every host in its own lane, what hosted files say read."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from enrich.link.check import check
from enrich.link.pdf import PdfCheck
from enrich.link.reader import PdfReader
from enrich.link.road import Road, Stopped
from enrich.link.target import Fault, Target, Terms
from enrich.model.link import LinkVerdict, PdfContent
from enrich.model.lookup import Failed, Found, LookUp
from enrich.net.web import Web

Known = Callable[[str], LinkVerdict | None]
Answer = Callable[[str, LinkVerdict], None]

# Hosts that are asked at the same time: one that hangs holds up one lane of many.
_MOST_LANES = 256
# Whole files at the same time, each in memory.
_MOST_FILES = 4


@dataclass(frozen=True, slots=True)
class Manners:
    """How many questions a host takes at once, and the most that one address may take.

    `own_at_once` is for the hosts of the site's PDFs. `limit_s` is seconds of its hosts' time, redirects among
    them; `max_bytes` the most of a file that is fetched where it must be whole.
    """

    at_once: int = 8
    own_at_once: int = 32
    limit_s: float = 60.0
    max_bytes: int = 50_000_000


# A page's spelling of an address, and what a remap made of it, or nothing.
_Spelling = tuple[str, str]


@dataclass(slots=True)
class _Lane:
    """What is to be asked of one host: targets, and the pages' spellings of each."""

    at_once: int
    spellings: dict[Target, list[_Spelling]] = field(default_factory=dict)


class Links:
    """Asks the addresses of a run. `known` gives an earlier verdict to be confirmed (If-None-Match), or None.

    `clock` gives Unix seconds for the verdicts.
    """

    def __init__(
        self,
        web: Web,
        terms: Terms,
        manners: Manners = Manners(),
        *,
        known: Known = lambda _: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._terms = terms
        self._manners = manners
        self._known = known
        self._clock = clock
        self._road = Road(web, self._permits, manners.limit_s)
        self._pdf = PdfCheck(self._road, manners.max_bytes)

    async def verdicts(self, urls: Iterable[str], answer: Answer) -> None:
        """Give `answer` a verdict on each of `urls` that is to be checked, the moment it is known.

        Spellings of one address are asked once. Whatever hosts do becomes a verdict; the first error that
        `answer` raises, or a bug, ends the rest and is raised as it is.
        """
        lanes = iter(sorted(self._lanes(urls, answer), key=lambda lane: -len(lane.spellings)))

        async def drive() -> None:
            for lane in lanes:
                waiting = deque(lane.spellings.items())
                async with asyncio.TaskGroup() as tasks:
                    for _ in range(min(lane.at_once, len(waiting))):
                        tasks.create_task(self._work(waiting, answer))

        await _together(drive, _MOST_LANES)

    async def ask(self, urls: Sequence[str], answer: Callable[[str, LookUp[LinkVerdict]], None]) -> None:
        """Do the same for `store.recall`: `unknown` is ignorance, and kept by nobody."""
        await self.verdicts(urls, lambda url, verdict: answer(url, as_lookup(verdict)))

    async def contents(
        self,
        verdicts: Iterable[LinkVerdict],
        reader: PdfReader,
        answer: Callable[[LinkVerdict, PdfContent], None],
    ) -> None:
        """Fetch files that are there, whole, and give `answer` what they say; none where one cannot be had."""
        waiting = iter(list(verdicts))

        async def work() -> None:
            for verdict in waiting:
                if content := await self._content(verdict, reader):
                    answer(verdict, content)

        await _together(work, _MOST_FILES)

    async def _content(self, verdict: LinkVerdict, reader: PdfReader) -> PdfContent | None:
        most = self._manners.max_bytes
        if verdict.bytes is not None and verdict.bytes > most:
            return PdfContent(verdict.version, problem=f"larger than {most} bytes")
        target = self._terms.target(verdict.url)
        if not isinstance(target, Target):
            return None
        came = await self._road.follow(target.url, {}, max_bytes=most, cut=False)
        if isinstance(came, Stopped) or came.reply.status != 200:
            return None
        return await reader.read(came.reply.body, verdict.version)

    def _lanes(self, urls: Iterable[str], answer: Answer) -> Iterable[_Lane]:
        lanes: dict[str, _Lane] = {}
        for url in dict.fromkeys(urls):
            target = self._terms.target(url)
            if isinstance(target, Fault):
                answer(
                    url, LinkVerdict(url, "broken", target.reason, target.detail, checked_at=self._clock())
                )
            elif target is not None:
                host = urlsplit(target.url).netloc
                lane = lanes.get(host) or lanes.setdefault(host, _Lane(self._permits(target.url)))
                lane.spellings.setdefault(target, []).append((url, target.remapped))
        return lanes.values()

    async def _work(self, waiting: deque[tuple[Target, list[_Spelling]]], answer: Answer) -> None:
        while waiting:
            target, spellings = waiting.popleft()
            verdict = await self._verdict(target, spellings[0][0])
            now = self._clock()
            for url, remapped in spellings:
                answer(url, replace(verdict, url=url, asked_url=remapped, checked_at=now))

    async def _verdict(self, target: Target, url: str) -> LinkVerdict:
        if target.is_pdf:
            return await self._pdf.check(target, self._known(url))
        return await check(self._road, target)

    def _permits(self, url: str) -> int:
        is_own = self._terms.is_own(urlsplit(url).netloc.rpartition("@")[2].lower())
        return self._manners.own_at_once if is_own else self._manners.at_once


def as_lookup(verdict: LinkVerdict) -> LookUp[LinkVerdict]:
    """Return a verdict as the answer to a question: what could not be found out is a failure."""
    if verdict.status == "unknown":
        return Failed("unavailable", f"{verdict.url}: {verdict.reason}: {verdict.detail}")
    return Found(verdict, verdict.checked_at)


async def _together(work: Callable[[], Coroutine[None, None, None]], most: int) -> None:
    try:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(most):
                tasks.create_task(work())
    except BaseExceptionGroup as errors:
        raise _first(errors) from errors


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    error = errors.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
