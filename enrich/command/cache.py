"""`enrich cache`: the store of answers, counted or emptied."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import click

from enrich import wiring
from enrich.command import base
from enrich.config import load


@click.group(
    epilog=base.examples(("enrich cache stats", "what is kept"), ("enrich cache clear", "forget it"))
)
def cache() -> None:
    """Look at the store of answers, or empty it."""


@cache.command(epilog=base.examples(("enrich cache stats -c enrich.toml", "of another site")))
@base.in_file
@base.wait
def stats(config_file: Path | None, wait: bool) -> None:
    """Count the answers kept."""
    config = load(config_file, os.environ)

    async def count() -> None:
        async with wiring.cache(config, wait=wait) as kept:
            counts = kept.stats()
        click.echo(f"{config.cache.dir}: {counts.bytes:,} bytes")
        for name, number in counts.answers:
            click.echo(f"{number:>9,}  {name}")

    asyncio.run(count())


@cache.command(epilog=base.examples(("enrich cache clear --wait", "once a run has ended")))
@base.in_file
@base.wait
def clear(config_file: Path | None, wait: bool) -> None:
    """Forget all answers; the next run asks again."""
    config = load(config_file, os.environ)

    async def empty() -> None:
        async with wiring.cache(config, wait=wait) as kept:
            kept.clear()

    asyncio.run(empty())
    click.echo(f"{config.cache.dir}: empty", err=True)
