"""`enrich works`: what a site cites, counted and listed."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from enrich.command import base, bibliography
from enrich.export import listing
from enrich.export.entry import Entry
from enrich.export.listing import By


@click.command(
    epilog=base.examples(
        ("enrich works", "the most cited first"),
        ("enrich works --by standing", "the retracted first, with their pages"),
        ("enrich works --json content/papers", "for programs: what one folder cites"),
    )
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=base.page_path)
@click.option(
    "--by",
    type=click.Choice(get_args(By)),
    default="pages",
    show_default=True,
    help="What to list them by; under `standing` the retracted ones come first.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@base.in_file
@base.wait
def works(paths: tuple[str, ...], by: By, as_json: bool, config_file: Path | None, wait: bool) -> int:
    """List the works that the pages under PATH (or all pages) cite.

    Nobody is asked: works come from the store, which `enrich run` fills.
    """
    width = base.streams().width

    def render(entries: tuple[Entry, ...]) -> str:
        return listing.as_json(entries, by) if as_json else listing.text(entries, by, width)

    return bibliography.show(paths, config_file, render, wait=wait)
