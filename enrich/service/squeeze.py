"""What is large is kept, and mostly sent, compressed by gzip (RFC 1952)."""

from __future__ import annotations

import gzip
from typing import Final

# How hard: reports are about a tenth of their size already, and more takes long.
_LEVEL: Final = 4


def squeezed(data: bytes) -> bytes:
    """Return `data` compressed; equal data becomes equal bytes, since no time stands in them."""
    return gzip.compress(data, _LEVEL, mtime=0)


def undone(data: bytes) -> bytes:
    """Return what `squeezed` was made of. Raises OSError, EOFError or zlib.error where it is something else."""
    return gzip.decompress(data)
