"""The library's face: what the command line does, for programs. The same run, the same report, nothing printed.

from enrich import enrich_site

report = await enrich_site("my-site", dry_run=True)
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from enrich import pipeline, wiring
from enrich.config import load
from enrich.errors import EnrichError
from enrich.model.outcome import Budget, PageOutcome, Report
from enrich.model.page import Citation, Refusal
from enrich.page import look
from enrich.page.body import outline
from enrich.page.front import frontmatter
from enrich.report.diff import unified
from enrich.report.tally import Tally
from enrich.run.site import Request

PathLike = str | os.PathLike[str]


async def enrich_site(
    folder: PathLike = ".",
    paths: Iterable[PathLike] = (),
    *,
    config: PathLike | None = None,
    environ: Mapping[str, str] | None = None,
    dry_run: bool = False,
    offline: bool = False,
    refresh: bool = False,
    repair: bool = False,
    suggest: bool = False,
    wait: bool = False,
) -> Report:
    """Enrich the pages of the site in `folder`, or those under `paths`, and return what became of them.

    The configuration is the file `config`, else the `enrich.toml` or `config.toml` of `folder`, if there is one,
    under the `ENRICH_*` variables of `environ` (the process's own by default). `dry_run` writes nothing; each
    changed page's `patch` says what would be written. `paths`, like those in the report, start from the working
    directory. Raises `ConfigError` for a wrong configuration, `BusyError` while another run is at work (unless
    `wait`), and `EnrichError` where the run cannot start; what pages, the system and the registries do becomes an
    outcome. Cancelled, it leaves every page whole.
    """
    settings = load(Path(config) if config is not None else None, _environ(environ), Path(folder))
    request = Request(
        tuple(os.fspath(path) for path in paths),
        dry_run=dry_run,
        offline=offline,
        refresh=refresh,
        repair=repair,
        suggest=suggest,
    )
    tally = Tally()
    listener = _Listener(tally)
    began = time.monotonic()
    async with wiring.opened(settings, request, wait=wait) as site:
        await pipeline.run(site, request, listener, tally)
    report = tally.report(dry_run=dry_run, seconds=time.monotonic() - began)
    pages = (replace(page, patch=listener.patches.get(page.path, "")) for page in report.pages)
    return replace(report, pages=tuple(pages))


async def enrich_page(
    page: PathLike,
    folder: PathLike = ".",
    *,
    config: PathLike | None = None,
    environ: Mapping[str, str] | None = None,
    dry_run: bool = False,
    offline: bool = False,
    refresh: bool = False,
) -> PageOutcome:
    """Enrich one page of the site in `folder` and return what became of it, as `enrich_site` would.

    Raises what `enrich_site` raises; `EnrichError` also where `page` is a folder.
    """
    if Path(page).is_dir():  # noqa: ASYNC240 - one look, before anything else is going on
        raise EnrichError(f"{page}: is a folder; name a page, or use enrich_site")
    report = await enrich_site(
        folder, [page], config=config, environ=environ, dry_run=dry_run, offline=offline, refresh=refresh
    )
    (outcome,) = report.pages
    return outcome


async def find_citations(text: str | bytes) -> tuple[Citation, ...]:
    """Return the papers that a page's `text` cites, in order of first mention; nobody is asked anything.

    A citation has `readings` (the identifiers that it may mean, the likeliest first), `mentions` with their lines
    and byte spans, and `claims`: what the page says of the paper there. One in `words` has no readings. Raises
    `EnrichError` where the front matter is broken. It is awaited like the others, and never waits.
    """
    source = text.encode() if isinstance(text, str) else text
    front = frontmatter.locate(source)
    if isinstance(front, Refusal):
        raise EnrichError(f"line {front.line}: {front.reason}" if front.line else front.reason)
    return look.citations(outline.read(source, front.body if front else 0))


class _Listener:
    """Keeps what a run says of its pages; the rest is for people."""

    def __init__(self, tally: Tally) -> None:
        self.patches: dict[str, str] = {}
        self._tally = tally

    def budget(self, budget: Budget) -> None: ...

    def files(self, count: int, size: int) -> None: ...

    def step(self, name: str, done: int, total: int) -> None: ...

    def page(self, outcome: PageOutcome, old: bytes, new: bytes) -> None:
        self.patches[outcome.path] = unified(outcome.path, old, new).decode(errors="replace")

    def note(self, text: str) -> None:
        self._tally.note(text)


def _environ(given: Mapping[str, str] | None) -> Mapping[str, str]:
    return os.environ if given is None else given
