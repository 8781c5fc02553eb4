"""Pages as files: read whole with a digest, replaced whole or not at all.

A page with hard links becomes a file of its own when it is replaced: its other names keep the old bytes, as
backups that are made of hard links rely on.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import tempfile
from collections.abc import Iterable
from io import FileIO
from pathlib import Path

from enrich.model.file import Replaced, Source, Trouble, digest
from enrich.model.page import Refusal
from enrich.store import attributes

_PREFIX = ".enrich-"
_SUFFIX = ".tmp"
_OURS = re.compile(r"\.enrich-[a-z0-9_]{8}\.tmp")
_CHANGED = Trouble("changed while the run worked; run again")


def reason(error: OSError) -> str:
    """Return the system's words for `error`, without the path that the message names anyway."""
    return error.strerror or str(error)


def read(path: Path, max_bytes: int) -> Source | Refusal | Trouble:
    """Return the page's bytes; a Refusal of more than `max_bytes`, a Trouble where the system fails."""
    try:
        with _opened(path, os.O_RDONLY) as file:
            size = os.fstat(file.fileno()).st_size
            data = file.readall() if size <= max_bytes else b""
    except OSError as error:
        return Trouble(f"cannot be read: {reason(error)}")
    if (size := max(size, len(data))) > max_bytes:
        return Refusal(f"larger than [pages] max_bytes: {size} bytes, at most {max_bytes} are read")
    return Source(data, digest(data))


def replace(path: Path, new: bytes, expected: str) -> Replaced | Trouble:
    """Put `new` in the place of the page whose digest is `expected`, keeping owner, mode and attributes.

    A link's target is replaced rather than the link. At any moment, also after a power cut, the page is
    whole: old or new. Where anything is in the way, it stays as it was and no file is left beside it.
    """
    try:
        target = Path(os.path.realpath(path, strict=True))
        if protected := _protection(target):
            return Trouble(protected)
        # Opened for writing, though it is never written to: so the system says what it thinks of that.
        with _opened(target, os.O_RDWR) as old:
            if digest(old.readall()) != expected:
                return _CHANGED
            return _swap(target, old, new, expected)
    except OSError as error:
        return Trouble(f"cannot be written: {reason(error)}")


def create(path: Path, data: bytes) -> None:
    """Put a file where none is, with the folders on the way, to outlast a power cut. OSError where that fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def sweep(pages: Iterable[Path]) -> int:
    """Remove what killed runs left beside `pages`; return how many files. No other run may be at work."""
    folders = {page.parent for page in pages}
    folders |= {Path(os.path.realpath(page)).parent for page in pages if page.is_symlink()}
    return sum(_sweep(folder) for folder in folders)


def _opened(path: Path, flags: int) -> FileIO:
    # Without O_NONBLOCK a named pipe would hold us up until somebody writes into it.
    handle = os.open(path, flags | os.O_CLOEXEC | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "not a regular file")
    return FileIO(handle, "rb")


def _protection(target: Path) -> str:
    """Say who asked us to keep out: the owner's wish counts also where we are root, whom no mode stops."""
    for place, name in ((target, "it"), (target.parent, "its folder")):
        mode = stat.S_IMODE(place.stat().st_mode)
        if not mode & 0o222:
            return f"cannot be written: {name} is read-only (mode {mode:04o}); `chmod u+w` lets us"
    return ""


def _swap(target: Path, old: FileIO, new: bytes, expected: str) -> Replaced | Trouble:
    beside, handle = _beside(target)
    try:
        with os.fdopen(handle, "wb") as file:
            attributes.keep(old.fileno(), handle)
            file.write(new)
            file.flush()
            os.fsync(handle)
        with _opened(target, os.O_RDONLY) as now:
            if digest(now.readall()) != expected:
                return _CHANGED
        beside.replace(target)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
    sync_folder(target.parent)
    return Replaced(digest(new))


def _beside(target: Path) -> tuple[Path, int]:
    try:
        handle, name = tempfile.mkstemp(suffix=_SUFFIX, prefix=_PREFIX, dir=target.parent)
    except OSError as error:
        raise OSError(error.errno, f"its folder takes no new file ({reason(error)})") from error
    return Path(name), handle


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` outlast a power cut, where its file system can promise that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path) -> int:
    try:
        with os.scandir(folder) as entries:
            left = [Path(each.path) for each in entries if _is_left(each)]
        for path in left:
            path.unlink(missing_ok=True)
    except OSError:
        return 0
    return len(left)


def _is_left(entry: os.DirEntry[str]) -> bool:
    return _OURS.fullmatch(entry.name) is not None and entry.is_file(follow_symlinks=False)
