"""Crossref's REST API through habanero, which only this file knows.

https://www.crossref.org/documentation/retrieve-metadata/rest-api/
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import quote

import habanero
import httpx2

from enrich import __version__
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.work import Work
from enrich.net import hints
from enrich.net.host import Answered, GivenUp, Host, Outcome, Pace, Refused
from enrich.net.thread import in_thread
from enrich.source.crossref import batch, message, record

Answer = Callable[[Doi, LookUp[Work]], None]
SearchAnswer = Callable[[str, LookUp[tuple[Work, ...]]], None]

# List answers in a row that do not fit their questions: by then it is not the DOIs that are wrong.
_MAX_MISFITS = 40
_OURS = {"filter-not-available", "select-not-available", "integer-not-valid", "parameter-not-allowed"}
_BAD_QUESTION = {400, 413, 414, 431}
_TRY_AGAIN = {408, 425, 429}
# habanero reads answers unchecked: this is what it raises over one of an unexpected shape.
_UNREADABLE = (AttributeError, LookupError, TypeError, ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class Pool:
    """Crossref's limits since December 2025: questions at a time, lists and single records a second."""

    at_once: int
    lists_per_s: float
    singles_per_s: float


_POLITE, _PUBLIC = Pool(3, 3, 10), Pool(1, 1, 5)


def pool(mailto: str) -> Pool:
    """Return the limits for those who give a contact address, or for those who do not."""
    return _POLITE if mailto else _PUBLIC


@dataclass(frozen=True, slots=True)
class _Records:
    records: message.Records


@dataclass(frozen=True, slots=True)
class _Rejected:
    """Crossref says that the question itself is wrong, or names nothing."""

    reason: str


_Said = _Records | _Rejected
_Read = Callable[[object], message.Records | None]


