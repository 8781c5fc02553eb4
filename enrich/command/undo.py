"""`enrich undo`: take out of pages what we wrote, wherever nobody has edited it since."""

from __future__ import annotations

import os
from pathlib import Path

import click

from enrich import wiring
from enrich.command import base
from enrich.config import load
from enrich.door.session import Session, Wishes
from enrich.report.tally import Tally
from enrich.run import undoing
from enrich.run.site import Request, Watcher

_NOTHING = "nothing to undo: the memory knows of nothing that was written there"


@click.command(
    epilog=base.examples(
        ("enrich undo -n", "look at the patch first"),
        ("enrich undo content/drafts", "one folder"),
        ("enrich undo", "all pages: as if enrich had never been"),
    )
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=base.page_path)
@base.in_file
@click.option(
    "-n", "--dry-run", is_flag=True, help="Write nothing; print a patch for `git apply` or `patch -p1`."
)
@click.option("-q", "--quiet", is_flag=True, help="Say only what needs a person.")
@base.wait
def undo(paths: tuple[str, ...], config_file: Path | None, dry_run: bool, quiet: bool, wait: bool) -> int:
    """Take out of the pages under PATH (or all pages) what enrich wrote.

    What nobody has edited since goes, and the page is what it was before. An entry that somebody edited stays as
    a whole, and is told. What is ours, the memory says (.enrich/memory.jsonl); of a page that was renamed it knows
    nothing. Afterwards it forgets the page: the next `enrich run` would write it anew. Whoever wants enrich out
    of a page for good writes `enrich: false` into its front matter. Addresses mended by --repair stay mended.
    """
    config = load(config_file, os.environ)
    request = Request(paths, dry_run=dry_run)

    async def work(watcher: Watcher, tally: Tally) -> None:
        async with wiring.remembered(config, request, wait=wait) as site:
            if not site.places:
                tally.note(_NOTHING)
            await undoing.undo(site, watcher, tally, dry_run=dry_run)

    wishes = Wishes(dry_run=dry_run, diff=dry_run, quiet=quiet, progress=False)
    return Session(work, wishes, base.streams()).run()
