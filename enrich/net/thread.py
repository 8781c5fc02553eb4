"""Blocking calls in threads that nobody has to wait for."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")


async def in_thread(call: Callable[[], T], name: str) -> T:
    """Run `call` in a daemon thread of its own and return its result, or raise what it raises.

    Cancelling returns at once and leaves the thread to itself; so does the end of the program. An executor
    would hold up both until the call is back.
    """
    delivery: _Delivery[T] = _Delivery()

    def run() -> None:
        with delivery:
            delivery.result = call()

    threading.Thread(target=run, name=name, daemon=True).start()
    return await delivery.future


class _Delivery(Generic[T]):
    """Carries a call's result or error from its thread to the event loop, if anyone there still waits."""

    result: T

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.future: asyncio.Future[T] = self._loop.create_future()

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        # The loop may be closed by now: then the program is ending and nobody waits.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._hand_over, error)
        return True

    def _hand_over(self, error: BaseException | None) -> None:
        if self.future.done():
            return
        if error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(error)
