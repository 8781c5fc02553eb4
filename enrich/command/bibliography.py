"""What `export` and `works` stand on: the site looked at as it is, its works taken from the store, nobody asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from enrich.command import base
from enrich.config import load
from enrich.door.session import Session, Wishes
from enrich.errors import EnrichError
from enrich.export.entry import Entry, cited, entries
from enrich.export.lacking import lacking
from enrich.model.outcome import Report
from enrich.report.sheet import visible
from enrich.run.site import Request


def show(
    paths: tuple[str, ...],
    config_file: Path | None,
    render: Callable[[tuple[Entry, ...]], str],
    *,
    wait: bool,
    output: Path | None = None,
) -> int:
    """Write what `render` makes of the site's works to `output`, else to standard output; return the exit code.

    What is left out is told on standard error. EnrichError where it cannot start.
    """
    seen: list[Report] = []

    def product(report: Report, _: object) -> str:
        seen.append(report)
        return ""

    request = Request(paths, dry_run=True, offline=True)
    work = base.work(load(config_file, os.environ), request, wait=wait)
    code = Session(work, Wishes(dry_run=True, quiet=True), base.streams(), product).run()
    for report in seen:
        text = render(entries(cited(report)))
        # A file name that is no UTF-8 holds what cannot be written otherwise.
        _write(text.encode("utf-8", "backslashreplace"), output)
        for sentence in (*report.notes, *lacking(report)):
            click.echo(f"enrich: {visible(sentence)}", err=True)
    return code


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise EnrichError(f"{output}: could not be written: {error.strerror}; name another file") from error
