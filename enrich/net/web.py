"""Requests that keep every host's manners, on the first host and on each that it redirects to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from urllib.parse import urlsplit

from enrich.model.outcome import HostTraffic
from enrich.net import hints
from enrich.net.challenge import is_challenge
from enrich.net.fetch import Body, Fetcher, Reply, Trouble
from enrich.net.guard import origin, place
from enrich.net.host import Answered, Cause, GivenUp, Host, Observe, Outcome, Patience, Refused

_MAX_REDIRECTS = 10
_TRY_AGAIN = {408, 425, 429}
# For hosts that nobody said anything about.
_AT_ONCE, _PER_S = 2, 5.0


class Web:
    """All hosts of a run, each with one `Host`, and a `Fetcher` to ask them.

    `clock` is for dates in headers (Unix seconds); `now` and `sleep` are the hosts' clock; `observe` hears of
    every request to any of them.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        patience: Patience | None = None,
        *,
        clock: Callable[[], float] = time.time,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        observe: Observe = lambda _name, _seconds: None,
    ) -> None:
        self._fetcher = fetcher
        self._patience = patience or Patience()
        self._clock = clock
        self._now = now
        self._sleep = sleep
        self._observe = observe
        self._hosts: dict[str, Host] = {}
        self._origins: dict[str, Host] = {}

    def host(self, url: str, *, at_once: int = _AT_ONCE, per_s: float | None = _PER_S) -> Host:
        """Return the one host that `url` leads to; its manners are those of the first who asked for it."""
        name = urlsplit(url).netloc.rpartition("@")[2].lower()
        if name not in self._hosts:
            self._hosts[name] = Host(
                name,
                at_once=at_once,
                per_s=per_s,
                patience=self._patience,
                now=self._now,
                sleep=self._sleep,
                observe=self._observe,
            )
        return self._hosts[name]

    def traffic(self) -> tuple[tuple[str, HostTraffic], ...]:
        """Return what was asked of each host that was asked anything, sorted by name."""
        counted = ((name, host.traffic()) for name, host in sorted(self._hosts.items()))
        return tuple((name, traffic) for name, traffic in counted if traffic.sent)

    async def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        max_bytes: int | None = None,
        redirects: int = _MAX_REDIRECTS,
        cut: bool = False,
        within_s: float | None = None,
    ) -> Reply | Trouble | GivenUp:
        """Return the reply at the end of at most `redirects` redirects (with 0: the redirect itself).

        GivenUp is an outage of a host; Trouble would be the same another time. `cut` and `within_s` are the
        Fetcher's; who sets a limit of time is not tried again after a time-out.
        """
        for _ in range(redirects + 1):
            host = self._known(url)
            if host is None:
                return Trouble("bad_url", f"not an address that can be asked: {url[:200]}")
            fetch = partial(self._fetcher.get, url, headers, max_bytes=max_bytes, cut=cut, within_s=within_s)
            answer = await host.ask(partial(self._attempt, fetch, within_s is None))
            if not isinstance(answer, Reply) or not answer.location or not redirects:
                return answer
            url = answer.location
        return Trouble("broken", f"more than {redirects} redirects")

    async def post(
        self, url: str, body: Body, headers: Mapping[str, str] | None = None
    ) -> Reply | Trouble | GivenUp:
        """Return the reply to `body`, which may be sent again; a redirect is a reply, too."""
        host = self._known(url)
        if host is None:
            return Trouble("bad_url", f"not an address that can be asked: {url[:200]}")
        return await host.ask(partial(self._attempt, partial(self._fetcher.post, url, body, headers), True))

    def _known(self, url: str) -> Host | None:
        """Return the host that `url` leads to, looked up once for all addresses that begin alike."""
        beginning = origin(url)
        if beginning not in self._origins:
            try:
                place(url)
            except ValueError:
                return None
            self._origins[beginning] = self.host(url)
        return self._origins[beginning]

    async def _attempt(
        self, fetch: Callable[[], Awaitable[Reply | Trouble]], waits: bool
    ) -> Outcome[Reply | Trouble]:
        got = await fetch()
        if isinstance(got, Trouble):
            return _of_trouble(got, waits)
        tells = not hints.TOLD_IN.isdisjoint(got.headers)
        said = hints.read(got.headers, self._clock()) if tells else hints.NOTHING_SAID
        is_down = 500 <= got.status < 600 and not is_challenge(got.headers, got.body)
        if got.status in _TRY_AGAIN or is_down:
            detail = f"{got.status} {got.reason}".rstrip()
            busy = got.status == 429
            cause: Cause = "busy" if busy else "status"
            return Refused(detail, again=True, busy=busy, bytes=len(got.body), hints=said, cause=cause)
        return Answered(got, bytes=len(got.body), hints=said)


def _of_trouble(trouble: Trouble, waits: bool) -> Outcome[Reply | Trouble]:
    match trouble.kind:
        case "timeout" | "unresolved" | "unreachable" | "handshake" | "broken" as cause:
            return Refused(trouble.detail, again=waits or cause != "timeout", cause=cause)
        case "bad_url" | "refused_address" | "refused_port" | "untrusted" | "too_large":
            return Answered(trouble)
