"""What holds for which page: the configuration's own wishes, or those of a folder."""

from __future__ import annotations

from collections.abc import Iterable

from enrich.page.look import Terms
from enrich.store.glob import matcher


class Folders:
    """Terms by page; of several folders that a page fits, the last one counts."""

    def __init__(self, usual: Terms, folders: tuple[tuple[str, Terms], ...] = ()) -> None:
        """Take the terms of all pages, and those of some by a pattern of paths. EnrichError for one that is none."""
        self.every = (usual, *folders)
        self._folders = folders
        self._usual = usual
        self._rules = [(matcher([path]), terms) for path, terms in reversed(folders)]

    def idle(self, pages: Iterable[str]) -> tuple[str, ...]:
        """Return the patterns that none of `pages` fits."""
        patterns = {path: matcher([path]) for path, _ in self._folders}
        return tuple(path for path, fits in patterns.items() if not any(map(fits, pages)))

    def terms(self, page: str) -> Terms:
        """Return what holds for `page`, a path from the site's folder."""
        return next((terms for fits, terms in self._rules if fits(page)), self._usual)
