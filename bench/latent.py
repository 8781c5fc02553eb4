"""A server on loopback that answers any question for a file after a while, in a process of its own.

`/PDF-n-SIZE.pdf` is a PDF of that many bytes: first, last and any other kilobyte are made when they are asked for.
A line on stdin asks for the counts: requests, of them 304s, bytes in and out.
"""

from __future__ import annotations

import asyncio
import json
import re
import signal
import sys

HEAD, TAIL = b"%PDF-1.4\n", b"\nstartxref\n9\n%%EOF\n"
_RANGE = re.compile(rb"\r\nrange: bytes=(\d+)-(\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"-(\d+)\.pdf")
_HANG = b"GET /hang"


class Latent(asyncio.Protocol):
    """One connection."""

    latency_s = 0.0
    requests = not_modified = received = sent = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("a stream")
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._buffer = b""

    def data_received(self, data: bytes) -> None:
        Latent.received += len(data)
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head, self._buffer = self._buffer[:end], self._buffer[end + 4 :]
            Latent.requests += 1
            if not head.startswith(_HANG):
                self._loop.call_later(self.latency_s, self._answer, head)

    def _answer(self, head: bytes) -> None:
        message = _message(head)
        Latent.not_modified += message.startswith(b"HTTP/1.1 304")
        Latent.sent += len(message)
        self._transport.write(message)


def _message(head: bytes) -> bytes:
    named = _SIZE.search(head)
    size = int(named[1]) if named else 3000
    etag = b'"%d"' % size
    if b"\r\nif-none-match: " + etag in head.lower():
        return b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % etag
    fields = b"Content-Type: application/pdf\r\nETag: %s\r\n" % etag
    asked = _RANGE.search(head)
    if asked is None:
        body = HEAD.ljust(size - len(TAIL), b"%") + TAIL
        return b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" % (fields, size, body)
    first, last = int(asked[1]), min(int(asked[2]), size - 1)
    body = b"%" * (last - first + 1)
    body = (HEAD + body[len(HEAD) :]) if first == 0 else body
    body = (body[: -len(TAIL)] + TAIL) if last == size - 1 else body
    place = b"Content-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\n" % (first, last, size, len(body))
    return b"HTTP/1.1 206 Partial Content\r\n%s%s\r\n%s" % (fields, place, body)


async def _serve(latency_s: float) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    Latent.latency_s = latency_s
    server = await loop.create_server(Latent, "127.0.0.1", 0, backlog=1024)
    print(json.dumps(server.sockets[0].getsockname()[1]), flush=True)

    def count() -> None:
        if not sys.stdin.readline():
            stop.set()
            return
        names = ("requests", "not_modified", "received", "sent")
        print(json.dumps({name: getattr(Latent, name) for name in names}), flush=True)
        for name in names:
            setattr(Latent, name, 0)

    loop.add_reader(sys.stdin, count)
    await stop.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1])))
