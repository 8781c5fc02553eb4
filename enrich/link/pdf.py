"""A PDF's address: whether a whole PDF is there, by its first and last kilobyte.

https://www.rfc-editor.org/rfc/rfc9110#name-range-requests; ISO 32000-1, 7.5 for what begins and ends a file.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace

from enrich.link.check import refusal, stopped, verdict
from enrich.link.road import Arrived, Road, Stopped
from enrich.link.target import Target
from enrich.model.link import LinkVerdict
from enrich.net.body import is_encoded
from enrich.net.fetch import Reply

_KB = 1024
_HEADERS = {"Accept": "application/pdf, */*;q=0.8", "Accept-Encoding": "identity"}
# Of a server that sends all, whatever is asked: as much as is on the way anyhow before it can be stopped.
_MOST = 16_384
_RANGE = re.compile(r"\s*bytes\s+(\d{1,18})-(\d{1,18})/(\d{1,18}|\*)\s*", re.ASCII | re.IGNORECASE)
_UNSATISFIED = re.compile(r"\s*bytes\s+\*/(\d{1,18})\s*", re.ASCII | re.IGNORECASE)
_BODIES = frozenset({200, 203, 206})
_HTML = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)*<(?:!doctype html|html|head|body|script|\?xml)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Part:
    """Bytes of a file from `start` on; `total` is its size if the server told."""

    body: bytes
    start: int
    total: int | None

    @property
    def is_whole(self) -> bool:
        return self.start == 0 and self.total == len(self.body)


class PdfCheck:
    """Checks PDFs over a `road`. `max_bytes` is the most of a file that is fetched where it must be whole."""

    def __init__(self, road: Road, max_bytes: int) -> None:
        self._road = road
        self._max_bytes = max_bytes
        # Files in memory at the same time.
        self._places = asyncio.Semaphore(2)

    async def check(self, target: Target, known: LinkVerdict | None = None) -> LinkVerdict:
        """Return the verdict on a PDF's address; where `known` still holds (304), that one.

        The last kilobyte is asked for only of servers that grant ranges: of the others it cannot be had
        without the whole file, and they are read no further than the beginning.
        """
        conditions = _conditions(known)
        came = await self._ask(target.url, "0-1023", conditions)
        if isinstance(came, Stopped):
            return stopped(came, target)
        reply = came.reply
        if reply.status == 304 and conditions and known is not None:
            return _confirmed(known, came, target)
        if reply.status == 416:
            return await self._refused(came, target)
        if refused := refusal(reply, is_own=target.is_own):
            return verdict(came, target, *refused)
        if reply.status in (204, 205):
            return verdict(came, target, "broken", "empty", f"{reply.status} {reply.reason}")
        if reply.status not in _BODIES:
            detail = f"{reply.status} to a question for a file"
            return verdict(came, target, "unknown", "broken answer", detail)
        part = _part(reply)
        if part is None or part.start or is_encoded(reply.headers.get("content-encoding", "")):
            return await self._whole(target)
        return await self._judge(came, target, part)

    async def _refused(self, came: Arrived, target: Target) -> LinkVerdict:
        """Judge a 416: of an empty file no range can be had (RFC 9110, 15.5.17), of any other this one can."""
        said = _UNSATISFIED.fullmatch(came.reply.headers.get("content-range", ""))
        if said is None or int(said[1]) == 0:
            return verdict(came, target, "broken", "empty", "416, as for a file of no bytes", 0)
        return await self._whole(target)

    async def _whole(self, target: Target) -> LinkVerdict:
        """Judge a file that is only to be had whole: compressed although asked not to, or without sane ranges."""
        async with self._places:
            came = await self._road.follow(target.url, {}, max_bytes=self._max_bytes, cut=False)
        if isinstance(came, Stopped):
            return stopped(came, target)
        if refused := refusal(came.reply, is_own=target.is_own):
            return verdict(came, target, *refused)
        return await self._judge(came, target, _Part(came.reply.body, 0, len(came.reply.body)))

    async def _judge(self, came: Arrived, target: Target, part: _Part) -> LinkVerdict:
        if not part.body:
            return verdict(came, target, "broken", "empty", f"{came.reply.status} with nothing", 0)
        if b"%PDF-" not in part.body[:_KB]:
            return verdict(came, target, "broken", "not a PDF", _instead(part.body), part.total)
        tail = await self._tail(came, part)
        if isinstance(tail, Stopped):
            return stopped(tail, target)
        if tail is not None and b"%%EOF" not in tail and b"startxref" not in tail:
            return verdict(
                came, target, "broken", "truncated", "it ends without the end of a PDF", part.total
            )
        return verdict(came, target, "ok", size=part.total)

    async def _tail(self, came: Arrived, part: _Part) -> bytes | Stopped | None:
        """Return the file's last kilobyte, or None where it cannot be told."""
        if part.is_whole:
            return part.body[-_KB:]
        if came.reply.status != 206:
            return None
        wanted = f"-{_KB}" if part.total is None else f"{max(part.total - _KB, 0)}-{part.total - 1}"
        got = await self._ask(came.reply.url, wanted, {}, came.seconds)
        if isinstance(got, Stopped):
            return got
        last = _part(got.reply) if got.reply.status == 206 else None
        # A file that is being replaced, or a server that is not of one mind.
        return last.body if last is not None and last.start and last.total == part.total else None

    async def _ask(
        self, url: str, wanted: str, conditions: dict[str, str], spent_s: float = 0.0
    ) -> Arrived | Stopped:
        headers = _HEADERS | {"Range": f"bytes={wanted}"} | conditions
        return await self._road.follow(url, headers, max_bytes=_MOST, spent_s=spent_s)


def _confirmed(known: LinkVerdict, came: Arrived, target: Target) -> LinkVerdict:
    """Return what was known of the file, and what is known now of the way to it."""
    final_url = came.reply.url if came.is_redirected else ""
    return replace(
        known,
        url=target.url,
        final_url=final_url,
        permanent=came.permanent,
        is_pdf=True,
        is_own=target.is_own,
    )


def _conditions(known: LinkVerdict | None) -> dict[str, str]:
    if known is None or known.status not in ("ok", "broken"):
        return {}
    if known.etag:
        return {"If-None-Match": known.etag}
    return {"If-Modified-Since": known.last_modified} if known.last_modified else {}


def _part(reply: Reply) -> _Part | None:
    """Return which bytes of the file the reply holds; None where it is no answer to the question."""
    if reply.status != 206:
        length = reply.headers.get("content-length", "")
        total = int(length) if length.isascii() and length.isdigit() and len(length) < 19 else None
        return _Part(reply.body, 0, total if reply.is_cut else len(reply.body))
    said = _RANGE.fullmatch(reply.headers.get("content-range", ""))
    if said is None:
        return None
    return _Part(reply.body, int(said[1]), None if said[3] == "*" else int(said[3]))


def _instead(body: bytes) -> str:
    if _HTML.match(body):
        return "a web page in its place"
    return f"it begins with {repr(body[:20])[1:]}"
