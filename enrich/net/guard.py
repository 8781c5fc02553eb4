"""Which addresses may be connected to: public ones, and those that the configuration names."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
# One to four numbers, each decimal, octal or hexadecimal: https://url.spec.whatwg.org/#ipv4-number-parser
_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}", re.IGNORECASE | re.ASCII)
_IPv4 = ipaddress.IPv4Address
_IPv6 = ipaddress.IPv6Address
# RFC 6052: the last four bytes are the IPv4 address that is really reached.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# RFC 4291, 2.5.5.1, long out of use.
_IPV4_COMPATIBLE = ipaddress.IPv6Network("::/96")


def place(url: str) -> str:
    """Return where `url` leads, as `host:port` in lower case; ValueError if it is no http or https URL."""
    parts = urlsplit(url)
    port = parts.port if parts.port is not None else _PORTS.get(parts.scheme)
    if parts.scheme not in _PORTS or not parts.hostname or port is None:
        raise ValueError(f"not an http or https URL: {url}")
    return f"{_bracketed(parts.hostname)}:{port}"


def origin(url: str) -> str:
    """Return how `url` begins, up to its path: addresses that begin alike lead to one place. Reads nothing."""
    end = url.find("/", len("https://"))
    return url if end < 0 else url[:end]


class Guard:
    """Refuses addresses that are not public, and ports other than `ports`, but for the places in `allow`.

    `allow` holds hosts, with or without a port: `127.0.0.1:9000`, `intranet.example`, `[fd00::1]:8080`. The
    services of the configuration belong there too; what they redirect to does not.
    """

    def __init__(self, allow: Iterable[str] = (), ports: Iterable[int] = _PORTS.values()) -> None:
        self._ports = frozenset(ports)
        self._allow = frozenset(entry.strip().lower().rstrip(".") for entry in allow)

    def is_listed(self, host: str, port: int) -> bool:
        """Whether the configuration names this host, or this host and port."""
        name = _bracketed(host.lower().rstrip("."))
        return name in self._allow or f"{name}:{port}" in self._allow or name.strip("[]") in self._allow

    def may_connect(self, host: str, port: int, address: str) -> bool:
        """Whether `address`, which `host` resolves to (or is), may be connected to."""
        return self.is_listed(host, port) or is_public(address)

    def refuses_port(self, host: str, port: int) -> bool:
        """Whether `port` is none of the web's and not listed: others that listen must not hear from us."""
        return port not in self._ports and not self.is_listed(host, port)

    def refuses_literal(self, host: str, port: int) -> bool:
        """Whether `host` is itself an address that may not be connected to; a name is for the resolver.

        What is an address to browsers and C libraries counts: `2130706433`, `0177.1`, `0x7f000001`.
        """
        address = _literal(host.strip("[]"))
        return address is not None and not self.may_connect(host, port, address)


def is_public(address: str) -> bool:
    """Whether `address` is on the public internet, as is any IPv4 address inside it (mapped, NAT64, 6to4)."""
    try:
        ip = _reached(ipaddress.ip_address(address))
    except ValueError:
        return False
    site_local = isinstance(ip, _IPv6) and ip.is_site_local
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or site_local)


@lru_cache(4096)
def _literal(host: str) -> str | None:
    """Return `host` as an address in its usual spelling, or None if it is none."""
    with contextlib.suppress(ValueError):
        return str(ipaddress.ip_address(host))
    if _NUMBERS.fullmatch(host):
        with contextlib.suppress(OSError):
            return socket.inet_ntoa(socket.inet_aton(host))
    return None


def _reached(ip: _IPv4 | _IPv6) -> _IPv4 | _IPv6:
    """Return the IPv4 address that an IPv6 one carries, if any: that is where a packet ends up."""
    if isinstance(ip, _IPv4):
        return ip
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if ip in _NAT64 or (ip in _IPV4_COMPATIBLE and int(ip) > 1):
        return _IPv4(int(ip) & 0xFFFF_FFFF)
    return ip


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
