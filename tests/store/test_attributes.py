"""Owner, group, mode, extended attributes and access lists go over to the new file."""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from enrich.store.attributes import keep

ACCESS, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"
NOBODY = 0xFFFFFFFF


@dataclass
class Pair:
    """Two open files in one folder."""

    old: int
    new: int


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with (tmp_path / "old").open("wb") as old, (tmp_path / "new").open("wb") as new:
        yield Pair(old.fileno(), new.fileno())


def _access_list(user: int) -> bytes:
    # https://man7.org/linux/man-pages/man5/acl.5.html, laid out as in the kernel's posix_acl_xattr.h.
    entries = [(0x01, 6, NOBODY), (0x02, 6, user), (0x04, 4, NOBODY), (0x10, 6, NOBODY), (0x20, 4, NOBODY)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def _set(place: int | Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(place, name, value)
    except OSError as error:
        pytest.skip(f"this file system has no {name}: {error.strerror}")


def test_the_mode_goes_over(pair: Pair) -> None:
    os.fchmod(pair.old, 0o640)

    keep(pair.old, pair.new)

    assert stat.S_IMODE(os.fstat(pair.new).st_mode) == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_owner_and_group_go_over_and_special_bits_too(pair: Pair) -> None:
    os.fchown(pair.old, 1234, 4321)
    os.fchmod(pair.old, 0o2755)

    keep(pair.old, pair.new)

    new = os.fstat(pair.new)
    assert (new.st_uid, new.st_gid, stat.S_IMODE(new.st_mode)) == (1234, 4321, 0o2755)


def test_extended_attributes_go_over(pair: Pair) -> None:
    _set(pair.old, "user.author", b"somebody")

    keep(pair.old, pair.new)

    assert os.getxattr(pair.new, "user.author") == b"somebody"


def test_an_access_list_goes_over(pair: Pair) -> None:
    _set(pair.old, ACCESS, _access_list(1234))

    keep(pair.old, pair.new)

    assert os.getxattr(pair.new, ACCESS) == _access_list(1234)


def test_the_access_list_that_a_folder_hands_out_is_not_taken(tmp_path: Path) -> None:
    with (tmp_path / "old").open("wb") as old:
        _set(tmp_path, DEFAULT, _access_list(1234))
        with (tmp_path / "new").open("wb") as new:
            assert ACCESS in os.listxattr(new.fileno())

            keep(old.fileno(), new.fileno())

            assert ACCESS not in os.listxattr(new.fileno())
            assert os.fstat(new.fileno()).st_mode == os.fstat(old.fileno()).st_mode


def test_what_cannot_be_kept_is_named(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"")
    (tmp_path / "new").write_bytes(b"")
    old = os.open(tmp_path / "old", os.O_RDONLY)
    new = os.open(tmp_path / "new", os.O_PATH)
    try:
        with pytest.raises(OSError, match=r"its mode 0\d\d\d cannot be kept \(.+\)"):
            keep(old, new)
    finally:
        for handle in (old, new):
            with suppress(OSError):
                os.close(handle)
