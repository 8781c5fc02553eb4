from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.net.body import decoded, is_encoded


@pytest.mark.parametrize(
    ("encoding", "answer"), [("", False), ("identity", False), (" GZIP ", True), ("br", True)]
)
def test_only_identity_is_no_coding(encoding: str, answer: bool) -> None:
    assert is_encoded(encoding) is answer


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300))
def test_what_was_compressed_comes_back(data: bytes) -> None:
    bare = zlib.compress(data)[2:-4]

    assert decoded(gzip.compress(data), "gzip", 300) == data
    assert decoded(zlib.compress(data), "deflate", 300) == data
    assert decoded(bare, "deflate", 300) == data
    assert decoded(data, "identity", 300) == data


def test_more_than_the_limit_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(1_000_000))

    assert decoded(bomb, "gzip", 999_999) is None
    assert decoded(bomb, "gzip", 1_000_000) == bytes(1_000_000)


@pytest.mark.parametrize(
    ("raw", "encoding"), [(b"zz", "gzip"), (b"zz", "br"), (gzip.compress(b"text", mtime=0)[:-9], "gzip")]
)
def test_what_cannot_be_undone_is_an_error(raw: bytes, encoding: str) -> None:
    with pytest.raises(zlib.error):
        decoded(raw, encoding, 100)
