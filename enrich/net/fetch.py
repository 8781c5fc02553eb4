"""One HTTP GET through aiohttp: what came back, or what went wrong. Never waits, retries or follows."""

from __future__ import annotations

import socket
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Literal, Self
from urllib.parse import quote, urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from enrich.net.guard import Guard
from enrich.net.thread import in_thread

TroubleKind = Literal[
    "bad_url", "refused_address", "timeout", "unreachable", "untrusted", "broken", "too_large"
]

_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK = 1 << 16
_GZIP_OR_ZLIB = 47
_RAW_DEFLATE = -15


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that a host may take of us: seconds to connect, between bytes and in all; sizes in bytes."""

    connect_s: float = 10.0
    read_s: float = 30.0
    total_s: float = 60.0
    header_bytes: int = 16_384
    body_bytes: int = 5_000_000


@dataclass(frozen=True, slots=True)
class Reply:
    """What a host answered to `url`, header names in lower case; `location` is an absolute URL or empty."""

    url: str
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """No usable answer. `timeout`, `unreachable` and `broken` may pass; the others stay as they are."""

    kind: TroubleKind
    detail: str


class Fetcher:
    """An HTTP session without memory: no cookies, no proxies or passwords from the environment.

    Used as an async context manager. Addresses that `guard` refuses are never connected to.
    """

    def __init__(self, guard: Guard, user_agent: str, caps: Caps | None = None) -> None:
        self._guard = guard
        self._user_agent = user_agent
        self._caps = caps or Caps()
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        caps = self._caps
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=_GuardedResolver(self._guard), limit=0),
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
        self, url: str, headers: Mapping[str, str] | None = None, *, max_bytes: int | None = None
    ) -> Reply | Trouble:
        """Ask for `url`, which is sent as it is spelt; a body over `max_bytes` is trouble, not cut."""
        target = _target(url)
        if target is None:
            return Trouble("bad_url", f"not an address that can be asked: {url[:200]}")
        if self._guard.refuses_literal(target.host or "", target.port or 0):
            return _refused(target.host or "")
        most = self._caps.body_bytes if max_bytes is None else max_bytes
        try:
            return await self._get(target, headers or {}, most)
        except (aiohttp.ClientError, OSError, zlib.error, UnicodeError) as error:
            return self._trouble(error)

    async def _get(self, target: URL, headers: Mapping[str, str], max_bytes: int) -> Reply | Trouble:
        if self._session is None:
            raise RuntimeError("a Fetcher is an async context manager")
        async with self._session.get(target, headers=headers, allow_redirects=False) as response:
            raw = await _read(response, max_bytes)
        said = {name.lower(): value for name, value in response.headers.items()}
        body = None if raw is None else _decoded(raw, said.get("content-encoding", ""), max_bytes)
        if body is None:
            return Trouble("too_large", f"an answer of more than {max_bytes} bytes")
        url = str(target)
        leads = response.status in _REDIRECTS and "location" in said
        location = _joined(url, _spelt(said["location"])) if leads else ""
        return Reply(url, response.status, body, said, response.reason or "", location)

    def _trouble(self, error: Exception) -> Trouble:
        """Name what aiohttp raised in our words; the order goes from the special to the general."""
        match error:
            case aiohttp.ClientConnectorDNSError(os_error=_RefusedAddressError() as refused):
                return _refused(str(refused))
            case aiohttp.InvalidURL():
                return Trouble("bad_url", f"not an address that can be asked: {_one_line(error)}")
            case TimeoutError():
                return Trouble("timeout", "no answer in time")
            case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
                return Trouble("untrusted", f"its certificate is not to be trusted ({_one_line(error)})")
            case aiohttp.ClientConnectorError() | aiohttp.ClientOSError() | aiohttp.ServerDisconnectedError():
                return Trouble("unreachable", f"cannot be reached ({_one_line(error)})")
            case _:
                return Trouble("broken", f"an answer that is broken ({_one_line(error)})")


class _RefusedAddressError(OSError):
    """A name that leads to addresses which may not be connected to."""


class _GuardedResolver(AbstractResolver):
    """Resolves names in daemon threads, and hands out only the addresses that the guard lets pass."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of `host`; OSError if it has none, or none that may be connected to."""
        look_up = partial(socket.getaddrinfo, host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
        infos = await in_thread(look_up, "resolve")
        addresses = [(kind, str(address[0])) for kind, _, _, _, address in infos]
        allowed = [(kind, ip) for kind, ip in addresses if self._guard.may_connect(host, port, ip)]
        if addresses and not allowed:
            raise _RefusedAddressError(f"{host} ({addresses[0][1]})")
        return [
            ResolveResult(
                hostname=host, host=ip, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST
            )
            for kind, ip in allowed
        ]

    async def close(self) -> None:
        """Nothing is held."""


def _refused(where: str) -> Trouble:
    return Trouble("refused_address", f"{where} is not a public address; [net] allow can list it")


def _target(url: str) -> URL | None:
    """Return `url` with nothing of it re-spelt, or None if it is no http or https address."""
    try:
        parts = urlsplit(url)
        target = URL(url, encoded=True)
        usable = parts.scheme in ("http", "https") and bool(target.host) and target.port is not None
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


async def _read(response: aiohttp.ClientResponse, max_bytes: int) -> bytes | None:
    """Return the body as it was sent, or None as soon as it is too large."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > max_bytes:
            return None
    return bytes(body)


def _decoded(raw: bytes, encoding: str, max_bytes: int) -> bytes | None:
    """Undo gzip or deflate; None as soon as the result is too large, zlib.error for what cannot be undone."""
    if not raw or encoding.lower() in ("", "identity"):
        return raw
    if encoding.lower() not in ("gzip", "x-gzip", "deflate"):
        raise zlib.error(f"Content-Encoding: {encoding[:40]}")
    # Some send deflate without the zlib header (RFC 9110, 8.4.1.2).
    bare = encoding.lower() == "deflate" and raw[0] & 0x0F != 8
    decoder = zlib.decompressobj(_RAW_DEFLATE if bare else _GZIP_OR_ZLIB)
    body = decoder.decompress(raw, max_bytes + 1)
    if not decoder.eof and len(body) <= max_bytes:
        raise zlib.error("a compressed body that ends early")
    return body if len(body) <= max_bytes else None


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
