"""DOIs with a space or a line break inside: how far they may go on behind it."""

from __future__ import annotations

import re
from typing import NamedTuple

_GAP = re.compile(r"[^\S\t]{1,3}")
_STOP = re.compile(r"""[\s"“”„‟«»‹›‘’`|…—―\x00-\x1f\x7f]""")
_LONGEST_PART = 100
_MOST_PARTS = 3

# What a DOI goes on with: not the next DOI or address, and not a year or a page in prose.
_OTHER = re.compile(
    r"[(\[<{]*(?:10\.\d{4,9}(?:\.\d+){0,4}/|https?:|www\.|(?:dx\.)?doi|PMC?ID|PMC\d|(?:19|20)\d\d\b(?![.\-/]\d))",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[\w.\-/()\[\]<>:;]*\d")
_STARTS_INSIDE = re.compile(r"[.\-/_:<]\w|\(\w+\)\w")
_COMPOUND = re.compile(r"[a-z0-9]+(?:[.\-/_()]+\w+)*[.\-(/_]\w*\d")
# The part of an Elsevier number that is only the journal's ISSN.
_ISSN_ONLY = re.compile(r"S?\d{4}-?\d{3}[\dX]-?", re.IGNORECASE)


class Extension(NamedTuple):
    """A DOI that goes on behind a gap, to `end`; `likely` when it makes no sense without that."""

    end: int
    likely: bool


def extension(text: str, start: int, end: int) -> Extension | None:
    """Return how far a DOI goes on whose suffix begins at `start` and breaks off at `end`, if it does."""
    likely = False
    reach = end
    for part in range(_MOST_PARTS):
        step = _step(text, start, reach)
        if step is None or (part and not step.likely):
            break
        reach, likely = step.end, likely or step.likely
    return Extension(reach, likely) if reach > end else None


def _step(text: str, start: int, end: int) -> Extension | None:
    gap = _GAP.match(text, end)
    if gap is None:
        return None
    limit = gap.end() + _LONGEST_PART
    stop = _STOP.search(text, gap.end(), limit)
    until = stop.start() if stop else min(limit, len(text))
    part = text[gap.end() : until]
    if _OTHER.match(part) or not _GOES_ON.match(part):
        return None
    head = "".join(text[start:end].split())
    if _is_cut_short(head) or _STARTS_INSIDE.match(part):
        return Extension(until, likely=True)
    if _COMPOUND.match(part) or (head.endswith(".") and part[0].isdigit()):
        return Extension(until, likely=False)
    return None


def _is_cut_short(head: str) -> bool:
    if not head or head[-1] in "-/_(<‐‑–":
        return True
    opened = any(head.count(opener) > head.count(closer) for opener, closer in ("()", "[]", "<>"))
    return opened or not any(map(str.isdigit, head)) or _ISSN_ONLY.fullmatch(head) is not None
