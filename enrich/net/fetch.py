"""One HTTP request through aiohttp: what came back, or what went wrong. Never waits, retries or follows."""

from __future__ import annotations

import asyncio
import errno
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from types import TracebackType
from typing import Literal, Self
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import aiohttp
from yarl import URL

from enrich.net import resolve
from enrich.net.body import decoded
from enrich.net.guard import Guard
from enrich.net.thread import in_thread

TroubleKind = Literal[
    "bad_url",
    "refused_address",
    "refused_port",
    "unresolved",
    "timeout",
    "unreachable",
    "handshake",
    "untrusted",
    "broken",
    "too_large",
]

Body = Mapping[str, str] | bytes
_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK = 1 << 16
# For a body that is read no further than needed: what is buffered beyond it is wasted on both sides.
_SHORT_BUFFER = 1 << 12
_KEPT_OPEN_S = 5.0
_NAMES_KEPT_S = 300


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that a host may take of us: seconds to connect, between bytes and in all; sizes in bytes.

    `connections` is how many requests may be on their way to all hosts together: sockets are files.
    """

    connect_s: float = 10.0
    read_s: float = 30.0
    total_s: float = 60.0
    header_bytes: int = 16_384
    body_bytes: int = 5_000_000
    connections: int = 256


@dataclass(frozen=True, slots=True)
class Reply:
    """What a host answered to `url`, header names in lower case; `location` is an absolute URL or empty.

    `is_cut` tells that there was more body than was read, `seconds` how long the host took.
    """

    url: str
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    location: str = ""
    is_cut: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """No usable answer: an outage that may pass, or something that stays as it is."""

    kind: TroubleKind
    detail: str


class Fetcher:
    """An HTTP session without memory: no cookies, no Referer, no proxies or passwords from the environment.

    Used as an async context manager. Addresses that `guard` refuses are never connected to. `look_up` is the
    resolver of names.
    """

    def __init__(
        self,
        guard: Guard,
        user_agent: str,
        caps: Caps | None = None,
        look_up: resolve.LookUp = resolve.system,
    ) -> None:
        self._guard = guard
        self._user_agent = user_agent
        self._caps = caps or Caps()
        self._look_up = look_up
        self._places = asyncio.Semaphore(self._caps.connections)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        caps = self._caps
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=resolve.GuardedResolver(self._guard, self._look_up),
                limit=0,
                ttl_dns_cache=_NAMES_KEPT_S,
                # aiohttp's timer for silence may outlast a large answer: nobody must meet it on the next one.
                keepalive_timeout=min(_KEPT_OPEN_S, self._caps.read_s / 2),
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._user_agent, "Accept-Encoding": "gzip"},
            timeout=aiohttp.ClientTimeout(total=caps.total_s, connect=caps.connect_s, sock_read=caps.read_s),
            auto_decompress=False,
            trust_env=False,
            max_line_size=caps.header_bytes,
            max_field_size=caps.header_bytes,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        max_bytes: int | None = None,
        cut: bool = False,
        within_s: float | None = None,
    ) -> Reply | Trouble:
        """Ask for `url`, which is sent as it is spelt but for a user and password, within `within_s` seconds.

        A body over `max_bytes` is trouble. With `cut` it is read that far and not decoded, and the rest left.
        """
        return await self._ask(url, headers or {}, None, max_bytes, cut, within_s)

    async def post(self, url: str, body: Body, headers: Mapping[str, str] | None = None) -> Reply | Trouble:
        """Send `body`, a form or bytes, to `url`; the answer is capped as that of `get`."""
        return await self._ask(url, headers or {}, body, None, False, None)

    async def _ask(
        self,
        url: str,
        headers: Mapping[str, str],
        sent: Body | None,
        max_bytes: int | None,
        cut: bool,
        within_s: float | None,
    ) -> Reply | Trouble:
        target = _target(url)
        if target is None or target.raw_host is None or target.port is None:
            return Trouble("bad_url", f"not an address that can be asked: {url[:200]}")
        if self._guard.refuses_literal(target.raw_host, target.port):
            return _refused(target.raw_host)
        if self._guard.refuses_port(target.raw_host, target.port):
            return Trouble("refused_port", f"port {target.port} is not asked; [net] allow can list it")
        most = self._caps.body_bytes if max_bytes is None else max_bytes
        try:
            async with self._places:
                return await self._answer(target, headers, sent, most, cut, within_s)
        except (aiohttp.ClientError, OSError, zlib.error, UnicodeError) as error:
            return self._trouble(error)

    async def _answer(
        self,
        target: URL,
        headers: Mapping[str, str],
        sent: Body | None,
        max_bytes: int,
        cut: bool,
        within_s: float | None,
    ) -> Reply | Trouble:
        if self._session is None:
            raise RuntimeError("a Fetcher is an async context manager")
        began = monotonic()
        async with self._session.request(
            "GET" if sent is None else "POST",
            target,
            headers=headers,
            data=sent,
            allow_redirects=False,
            timeout=self._timeout(cut, within_s),
            read_bufsize=_SHORT_BUFFER if cut else _CHUNK,
        ) as response:
            raw, is_whole = await _read(response, max_bytes)
        said = {name.lower(): value for name, value in response.headers.items()}
        body = raw if cut else None
        if is_whole and not cut:
            undo = partial(decoded, raw, said.get("content-encoding", ""), max_bytes)
            # What takes long to undo must not hold up the others.
            body = await in_thread(undo, "decode") if len(raw) > _CHUNK else undo()
        if body is None:
            return Trouble("too_large", f"an answer of more than {max_bytes} bytes")
        url = str(target)
        leads = response.status in _REDIRECTS and "location" in said
        location = _joined(url, _spelt(said["location"])) if leads else ""
        reason = response.reason or ""
        return Reply(url, response.status, body, said, reason, location, not is_whole, monotonic() - began)

    def _timeout(self, cut: bool, within_s: float | None) -> aiohttp.ClientTimeout:
        """Return the limits of one answer; a short one needs no clock of its own for silence."""
        caps = self._caps
        most_s = caps.read_s if cut else caps.total_s
        total_s = most_s if within_s is None else min(within_s, most_s)
        silence_s = None if cut else caps.read_s
        return aiohttp.ClientTimeout(total=total_s, connect=caps.connect_s, sock_read=silence_s)

    def _trouble(self, error: Exception) -> Trouble:
        """Name what aiohttp raised in our words; the order goes from the special to the general."""
        match error:
            case aiohttp.ClientConnectorDNSError(os_error=resolve.RefusedAddressError() as refused):
                return _refused(str(refused))
            case aiohttp.ClientConnectorDNSError(os_error=reason):
                return Trouble("unresolved", f"its name leads nowhere ({reason.strerror or reason})")
            case aiohttp.InvalidURL() | UnicodeError():
                return Trouble("bad_url", f"not an address that can be asked: {_one_line(error)}")
            case aiohttp.ConnectionTimeoutError():
                return Trouble("timeout", f"no connection within {self._caps.connect_s:g} s")
            case TimeoutError():
                return Trouble("timeout", "no answer in time")
            case aiohttp.ClientConnectorCertificateError(certificate_error=wrong):
                return Trouble("untrusted", getattr(wrong, "verify_message", "") or _one_line(error))
            case aiohttp.ClientSSLError():
                return Trouble("handshake", f"no secure connection ({_one_line(error)})")
            case aiohttp.ServerDisconnectedError() | aiohttp.ClientConnectorError() | aiohttp.ClientOSError():
                return Trouble("unreachable", _unreachable(error))
            case aiohttp.ClientPayloadError():
                return Trouble("broken", "an answer that stops in the middle")
            case aiohttp.ClientResponseError(message=message):
                return Trouble("broken", f"an answer that is not HTTP ({message.partition(':')[0][:100]})")
            case _:
                return Trouble("broken", f"an answer that is broken ({_one_line(error)})")


def _refused(where: str) -> Trouble:
    return Trouble("refused_address", f"{where} is not a public address; [net] allow can list it")


def _target(url: str) -> URL | None:
    """Return `url` with nothing of it re-spelt but for a user, or None if it is no http or https address."""
    try:
        if "@" in url:
            parts = urlsplit(url)
            url = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        target = URL(url, encoded=True)
        usable = target.scheme in ("http", "https") and bool(target.raw_host) and target.port is not None
    except ValueError:
        return None
    return target if usable and url.isascii() and url.isprintable() and " " not in url else None


def _joined(url: str, location: str) -> str:
    """Return `location` as an absolute URL, or as it is if it makes none."""
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def _spelt(location: str) -> str:
    """Escape what may not stand in a URL; what is escaped already stays so."""
    return quote(location.strip().encode("utf-8", "surrogateescape"), safe="%/:?#[]@!$&'()*+,;=")


async def _read(response: aiohttp.ClientResponse, max_bytes: int) -> tuple[bytes, bool]:
    """Return at most `max_bytes` of the body as it was sent, and whether that is all."""
    body = bytearray()
    while not response.content.at_eof():
        body += await response.content.readany()
        if len(body) > max_bytes:
            response.close()
            return bytes(body[:max_bytes]), False
    return bytes(body), True


def _unreachable(error: Exception) -> str:
    match error:
        case aiohttp.ServerDisconnectedError():
            return "hangs up without an answer"
        case OSError(errno=errno.ECONNREFUSED):
            return "refuses connections"
        case OSError(errno=errno.ECONNRESET | errno.EPIPE):
            return "breaks the connection off"
        case _:
            return f"cannot be reached ({_one_line(error)})"


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
