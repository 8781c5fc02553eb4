"""The door of the command line: options in, text and an exit code out. Nothing else prints or exits.

Exit codes: 0 done, 1 findings, 2 cannot start, 3 incomplete, 70 a bug, 130 and 143 for SIGINT and SIGTERM.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Final, NoReturn

import click

from enrich import __version__
from enrich.command import (
    base,
    cache,
    completion,
    demo,
    explain,
    export,
    init,
    run,
    serve,
    stats,
    undo,
    works,
)
from enrich.door import log
from enrich.errors import ConfigError, EnrichError
from enrich.report.sheet import visible

_BUG: Final = 70
_UNWRITTEN: Final = "the output could not be written: {}"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Fill in the papers that Markdown pages cite, and touch no other byte."""
    log.to(sys.stderr, verbose=False, colour=base.streams().colour)


for _command in (
    init.init,
    stats.stats,
    run.run,
    undo.undo,
    explain.explain,
    serve.serve,
    export.export,
    works.works,
    demo.demo,
    cache.cache,
    completion.completion,
):
    cli.add_command(_command)


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
