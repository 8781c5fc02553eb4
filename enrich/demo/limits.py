"""Crossref's rate limits since December 2025, as a server that enforces them counts.

https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

# A second, less what a busy machine may squeeze between requests that were sent evenly spaced.
WINDOW_S = 0.9


@dataclass(frozen=True, slots=True)
class Pool:
    """One of Crossref's pools: requests a second, and at a time."""

    name: str
    per_second: int
    at_a_time: int


POOLS = {
    (True, True): Pool("polite-array", 3, 3),
    (True, False): Pool("polite-single", 10, 3),
    (False, True): Pool("public-array", 1, 1),
    (False, False): Pool("public-single", 5, 1),
}


def pool(*, polite: bool, is_list: bool) -> Pool:
    """Return the pool that a request falls into."""
    return POOLS[polite, is_list]


class Gate:
    """Lets a pool's requests pass or not; the caller says when each is done."""

    def __init__(self, limit: Pool, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._passed: deque[float] = deque()
        self._inside = 0

    def enter(self) -> bool:
        """Whether one more request may pass now; if so it is inside until `leave`."""
        now = self._clock()
        while self._passed and self._passed[0] <= now - WINDOW_S:
            self._passed.popleft()
        if self._inside >= self._limit.at_a_time or len(self._passed) >= self._limit.per_second:
            return False
        self._passed.append(now)
        self._inside += 1
        return True

    def leave(self) -> None:
        """Note that a request which passed has been answered."""
        self._inside -= 1
