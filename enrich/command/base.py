"""What the commands stand on: their options, the streams they speak on, and the work of a run."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from rich.console import Console

from enrich import pipeline, wiring
from enrich.config import Config
from enrich.door.session import Streams, Work
from enrich.report.progress import Bars, Meter, Silence
from enrich.report.tally import Tally
from enrich.run.site import Request, Watcher

in_file = click.option(
    "-c",
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The configuration.  [default: enrich.toml or config.toml, if there is one]",
)
# Not checked before the run, which tells it together with all else: named so that a shell completes it.
page_path = click.Path(readable=False)
offline = click.option("--offline", is_flag=True, help="Ask nobody; what the store lacks is not_asked.")
refresh = click.option("--refresh", is_flag=True, help="Ask again what the store knows.")
wait = click.option("--wait", is_flag=True, help="Wait for another run on the same site to end.")
no_progress = click.option("--no-progress", is_flag=True, help="Show no progress.")


def examples(*lines: tuple[str, str]) -> str:
    """Return the end of a command's help: command lines, and what each is for."""
    wide = max(len(command) for command, _ in lines)
    told = "\n".join(f"  {command:<{wide}}  {purpose}" for command, purpose in lines)
    # click wraps a paragraph unless \b stands before it.
    return f"\b\nExamples:\n{told}"


@contextmanager
def looking() -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how far looking at pages has come, by what this gives: pages done, and in all."""
    shown = streams()
    meter: Meter = Silence(lambda _: None)
    if shown.moving:
        meter = Bars(Console(file=shown.err, force_terminal=True, no_color=not shown.colour))
    with closing(meter):
        yield lambda done, total: meter.step("look", done, total)


def work(
    config: Config,
    request: Request,
    *,
    wait: bool,
    observe: Callable[[str, float], None] = lambda _name, _seconds: None,
) -> Work:
    """Return what a session does for one run over the site of `config`; `observe` hears of each request it sends."""

    async def working(watcher: Watcher, tally: Tally) -> None:
        async with wiring.opened(config, request, wait=wait, observe=observe) as site:
            await pipeline.run(site, request, watcher, tally)

    return working


def streams() -> Streams:
    """Return the process's own streams, as wide and as colourful as they are."""
    is_terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return Streams(
        out=sys.stdout.buffer,
        err=sys.stderr,
        moving=is_terminal,
        colour=is_terminal and not os.environ.get("NO_COLOR"),
        width=min(max(shutil.get_terminal_size().columns, 40), 100),
    )
