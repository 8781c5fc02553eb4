"""Walks through a site for a survey: the only reading of files here goes through the store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final

from enrich.errors import EnrichError
from enrich.model.file import Trouble
from enrich.model.page import Refusal
from enrich.model.survey import Fault, Layout, Survey, SurveyedPage
from enrich.store import files
from enrich.store.listing import list_pages
from enrich.survey import census, content, page
from enrich.survey.folder import read

MAX_BYTES: Final = 5_000_000

# How far a survey has come: pages looked at, and pages in all.
Watch = Callable[[int, int], None]


def found(folder: Path) -> Layout:
    """Return where the pages of the site in `folder` stand, by what is found there. EnrichError where it is none."""
    layout = content.layout(read(folder))
    if layout.generator != "plain":
        return layout
    return content.narrowed(layout, [_shown(each, folder) for each in _listed(folder, layout, ())])


def survey(
    folder: Path, layout: Layout, watch: Watch, *, skip: Collection[Path] = (), max_bytes: int = MAX_BYTES
) -> Survey:
    """Look at every page of `layout` in `folder`; nothing is asked of anybody, and nothing written.

    Without pages the survey is of none. What cannot be read or understood is counted with its reason.
    """
    listed = _listed(folder, layout, skip)
    pages: list[SurveyedPage] = []
    for number, path in enumerate(listed, 1):
        pages.append(_looked_at(path, _shown(path, folder), max_bytes))
        watch(number, len(listed))
    return census.counted(layout, pages)


def _listed(folder: Path, layout: Layout, skip: Collection[Path]) -> Sequence[Path]:
    try:
        return list_pages(folder / layout.root, layout.include, layout.exclude, skip=skip)
    except EnrichError:
        return ()


def _looked_at(path: Path, shown: str, max_bytes: int) -> SurveyedPage:
    source = files.read(path, max_bytes)
    match source:
        case Trouble(reason):
            return SurveyedPage(shown, unreadable=Fault(shown, reason))
        case Refusal(reason):
            return SurveyedPage(shown, refused=Fault(shown, reason))
        case _:
            return page.look(shown, source.data)


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