class Crossref:
    """Asks Crossref for works, in as few requests as its request line allows.

    `host` should have the `at_once` of `pool(mailto)`. `timeout_s` bounds each wait for bytes, `deadline_s`
    the whole of an answer; `clock` dates the answers (Unix seconds).
    """

    def __init__(
        self,
        host: Host,
        url: str,
        *,
        mailto: str = "",
        timeout_s: float = 30.0,
        deadline_s: float = 60.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        limits = pool(mailto)
        self._host = host
        self._url = url.rstrip("/")
        self._deadline_s = deadline_s
        self._clock = clock
        self._lists, self._singles = Pace(limits.lists_per_s), Pace(limits.singles_per_s)
        self._misfits = 0
        self._habanero = habanero.Crossref(
            base_url=self._url, mailto=mailto or None, ua_string=f"enrich/{__version__}", timeout=timeout_s
        )

    async def works(self, dois: Sequence[Doi], answer: Answer) -> None:
        """Give `answer` each distinct DOI once, the moment it is known; Absent means that Crossref lacks it.

        Whatever the network and Crossref do becomes an answer; an ExceptionGroup that is raised is a bug.
        """
        await self._ask(dois, answer, record.SELECT)

    async def single(self, doi: Doi) -> LookUp[Work]:
        """Return what stands at the DOI's own address, whatever lists of records say."""
        said: list[LookUp[Work]] = []
        await self._single(doi, lambda _, answer: said.append(answer))
        return said[0]

    async def standings(self, dois: Sequence[Doi], answer: Answer) -> None:
        """Give `answer`, likewise, works that hold what became of them and their titles alone: small answers."""
        await self._ask(dois, answer, record.STANDING)

    async def _ask(self, dois: Sequence[Doi], answer: Answer, select: Sequence[str]) -> None:
        packed = batch.pack(dois, self._url, select)
        async with asyncio.TaskGroup() as tasks:
            for together in packed.batches:
                tasks.create_task(self._list(together, answer, select))
            for doi in packed.singles:
                tasks.create_task(self._single(doi, answer))

    def requests_for(self, dois: Sequence[Doi]) -> tuple[int, float]:
        """Return how many requests `dois` take, and about how many seconds at the permitted pace."""
        packed = batch.pack(dois, self._url, record.SELECT)
        lists, singles = len(packed.batches), len(packed.singles)
        return lists + singles, lists * self._lists.spacing_s + singles * self._singles.spacing_s

    async def search(self, queries: Sequence[str], answer: SearchAnswer) -> None:
        """Give `answer` each distinct citation in words once, with the works it may mean, the likeliest first.

        They may be none. These are Crossref's slowest questions; they count, and are paced, as lists.
        """
        async with asyncio.TaskGroup() as tasks:
            for query in dict.fromkeys(queries):
                tasks.create_task(self._search(query, answer))

    def searches_for(self, queries: Sequence[str]) -> tuple[int, float]:
        """Return how many requests that many citations in words take, and about how many seconds."""
        return len(queries), len(queries) * self._lists.spacing_s

    async def _search(self, query: str, answer: SearchAnswer) -> None:
        call = partial(
            self._habanero.works, query_bibliographic=query, limit=message.ROWS, select=list(record.SELECT)
        )
        said = await self._host.ask(partial(self._within_deadline, call, message.ranked), self._lists)
        match said:
            case GivenUp():
                answer(query, _failed(said))
            case _Rejected(reason):
                answer(query, Failed("unavailable", f"Crossref does not take the question: {reason}"))
            case _Records(records):
                works = tuple(work for work in map(record.work, records) if work)
                answer(query, Found(works, self._clock()))

    async def _list(self, dois: tuple[Doi, ...], answer: Answer, select: Sequence[str]) -> None:
        """Ask for `dois` together; if the answer does not fit the question, in halves."""
        said = await self._host.ask(partial(self._ask_list, dois, select), self._lists)
        if isinstance(said, GivenUp):
            for doi in dois:
                answer(doi, _failed(said))
        elif isinstance(said, _Records) and self._deliver(dois, said.records, answer):
            self._misfits = 0
        else:
            await self._halve(dois, answer, select)

    def _deliver(self, dois: Sequence[Doi], records: message.Records, answer: Answer) -> bool:
        """Answer from the records; not at all if one of them was not asked for: then none can be trusted."""
        paired = batch.pair(dois, records)
        if paired.strangers:
            return False
        for doi, raw in paired.found:
            answer(doi, self._look_up(doi, raw))
        for doi in paired.missing:
            answer(doi, self._absent("Crossref does not have it"))
        return True

    async def _halve(self, dois: tuple[Doi, ...], answer: Answer, select: Sequence[str]) -> None:
        self._misfits += 1
        if self._misfits >= _MAX_MISFITS:
            self._host.leave_alone(f"{self._misfits} answers in a row did not fit their questions")
        if len(dois) == 1:
            await self._single(dois[0], answer)
            return
        middle = len(dois) // 2
        await self._list(dois[:middle], answer, select)
        await self._list(dois[middle:], answer, select)

    async def _single(self, doi: Doi, answer: Answer) -> None:
        """Ask for one DOI by its own address, where any character may stand."""
        quoted = quote(doi.value, safe="")
        if len(quoted) > batch.MAX_LINE // 2:
            answer(doi, self._absent("longer than any DOI"))
            return
        said = await self._host.ask(partial(self._ask_single, quoted), self._singles)
        match said:
            case GivenUp():
                answer(doi, _failed(said))
            case _Rejected(reason):
                answer(doi, self._absent(f"Crossref: {reason}"))
            case _Records(records):
                if not self._deliver([doi], records, answer):
                    answer(doi, self._absent("Crossref has only another DOI under this one"))

    def _look_up(self, doi: Doi, raw: message.Record) -> LookUp[Work]:
        work = record.work(raw)
        if work is None:
            return Absent("no_metadata", "Crossref's record cannot be read", self._clock())
        return Found(replace(work, doi=doi), self._clock())

    def _absent(self, detail: str) -> Absent:
        return Absent("not_found", detail, self._clock())

    async def _ask_list(self, dois: tuple[Doi, ...], select: Sequence[str]) -> Outcome[_Said]:
        call = partial(
            self._habanero.works,
            filter={"doi": [doi.value for doi in dois]},
            limit=len(dois),
            select=list(select),
        )
        return await self._within_deadline(call, message.listed)

    async def _ask_single(self, quoted: str) -> Outcome[_Said]:
        # habanero puts ids into the URL as they are.
        return await self._within_deadline(partial(self._habanero.works, ids=[quoted]), message.single)

    async def _within_deadline(self, call: Callable[[], object], read: _Read) -> Outcome[_Said]:
        try:
            async with asyncio.timeout(self._deadline_s):
                return await in_thread(partial(self._outcome, call, read), "crossref")
        except TimeoutError:
            return Refused(f"no complete answer within {self._deadline_s:g} s", again=True)

    def _outcome(self, call: Callable[[], object], read: _Read) -> Outcome[_Said]:
        """Call habanero and say what came of it; runs in a thread."""
        try:
            said = call()
            records = read(said)
        except (habanero.RequestError, httpx2.HTTPError, RuntimeError, *_UNREADABLE) as error:
            return self._trouble(error, is_single=read is message.single)
        if records is None:
            return Refused("an answer that is not whole", again=True)
        # habanero does not show the body: its size is that of the same JSON, printed again.
        return Answered(_Records(records), bytes=len(json.dumps(said, separators=(",", ":"))))

    def _trouble(self, error: Exception, *, is_single: bool) -> Outcome[_Said]:
        """Tell what went wrong: below a refusal's error stands its response, below a lost connection none."""
        causes = list(_causes(error))
        for cause in causes:
            if isinstance(cause, httpx2.HTTPStatusError):
                return self._refusal(cause.response, is_single=is_single)
        if isinstance(error, (habanero.RequestError, *_UNREADABLE)):
            return Refused("an answer that cannot be read", again=True)
        if any(isinstance(cause, httpx2.TimeoutException) for cause in causes):
            return Refused(f"no answer within {self._habanero.timeout:g} s", again=True)
        return Refused(f"cannot be reached ({_one_line(causes[-1])})", again=True)

    def _refusal(self, response: httpx2.Response, *, is_single: bool) -> Outcome[_Said]:
        status, size = response.status_code, len(response.content)
        said = hints.read(response.headers, self._clock())
        detail = f"{status} {response.reason_phrase}".rstrip()
        mistakes = _mistakes(response) if status == 400 else set()
        if mistakes and mistakes <= _OURS:
            return Refused(f"{detail} ({', '.join(sorted(mistakes))})", again=False, bytes=size, hints=said)
        # Crossref's own 404 is one line of text; a page comes from something else on the way.
        is_unknown = status == 404 and is_single and not response.content.lstrip().startswith(b"<")
        if status in _BAD_QUESTION or is_unknown:
            return Answered(_Rejected(detail), bytes=size, hints=said)
        if status < 400 or status == 404:
            detail = f"{detail}: is [crossref] url right?"
        again = status in _TRY_AGAIN or status >= 500
        return Refused(detail, again=again, busy=status == 429, bytes=size, hints=said)


def _failed(given_up: GivenUp) -> Failed:
    return Failed("unavailable", given_up.detail, given_up.retry_after_s)


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _mistakes(response: httpx2.Response) -> set[str]:
    """Return the kinds of mistake that a validation failure lists."""
    try:
        return {str(mistake["type"]) for mistake in response.json()["message"]}
    except _UNREADABLE:
        return set()


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
