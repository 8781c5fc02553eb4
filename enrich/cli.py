"""The door of the command line: options in, text and an exit code out. Nothing else prints or exits.

Exit codes: 0 done, 1 findings, 2 cannot start, 3 incomplete, 70 a bug, 130 and 143 for SIGINT and SIGTERM.
"""

from __future__ import annotations

import asyncio
import errno
import gc
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NoReturn

import click

from enrich import __version__, pipeline, wiring
from enrich.config import Config, load
from enrich.door import log
from enrich.door.option import Findings, ReportFile
from enrich.door.session import FORMATS, Session, Streams, Wishes, Work
from enrich.errors import ConfigError, EnrichError
from enrich.model.outcome import Report
from enrich.report.explain import explain as explained
from enrich.report.sheet import visible
from enrich.report.tally import FINDINGS, Tally
from enrich.report.text import Manner
from enrich.run.site import Request, Watcher

_BUG: Final = 70
_UNWRITTEN: Final = "the output could not be written: {}"


_config = click.option(
    "-c",
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The configuration.  [default: config.toml, if there is one]",
)
_offline = click.option("--offline", is_flag=True, help="Ask nobody; what the store lacks is not_asked.")
_refresh = click.option("--refresh", is_flag=True, help="Ask again what the store knows.")
_wait = click.option("--wait", is_flag=True, help="Wait for another run on the same site to end.")
_progress = click.option("--no-progress", is_flag=True, help="Show no progress.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Fill in the papers that Markdown pages cite, and touch no other byte."""
    log.to(sys.stderr, verbose=False, colour=_streams().colour)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_config
@click.option(
    "-n", "--dry-run", is_flag=True, help="Write nothing; print a patch for `git apply` or `patch -p1`."
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if anything would change.")
@_offline
@_refresh
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
@_progress
@_wait
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
    log.to(sys.stderr, verbose=verbose, colour=_streams().colour)
    return Session(_work(config, request, wait), wishes, _streams()).run()


@cli.command()
@click.argument("page")
@_config
@_offline
@_refresh
@_wait
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

    return Session(work, Wishes(dry_run=True, progress=False), _streams(), product).run()


@cli.command()
@_progress
def demo(no_progress: bool) -> int:
    """Show it all on sample pages, without a network.

    The pages are copied to a temporary folder; Crossref and doi.org are played by this process.
    """

    async def work(watcher: Watcher, tally: Tally) -> None:
        async with wiring.demo() as config:
            tally.note(f"the sample pages are in {config.site}, to be looked at and thrown away")
            await _work(config, Request(), wait=False)(watcher, tally)

    return Session(work, Wishes(diff=True, progress=not no_progress), _streams()).run()


@cli.group()
def cache() -> None:
    """Look at the store of answers, or empty it."""


@cache.command()
@_config
@_wait
def stats(config_file: Path | None, wait: bool) -> None:
    """Count the answers kept."""
    config = load(config_file, os.environ)

    async def count() -> None:
        async with wiring.cache(config, wait=wait) as kept:
            counts = kept.stats()
        click.echo(f"{config.cache.dir}: {counts.bytes:,} bytes")
        for name, number in counts.answers:
            click.echo(f"{number:>9,}  {name}")

    asyncio.run(count())


@cache.command()
@_config
@_wait
def clear(config_file: Path | None, wait: bool) -> None:
    """Forget all answers; the next run asks again."""
    config = load(config_file, os.environ)

    async def empty() -> None:
        async with wiring.cache(config, wait=wait) as kept:
            kept.clear()

    asyncio.run(empty())
    click.echo(f"{config.cache.dir}: empty", err=True)


def _work(config: Config, request: Request, wait: bool) -> Work:
    async def work(watcher: Watcher, tally: Tally) -> None:
        async with wiring.opened(config, request, wait=wait) as site:
            await pipeline.run(site, request, watcher, tally)

    return work


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its exit code."""
    # A run makes many small values and next to no cycles: looking for those at every turn costs a tenth of it.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    code = guarded(lambda: cli.main(arguments, prog_name="enrich", standalone_mode=False))
    try:
        sys.stdout.flush()
    except OSError as error:
        # The interpreter's own flush must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            code = code or _cannot_start([_UNWRITTEN.format(error.strerror)])
    sys.exit(code)


def guarded(command: Callable[[], int | None]) -> int:
    """Run `command` and return its exit code, or that of what stopped it, which a person is told."""
    try:
        return command() or 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return 2
    except click.Abort:
        return 128 + signal.SIGINT
    except ConfigError as wrong:
        return _cannot_start(wrong.problems)
    except EnrichError as wrong:
        return _cannot_start(str(wrong).splitlines())
    except OSError as fault:
        # A stream's fault names no file; a file's fault that comes as far as here is a bug.
        if fault.errno not in (errno.EPIPE, errno.ENOSPC) or fault.filename is not None:
            return _bug(traceback.format_exc())
        return 0 if fault.errno == errno.EPIPE else _cannot_start([_UNWRITTEN.format(fault.strerror)])
    except Exception:  # noqa: BLE001 - the outermost door: what comes here is a bug, and must leave a trace
        return _bug(traceback.format_exc())


def _cannot_start(problems: Sequence[str]) -> int:
    for problem in problems:
        click.echo(f"enrich: {visible(problem)}", err=True)
    return 2


def _bug(trace: str) -> int:
    file = log.keep_trace(f"enrich {__version__}, Python {sys.version}\n{' '.join(sys.argv)}\n\n{trace}")
    last = trace.strip().splitlines()[-1]
    click.echo(f"enrich: this is a bug, and every page is whole: {last}", err=True)
    click.echo(f"enrich: please report it with the file {file}", err=True)
    return _BUG


def _streams() -> Streams:
    is_terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return Streams(
        out=sys.stdout.buffer,
        err=sys.stderr,
        moving=is_terminal,
        colour=is_terminal and not os.environ.get("NO_COLOR"),
        width=min(max(shutil.get_terminal_size().columns, 40), 100),
    )
