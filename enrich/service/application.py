"""The HTTP server: its routes, whom it lets in, and where it listens."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from enrich.errors import EnrichError
from enrich.service import api, gate, pages
from enrich.service.answer import Handler, guarded, in_one_line, problem
from enrich.service.office import BODY_S, OFFICE, Office
from enrich.service.views import DECIDE

# The largest thing that anybody has to send is a form with a citation's words.
_BODY_BYTES: Final = 64 * 1024
# Probes and scrapers come by address.
_ANY_HOST: Final = frozenset({"/healthz", "/readyz", "/metrics"})
_CLOSING_S: Final = 0.5


def application(office: Office, body_s: float = 10.0) -> web.Application:
    """Return the application that answers for `office`; a request's body may take `body_s` seconds."""
    app = web.Application(client_max_size=_BODY_BYTES, middlewares=[in_one_line, known_host])
    app[OFFICE], app[BODY_S] = office, body_s
    app.on_response_prepare.append(guarded)
    app.add_routes(
        [
            web.get("/", pages.latest),
            web.get("/runs/{id}", pages.earlier),
            web.post(DECIDE, pages.decided),
            web.get("/healthz", api.healthz),
            web.get("/readyz", api.readyz),
            web.get("/metrics", api.figures),
            web.get("/api/openapi.json", api.described),
            web.get("/api/runs", api.runs),
            web.post("/api/runs", api.start),
            web.get("/api/runs/{id}", api.run),
        ]
    )
    return app


@web.middleware
async def known_host(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse whoever comes by a name that is not ours, but for probes."""
    named = request.headers.getall("Host", [])
    hosts = request.app[OFFICE].config.service.hosts
    if request.path in _ANY_HOST or (len(named) == 1 and gate.is_known_host(named[0], hosts)):
        return await handler(request)
    return problem(421, "this service goes by another name; [service] hosts lists those that lead here")


@asynccontextmanager
async def listening(app: web.Application, listen: str) -> AsyncIterator[str]:
    """Serve at `listen` while the block runs; yields the address. Raises EnrichError where nothing can listen there."""
    host, _, port = listen.rpartition(":")
    # Access is not logged: probes come every few seconds. What starts or changes something logs itself.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_CLOSING_S)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host.strip("[]"), int(port))
        try:
            await site.start()
        except OSError as error:
            raise EnrichError(_cannot(listen, error)) from error
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _cannot(listen: str, error: OSError) -> str:
    """Say why nothing can listen there; asyncio's own words hold the address once more."""
    if error.errno == errno.EADDRINUSE:
        return f"[service] listen: {listen} is in use by another program; stop it, or choose another with --listen"
    reason = errno.errorcode.get(error.errno or 0, "") if error.errno else str(error)
    words = {"EACCES": "not allowed for this user", "EADDRNOTAVAIL": "no address of this machine"}
    return f"[service] listen: cannot listen on {listen}: {words.get(reason, reason or str(error))}"
