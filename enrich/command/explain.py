"""`enrich explain`: what a page cites and why it is so, written nowhere."""

from __future__ import annotations

import os
from pathlib import Path

import click

from enrich import pipeline, wiring
from enrich.command import base
from enrich.config import load
from enrich.door.session import Session, Wishes
from enrich.model.outcome import Report
from enrich.report.explain import explain as explained
from enrich.report.tally import Tally
from enrich.report.text import Manner
from enrich.run.site import Request, Watcher


@click.command(
    epilog=base.examples(
        ("enrich explain content/a.md", "why is it so?"),
        ("enrich explain content/a.md --offline", "by what the store knows"),
    )
)
@click.argument("page", type=base.page_path)
@base.in_file
@base.offline
@base.refresh
@base.wait
def explain(page: str, config_file: Path | None, offline: bool, refresh: bool, wait: bool) -> int:
    """Explain PAGE: what it cites, what the registry says.

    Also which evidence agrees, what would be written, and why. Nothing is written.
    """
    request = Request((page,), dry_run=True, offline=offline, refresh=refresh)
    config = load(config_file, os.environ)
    found = pipeline.Findings({}, {})

    async def work(watcher: Watcher, tally: Tally) -> None:
        nonlocal found
        async with wiring.opened(config, request, wait=wait) as site:
            found = await pipeline.run(site, request, watcher, tally)

    def product(report: Report, manner: Manner) -> str:
        pages = (explained(each, found.pages.get(each.path), found.answers, manner) for each in report.pages)
        return "\n".join(pages)

    return Session(work, Wishes(dry_run=True, progress=False), base.streams(), product).run()
