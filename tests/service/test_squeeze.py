from __future__ import annotations

import gzip

from enrich.service.squeeze import squeezed, undone


def test_what_is_squeezed_is_gzip_and_comes_back() -> None:
    data = b"the same words " * 1000
    assert undone(squeezed(data)) == gzip.decompress(squeezed(data)) == data
    assert len(squeezed(data)) < 500
    assert squeezed(data) == squeezed(data)
