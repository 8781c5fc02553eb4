"""What a file has beside its name and bytes: owner, group, mode, extended attributes, access list."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator

# Signatures over the content: the kernel makes them anew, and old ones would lock the new bytes away.
_MADE_FROM_CONTENT = frozenset({"security.ima", "security.evm"})
_ACCESS_LIST = "system.posix_acl_access"


def keep(old: int, new: int) -> None:
    """Give the open file `new` what the open file `old` has; an OSError says what cannot be kept."""
    wanted = os.fstat(old)
    with _naming(f"its owner {wanted.st_uid}:{wanted.st_gid}"):
        _keep_owner(wanted, new)
    with _naming(f"its mode {stat.S_IMODE(wanted.st_mode):04o}"):
        os.fchmod(new, stat.S_IMODE(wanted.st_mode))
    if hasattr(os, "listxattr"):
        _keep_extended(old, new)


@contextlib.contextmanager
def _naming(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, f"{what} cannot be kept ({error.strerror})") from error


def _keep_owner(wanted: os.stat_result, new: int) -> None:
    now = os.fstat(new)
    if (now.st_uid, now.st_gid) != (wanted.st_uid, wanted.st_gid):
        os.fchown(new, wanted.st_uid, wanted.st_gid)


def _keep_extended(old: int, new: int) -> None:
    wanted, given = _extended(old), _extended(new)
    # A folder may hand its own access list to new files: it would let in people whom the old file kept out.
    if _ACCESS_LIST in given and _ACCESS_LIST not in wanted:
        with _naming("its access list"):
            os.removexattr(new, _ACCESS_LIST)
    for name, value in wanted.items():
        if given.get(name) != value:
            with _naming(f"its attribute {name}"):
                os.setxattr(new, name, value)


def _extended(handle: int) -> dict[str, bytes]:
    try:
        names = os.listxattr(handle)
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.ENOSYS):
            return {}
        raise
    return {name: os.getxattr(handle, name) for name in names if name not in _MADE_FROM_CONTENT}
