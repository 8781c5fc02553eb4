"""`enrich demo`: all of it on sample pages, without a network."""

from __future__ import annotations

import click

from enrich import wiring
from enrich.command import base
from enrich.door.session import Session, Wishes
from enrich.report.tally import Tally
from enrich.run.site import Request, Watcher


@click.command(epilog=base.examples(("enrich demo | less -R", "read its patch at leisure")))
@base.no_progress
def demo(no_progress: bool) -> int:
    """Show it all on sample pages, without a network.

    The pages are copied to a temporary folder; Crossref and doi.org are played by this process.
    """

    async def work(watcher: Watcher, tally: Tally) -> None:
        async with wiring.demo() as config:
            tally.note(f"the sample pages are in {config.site}, to be looked at and thrown away")
            await base.work(config, Request(), wait=False)(watcher, tally)

    return Session(work, Wishes(diff=True, progress=not no_progress), base.streams()).run()
