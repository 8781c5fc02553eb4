"""One run at a time: a lock file that says who holds it, and that a dead process never holds."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import fcntl
import getpass
import json
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from enrich.errors import BusyError, EnrichError

Holder = Literal["run", "service"]

_POLL_S = 0.5
_AT_WORK: Final = {"run": "another run is at work here", "service": "another service is at work here"}
_HINTS: Final = {
    "run": "wait for it to end, or use --wait",
    "service": "end that one first, or set another [cache] dir",
}
_UNSUPPORTED = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL})


@contextlib.asynccontextmanager
async def held(
    path: Path,
    *,
    holder: Holder = "run",
    wait: bool = False,
    now: float,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    waiting: Callable[[str], None] = lambda _: None,
) -> AsyncIterator[None]:
    """Hold the lock file `path` while the block runs; `now` (Unix seconds) is what others are told.

    Where another `holder` has it, raises a BusyError that says who and since when; with `wait`, tells `waiting`
    so once and tries again every half second. Raises EnrichError where the file system cannot lock.
    """
    handle = _taken(path)
    if handle is None and wait:
        waiting(_who(path, holder))
    while handle is None:
        if not wait:
            raise BusyError(f"{_who(path, holder)}; {_HINTS[holder]}")
        await sleep(_POLL_S)
        handle = _taken(path)
    try:
        _sign(handle, now)
        yield
    finally:
        _leave(path, handle)


def _taken(path: Path) -> int | None:
    """Return the locked file's descriptor, or None where another run holds it."""
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        except OSError as error:
            raise EnrichError(f"{path}: cannot be locked: {error.strerror}") from error
        if not _locks(path, handle):
            os.close(handle)
            return None
        if _is_still(path, handle):
            return handle
        # Its last holder removed the file between our opening and our locking it.
        os.close(handle)


def _locks(path: Path, handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        os.close(handle)
        hint = "; put the folder on a local disk" if error.errno in _UNSUPPORTED else ""
        raise EnrichError(f"{path}: cannot be locked: {error.strerror}{hint}") from error
    return True


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _sign(handle: int, now: float) -> None:
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "user": _user(), "since": now}
    # A full disk keeps the signature from being written, not the lock from being held.
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(holder).encode(), 0)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container may run under a number without a name.
        return str(os.getuid())


def _leave(path: Path, handle: int) -> None:
    # Removed while it is still locked, so that nobody can hold a file that is no longer there.
    with contextlib.suppress(OSError):
        if _is_still(path, handle):
            path.unlink()
    os.close(handle)


def _who(path: Path, kind: Holder) -> str:
    try:
        holder = json.loads(path.read_bytes())
        since = datetime.fromtimestamp(holder["since"]).astimezone().strftime("%Y-%m-%d %H:%M:%S %Z")
        who = f"process {holder['pid']} of {holder['user']} on {holder['host']}, since {since}"
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        who = "another process"
    return f"{path}: {_AT_WORK[kind]}: {who}"
