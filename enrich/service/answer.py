"""How the service answers: one line of JSON, or a page; and what every answer says to browsers."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from aiohttp import web

from enrich.net.thread import in_thread
from enrich.service import squeeze

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_JSON: Final = "application/json"
# The page brings its own policy; anything else is no page, and may do nothing.
_HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not no-referrer: with that, browsers say of our own forms that they come from nowhere.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# aiohttp's own words where a request leads nowhere; the others say themselves what is wrong.
_WORDS: Final[Mapping[int, str]] = {
    404: "there is nothing here; /api/openapi.json says what is",
    405: "this address takes no such request; /api/openapi.json says which it takes",
    413: "the body is too large: nothing that is to be sent here has more than 64 kB",
}


def line(
    value: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Answer with one line of JSON."""
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode() + "\n"
    return web.Response(text=text, status=status, headers=headers, content_type=_JSON)


def problem(status: int, message: str, **facts: object) -> web.Response:
    """Answer that something is wrong: `error` says what, and what to do."""
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return line({"error": message, **facts}, status, headers)


async def squeezed(
    request: web.Request, data: bytes, content_type: str, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Answer with what is compressed by gzip already, as it is to those who take it."""
    own = {"Content-Type": content_type, "Vary": "Accept-Encoding", **(headers or {})}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        own["Content-Encoding"] = "gzip"
    else:
        data = await in_thread(lambda: squeeze.undone(data), "gunzip")
    return web.Response(body=data, headers=own)


def moment(seconds: float | None) -> str | None:
    """Return a time in ISO 8601, as JSON has it."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@web.middleware
async def in_one_line(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn refusals of aiohttp's own into one line of JSON."""
    try:
        return await handler(request)
    except web.HTTPException as refused:
        if refused.status < 400:
            raise
        answer = problem(refused.status, _WORDS.get(refused.status, refused.reason.lower()))
        if "Allow" in refused.headers:
            answer.headers["Allow"] = refused.headers["Allow"]
        return answer


async def guarded(_request: web.Request, response: web.StreamResponse) -> None:
    """Say to browsers what they may do with an answer, before it is sent."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = "enrich"
