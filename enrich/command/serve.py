"""`enrich serve`: the same run on a schedule, behind HTTP."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

import click

from enrich.command import base
from enrich.config import Config, load, overridden
from enrich.door import interrupt, log

# The promise is eight seconds; a run's report may take some of them.
_GRACE_S: Final = 7.0
_SWITCH_S: Final = 0.0005


@click.command(
    epilog=base.examples(
        ('enrich serve --cron "17 3 * * *"', "each night at 03:17"),
        ("enrich serve --listen 0.0.0.0:8080", "be reached from elsewhere"),
    )
)
@base.in_file
@click.option(
    "--cron", metavar="LINE", help='When to run, as cron has it: "17 3 * * *".  [default: [service] cron]'
)
@click.option("--listen", metavar="HOST:PORT", help="Where to listen.  [default: [service] listen]")
def serve(config_file: Path | None, cron: str | None, listen: str | None) -> int:
    """Run on a schedule, and show what was found behind HTTP.

    SIGHUP reads the configuration again; SIGTERM and Ctrl-C end it within eight seconds, and keep what came.
    """
    # Here, since no other command needs a web server, whose modules take a fifth of a second to load.
    from enrich.service import daemon

    secrets: set[str] = set()
    is_over = False

    def read() -> Config:
        config = load(config_file, os.environ)
        for key, value in (("cron", cron), ("listen", listen)):
            config = config if value is None else overridden(config, "service", key, value, f"--{key}")
        secrets.update((config.service.token, config.service.notify, config.pubmed.api_key))
        return config

    async def serving() -> None:
        nonlocal is_over
        try:
            await daemon.serve(read, lambda *run: base.work(run[0], run[1], wait=True, observe=run[2]))
        finally:
            is_over = True

    def ended(number: int | None) -> int:
        # A service that was told to end, and did in time, has done its work.
        return 0 if is_over or number is None else 128 + number

    # Reports and pages are made in threads: who waits for an answer meanwhile must not wait for five milliseconds
    # at each of its steps.
    sys.setswitchinterval(_SWITCH_S)
    colour = base.streams().colour
    log.serving(sys.stderr, as_json=not sys.stderr.isatty(), colour=colour, secrets=secrets)
    return interrupt.run(serving(), ended, _GRACE_S)
