"""How far a host that says "too many" is slowed down, and how it gets back to its pace."""

from __future__ import annotations

_FIRST_S = 0.1
_MOST_S = 10.0
_LEAST_S = 0.01
_EASE = 0.8


class Brake:
    """Seconds to leave between two starts: doubled by each burst of 429, eased off by every answer."""

    def __init__(self) -> None:
        self.spacing_s = 0.0
        self._pressed_at: float | None = None

    def press(self, began: float, now: float) -> None:
        """Slow down, but once a burst: what `began` before the last time says nothing new."""
        if self._pressed_at is None or began >= self._pressed_at:
            self.spacing_s = min(_MOST_S, max(_FIRST_S, 2 * self.spacing_s))
            self._pressed_at = now

    def ease(self) -> None:
        """Hear of an answer: a fifth faster, and free in the end."""
        self.spacing_s = self.spacing_s * _EASE if self.spacing_s > _LEAST_S else 0.0
