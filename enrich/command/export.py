"""`enrich export`: the whole site's bibliography, for reference managers, LaTeX and spreadsheets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from enrich.command import base, bibliography
from enrich.export import bibtex, csl, ris, table
from enrich.export.entry import Entry

FORMATS: Final[dict[str, Callable[[tuple[Entry, ...]], str]]] = {
    "bib": bibtex.render,
    "ris": ris.render,
    "csl": csl.render,
    "csv": table.render,
}


@click.command(
    epilog=base.examples(
        ("enrich export bib -o references.bib", "for LaTeX"),
        ("enrich export csl -o references.json", "for Zotero and Pandoc"),
        ("enrich export csv content/papers", "what one folder cites"),
    )
)
@click.argument("format_", type=click.Choice(list(FORMATS), case_sensitive=False), metavar="FORMAT")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=base.page_path)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write there instead of to standard output.",
)
@base.in_file
@base.wait
def export(
    format_: str, paths: tuple[str, ...], output: Path | None, config_file: Path | None, wait: bool
) -> int:
    """Write the site's bibliography in FORMAT: bib, ris, csl or csv.

    One entry for each work that the pages under PATH (or all pages) cite, with a key that stays, the pages that
    cite it, and what became of the paper. Nobody is asked: works come from the store, which `enrich run` fills.
    """
    return bibliography.show(paths, config_file, FORMATS[format_], wait=wait, output=output)
