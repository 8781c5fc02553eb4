"""`enrich run`: enrich the pages of a site."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from enrich.command import base
from enrich.config import Config, load
from enrich.door import log
from enrich.door.option import Findings, ReportFile
from enrich.door.session import FORMATS, Session, Wishes
from enrich.report.tally import FINDINGS
from enrich.run.site import Request


@click.command(
    epilog=base.examples(
        ("enrich run -n", "a run's patch, to read first"),
        ("enrich run content/papers", "a part of the site"),
        ("enrich run --check --fail-on suspect,not_found", "for a build to fail on"),
        ("enrich run --links --report report.md", "links too, and a report"),
    )
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=base.page_path)
@base.in_file
@click.option(
    "-n", "--dry-run", is_flag=True, help="Write nothing; print a patch for `git apply` or `patch -p1`."
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if anything would change.")
@click.option(
    "--changed",
    is_flag=False,
    flag_value="",
    metavar="[BASE]",
    help="Only pages that git says changed, against HEAD or since BASE; before a PATH write --changed=HEAD.",
)
@click.option("--only-pages", is_flag=True, help="Of PATH, take only what [pages] makes a page of the site.")
@base.offline
@base.refresh
@click.option("--links", is_flag=True, help="Check every link, not only PDFs.")
@click.option("--repair", is_flag=True, help="Mend addresses in a page's text where that is certain.")
@click.option(
    "--suggest",
    is_flag=True,
    help="Put a question about each paper that is not sure into .enrich/decisions.toml, for you to answer.",
)
@click.option(
    "--report",
    "reports",
    type=ReportFile(),
    multiple=True,
    help=f"Write a report ({', '.join(FORMATS)}); repeatable.",
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "github"]),
    default="text",
    help="github: annotations for a pull request, instead of the patch.",
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
    changed: str | None,
    only_pages: bool,
    offline: bool,
    refresh: bool,
    links: bool,
    repair: bool,
    suggest: bool,
    reports: tuple[Path, ...],
    shape: str,
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
    _part((quiet and verbose, "-q and -v"), (offline and refresh, "--offline and --refresh"))
    config = _loaded(config_file, links=links)
    request = Request(
        paths,
        dry_run=dry_run or check,
        offline=offline,
        refresh=refresh,
        repair=repair or config.links.repair,
        suggest=suggest,
        changed=changed,
        only_pages=only_pages,
    )
    wishes = Wishes(
        dry_run=request.dry_run,
        check=check,
        fail_on=fail_on,
        reports=reports,
        diff=dry_run and shape == "text",
        annotate=shape == "github",
        quiet=quiet,
        verbose=verbose,
        progress=not no_progress,
    )
    log.to(sys.stderr, verbose=verbose, colour=base.streams().colour)
    return Session(base.work(config, request, wait=wait), wishes, base.streams()).run()


def _part(*pairs: tuple[bool, str]) -> None:
    """Refuse options that were given together and exclude each other."""
    for together, names in pairs:
        if together:
            raise click.UsageError(f"{names} exclude each other")


def _loaded(config_file: Path | None, *, links: bool) -> Config:
    config = load(config_file, os.environ)
    return replace(config, links=replace(config.links, check=links or config.links.check))
