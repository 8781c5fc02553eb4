"""Kills runs with SIGKILL at random moments: `python -m bench.kill [ROUNDS]` (200 by default).

After each kill every page must be byte for byte old or new; then a run must finish the work, take no value of ours
for a person's, and leave pages and memory just as an undisturbed run does. Odd rounds kill a first run, even
ones a run that updates what an earlier run wrote. Exits 1 at the first failure, naming the round.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench import made
from bench.measured import enrich, environment
from bench.service import Service, running

WORK = Path(__file__).parent / "work" / "kill"
PAGES = 150
SEED = 20261121


@dataclass(frozen=True, slots=True)
class State:
    """A site's pages and memory at rest."""

    folder: Path

    def pages(self) -> dict[str, bytes]:
        """Return every file below the content folder, temporary ones as well."""
        files = (file for file in (self.folder / "content").rglob("*") if file.is_file())
        return {file.relative_to(self.folder).as_posix(): file.read_bytes() for file in files}

    def memory(self) -> bytes:
        """Return the memory file as it is."""
        file = self.folder / ".enrich" / "memory.jsonl"
        return file.read_bytes() if file.exists() else b""

    def copied(self, to: Path) -> State:
        """Return a copy of the whole site at `to`."""
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to)
        return State(to)


def main(rounds: int) -> int:
    """Kill `rounds` runs; return 0 where all was well."""
    chance = random.Random(SEED)
    shutil.rmtree(WORK, ignore_errors=True)
    made.write(WORK / "old", PAGES)
    old = State(WORK / "old")
    with running(PAGES, 0.0, limits=False) as service:
        starts = (old, _updatable(old, service))
        ends = tuple(_timed(start.copied(WORK / f"end{n}"), service) for n, start in enumerate(starts))
        seen = {"old": 0, "mixed": 0, "new": 0}
        for turn in range(rounds):
            start, (end, seconds) = starts[turn % 2], ends[turn % 2]
            site = start.copied(WORK / "site")
            # One in four at any moment; the others once the first note is made, while pages are replaced.
            _kill(site, service, chance.uniform(0, 1), seconds, among_pages=turn % 8 > 1)
            problem = _problem_after_kill(site, start, end, seen) or _problem_after_finishing(
                site, end, service
            )
            if problem:
                print(f"round {turn}: {problem}; the site is kept in {site.folder}")
                return 1
    print(
        f"{rounds} runs killed and all well: {seen['old']} before any page was written, {seen['mixed']} among"
    )
    print(f"the pages, {seen['new']} after the last one")
    return 0


def _updatable(old: State, service: Service) -> State:
    """Return a site whose pages an earlier run wrote with fewer fields, so that a run has every page to update."""
    site = old.copied(WORK / "updatable")
    (site.folder / "config.toml").write_text('[output]\nfields = ["doi", "title"]\n')
    enrich(site.folder, service, "-q")
    (site.folder / "config.toml").unlink()
    return site


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long an undisturbed run takes until its first note, and from there to its end."""

    before: float
    writing: float


def _timed(site: State, service: Service) -> tuple[State, Seconds]:
    start = time.perf_counter()
    running_one = _started(site, service)
    noted = start + _until_noted(site, running_one)
    running_one.wait()
    return site, Seconds(noted - start, time.perf_counter() - noted)


def _kill(site: State, service: Service, moment: float, seconds: Seconds, *, among_pages: bool) -> None:
    started = _started(site, service)
    if among_pages:
        _until_noted(site, started)
        time.sleep(moment * seconds.writing)
    else:
        time.sleep(moment * (seconds.before + seconds.writing))
    started.send_signal(signal.SIGKILL)
    started.wait()


def _started(site: State, service: Service) -> subprocess.Popen[bytes]:
    command = [str(Path(sys.executable).parent / "enrich"), "run", "-q"]
    env = {**os.environ, **environment(service)}
    return subprocess.Popen(
        command, cwd=site.folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _until_noted(site: State, started: subprocess.Popen[bytes]) -> float:
    """Wait until the run has noted its first pages or ended; return the seconds that took."""
    start, before = time.perf_counter(), len(site.memory())
    while len(site.memory()) == before and started.poll() is None:
        time.sleep(0.001)
    return time.perf_counter() - start


def _problem_after_kill(site: State, start: State, end: State, seen: dict[str, int]) -> str:
    before, after, now = start.pages(), end.pages(), site.pages()
    halves = [name for name in before if now.get(name) not in (before[name], after[name])]
    new = sum(now.get(name) == after[name] for name in before)
    seen["old" if new == 0 else "new" if new == len(before) else "mixed"] += 1
    return f"neither old nor new: {halves[:3]}" if halves else ""


def _problem_after_finishing(site: State, end: State, service: Service) -> str:
    code = enrich(site.folder, service, "-q", "--report", "report.json").code
    report = json.loads((site.folder / "report.json").read_text())
    kept = [page["path"] for page in report["pages"] if page["kept"]]
    if code:
        return f"the next run ended with {code}"
    if kept:
        return f"values of ours were taken for a person's: {kept[:3]}"
    if site.pages() != end.pages():
        return "the next run did not finish the work, or left something behind"
    return "" if site.memory() == end.memory() else "the memory is not what an undisturbed run leaves"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
