"""The embedded Crossref and doi.org in a process of their own, so that their work is not counted as ours."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from bench import made
from enrich.demo.crossref import CrossrefServer
from enrich.demo.registry import RegistryServer


@dataclass(frozen=True, slots=True)
class Service:
    """Where the services answer, and a way to ask what they were asked."""

    crossref: str
    registry: str
    _process: subprocess.Popen[str]

    def counts(self) -> dict[str, int]:
        """Return how many requests came to Crossref since the last call, and how many of them its limits refused."""
        _pipe(self._process.stdin).write("\n")
        _pipe(self._process.stdin).flush()
        answer: dict[str, int] = json.loads(_pipe(self._process.stdout).readline())
        return answer


@contextlib.contextmanager
def running(papers: int, latency_s: float, *, limits: bool) -> Iterator[Service]:
    """Run the services for the first `papers` made papers."""
    command = [sys.executable, "-m", "bench.service", str(papers), str(latency_s), str(int(limits))]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        urls = json.loads(_pipe(process.stdout).readline())
        yield Service(urls["crossref"], urls["registry"], process)
    finally:
        process.terminate()
        process.wait()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise AssertionError("the service was started with pipes")
    return pipe


async def _serve(papers: int, latency_s: float, limits: bool) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    crossref = CrossrefServer(made.records(papers), latency_s=latency_s, enforce_limits=limits)
    async with crossref, RegistryServer(crossref=crossref) as registry:
        print(json.dumps({"crossref": crossref.url, "registry": registry.url}), flush=True)

        def count() -> None:
            if not sys.stdin.readline():
                loop.remove_reader(sys.stdin)
                stop.set()
                return
            print(json.dumps({"requests": len(crossref.requests), "limited": crossref.limited}), flush=True)
            crossref.requests.clear()
            crossref.limited = 0

        loop.add_reader(sys.stdin, count)
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3] == "1"))
