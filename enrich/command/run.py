"""`enrich run`: enrich the pages of a site."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from enrich.command import base
from enrich.config import load
from enrich.door import log
from enrich.door.option import Findings, ReportFile
from enrich.door.session import FORMATS, Session, Wishes
from enrich.report.tally import FINDINGS
from enrich.run.site import Request


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@base.in_file
@click.option(
    "-n", "--dry-run", is_flag=True, help="Write nothing; print a patch for `git apply` or `patch -p1`."
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if anything would change.")
@base.offline
@base.refresh
@click.option("--links", is_flag=True, help="Check every link, not only PDFs.")
@click.option("--repair", is_flag=True, help="Mend addresses in a page's text where that is certain.")
@click.option(
    "--report",
    "reports",
    type=ReportFile(),
    multiple=True,
    help=f"Write a report ({', '.join(FORMATS)}); repeatable.",
)
@click.option(
    "--fail-on",
    type=Findings(),
    default="",
    metavar="WORD,...",
    help=f"Exit 1 if one is met: {', '.join(FINDINGS)}.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say only what needs a person.")
@click.option("-v", "--verbose", is_flag=True, help="Log what happens, and list everything.")
@base.no_progress
@base.wait
def run(
    paths: tuple[str, ...],
    config_file: Path | None,
    dry_run: bool,
    check: bool,
    offline: bool,
    refresh: bool,
    links: bool,
    repair: bool,
    reports: tuple[Path, ...],
    fail_on: frozenset[str],
    quiet: bool,
    verbose: bool,
    no_progress: bool,
    wait: bool,
) -> int:
    """Enrich the pages under PATH, or all pages of the site.

    A path is a page or a folder, from the working directory. Exit codes: 0 done, 1 findings, 2 cannot start,
    3 incomplete: run again, 70 a bug.
    """
    if quiet and verbose:
        raise click.UsageError("-q and -v exclude each other")
    if offline and refresh:
        raise click.UsageError("--offline and --refresh exclude each other")
    config = load(config_file, os.environ)
    config = replace(config, links=replace(config.links, check=links or config.links.check))
    request = Request(
        paths,
        dry_run=dry_run or check,
        offline=offline,
        refresh=refresh,
        repair=repair or config.links.repair,
    )
    wishes = Wishes(
        dry_run=request.dry_run,
        check=check,
        fail_on=fail_on,
        reports=reports,
        diff=dry_run,
        quiet=quiet,
        verbose=verbose,
        progress=not no_progress,
    )
    log.to(sys.stderr, verbose=verbose, colour=base.streams().colour)
    return Session(base.work(config, request, wait=wait), wishes, base.streams()).run()
