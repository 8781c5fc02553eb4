"""GET requests that keep every host's manners, on the first host and on each that it redirects to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from urllib.parse import urlsplit

from enrich.model.outcome import HostTraffic
from enrich.net import hints
from enrich.net.fetch import Fetcher, Reply, Trouble
from enrich.net.guard import place
from enrich.net.host import Answered, GivenUp, Host, Outcome, Patience, Refused

_MAX_REDIRECTS = 10
_TRY_AGAIN = {408, 425, 429}
_MAY_PASS = {"timeout", "unreachable", "broken"}
# For hosts that nobody said anything about.
_AT_ONCE, _PER_S = 2, 5.0


class Web:
    """All hosts of a run, each with one `Host`, and a `Fetcher` to ask them.

    `clock` is for dates in headers (Unix seconds); `now` and `sleep` are the hosts' clock.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        patience: Patience | None = None,
        *,
        clock: Callable[[], float] = time.time,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._fetcher = fetcher
        self._patience = patience or Patience()
        self._clock = clock
        self._now = now
        self._sleep = sleep
        self._hosts: dict[str, Host] = {}

    def host(self, url: str, *, at_once: int = _AT_ONCE, per_s: float | None = _PER_S) -> Host:
        """Return the one host that `url` leads to; its manners are those of the first who asked for it."""
        name = urlsplit(url).netloc.rpartition("@")[2].lower()
        if name not in self._hosts:
            self._hosts[name] = Host(
                name, at_once=at_once, per_s=per_s, patience=self._patience, now=self._now, sleep=self._sleep
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
    ) -> Reply | Trouble | GivenUp:
        """Return the reply at the end of at most `redirects` redirects (with 0: the redirect itself).

        GivenUp is an outage of a host; Trouble would be the same another time.
        """
        for _ in range(redirects + 1):
            try:
                place(url)
            except ValueError:
                return Trouble("bad_url", f"not an address that can be asked: {url[:200]}")
            attempt = partial(self._attempt, url, headers, max_bytes)
            answer = await self.host(url).ask(attempt)
            if not isinstance(answer, Reply) or not answer.location or not redirects:
                return answer
            url = answer.location
        return Trouble("broken", f"more than {redirects} redirects")

    async def _attempt(
        self, url: str, headers: Mapping[str, str] | None, max_bytes: int | None
    ) -> Outcome[Reply | Trouble]:
        got = await self._fetcher.get(url, headers, max_bytes=max_bytes)
        if isinstance(got, Trouble):
            return Refused(got.detail, again=True) if got.kind in _MAY_PASS else Answered(got)
        said = hints.read(got.headers, self._clock())
        if got.status in _TRY_AGAIN or got.status >= 500:
            detail = f"{got.status} {got.reason}".rstrip()
            busy = got.status == 429
            return Refused(detail, again=True, busy=busy, bytes=len(got.body), hints=said)
        return Answered(got, bytes=len(got.body), hints=said)
