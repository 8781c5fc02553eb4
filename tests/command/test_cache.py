from __future__ import annotations

from typing import Any


def test_the_store_can_be_counted_and_emptied(place: Any) -> None:
    place.run("run", "-n")
    code, out, _ = place.run("cache", "stats")
    assert code == 0
    assert b"        1  " in out
    assert place.run("cache", "clear")[0] == 0
    assert b"        1  " not in place.run("cache", "stats")[1]
