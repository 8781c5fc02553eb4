"""`enrich init`: a configuration for the site, made from what is found there."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from enrich.command import base
from enrich.config import standing
from enrich.errors import EnrichError
from enrich.model.survey import Layout
from enrich.report.diff import coloured, unified
from enrich.report.sheet import visible
from enrich.survey import site
from enrich.survey.draft import NAMES, draft


@click.command(
    epilog=base.examples(
        ("enrich init", "for the site in the working directory"),
        ("enrich init path/to/site", "for another one"),
        ("enrich init | git apply", "take over what differs from before"),
    )
)
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> int:
    """Write a configuration that says what was found in FOLDER.

    It is called config.toml, or enrich.toml where the site's generator has a config.toml of its own. One that
    is there is never overwritten: a patch shows what would differ. Exit codes: 0 written, or nothing
    differs; 1 something differs; 2 cannot start.
    """
    layout = site.found(folder)
    ours = standing(folder)
    with base.looking() as watch:
        text = draft(site.survey(folder, layout, watch))
    if ours:
        return _compared(ours, text)
    beside = (folder / "config.toml").exists()
    file = folder / ("enrich.toml" if beside or layout.reads_config else "config.toml")
    _write(file, text)
    for line in _told(file, folder, layout, beside=beside):
        click.echo(visible(line), err=True)
    return 0


def _compared(ours: Path, text: str) -> int:
    try:
        patch = unified(str(ours), ours.read_bytes(), text.encode())
    except OSError as error:
        raise EnrichError(f"{ours}: cannot be read ({error.strerror})") from error
    click.echo(coloured(patch) if base.streams().colour and sys.stdout.isatty() else patch, nl=False)
    words = "is there, and differs so from what was found" if patch else "is there, and says what was found"
    click.echo(f"{visible(str(ours))} {words}; it is left as it is", err=True)
    return 1 if patch else 0


def _write(file: Path, text: str) -> None:
    try:
        # Also what has come to stand there meanwhile is not overwritten, nor written through a link.
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except OSError as error:
        raise EnrichError(f"{file}: cannot be written ({error.strerror})") from error


def _told(file: Path, folder: Path, layout: Layout, *, beside: bool) -> list[str]:
    there = "" if folder == Path() else f"cd {folder} && "
    why = f"{file}: written, for {NAMES[layout.generator]} ({layout.why})"
    if beside:
        why += "; the config.toml beside it is another program's and left alone"
    elif layout.reads_config:
        why += "; a config.toml would be read by the site's generator"
    return [why, f"next: read it, set mailto there, and look at a patch with: {there}enrich run -n"]
