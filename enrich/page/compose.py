"""Turns answers into changes: every rule on what may be written, and what is left alone, is reached from here.

Nothing is asked, read or written; the same inputs give the same changes, and composing again after them gives none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from enrich.model.note import Recollection
from enrich.model.page import Value
from enrich.page import bibliography, flat, moving
from enrich.page.composition import SURE, Cited, Composition, Departure, Unsure
from enrich.page.profile import Profile

__all__ = ["Cited", "Composition", "Departure", "Unsure", "compose"]


def compose(
    data: Mapping[str, Value],
    cited: Sequence[Cited],
    memory: Recollection,
    profile: Profile,
    *,
    settled: bool,
    unsure: Unsure = SURE,
) -> Composition:
    """Return what to change on a page whose front matter (or the `held` part of it) is `data`.

    `settled` tells that every citation of the page was answered: only then may an entry that is no longer cited
    go, unless it may be what one means of those that are `unsure`. The caller has made sure that `refusal` finds
    nothing.
    """
    moved = moving.moved(data, cited, memory, profile.where, settled=settled, unsure=unsure)
    last = memory.last.at(profile.where) if memory.last else None
    returns = last is not None and last is not memory.last
    here = memory.at(*profile.where)
    if profile.shape == "flat":
        composed = flat.compose(moved.data, cited, here, profile, settled=settled, returns=returns)
    else:
        composed = bibliography.compose(
            moved.data, cited, here, profile, settled=settled, returns=returns, unsure=unsure
        )
    if not (returns or moved.left or moved.departures):
        return composed
    note = replace(composed.note, left=moved.left, begun=memory.begun and bool(composed.note.works))
    return replace(
        composed,
        note=note,
        departures=moved.departures,
        differences=(*moved.differences, *composed.differences),
        kept=(*moved.kept, *composed.kept),
        is_placed=True,
    )
