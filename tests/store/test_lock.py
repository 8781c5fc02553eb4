"""One run at a time."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from enrich.errors import BusyError, EnrichError
from enrich.store.lock import held

NOW = 1_800_000_000.0


async def test_a_second_run_is_told_who_holds_the_lock_and_since_when(tmp_path: Path) -> None:
    async with held(tmp_path / "lock", now=NOW):
        with pytest.raises(
            BusyError, match=rf"lock: .*process {os.getpid()} of \w+ on .*since 2027-01-1[45]"
        ):
            async with held(tmp_path / "lock", now=NOW + 60):
                pytest.fail("two runs hold one lock")


async def test_a_second_service_is_told_what_to_do(tmp_path: Path) -> None:
    async with held(tmp_path / "lock", holder="service", now=0):
        with pytest.raises(BusyError) as busy:
            async with held(tmp_path / "lock", holder="service", now=0):
                pass

    assert "another service is at work here: process" in str(busy.value)
    assert str(busy.value).endswith("; end that one first, or set another [cache] dir")


async def test_a_lock_is_free_again_and_leaves_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        async with held(tmp_path / "folder" / "lock", now=NOW):
            pass
    with pytest.raises(ZeroDivisionError):
        async with held(tmp_path / "folder" / "lock", now=NOW):
            raise ZeroDivisionError

    assert list((tmp_path / "folder").iterdir()) == []


async def test_waiting_ends_when_the_other_run_does(tmp_path: Path) -> None:
    first = held(tmp_path / "lock", now=NOW)
    await first.__aenter__()
    told: list[str] = []
    naps: list[float] = []

    async def sleep(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            await first.__aexit__(None, None, None)

    async with held(tmp_path / "lock", wait=True, now=NOW, sleep=sleep, waiting=told.append):
        assert len(naps) == 3
        with pytest.raises(BusyError):
            async with held(tmp_path / "lock", now=NOW):
                pytest.fail("two runs hold one lock")
    assert len(told) == 1 and str(os.getpid()) in told[0]


HOLDS = """
import asyncio, sys
from pathlib import Path
from enrich.store.lock import held
async def hold():
    async with held(Path(sys.argv[1]), now=0):
        print("held", flush=True)
        await asyncio.Event().wait()
asyncio.run(hold())
"""


async def test_a_killed_run_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDS, path, stdout=asyncio.subprocess.PIPE
    )
    assert other.stdout and await other.stdout.readline() == b"held\n"
    with pytest.raises(BusyError, match=f"process {other.pid} "):
        async with held(path, now=NOW):
            pytest.fail("two runs hold one lock")
    other.kill()
    await other.communicate()
    assert path.exists()

    async with held(path, now=NOW):
        pass


@pytest.mark.parametrize(
    "left", [b"", b"{", b"[]", b'{"pid": 1}', b"\xff", b'{"pid":1,"user":"u","host":"h","since":1e99}']
)
async def test_a_lock_file_that_says_nothing_is_no_obstacle(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "lock").write_bytes(left)
    async with held(tmp_path / "lock", now=NOW):
        (tmp_path / "lock").write_bytes(left)
        with pytest.raises(BusyError, match="another process"):
            async with held(tmp_path / "lock", now=NOW):
                pytest.fail("two runs hold one lock")


async def test_a_place_where_no_lock_can_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(EnrichError, match="file/lock: cannot be locked: "):
        async with held(tmp_path / "file" / "lock", now=NOW):
            pytest.fail("there is no such lock")
