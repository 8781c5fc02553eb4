"""The way to an address: redirects followed, loops broken, every host on the way treated politely."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from enrich.model.link import LinkStatus, Reason
from enrich.net.fetch import Reply, Trouble, TroubleKind
from enrich.net.guard import origin, place
from enrich.net.host import Cause, GivenUp
from enrich.net.web import Web

MOST_REDIRECTS = 10
_PERMANENT = frozenset({301, 308})

_TROUBLES: Mapping[TroubleKind, tuple[LinkStatus, Reason]] = {
    "bad_url": ("broken", "bad address"),
    "refused_address": ("broken", "private address"),
    "untrusted": ("broken", "certificate"),
    "refused_port": ("unknown", "port"),
    "too_large": ("unknown", "too large"),
}
_CAUSES: Mapping[Cause, tuple[LinkStatus, Reason]] = {
    "busy": ("blocked", "refuses robots"),
    "status": ("unknown", "server error"),
    "unresolved": ("unknown", "name not found"),
    "timeout": ("unknown", "timeout"),
    "broken": ("unknown", "broken answer"),
}


@dataclass(frozen=True, slots=True)
class Arrived:
    """A reply that is no redirect; `permanent` is where the permanent redirects lead, if any; `seconds` in all."""

    reply: Reply
    permanent: str = ""
    is_redirected: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Stopped:
    """No reply at the end of the way, and what that makes of the link; `url` is where it ended."""

    status: LinkStatus
    reason: Reason
    detail: str
    url: str
    permanent: str = ""


class Road:
    """Asks addresses, each within `limit_s` seconds of its hosts' time, however many redirects that takes.

    `permits` gives how many questions a host takes at once, by an address on it.
    """

    def __init__(self, web: Web, permits: Callable[[str], int], limit_s: float) -> None:
        self._web = web
        self._permits = permits
        self._limit_s = limit_s
        self._greeted: set[str] = set()

    async def follow(
        self,
        url: str,
        headers: Mapping[str, str],
        *,
        max_bytes: int,
        cut: bool = True,
        spent_s: float = 0.0,
    ) -> Arrived | Stopped:
        """Return where `url` leads; `spent_s` of the time limit is used up already."""
        seen = {url}
        permanent, all_permanent, wants_cookies = "", True, False
        while True:
            self._greet(url)
            left_s = max(self._limit_s - spent_s, 0.01)
            got = await self._web.get(
                url, headers, max_bytes=max_bytes, redirects=0, cut=cut, within_s=left_s
            )
            if not isinstance(got, Reply):
                return _stopped(got, url, permanent, is_redirected=len(seen) > 1)
            spent_s += got.seconds
            if not got.location:
                return Arrived(got, permanent, len(seen) > 1, spent_s)
            wants_cookies |= "set-cookie" in got.headers
            all_permanent &= got.status in _PERMANENT
            url = got.location.partition("#")[0]
            permanent = got.location if all_permanent else permanent
            if stop := _no_way(url, seen, wants_cookies):
                return Stopped(*stop, url, "")
            seen.add(url)

    def _greet(self, url: str) -> None:
        """Tell the web how many questions the host takes, before the first one is asked."""
        beginning = origin(url)
        if beginning not in self._greeted:
            self._greeted.add(beginning)
            self._web.host(url, at_once=self._permits(url), per_s=None)


def _no_way(url: str, seen: set[str], wants_cookies: bool) -> tuple[LinkStatus, Reason, str] | None:
    """Return why a redirect to `url` is not followed, if it is not."""
    try:
        place(url)
    except ValueError:
        return "broken", "redirects", f"to {url[:200]}, which is no address of the web"
    if url in seen and wants_cookies:
        return "blocked", "refuses robots", "it redirects in a circle until a cookie is taken"
    if url in seen:
        return "broken", "redirects", "in a circle"
    if len(seen) > MOST_REDIRECTS:
        return "broken", "redirects", f"more than {MOST_REDIRECTS}"
    return None


def _stopped(got: Trouble | GivenUp, url: str, permanent: str, *, is_redirected: bool) -> Stopped:
    if isinstance(got, GivenUp):
        status, reason = _CAUSES.get(got.cause, ("unknown", "unreachable"))
    else:
        status, reason = _TROUBLES.get(got.kind, ("unknown", "unreachable"))
        if got.kind == "bad_url" and is_redirected:
            reason = "redirects"
    return Stopped(status, reason, got.detail, url, permanent)
