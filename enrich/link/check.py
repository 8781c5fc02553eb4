"""An ordinary link: from its address to a verdict, by what the host answers to one GET."""

from __future__ import annotations

from collections.abc import Mapping

from enrich.link.road import Arrived, Road, Stopped
from enrich.link.target import Target
from enrich.model.link import LinkStatus, LinkVerdict, Reason
from enrich.net.challenge import is_challenge
from enrich.net.fetch import Reply

# What is compressed is not unpacked: nothing of it is needed, and it may be a bomb.
_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity"}
# Enough to know a challenge page; the rest of the body is left.
_LOOKED_AT = 16_384

_MISSING = frozenset({404, 410})
# What walls against robots answer; 999 is LinkedIn's own.
_WALLS = frozenset({401, 402, 403, 405, 406, 407, 418, 420, 429, 430, 451, 999})


async def check(road: Road, target: Target) -> LinkVerdict:
    """Ask for an address and judge the answer's status; its content is not looked into."""
    came = await road.follow(target.url, _HEADERS, max_bytes=_LOOKED_AT)
    if isinstance(came, Stopped):
        return stopped(came, target)
    refused = refusal(came.reply, is_own=target.is_own)
    if refused is None and not 200 <= came.reply.status < 300:
        refused = "unknown", "broken answer", _line(came.reply)
    return verdict(came, target, *(refused or ("ok", "", "")))


def refusal(reply: Reply, *, is_own: bool) -> tuple[LinkStatus, Reason, str] | None:
    """Return what a status says against a link: on the site's own hosts, 403 is how S3 says 404."""
    status = reply.status
    if is_challenge(reply.headers, reply.body):
        return "blocked", "refuses robots", "a page that wants a person to prove to be one"
    if status < 400:
        return None
    line = _line(reply)
    if status in _MISSING or (is_own and status == 403):
        return "broken", "missing", line
    if status in _WALLS:
        return "blocked", "refuses robots", line
    return ("broken", "refused", line) if status < 500 else None


def verdict(
    came: Arrived,
    target: Target,
    status: LinkStatus,
    reason: Reason = "",
    detail: str = "",
    size: int | None = None,
) -> LinkVerdict:
    """Return the verdict on `target` by the reply that it led to; `size` is the whole file's."""
    reply, headers = came.reply, came.reply.headers
    return LinkVerdict(
        target.url,
        status,
        reason,
        detail,
        final_url=reply.url if came.is_redirected else "",
        permanent=came.permanent,
        media_type=_media_type(headers),
        bytes=size,
        etag=headers.get("etag", "") if status == "ok" or size is not None else "",
        last_modified=headers.get("last-modified", "") if status == "ok" or size is not None else "",
        is_pdf=target.is_pdf,
        is_own=target.is_own,
    )


def stopped(stop: Stopped, target: Target) -> LinkVerdict:
    """Return the verdict on `target` where no reply was had."""
    return LinkVerdict(
        target.url,
        stop.status,
        stop.reason,
        stop.detail,
        final_url=stop.url if stop.url != target.url else "",
        permanent=stop.permanent,
        is_pdf=target.is_pdf,
        is_own=target.is_own,
    )


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()[:100]


def _line(reply: Reply) -> str:
    return f"{reply.status} {reply.reason[:80]}".rstrip()
