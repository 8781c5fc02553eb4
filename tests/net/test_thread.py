from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time

import pytest

from enrich.net.thread import in_thread

HANGS = """
import asyncio, threading
from enrich.net.thread import in_thread

async def main():
    asked = asyncio.ensure_future(in_thread(threading.Event().wait, "hangs"))
    await asyncio.sleep(0.05)
    asked.cancel()

asyncio.run(main())
"""


async def test_the_result_comes_back_from_a_daemon_thread_of_its_own() -> None:
    thread = await in_thread(threading.current_thread, "asks")

    assert thread.daemon
    assert thread.name == "asks"


async def test_an_error_of_the_call_is_raised_to_who_waits() -> None:
    def bug() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await in_thread(bug, "breaks")


async def test_cancelling_does_not_wait_for_the_call() -> None:
    release = threading.Event()
    asked = asyncio.ensure_future(in_thread(release.wait, "hangs"))
    await asyncio.sleep(0)
    began = time.monotonic()

    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked

    assert time.monotonic() - began < 1
    release.set()


def test_a_call_that_ends_after_its_loop_is_closed_harms_nobody() -> None:
    release, ended = threading.Event(), threading.Event()

    def call() -> None:
        release.wait()
        ended.set()

    async def leave() -> None:
        asked = asyncio.ensure_future(in_thread(call, "late"))
        await asyncio.sleep(0)
        asked.cancel()

    asyncio.run(leave())
    late = [thread for thread in threading.enumerate() if thread.name == "late"]
    release.set()
    for thread in late:
        thread.join(5)

    assert ended.is_set()


def test_the_program_ends_while_a_call_hangs() -> None:
    began = time.monotonic()

    ended = subprocess.run([sys.executable, "-W", "error", "-c", HANGS], capture_output=True, timeout=20)

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert time.monotonic() - began < 5
