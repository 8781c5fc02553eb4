"""Signals: the first ends a run in good order and soon, the second at once."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Final

# The promise is two seconds; what is left of them is for saying what came.
GRACE_S: Final = 1.2
_REPORT_S: Final = 0.3
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)

Ended = Callable[[int | None], int]


def run(main: Awaitable[None], ended: Ended, grace_s: float = GRACE_S) -> int:
    """Run `main` and return what `ended` says: it is told the signal that cut `main` short, or None.

    A signal cancels `main`. Where that takes longer than `grace_s`, or something hangs after it, the process
    ends without it, its report said all the same. A second signal ends the process on the spot.
    """
    watch = _Watch(ended, grace_s)
    try:
        return asyncio.run(watch.over(main))
    finally:
        watch.dismiss()


class _Watch:
    """Holds what a signal needs to know; its handlers run between any two steps, even in a busy loop."""

    def __init__(self, ended: Ended, grace_s: float) -> None:
        self._ended = ended
        self._grace_s = grace_s
        self._code: int | None = None
        self._signal: int | None = None
        self._once = threading.Lock()
        self._timer: threading.Timer | None = None

    async def over(self, main: Awaitable[None]) -> int:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - asyncio.run made it
        loop = asyncio.get_running_loop()

        def caught(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
            if self._signal is not None:
                os._exit(128 + number)
            self._signal = number
            self._timer = threading.Timer(self._grace_s, self._force)
            self._timer.daemon = True
            self._timer.start()
            loop.call_soon_threadsafe(task.cancel)

        # Not loop.add_signal_handler: it would wait for the loop, which a long page may keep busy.
        before = [(number, signal.signal(number, caught)) for number in _SIGNALS]
        try:
            await main
        except asyncio.CancelledError:
            if self._signal is None:
                raise
        finally:
            for number, handler in before:
                signal.signal(number, handler)
        return self._finish()

    def dismiss(self) -> None:
        """Let the process live on: all has ended in time."""
        if self._timer is not None:
            self._timer.cancel()

    def _finish(self) -> int:
        with self._once:
            if self._code is None:
                self._code = self._ended(self._signal)
            return self._code

    def _force(self) -> None:
        # The main thread may be stuck while it says its report; then there is nothing left to say.
        if self._once.acquire(timeout=_REPORT_S):
            self._once.release()
            os._exit(self._finish())
        os._exit(128 + (self._signal or 0))
