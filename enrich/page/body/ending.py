"""Where a DOI ends when what follows is glued to it: the possible ends, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich.model.identifier import without_loose_end
from enrich.page.body import publisher
from enrich.page.body.publisher import Carrier

_WORDS = (
    "e-?pub|pmc?id|pmc\\d+|received|accepted|published|available|copyright|abstract|keywords?|doi|issn|https?"
    "|view|download|free|author|cited?|citation|retrieved|accessed|correspondence|supplement(?:ary|al)?"
)
# `xyz.Epub 2022`, `xyz.PMID`; a capitalised word behind a figure and a full stop, as `nu14091715.Received`
_GLUED = re.compile(
    rf"[.,;:](?i:{_WORDS})(?![A-Za-z]|\.\w).*|(?<=[\d)])[.,;:][A-Z][a-z]+$|'s$"
    r"|(?<=[\w)])(?:PMC?ID|PMC\d{5}|Epub|ISSN|DOI(?![A-Z]))(?![a-z]).*"
    r"|(?<=[a-z\d)])(?:Received|Accepted|Published|Available|Copyright|Abstract|©|\(c\)).*",
    re.DOTALL,
)
_NOTE_MARK = re.compile(r"(?:\[\^?\w{1,4}\])+$")
_OPEN_WORD = re.compile(r"[(\[{][A-Za-z]*$")

_DOUBTFUL = (
    # a list: `xyz,2020` or `xyz;p3`, but not the check part of a SICI number
    re.compile(r"[,;](?!\d-[\dA-Za-z#]$|\d\b).*"),
    # a note's number behind the sentence's end; a bracket that only happens to be balanced, or never closes
    re.compile(r"\.\d{1,3}$"),
    re.compile(r"\([^()]*\)$"),
    re.compile(r"[(\[{][^)\]}]*$"),
)
_DOUBTFUL_IN_ADDRESS = (
    # PLOS numbers figures and tables; a version; the name of a view or file that is not in the table
    re.compile(r"\.[gts]\d{3}$"),
    re.compile(r"(?<=\d)v\d{1,2}$"),
    re.compile(r"/[^/]*$"),
)


def suffixes(
    before: str, prefix: str, suffix: str, carrier: Carrier, visible: bool
) -> Iterator[tuple[str, str]]:
    """Yield the suffixes that `suffix` (unescaped) may stand for, the likeliest first, with what was mended.

    `before` is the beginning of the address that carries the DOI; text that people see (`visible`) may run on
    into other text, and an address behind a resolver says what it means.
    """
    whole = without_loose_end(suffix)
    best, damage = _likely(before, prefix, whole, carrier, visible)
    yield best, damage
    if best != whole:
        yield whole, ""
    doubtful = _DOUBTFUL if visible else ()
    if carrier == "publisher":
        doubtful = (*doubtful, *_DOUBTFUL_IN_ADDRESS)
    for pattern in doubtful:
        if (found := pattern.search(best)) and found.start():
            yield without_loose_end(best[: found.start()]), "glued text" if visible else ""
    if not visible and carrier == "resolver" and (found := _GLUED.search(best)):
        yield without_loose_end(best[: found.start()]), "glued text"


def is_glued(suffix: str) -> bool:
    """Whether a word stands in `suffix` that begins other text."""
    return _GLUED.search(suffix) is not None


def _likely(before: str, prefix: str, whole: str, carrier: Carrier, visible: bool) -> tuple[str, str]:
    best, damage = whole, ""
    if visible:
        for pattern in (_NOTE_MARK, _GLUED, _OPEN_WORD):
            if (found := pattern.search(best)) and found.start():
                best, damage = without_loose_end(best[: found.start()]), "glued text"
    if carrier != "resolver":
        shorter = publisher.without_view(before, prefix, best)
        if shorter != best:
            best, damage = without_loose_end(shorter), damage or ("glued text" if carrier == "text" else "")
    if best.endswith("-"):
        best, damage = without_loose_end(best.rstrip("-")), damage or "stray hyphen"
    return best, damage
