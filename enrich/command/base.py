"""What the commands stand on: their options, the streams they speak on, and the work of a run."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from enrich import pipeline, wiring
from enrich.config import Config
from enrich.door.session import Streams, Work
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
offline = click.option("--offline", is_flag=True, help="Ask nobody; what the store lacks is not_asked.")
refresh = click.option("--refresh", is_flag=True, help="Ask again what the store knows.")
wait = click.option("--wait", is_flag=True, help="Wait for another run on the same site to end.")
no_progress = click.option("--no-progress", is_flag=True, help="Show no progress.")


def work(config: Config, request: Request, *, wait: bool) -> Work:
    """Return what a session does for one run over the site of `config`."""

    async def working(watcher: Watcher, tally: Tally) -> None:
        async with wiring.opened(config, request, wait=wait) as site:
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
