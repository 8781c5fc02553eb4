"""A file's bytes, and what may go wrong with them, as values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


def digest(data: bytes) -> str:
    """Return 32 hex digits that are equal for equal bytes only (BLAKE2b, 128 bits)."""
    return digester(data).hexdigest()


def digester(data: bytes = b"") -> hashlib.blake2b:
    """Return what makes the `digest` of bytes that come in pieces: `update` it, then take its `hexdigest`."""
    return hashlib.blake2b(data, digest_size=16)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read; `digest` is that of `data`."""

    data: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """A file that now holds what was wanted; `digest` is that of its new bytes."""

    digest: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """The system's fault, or the moment's: nothing was written, and the next run may do better."""

    reason: str
