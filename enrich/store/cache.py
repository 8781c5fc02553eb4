"""The cache folder: texts by key in diskcache's database. The only file that knows diskcache.

diskcache unpickles what it finds (CVE-2025-69872), so whoever can write into the folder could run code here.
Ours writes and reads nothing but text that stands in its row. And no run fails for its cache: what cannot be
read is asked again, what cannot be written is not kept, and `notes` says so.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import diskcache

from enrich.errors import EnrichError

_DATABASE = "cache.db"
_FILES = (_DATABASE, f"{_DATABASE}-wal", f"{_DATABASE}-shm")
_ASIDE = f"{_DATABASE}.damaged"
_OURS = frozenset({*_FILES, _ASIDE, "README.md", ".gitignore", "lock", "service"})
# Short on purpose: a program that holds the database (a backup) must not hold up a run.
_LOCK_TIMEOUT_S = 0.5
# After as many failures in a row nothing more is kept: each one may have cost the time above.
_PATIENCE = 3
_SETTINGS = {
    # Nothing is dropped for room: at its limit diskcache would drop rows that are still good.
    "eviction_policy": "none",
    "cull_limit": 0,
    "sqlite_cache_size": 2048,
    "sqlite_mmap_size": 0,
}
_KNOWN = diskcache.core.DEFAULT_SETTINGS.keys() | diskcache.core.METADATA.keys()
_TROUBLE = (sqlite3.Error, diskcache.Timeout, OSError, ValueError)
# What diskcache stumbles over where the database holds other tables or settings than its own.
_STRANGE = (TypeError, AttributeError, KeyError, ValueError)
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_REFUSED = object()


class _TextDisk(diskcache.Disk):  # type: ignore[misc]
    """Text that stands in its row, or nothing: no pickle, no file that a row names."""

    def put(self, key: str) -> tuple[str, bool]:
        return key, True

    def get(self, key: object, raw: bool) -> object:
        return key if raw and isinstance(key, str) else _REFUSED

    def store(self, value: str, read: bool, key: object = None) -> tuple[int, int, None, str]:  # noqa: ARG002
        return 0, diskcache.core.MODE_RAW, None, value

    def fetch(self, mode: int, filename: object, value: object, read: bool) -> object:  # noqa: ARG002
        return value if mode == diskcache.core.MODE_RAW and isinstance(value, str) else _REFUSED

    def remove(self, file_path: str) -> None:
        """Leave the file alone: a row of ours names none."""


class _Database(diskcache.Cache):  # type: ignore[misc]
    """diskcache's database, which leaves no connection open where it cannot be opened."""

    def __init__(self, folder: Path) -> None:
        with contextlib.ExitStack() as stack:
            stack.callback(self.close)
            super().__init__(str(folder), timeout=_LOCK_TIMEOUT_S, disk=_TextDisk, **_SETTINGS)
            # It makes every setting that it finds an attribute of its own, `get` included.
            strange = {key for (key,) in self._sql("SELECT key FROM Settings")} - _KNOWN
            if strange:
                raise ValueError(f"unknown settings: {', '.join(map(str, strange))}")
            stack.pop_all()


@dataclass(frozen=True, slots=True)
class Stats:
    """What the cache holds: how many answers by shelf name (sorted), and bytes on disk."""

    answers: tuple[tuple[str, int], ...]
    bytes: int


