"""Digests of bytes."""

from __future__ import annotations

from enrich.model.file import digest


def test_a_digest_tells_bytes_apart_that_look_alike() -> None:
    assert digest(b"a\n") == digest(b"a\n")
    assert len({digest(b"a\n"), digest(b"a\r\n"), digest(b"a"), digest(b"")}) == 4


def test_a_digest_is_the_same_in_every_run() -> None:
    assert digest(b"") == "cae66941d9efbd404e4d88758ea67670"
