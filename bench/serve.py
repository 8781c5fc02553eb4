"""What asking the service costs its run, and its run those who ask: `python -m bench.serve [PAGES] [ROUNDS]`.

Each round serves a fresh site of PAGES (2,000) made pages and runs over it, once left in peace and once asked 200
times a second: its page, its runs, its figures, its probes. Crossref is embedded, in a process of its own, once
without delay or limits, so that the run does nothing but compute, and once as it is. Prints the service's processor
and wall seconds for both runs (the least of ROUNDS, 3), what those who asked met, and the service's memory. Processor
seconds are what a run is slowed by where the machine has nothing else to do.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bench import made
from bench.measured import environment
from bench.service import Service, running

WORK = Path(__file__).parent / "work" / "serve"
TOKEN = "bench-bench-bench-bench"
PER_S = 200
AFTERWARDS = 4_000
PATHS = ("/healthz", "/", "/api/runs", "/metrics", "/readyz")


@dataclass
class Met:
    """What those who asked met: seconds to each answer, and statuses."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int | str] = field(default_factory=Counter)
    asking: set[asyncio.Task[None]] = field(default_factory=set)

    def __str__(self) -> str:
        if not self.seconds:
            return "nobody asked"
        ordered = sorted(self.seconds)
        p99 = ordered[int(len(ordered) * 0.99)]
        return (
            f"{len(ordered)} answers {dict(self.statuses)}, {statistics.median(ordered) * 1000:.1f} ms in the middle, "
            f"99 % within {p99 * 1000:.0f} ms, the slowest {ordered[-1] * 1000:.0f} ms"
        )


@dataclass
class Served:
    """One service at work."""

    url: str
    process: subprocess.Popen[bytes]

    def cpu_s(self) -> float:
        """Return the processor seconds that the service has used."""
        used = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """Return the memory that the service takes now."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def serving(folder: Path, service: Service) -> Iterator[Served]:
    """Serve the site in `folder` by a process of its own."""
    port = 18_200 + os.getpid() % 1000
    command = [sys.executable, "-m", "enrich", "serve", "--listen", f"127.0.0.1:{port}"]
    env = {**os.environ, **environment(service), "ENRICH_SERVICE__TOKEN": TOKEN}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stderr=log, env=env)
    try:
        yield Served(f"http://127.0.0.1:{port}", process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


async def run(served: Served, *, asked: bool) -> tuple[float, float, Met]:
    """Run once; return the run's wall and processor seconds, and what those met who asked meanwhile."""
    met = Met()
    async with aiohttp.ClientSession() as web:
        await _up(web, served)
        before = served.cpu_s()
        started = await web.post(served.url + "/api/runs", headers={"Authorization": f"Bearer {TOKEN}"})
        name = (await started.json())["id"]
        asking = asyncio.create_task(_ask(web, served, met)) if asked else None
        seconds, cpu_s = await _ended(web, served, name), served.cpu_s() - before
        if asking:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            await asyncio.gather(*met.asking)
    return seconds, cpu_s, met


async def _up(web: aiohttp.ClientSession, served: Served) -> None:
    for _ in range(300):
        try:
            async with web.get(served.url + "/readyz") as answer:
                if answer.status == 200:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.1)
    raise RuntimeError("the service did not come up")


async def _ended(web: aiohttp.ClientSession, served: Served, name: str) -> float:
    while True:
        async with web.get(served.url + "/api/runs") as answer:
            for each in (await answer.json())["runs"]:
                if each["id"] == name:
                    return float(each["seconds"])
        await asyncio.sleep(0.25)


async def _ask(web: aiohttp.ClientSession, served: Served, met: Met, most: int = 100_000) -> None:
    """Ask `PER_S` times a second, however long answers take."""
    began = time.perf_counter()
    for number in range(most):
        wait_s = began + number / PER_S - time.perf_counter()
        if wait_s > 0:
            await asyncio.sleep(wait_s)
        task = asyncio.create_task(_once(web, served.url + PATHS[number % len(PATHS)], met))
        met.asking.add(task)
        task.add_done_callback(met.asking.discard)
    await asyncio.gather(*met.asking)


async def _once(web: aiohttp.ClientSession, url: str, met: Met) -> None:
    began = time.perf_counter()
    try:
        async with web.get(url) as answer:
            await answer.read()
            met.statuses[answer.status] += 1
    except (aiohttp.ClientError, RuntimeError) as error:
        met.statuses[type(error).__name__] += 1
    met.seconds.append(time.perf_counter() - began)


async def _flat(served: Served) -> tuple[float, float]:
    """Return the service's memory before and after some thousand requests more."""
    async with aiohttp.ClientSession() as web:
        await _ask(web, served, Met(), AFTERWARDS // 4)
        before = served.megabytes()
        await _ask(web, served, Met(), AFTERWARDS)
        return before, served.megabytes()


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run took, and what those met who asked meanwhile; `memory` is a sentence."""

    wall_s: float
    cpu_s: float
    met: Met
    memory: str


def _round(pages: int, service: Service, *, asked: bool) -> Figures:
    shutil.rmtree(WORK, ignore_errors=True)
    made.write(WORK, pages)
    with serving(WORK, service) as served:
        wall_s, cpu_s, met = asyncio.run(run(served, asked=asked))
        memory = f"{served.megabytes():.0f} MB after the run"
        if asked:
            before, later = asyncio.run(_flat(served))
            memory += f"; {before:.0f} MB, and after {AFTERWARDS} requests more {later:.0f} MB"
    return Figures(wall_s, cpu_s, met, memory)


def _say(peace: list[Figures], asked: list[Figures]) -> None:
    wall_s, cpu_s = (
        [min(getattr(one, name) for one in each) for each in (peace, asked)] for name in ("wall_s", "cpu_s")
    )
    print(f"  wall seconds: {wall_s[0]:.1f} and {wall_s[1]:.1f} ({wall_s[1] / wall_s[0] - 1:+.1%})")
    answers = len(min(asked, key=lambda one: one.cpu_s).met.seconds)
    each_ms = (cpu_s[1] - cpu_s[0]) / answers * 1000
    print(f"  processor seconds: {cpu_s[0]:.1f} and {cpu_s[1]:.1f}, {each_ms:.2f} ms for each answer", end="")
    print(f": {PER_S} a second take {each_ms * PER_S / 10:.1f} % of a processor")
    for one in asked:
        print(f"  {one.met}\n  {one.memory}")


def main(pages: int, rounds: int) -> None:
    """Measure both kinds of Crossref, and print the figures."""
    for name, latency_s, limits in (("computing only", 0.0, False), ("Crossref's own pace", 0.2, True)):
        print(f"{name}: {pages} pages, left in peace and asked {PER_S} times a second")
        with running(pages, latency_s, limits=limits) as service:
            both = [[_round(pages, service, asked=asked) for asked in (False, True)] for _ in range(rounds)]
        _say([peace for peace, _ in both], [asked for _, asked in both])


if __name__ == "__main__":
    wanted = [int(text) for text in sys.argv[1:]]
    main(*wanted, *(2000, 3)[len(wanted) :])
