"""The citation keys by which a body cites works as Pandoc does: `[@doi:10.1000/a]`, `@{doi:10.1000/(b)c}`.

https://pandoc.org/MANUAL.html#extension-citations: a key holds letters, digits, `_` and single marks inside; anything
may stand within braces.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from enrich.model.accession import ArxivId, Identifier, named
from enrich.model.page import Citation, Mention

_KEY = re.compile(
    rb"(?<![A-Za-z0-9])@(?:\{([^{}\s]{1,300})\}|([A-Za-z0-9_](?:[A-Za-z0-9_]|[:.#$%&+?<>~/-](?=[A-Za-z0-9_]))*))"
)
# What a key of Manubot's kind begins with; "ann/10.1000/abc" is a part of an address.
_NAMES = re.compile(r"(?:doi|pmid|pmcid|arxiv):|https?://|10\.", re.IGNORECASE)


def keyed(source: bytes, citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Return the citations, each mention with the citation key that it is a part of."""
    found = list(_KEY.finditer(source)) if b"@" in source else []
    if not found:
        return citations
    starts = [match.start() for match in found]
    return tuple(
        replace(each, mentions=tuple(_mention(mention, found, starts) for mention in each.mentions))
        for each in citations
    )


def _mention(mention: Mention, found: Sequence[re.Match[bytes]], starts: Sequence[int]) -> Mention:
    at = bisect_right(starts, mention.span.start) - 1
    if at < 0 or found[at].end() <= mention.span.start:
        return mention
    key = (found[at][1] or found[at][2]).decode(errors="replace")
    name = named(key) if _NAMES.match(key) else None
    return replace(mention, key=key) if name and _asked(name) in mention.readings else mention


def _asked(name: Identifier) -> Identifier:
    # An arXiv number is asked as the DOI that arXiv registered for it.
    return name.doi if isinstance(name, ArxivId) else name
