"""Where a value leads to: addresses that may stand in a link, and nothing else that a page could think of."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from enrich.model.accession import ArxivId, Identifier, Pmcid, Pmid, named
from enrich.model.identifier import Doi

# What RFC 3986 lets stand in an address, and letters of other scripts, which a browser encodes itself.
_PLAIN: Final = re.compile(r"https?://[^\s\"'<>\\^`{|}\x00-\x20\x7f]+", re.IGNORECASE)


def web(url: str) -> str:
    """Return `url` if it is one of http or https that hides nothing, else an empty text.

    One that names a user before its host is refused: `https://doi.org@elsewhere.example` leads elsewhere.
    """
    if not (_PLAIN.fullmatch(url) and url.isprintable()):
        return ""
    try:
        place = urlsplit(url)
    except ValueError:
        return ""
    return url if place.hostname and "@" not in place.netloc else ""


def paper(text: str | None) -> str:
    """Return where the paper that `text` names is described, else an empty text."""
    return of(named(text)) if text else ""


def of(identifier: Identifier | None) -> str:
    """Return where the paper is described: at doi.org, PubMed or PubMed Central."""
    match identifier:
        case Doi(value):
            return _doi(value)
        case ArxivId():
            return _doi(identifier.doi.value)
        case Pmid(value):
            return f"https://pubmed.ncbi.nlm.nih.gov/{value}/"
        case Pmcid(value):
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{value}/"
        case _:
            return ""


def _doi(value: str) -> str:
    return f"https://doi.org/{quote(value, safe='/:;()._-')}"
