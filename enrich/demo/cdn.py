"""The embedded CDN: files on loopback, and all that hosts of files do wrong, down to the bytes on the wire."""

from __future__ import annotations

import asyncio
import hashlib
import re
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import responses
from types import TracebackType
from typing import Literal, Self

from enrich.demo.reply import Reply

MODIFIED = "Tue, 01 Sep 2026 10:00:00 GMT"
_RANGE = re.compile(r"bytes=(?:(\d+)-(\d*)|-(\d+))")
# What S3 answers to a visitor who may not know whether a file exists.
_DENIED = Reply(403, b"<Error><Code>AccessDenied</Code></Error>", "application/xml")
_TRICKLE_S = 0.05


@dataclass(frozen=True, slots=True)
class Hosted:
    """A file, and how it is served. `encoding` says how `body` is compressed; `marks` sends ETag and date.

    Without `ranges` it is always sent whole; without `sized` nobody is told its length.
    """

    body: bytes
    media_type: str = "application/pdf"
    ranges: bool = True
    encoding: str = ""
    marks: bool = True
    sized: bool = True

    @property
    def etag(self) -> str:
        """Return what changes with the bytes."""
        return f'"{hashlib.blake2b(self.body, digest_size=8).hexdigest()}"'


@dataclass(frozen=True, slots=True)
class Wire:
    """Bytes sent as they are, and what becomes of the connection: `trickle` sends one at a time, for ever."""

    data: bytes = b""
    then: Literal["close", "hang", "reset", "trickle"] = "close"


@dataclass(frozen=True, slots=True)
class Then:
    """One answer to the first `times` questions, and another to the later ones."""

    first: Reply | Wire
    later: Hosted | Reply | Wire
    times: int = 1


Answer = Hosted | Reply | Wire | Then


@dataclass(frozen=True, slots=True)
class Got:
    """One request as it came in; header names in lower case."""

    target: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Cdn:
    """An async context manager; inside it `url` is where it answers.

    `files` maps paths to answers, and may change meanwhile; any other path is denied, as S3 does. `requests`,
    `connections` and `sent` (bytes, heads included) tell what came and went; `down` hangs up on everyone.
    """

    def __init__(
        self, files: Mapping[str, Answer] | None = None, *, family: socket.AddressFamily = socket.AF_INET
    ) -> None:
        self.files: dict[str, Answer] = dict(files or {})
        self.requests: list[Got] = []
        self.connections = 0
        self.sent = 0
        self.down = False
        self.port = 0
        self._family = family
        self._asked: dict[str, int] = {}
        self._server: asyncio.Server | None = None
        self._open: dict[asyncio.Task[object], asyncio.StreamWriter] = {}
        self._closing = asyncio.Event()

    @property
    def url(self) -> str:
        """Return the address without a path."""
        return f"http://{'[::1]' if self._family == socket.AF_INET6 else '127.0.0.1'}:{self.port}"

    async def __aenter__(self) -> Self:
        host = "::1" if self._family == socket.AF_INET6 else "127.0.0.1"
        self._server = await asyncio.start_server(self._serve, host, self.port, family=self._family)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        if self._server is not None:
            self._server.close()
        for writer in self._open.values():
            writer.transport.abort()
        if self._open:
            await asyncio.wait(self._open)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        if task is None:
            raise AssertionError("a connection is served by a task")
        self._open[task] = writer
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while not self._closing.is_set():
                got = _parsed(await reader.readuntil(b"\r\n\r\n"))
                if self.down:
                    break
                self.requests.append(got)
                if not await self._answer(got, writer):
                    break
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        del self._open[task]

    async def _answer(self, got: Got, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether the connection goes on."""
        answer = self._due(got.target.partition("?")[0])
        match answer:
            case Hosted():
                return await self._send(writer, _file(answer, got.headers))
            case Reply(status, body, content_type, headers):
                return await self._send(
                    writer, _message(status, {"Content-Type": content_type, **headers}, body)
                )
            case Wire(data, "trickle"):
                await self._trickle(writer, data)
            case Wire(data, then):
                await self._send(writer, data)
                if then == "hang":
                    await self._closing.wait()
                elif then == "reset":
                    _reset(writer)
        return False

    def _due(self, path: str) -> Hosted | Reply | Wire:
        answer = self.files.get(path, _DENIED)
        if not isinstance(answer, Then):
            return answer
        self._asked[path] = self._asked.get(path, 0) + 1
        return answer.first if self._asked[path] <= answer.times else answer.later

    async def _send(self, writer: asyncio.StreamWriter, data: bytes) -> bool:
        self.sent += len(data)
        writer.write(data)
        await writer.drain()
        return True

    async def _trickle(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        for place in range(1_000_000):
            await self._send(writer, data[place : place + 1] or b" ")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), _TRICKLE_S)
                return


def _parsed(head: bytes) -> Got:
    line, *fields = head.decode("latin-1").split("\r\n")
    pairs = (one.partition(":") for one in fields if one)
    return Got(line.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs})


def _file(hosted: Hosted, asked: Mapping[str, str]) -> bytes:
    headers = {"Content-Type": hosted.media_type}
    if hosted.marks:
        headers |= {"ETag": hosted.etag, "Last-Modified": MODIFIED}
    if hosted.encoding:
        headers["Content-Encoding"] = hosted.encoding
    is_known = asked.get("if-none-match") == hosted.etag or asked.get("if-modified-since") == MODIFIED
    if hosted.marks and is_known:
        return _message(304, headers, b"", sized=False)
    if not hosted.ranges or "range" not in asked:
        return _message(200, headers, hosted.body, sized=hosted.sized)
    return _ranged(hosted.body, headers, asked["range"])


def _ranged(body: bytes, headers: Mapping[str, str], asked: str) -> bytes:
    found = _RANGE.fullmatch(asked)
    if found is None:
        return _message(200, headers, body)
    start = int(found[1]) if found[1] else max(len(body) - int(found[3]), 0)
    end = min(int(found[2]) if found[2] else len(body) - 1, len(body) - 1)
    if start > end:
        return _message(416, {"Content-Range": f"bytes */{len(body)}"}, b"")
    place = f"bytes {start}-{end}/{len(body)}"
    return _message(206, {**headers, "Content-Range": place}, body[start : end + 1])


def _message(status: int, headers: Mapping[str, str], body: bytes, *, sized: bool = True) -> bytes:
    fields = dict(headers)
    if sized:
        fields["Content-Length"] = str(len(body))
    elif body:
        fields["Transfer-Encoding"] = "chunked"
        body = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} {responses.get(status, '')}\r\n{head}\r\n".encode("latin-1") + body


def _reset(writer: asyncio.StreamWriter) -> None:
    """End the connection with an RST instead of a FIN."""
    if (raw := writer.get_extra_info("socket")) is not None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
