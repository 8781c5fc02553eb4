"""Names to addresses, of which only those are handed out that the guard lets pass."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from functools import partial

from aiohttp.abc import AbstractResolver, ResolveResult

from enrich.net.guard import Guard
from enrich.net.thread import in_thread

# Blocking: host, port and family in; addresses of a family out; OSError where there are none.
LookUp = Callable[[str, int, socket.AddressFamily], Sequence[tuple[socket.AddressFamily, str]]]


class RefusedAddressError(OSError):
    """A name that leads to addresses which may not be connected to."""


def system(host: str, port: int, family: socket.AddressFamily) -> list[tuple[socket.AddressFamily, str]]:
    """Ask the system's resolver."""
    infos = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
    return [(kind, str(address[0])) for kind, _, _, _, address in infos]


class GuardedResolver(AbstractResolver):
    """Resolves names in daemon threads. What it returns is what is connected to, without a second look-up."""

    def __init__(self, guard: Guard, look_up: LookUp = system) -> None:
        self._guard = guard
        self._look_up = look_up

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of `host`; OSError if it has none, or none that may be connected to."""
        addresses = await in_thread(partial(self._look_up, host, port, family), "resolve")
        allowed = [(kind, ip) for kind, ip in addresses if self._guard.may_connect(host, port, ip)]
        if addresses and not allowed:
            raise RefusedAddressError(f"{host} ({addresses[0][1]})")
        return [
            ResolveResult(
                hostname=host, host=ip, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST
            )
            for kind, ip in allowed
        ]

    async def close(self) -> None:
        """Nothing is held."""
