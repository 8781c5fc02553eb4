"""`enrich stats`: what a site is like, told before anything is asked or written."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from enrich.command import base
from enrich.config import Config, load, standing
from enrich.model.survey import Layout
from enrich.report import survey as shown
from enrich.survey import site


@click.command(
    epilog=base.examples(
        ("enrich stats", "the site in the working directory"),
        ("enrich stats path/to/site", "another one"),
        ("enrich stats --json | jq .cited_by", "for programs"),
    )
)
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
@base.in_file
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(folder: Path, config_file: Path | None, as_json: bool) -> None:
    """Count how the pages of the site in FOLDER cite.

    Also its generator, front matter, hosts of PDFs, and pages that cannot be read. The configuration says which
    files are pages; without one, what is found in FOLDER does. Nobody is asked, nothing is written.
    """
    layout = site.found(folder)
    file = config_file or standing(folder)
    config = load(file, os.environ) if file else None
    with base.looking() as watch:
        if file and config:
            layout = _configured(layout, folder, file, config)
            skip = config.cache.dir, config.memory.dir
            survey = site.survey(folder, layout, watch, skip=skip, max_bytes=config.pages.max_bytes)
        else:
            survey = site.survey(folder, layout, watch)
    streams = base.streams()
    colour = streams.colour and sys.stdout.isatty()
    text = shown.as_json(survey) if as_json else shown.render(survey, streams.width, colour=colour)
    click.echo(text, nl=False)


def _configured(layout: Layout, folder: Path, file: Path, config: Config) -> Layout:
    """Return the layout with the pages that the configuration names."""
    said = f"{file.name} says so"
    root = os.path.relpath(config.pages.root, folder.resolve())
    include, exclude = config.pages.include, config.pages.exclude
    return replace(layout, root=root, root_why=said, include=include, exclude=exclude, exclude_why=said)
