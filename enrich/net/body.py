"""Content codings of an answer's body, undone within a limit."""

from __future__ import annotations

import zlib

_GZIP_OR_ZLIB = 47
_RAW_DEFLATE = -15
_PLAIN = ("", "identity")


def is_encoded(encoding: str) -> bool:
    """Whether a `Content-Encoding` says that the body is not what it stands for."""
    return encoding.strip().lower() not in _PLAIN


def decoded(raw: bytes, encoding: str, max_bytes: int) -> bytes | None:
    """Undo gzip or deflate; None as soon as the result is too large, zlib.error for what cannot be undone."""
    encoding = encoding.strip().lower()
    if not raw or encoding in _PLAIN:
        return raw
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise zlib.error(f"Content-Encoding: {encoding[:40]}")
    # Some send deflate without the zlib header (RFC 9110, 8.4.1.2).
    bare = encoding == "deflate" and raw[0] & 0x0F != 8
    decoder = zlib.decompressobj(_RAW_DEFLATE if bare else _GZIP_OR_ZLIB)
    body = decoder.decompress(raw, max_bytes + 1)
    if not decoder.eof and len(body) <= max_bytes:
        raise zlib.error("a compressed body that ends early")
    return body if len(body) <= max_bytes else None
