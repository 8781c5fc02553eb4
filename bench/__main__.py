"""Prints what a run costs: `python -m bench [PAGES]` (14,000 by default) makes its pages in bench/work.

One run measures everything, since machines are noisy: a first run against an embedded Crossref that enforces its
polite limits and answers after 200 ms, a second run that changes nothing, python-frontmatter over the same pages,
and how it all grows from a tenth of the pages.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from pathlib import Path

from bench import made
from bench.measured import Figures, enrich, process
from bench.service import running
from enrich.model.identifier import Doi
from enrich.source.crossref.batch import line_length
from enrich.source.crossref.record import SELECT

WORK = Path(__file__).parent / "work"
LATENCY_S = 0.2
WARM_RUNS = 3
PER_S = 3


def main(pages: int) -> None:
    """Measure a tenth of the pages, then all, and print both beside the aims."""
    print(
        f"{pages} pages, each citing a paper of its own; Crossref answers after {LATENCY_S * 1000:.0f} ms, 3 lists/s"
    )
    small, large = (_site(count) for count in (pages // 10, pages))
    first = [_first(folder, count) for folder, count in ((small, pages // 10), (large, pages))]
    warm = [_warm(folder, count) for folder, count in ((small, pages // 10), (large, pages))]
    python_frontmatter = process(
        [sys.executable, "-m", "bench.reprint", str(large / "content")], large, large / "out", {}
    )
    print(f"python-frontmatter, load and dump of the same pages:  {python_frontmatter}")
    print((large / "out").read_text().strip())
    _growth("first run", first)
    _growth("warm run", warm)


def _site(count: int) -> Path:
    folder = WORK / str(count)
    shutil.rmtree(folder, ignore_errors=True)
    made.write(folder, count)
    return folder


def _first(folder: Path, count: int) -> Figures:
    with running(count, LATENCY_S, limits=True) as service:
        figures = enrich(folder, service)
        asked = service.counts()
    full = _full_lines(count)
    print(f"first run, {count} pages:  {figures}")
    print(f"  {asked['requests']} requests (aim: at most {full + 2}; lines of 4,000 bytes would be {full})")
    print(
        f"  {asked['limited']} refused by the limits; {full} at {PER_S}/s take {full / PER_S:.0f} s (aim: 55 s)"
    )
    print(f"  one request a DOI at 10/s would take {count / 10:.0f} s")
    return figures


def _warm(folder: Path, count: int) -> Figures:
    with running(1, 0, limits=False) as service:
        runs = [enrich(folder, service) for _ in range(WARM_RUNS)]
        asked = service.counts()
    median = sorted(runs, key=lambda run: run.wall_s)[len(runs) // 2]
    spread = ", ".join(f"{run.wall_s:.2f}" for run in runs)
    print(f"warm run, {count} pages:   {median}  (aim for 14,000: 6 s, 200 MB)")
    print(f"  {asked['requests']} requests; wall seconds of {WARM_RUNS} runs: {spread}")
    return median


def _full_lines(count: int) -> int:
    url = "http://127.0.0.1:50000"
    empty = line_length(url, SELECT, [])
    costs = [line_length(url, SELECT, [Doi(made.doi(number))]) - empty for number in range(200)]
    return -(-count * statistics.mean(costs) // (4000 - empty)).__trunc__()


def _growth(name: str, figures: list[Figures]) -> None:
    small, large = figures
    print(
        f"{name}, ten times the pages: {large.wall_s / small.wall_s:.1f} times the time, "
        f"{large.peak_mb / small.peak_mb:.1f} times the memory"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 14_000)
