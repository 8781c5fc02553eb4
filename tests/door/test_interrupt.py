from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time

import pytest

from enrich.door import interrupt

# A child says "ready" before it waits, so no test guesses how long a start takes.
CHILD = """
import asyncio, sys, time
from enrich.door import interrupt

def ended(number):
    print("report", number, flush=True)
    return 0 if number is None else 128 + number

async def main():
    try:
        print("ready", flush=True)
        {work}
    finally:
        print("kept", flush=True)

sys.exit(interrupt.run(main(), ended))
"""
FOREVER = "await asyncio.Event().wait()"


def start(work: str, grace: str = "") -> subprocess.Popen[str]:
    source = CHILD.format(work=work).replace("ended))", f"ended{grace}))")
    child = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_work_in_good_order_and_is_reported(number: signal.Signals, code: int) -> None:
    child = start(FOREVER)
    child.send_signal(number)
    said, _ = child.communicate(timeout=20)
    assert said == f"kept\nreport {int(number)}\n"
    assert child.returncode == code


@pytest.mark.parametrize(
    "work",
    [
        "end = time.monotonic() + 60\n        while time.monotonic() < end: sum(range(1000))",
        "await asyncio.shield(asyncio.get_running_loop().run_in_executor(None, time.sleep, 60))",
    ],
    ids=["the loop is busy", "a thread hangs"],
)
def test_what_does_not_end_is_left_behind_within_two_seconds_and_reported(work: str) -> None:
    child = start(work)
    began = time.monotonic()
    child.send_signal(signal.SIGINT)
    said, _ = child.communicate(timeout=20)
    assert time.monotonic() - began < 2.0
    assert said.splitlines().count("report 2") == 1
    assert child.returncode == 130


def test_who_needs_more_or_less_time_says_so() -> None:
    child = start(
        "await asyncio.shield(asyncio.get_running_loop().run_in_executor(None, time.sleep, 60))", ", 0.1"
    )
    began = time.monotonic()
    child.send_signal(signal.SIGTERM)
    child.communicate(timeout=20)
    assert time.monotonic() - began < interrupt.GRACE_S
    assert child.returncode == 143


def test_a_second_signal_ends_it_on_the_spot() -> None:
    child = start("end = time.monotonic() + 60\n        while time.monotonic() < end: sum(range(1000))")
    child.send_signal(signal.SIGINT)
    began = time.monotonic()
    while child.poll() is None and time.monotonic() - began < 1.0:
        child.send_signal(signal.SIGTERM)
    child.communicate(timeout=20)
    assert time.monotonic() - began < interrupt.GRACE_S
    assert child.returncode == 143


def test_work_that_ends_by_itself_is_told_as_not_interrupted() -> None:
    before = signal.getsignal(signal.SIGTERM)
    told: list[int | None] = []

    async def main() -> None:
        await asyncio.sleep(0)

    def ended(number: int | None) -> int:
        told.append(number)
        return 3

    assert interrupt.run(main(), ended) == 3
    assert told == [None]
    assert signal.getsignal(signal.SIGTERM) is before


def test_an_error_of_the_work_passes_through_and_nothing_is_reported() -> None:
    async def main() -> None:
        raise LookupError("no pages")

    with pytest.raises(LookupError, match="no pages"):
        interrupt.run(main(), lambda _: pytest.fail("reported"))