class Cache:
    """The folder's texts by key. One run at a time: whoever opens it holds its lock (`store/lock`)."""

    def __init__(self, folder: Path) -> None:
        """Open `folder`, making it where it is missing; a damaged database is moved aside."""
        self._folder = folder
        self._said: list[str] = []
        self._distrusted: set[str] = set()
        self._lost = 0
        self._why = ""
        self._failures = 0
        self._database = self._opened()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; all that was put is in it already."""
        if self._database is not None:
            self._database.close()

    def get(self, key: str) -> str | None:
        """Return the text at `key`; None where there is none, or none that can be trusted."""
        if self._database is None:
            return None
        try:
            value = self._database.get(key)
        except _TROUBLE as error:
            self.distrust(key)
            self._mend(error)
            return None
        if value is _REFUSED:
            self.distrust(key)
            return None
        return value if isinstance(value, str) else None

    def put(self, key: str, text: str) -> None:
        """Keep `text` at `key`: it survives this process, however it ends."""
        if self._database is None or self._failures >= _PATIENCE:
            self._lost += 1
            return
        try:
            self._database.set(key, text)
            self._failures = 0
        except _TROUBLE as error:
            self._lost += 1
            self._failures += 1
            self._why = _words(error)
            # A transaction that could not end would be in the way of the next one.
            self._database.close()
            self._mend(error)

    def distrust(self, key: str) -> None:
        """Remember that the row at `key` is no use; it is overwritten when it is answered anew."""
        self._distrusted.add(key)

    def notes(self) -> tuple[str, ...]:
        """Return what a person should know, one sentence each."""
        said = list(self._said)
        if self._distrusted:
            said.append(
                f"{self._folder}: {len(self._distrusted)} rows were damaged or not ours, and not used"
            )
        if self._lost and self._database is not None:
            said.append(
                f"{self._folder}: {self._lost} answers were not kept ({self._why}); the next run asks again"
            )
        return tuple(said)

    def stats(self) -> Stats:
        """Count what is kept. Raises EnrichError where the database cannot be read."""
        count: Counter[str] = Counter()
        if self._database is None:
            raise EnrichError("\n".join(self._said))
        try:
            count.update(str(key).split("/", 1)[0] for key in self._database if isinstance(key, str))
        except _TROUBLE as error:
            raise EnrichError(
                f"{self._folder / _DATABASE}: {_words(error)}; `enrich cache clear` begins anew"
            ) from error
        return Stats(tuple(sorted(count.items())), size(self._folder))

    def clear(self) -> None:
        """Remove all that is kept, whatever state it is in. Raises EnrichError where the system will not."""
        self.close()
        try:
            for path in self._files(*_FILES, _ASIDE):
                path.unlink()
        except OSError as error:
            raise EnrichError(
                f"{self._folder}: cannot be cleared ({_words(error)}); remove it by hand"
            ) from error
        self._distrusted.clear()
        self._database = self._opened()

    def _files(self, *names: str) -> list[Path]:
        return [path for name in names if (path := self._folder / name).exists()]

    def _opened(self) -> _Database | None:
        try:
            _prepare(self._folder)
            return self._connected()
        except _TROUBLE as error:
            self._why = _words(error)
            self._said.append(
                f"{self._folder}: no cache ({self._why}), so all is asked and nothing kept; see [cache] dir"
            )
            return None

    def _connected(self) -> _Database:
        try:
            return _Database(self._folder)
        except (sqlite3.DatabaseError, *_STRANGE) as error:
            if isinstance(error, sqlite3.Error) and not _is_damage(error):
                raise
            self._move_aside(error)
            return _Database(self._folder)

    def _mend(self, error: Exception) -> None:
        """Begin a new database where the old one is damaged."""
        if _is_damage(error):
            self.close()
            self._database = None
            try:
                self._move_aside(error)
            except OSError as second:
                self._why = _words(second)
                return
            self._database = self._opened()

    def _move_aside(self, error: Exception) -> None:
        database, *others = (self._folder / name for name in _FILES)
        database.replace(self._folder / _ASIDE)
        for path in others:
            path.unlink(missing_ok=True)
        self._said.append(f"{database}: damaged ({_words(error)}); moved to {_ASIDE}, and begun anew")


def size(folder: Path) -> int:
    """Return how many bytes the database in `folder` takes; 0 where there is none. A run may be using it."""
    total = 0
    for name in _FILES:
        with contextlib.suppress(OSError):
            total += (folder / name).stat().st_size
    return total


def fault(folder: Path) -> str:
    """Return why a run could not use the database in `folder`, or an empty text. A run may be using it.

    One that is not there is made, and one that is damaged begun anew: both are no fault.
    """
    file = folder / _DATABASE
    if not file.exists():
        return ""
    try:
        place = f"{file.absolute().as_uri()}?mode=rw"
        with contextlib.closing(sqlite3.connect(place, uri=True, timeout=0)) as database:
            database.execute("SELECT 1 FROM Cache LIMIT 1").fetchone()
    except sqlite3.Error as error:
        is_passing = getattr(error, "sqlite_errorcode", 0) & 0xFF in _BUSY
        return "" if is_passing or _is_damage(error) else f"{_DATABASE} cannot be opened ({_words(error)})"
    return ""


def _prepare(folder: Path) -> None:
    """Make the folder, for our eyes only and out of git; one that others use too, or own, keeps its mode."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(path.name not in _OURS for path in folder.iterdir()):
        return
    status = folder.stat()
    # A container's volume may belong to root: whoever may write there may not change its mode.
    if status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) & 0o077:
        folder.chmod(0o700)
    if not (folder / ".gitignore").exists():
        (folder / ".gitignore").write_text("*\n")


def _is_damage(error: Exception) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def _words(error: Exception) -> str:
    if isinstance(error, diskcache.Timeout):
        return "another program holds the database, or it cannot be written"
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
