"""Which files are pages: sorted, each real file once, never outside the folder that was asked for."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from enrich.errors import EnrichError
from enrich.store.glob import matcher


def list_pages(
    root: Path,
    include: Sequence[str],
    exclude: Sequence[str] = (),
    paths: Sequence[Path] = (),
    *,
    skip: Collection[Path] = (),
) -> tuple[Path, ...]:
    """Return the pages under `root` that fit `include` and not `exclude`, or only those that `paths` name.

    A folder among `paths` is searched; a file is taken whatever the patterns say. Left alone are hidden
    names, the folders in `skip`, all in an excluded folder, links that leave the root, a page's second name.
    A folder that cannot be listed stands among the pages itself, so that reading it says why.
    Raises EnrichError where a path does not exist or nothing is found.
    """
    found: dict[str, str] = {}
    patterns = _Patterns(
        matcher(include), matcher(exclude), frozenset(os.path.realpath(each) for each in skip)
    )
    for path in paths or (root,):
        _Walk(_base(root, path), patterns, found).start(path)
    if not found:
        where = ", ".join(str(path) for path in paths or (root,))
        fit = " or ".join(include)
        raise EnrichError(f"{where}: no pages that fit {fit}; set [pages] root and include, or name a page")
    return tuple(sorted(map(Path, found.values()), key=str))


def within(pages: Sequence[Path], paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return those of `pages` that `paths` name, themselves or with a folder; a path that is not there names none."""
    named = {os.path.realpath(path) for path in paths}
    return tuple(page for page in pages if not named.isdisjoint(_above(os.path.realpath(page))))


def named(folder: Path, names: Iterable[str], paths: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Return the files that `names`, from `folder`, still stand for, sorted; only those that `paths` name, if any.

    Raises EnrichError where a path does not exist.
    """
    for path in paths:
        if not path.exists():
            raise EnrichError(f"{path}: No such file or directory (looked in {Path.cwd()})")
    files = sorted(file for file in map(folder.joinpath, names) if file.is_file())
    return within(files, paths) if paths else tuple(files)


def _above(place: str) -> tuple[str, ...]:
    return (place, *map(str, PurePath(place).parents))


def _base(root: Path, path: Path) -> Path:
    """Return the folder that links from `path` must not leave: the root, or where `path` stands elsewhere."""
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        raise EnrichError(f"{path}: {error.strerror} (looked in {Path.cwd()})") from error
    if _absolute(path).is_relative_to(_absolute(root)):
        return root
    return path if is_folder else path.parent


def _absolute(path: Path) -> PurePath:
    # Not resolved: a link keeps its own place.
    return PurePath(os.path.abspath(path))  # noqa: PTH100


@dataclass(frozen=True, slots=True)
class _Patterns:
    includes: Callable[[str], bool]
    excludes: Callable[[str], bool]
    skip: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """A file or folder: as it is shown, as it really is, and from the base."""

    shown: str
    real: str
    name: str

    def child(self, name: str) -> _Place:
        return _Place(
            os.path.join(self.shown, name),  # noqa: PTH118
            os.path.join(self.real, name),  # noqa: PTH118
            os.path.join(self.name, name),  # noqa: PTH118
        )


class _Walk:
    """One search. Links wait until every real name was seen, so that a file is listed by its own name."""

    def __init__(self, base: Path, patterns: _Patterns, found: dict[str, str]) -> None:
        self._base = _absolute(base)
        self._inside = os.path.realpath(base)
        self._patterns = patterns
        self._found = found
        self._searched: set[str] = set()
        self._links: list[_Place] = []

    def start(self, path: Path) -> None:
        name = _absolute(path).relative_to(self._base).as_posix()
        place = _Place(str(path), os.path.realpath(path), "" if name == "." else name)
        if not self._is_inside(place.real):
            return
        if not path.is_dir():
            self._found.setdefault(place.real, place.shown)
            return
        self._search(place)
        while self._links:
            waiting, self._links = sorted(self._links, key=lambda link: link.name), []
            for link in waiting:
                self._follow(link)

    def _follow(self, link: _Place) -> None:
        if not self._is_inside(link.real):
            return
        # Not Path's own, which raise where a folder on the way may not be entered.
        if os.path.isdir(link.real):  # noqa: PTH112
            self._search(link)
        elif os.path.isfile(link.real):  # noqa: PTH113
            self._take(link)

    def _search(self, start: _Place) -> None:
        folders = [start]
        while folders:
            folder = folders.pop()
            if folder.real in self._searched or folder.real in self._patterns.skip:
                continue
            self._searched.add(folder.real)
            try:
                with os.scandir(folder.real) as entries:
                    for entry in entries:
                        self._meet(entry, folder, folders)
            except OSError:
                self._found.setdefault(folder.real, folder.shown)

    def _meet(self, entry: os.DirEntry[str], folder: _Place, folders: list[_Place]) -> None:
        place = folder.child(entry.name)
        if entry.name.startswith(".") or self._patterns.excludes(place.name):
            return
        if entry.is_symlink():
            self._links.append(_Place(place.shown, os.path.realpath(place.real), place.name))
        elif entry.is_dir():
            folders.append(place)
        elif entry.is_file():
            self._take(place)

    def _take(self, place: _Place) -> None:
        if self._patterns.includes(place.name):
            self._found.setdefault(place.real, place.shown)

    def _is_inside(self, real: str) -> bool:
        return PurePath(real).is_relative_to(self._inside)
