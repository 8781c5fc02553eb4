"""A whole process measured from outside: wall and processor seconds, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.service import Service


@dataclass(frozen=True, slots=True)
class Figures:
    """What one process took: seconds of wall and processor time, peak memory in MB, its exit code."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    code: int

    def __str__(self) -> str:
        return f"{self.wall_s:7.2f} s wall  {self.cpu_s:7.2f} s cpu  {self.peak_mb:5.0f} MB peak  (exit {self.code})"


def process(command: list[str], folder: Path, output: Path, env: dict[str, str]) -> Figures:
    """Run `command` in `folder` to its end; what it prints goes to the file `output`."""
    start = time.perf_counter()
    with output.open("wb") as out:
        started = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, env={**os.environ, **env})
        _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    return Figures(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, started.returncode)


def environment(service: Service) -> dict[str, str]:
    """Return the settings that lead a run to the loopback services."""
    return {
        "ENRICH_CROSSREF__URL": service.crossref,
        "ENRICH_CROSSREF__MAILTO": "bench@example.org",
        "ENRICH_REGISTRY__URL": service.registry,
        "ENRICH_NET__ALLOW": '["127.0.0.1"]',
    }


def enrich(folder: Path, service: Service, *options: str) -> Figures:
    """Run `enrich run` over the site in `folder` against `service`."""
    command = [str(Path(sys.executable).parent / "enrich"), "run", "--no-progress", *options]
    return process(command, folder, folder / "output.txt", environment(service))
