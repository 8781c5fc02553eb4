"""The site's own files among the verdicts: which hosts said nothing, which files are to be looked into."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from enrich.model.link import LinkVerdict, PdfContent


def silent_hosts(verdicts: Iterable[LinkVerdict]) -> tuple[str, ...]:
    """Return the site's own hosts of which nothing could be learnt: every verdict there is `unknown`."""
    heard: dict[str, bool] = {}
    for verdict in verdicts:
        if verdict.is_own:
            host = urlsplit(verdict.asked_url or verdict.url).netloc.rpartition("@")[2].lower()
            heard[host] = heard.get(host, False) or verdict.status != "unknown"
    return tuple(sorted(host for host, answered in heard.items() if not answered))


def to_identify(
    verdicts: Iterable[LinkVerdict], known: Callable[[str], PdfContent | None], most: int
) -> tuple[LinkVerdict, ...]:
    """Return the files to look into, at most `most`: first those that nobody has read, then new versions."""
    files = [each for each in verdicts if each.is_own and each.is_pdf and each.status == "ok"]
    news = [(known(each.url), each) for each in files]
    wanted = [(content is not None, each.url, each) for content, each in news if _is_news(each, content)]
    return tuple(each for _, _, each in sorted(wanted, key=lambda one: one[:2]))[:most]


def _is_news(verdict: LinkVerdict, content: PdfContent | None) -> bool:
    return content is None or content.version != verdict.version
