"""Who may come in: which names lead here, whose forms are taken, and who may start or change anything."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import urlsplit

from enrich.settings import Service

_BEARER: Final = "bearer "


def is_loopback(host: str) -> bool:
    """Tell whether a host's name, or its address, leads to this machine and no other."""
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_known_host(header: str, hosts: Collection[str]) -> bool:
    """Tell whether a Host header names loopback or one of `hosts` (`name`, or `name:port`).

    Any other name may be an attacker's that was made to lead here: https://en.wikipedia.org/wiki/DNS_rebinding
    """
    named = header.lower()
    name = _name(named)
    return bool(name) and (is_loopback(name) or not {named, name}.isdisjoint(host.lower() for host in hosts))


def is_same_origin(headers: Mapping[str, str], *, is_form: bool) -> bool:
    """Tell whether a request comes from our own pages, or from no page at all; a form always comes from one.

    A browser says so itself (https://www.w3.org/TR/fetch-metadata/); where it does not, `Origin` must be ours.
    """
    site, origin = headers.get("Sec-Fetch-Site"), headers.get("Origin")
    if site is not None:
        return site == "same-origin"
    if origin is not None:
        # Behind a proxy that speaks TLS the scheme differs from ours; the name does not.
        return _netloc(origin) == headers.get("Host", "").lower() != ""
    return not is_form


def is_open(service: Service) -> bool:
    """Tell whether anything can be started or changed at all: with a token, or where only this machine can ask."""
    return bool(service.token) or is_loopback(_name(service.listen))


def is_allowed(given: str, service: Service) -> bool:
    """Tell whether `given` is the token; compared in constant time. Where none is set, an open service wants none."""
    if not service.token:
        return is_open(service)
    return hmac.compare_digest(given.encode("utf-8", "replace"), service.token.encode())


def bearer(header: str) -> str:
    """Return the token of an Authorization header (RFC 6750, 2.1), or an empty text."""
    return header[len(_BEARER) :].strip() if header.lower().startswith(_BEARER) else ""


def _netloc(url: str) -> str:
    """Return the host and port of an address, in lower case; an empty text of what is none."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _name(place: str) -> str:
    """Return the host of `host`, `host:port` or `[address]:port`; empty where it is none of these."""
    try:
        parts = urlsplit(f"//{place}")
        _ = parts.port
    except ValueError:
        return ""
    whole = parts.netloc == place and "@" not in place and not parts.path
    return (parts.hostname or "").rstrip(".") if whole else ""
