"""Asks the addresses of a file, in a process of its own: `python -m bench.asker WAY FILE AT_ONCE`.

The way is `ours`, `twice` (ours, and once more with what is known by then) or `bare`, a loop over aiohttp that asks the
same two ranges and judges nothing. Prints JSON: seconds without the start, requests, verdicts by status.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from enrich.link.links import Links, Manners
from enrich.link.target import Terms
from enrich.model.link import LinkVerdict
from enrich.net.fetch import Caps, Fetcher
from enrich.net.guard import Guard
from enrich.net.web import Web


async def _ours(urls: list[str], at_once: int, times: int) -> None:
    known: dict[str, LinkVerdict] = {}
    places = {urlsplit(url).netloc for url in urls}
    for _ in range(times):
        async with Fetcher(Guard(places), "enrich/bench", Caps(read_s=5)) as fetcher:
            web = Web(fetcher)
            own = [place for place in places if not place.startswith("localhost")]
            links = Links(web, Terms(own), Manners(at_once=at_once, own_at_once=at_once), known=known.get)
            last_quick = began = time.perf_counter()

            def hear(url: str, verdict: LinkVerdict) -> None:
                nonlocal last_quick
                known[url] = verdict
                if verdict.status == "ok":
                    last_quick = time.perf_counter()

            await links.verdicts(urls, hear)
            took = time.perf_counter() - began
        said = Counter(str(verdict).partition(" (")[0] for verdict in known.values())
        sent = sum(traffic.sent for _, traffic in web.traffic())
        print(json.dumps({"seconds": took, "quick": last_quick - began, "requests": sent, "verdicts": said}))


async def _bare(urls: list[str], at_once: int, size: int) -> None:
    waiting = iter(urls)
    sent = 0

    async def work(session: aiohttp.ClientSession) -> None:
        nonlocal sent
        for url in waiting:
            for wanted in ("0-1023", f"{size - 1024}-{size - 1}"):
                headers = {"Range": f"bytes={wanted}", "Accept-Encoding": "identity"}
                async with session.get(url, headers=headers) as response:
                    await response.read()
                    sent += 1

    began = time.perf_counter()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(work(session) for _ in range(at_once)))
    took = time.perf_counter() - began
    print(json.dumps({"seconds": took, "quick": took, "requests": sent, "verdicts": {}}))


def main(way: str, file: str, at_once: int, size: int) -> None:
    """Ask every address of `file`, one a line."""
    urls = Path(file).read_text().split()
    if way == "bare":
        asyncio.run(_bare(urls, at_once, size))
    else:
        asyncio.run(_ours(urls, at_once, 2 if way == "twice" else 1))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
