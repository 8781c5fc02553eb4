"""A real HTTP server on 127.0.0.1 that notes what it is asked and can be told to misbehave."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from aiohttp import web

from enrich.demo.faults import Faults, Slow, Stranger, halved, with_stranger
from enrich.demo.reply import Asked, Reply, as_html

# Crossref's balancer refuses longer request lines; aiohttp must read further to be able to say so.
MAX_REQUEST_LINE = 4096
_READ_LINE = 1 << 20


class Loopback:
    """An async context manager; inside it `url` is where the server answers and `requests` what it was asked.

    A subclass says what a request asks (`route`) and what is true (`answer`).
    """

    def __init__(self, *, latency_s: float = 0.0, faults: Faults | None = None) -> None:
        self.requests: list[Asked] = []
        self.faults = faults if faults is not None else Faults()
        self.url = ""
        self._latency_s = latency_s
        self._runner: web.AppRunner | None = None
        self._closing = asyncio.Event()

    def route(self, path: str, query: Mapping[str, str], /) -> tuple[str, tuple[str, ...]]:
        """Return the name of the route and the identifiers, in lower case, that a request asks for."""
        raise NotImplementedError

    async def answer(self, asked: Asked) -> Reply:
        """Return the true answer, faults and latency aside."""
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        app.on_response_prepare.append(_strip)
        self._runner = web.AppRunner(
            app, access_log=None, max_line_size=_READ_LINE, max_field_size=_READ_LINE, shutdown_timeout=1.0
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        asked = await self._note(request)
        if len(f"{request.method} {request.raw_path} HTTP/1.1") > MAX_REQUEST_LINE:
            return _Response(as_html(414, "414 Request-URI Too Large"))
        effect = self.faults.due(asked)
        if isinstance(effect, Reply):
            return _Response(effect)
        if effect == "reset":
            _reset(request)
            return web.Response()
        if effect == "hang":
            await self._closing.wait()
            return web.Response()
        await self._pause(effect.seconds if isinstance(effect, Slow) else 0.0)
        reply = await self.answer(asked)
        if isinstance(effect, Stranger):
            reply = with_stranger(reply, effect.doi)
        return _Response(halved(reply) if effect == "half" else reply)

    async def _pause(self, seconds: float) -> None:
        """Wait, but not once the server is closing: a stopped run must not wait for the demo's delays."""
        if seconds > 0:
            try:
                await asyncio.wait_for(self._closing.wait(), seconds)
            except TimeoutError:
                return

    async def _note(self, request: web.Request) -> Asked:
        path = unquote(request.raw_path.partition("?")[0])
        form = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        query = {**request.query, **form}
        route, dois = self.route(path, query)
        headers = request.headers
        asked = Asked(
            method=request.method,
            path=path,
            query=query,
            target=request.raw_path,
            user_agent=headers.get("User-Agent", ""),
            accept=headers.get("Accept", ""),
            route=route,
            dois=dois,
        )
        self.requests.append(asked)
        return asked


class _Response(web.Response):
    """An aiohttp response that knows which reply it carries."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(status=reply.status, body=reply.body, headers=dict(reply.headers))
        self.reply = reply
        if reply.content_type:
            self.headers["Content-Type"] = reply.content_type
        if reply.bare:
            self.force_close()


async def _strip(_request: web.Request, response: web.StreamResponse) -> None:
    """Take out the headers that aiohttp adds on its own and that the answer is said not to have."""
    if not isinstance(response, _Response):
        return
    if not response.reply.content_type:
        response.headers.popall("Content-Type", None)
    if response.reply.bare:
        response.headers.clear()


def _reset(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
