"""Web addresses that carry a DOI: what they add behind it, publisher by publisher."""

from __future__ import annotations

import re
from typing import Literal

# Where a DOI stands: in plain text, behind a resolver (which adds nothing), in any other address.
Carrier = Literal["text", "resolver", "publisher"]

LOOK_BACK = 300
_RESOLVER = re.compile(r"(?:doi[.-]org[^/\s]*/+(?:doi:)?|hdl\.handle\.net/|\bdoi:|info:doi/)$", re.IGNORECASE)
# What stands before a DOI in an address: a step of the path, a parameter, an escape of those.
_JOINTS = frozenset("/:=#&?FfDdAa")
_ADDRESS = re.compile(r"://|\bwww\.|^[\w.-]+\.[a-z]{2,}/", re.IGNORECASE)

# Oxford and other Silverchair sites put their own article number, and a file name, behind the DOI.
_SILVERCHAIR = re.compile(r"/(?:advance-)?article(?:-abstract|-pdf|-lookup)?/doi/$", re.IGNORECASE)
_ARTICLE_NUMBER = re.compile(r"/\d{5,}(?:/[^/]*)?$")

_VIEWS = (
    # Atypon (Wiley, Taylor & Francis, SAGE, ACS), Frontiers, IOP, De Gruyter, Emerald: a view of the article
    r"/_?(?:full(?:-?text)?|abs(?:tract)?|e?pdf(?:direct|plus)?|epub|html?|xml|meta|summary|references|citedby)",
    r"/(?:cite|download|print|reader|metrics|related|comments|figures|tables|supp(?:info|lementary[-\w]*))",
    # Springer and BioMed Central: one figure or table; ACS: a supplement
    r"/(?:figures|tables)/\d+",
    r"/suppl_file/[^/]*",
    # HighWire (bioRxiv, BMJ, JBC): a view as the ending of a name; any file
    r"\.(?:full(?:-text)?|abstract|long|short|extract|figures-only|article-info|supplementary-material)",
    r"\.(?:pdf|html?|xml|epub|txt|docx?)(?:\+html)?",
    # Servers that keep their sessions in the address
    r";jsessionid=[^/]*",
)
_VIEW = re.compile(f"(?:{'|'.join(_VIEWS)})/?$", re.IGNORECASE)

_PATH_END = re.compile(r"\?|(?<!;2-)#")
_PARAMETER_END = re.compile(r"[?&]|(?<!;2-)#")

# Preprint servers number versions in the address, not in the DOI: Cold Spring Harbor (old, new), eLife.
_VERSIONED = frozenset(("10.1101/", "10.64898/", "10.7554/"))
_VERSION = re.compile(r"(?<=\d)v\d{1,2}$")


def carrier(text: str, start: int) -> Carrier:
    """In what the DOI stands that begins at `start`."""
    before = text[max(0, start - LOOK_BACK) : start]
    if before[-1:] not in _JOINTS:
        return "text"
    word = before.split()[-1]
    if _RESOLVER.search(word):
        return "resolver"
    return "publisher" if _ADDRESS.search(word) else "text"


def without_query(tail: str, in_query: bool) -> str:
    """`tail`, the rest of an address from the DOI on, up to the query, the next parameter or the fragment.

    A `#` may be the check character of a SICI number, which ends there.
    """
    found = (_PARAMETER_END if in_query else _PATH_END).search(tail)
    return tail[: found.start()] if found else tail


def without_view(before: str, prefix: str, suffix: str) -> str:
    """`suffix` of a DOI without what a publisher's address (`before` is its beginning) adds to it."""
    if _SILVERCHAIR.search(before):
        suffix = _ARTICLE_NUMBER.sub("", suffix)
    for _ in range(4):
        shorter = _VIEW.sub("", suffix)
        if prefix in _VERSIONED:
            shorter = _VERSION.sub("", shorter)
        if shorter == suffix or not shorter:
            break
        suffix = shorter
    return suffix
