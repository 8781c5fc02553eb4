"""What the service did, on disk: the last runs with their reports, and where the schedule stands.

Every file appears whole or not at all, a run before its report. All can be deleted at any time: what is lost is the
past.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, TypeVar

import structlog

from enrich.errors import EnrichError
from enrich.model.outcome import Alert, Report
from enrich.report import json_report
from enrich.service.packing import MalformedError, pack, unpacker
from enrich.service.squeeze import squeezed, undone

T = TypeVar("T")
Trigger = Literal["schedule", "request"]
Ending = Literal["done", "incomplete", "interrupted", "failed"]

_log = structlog.get_logger()

_ID: Final = re.compile(r"\d{8}T\d{6}Z(?:-\d{1,4})?", re.ASCII)
_RUN, _REPORT, _VALUES = "run.json", "report.json.gz", "values.json.gz"
_UNFINISHED: Final = ".unfinished-"
_KILLED: Final = "the service ended in the middle of it"


@dataclass(frozen=True, slots=True)
class Begun:
    """A run that has begun (`began`: Unix seconds)."""

    id: str
    trigger: Trigger
    dry_run: bool
    began: float


@dataclass(frozen=True, slots=True)
class Run:
    """A run that has ended. `reason` says in a sentence why it failed; `totals` are those of its report."""

    begun: Begun
    seconds: float
    ending: Ending
    exit_code: int
    reason: str = ""
    alerts: int = 0
    totals: tuple[tuple[str, int], ...] = ()

    @property
    def id(self) -> str:
        """What names the run."""
        return self.begun.id


@dataclass(frozen=True, slots=True)
class State:
    """Where the service stands.

    Of the schedule its `line`, and when the last run of it began (`handled`); the last success; the run that goes
    on; the alerts that were `told`, as (kind, page, paper), and those that nobody could be told of yet.
    """

    line: str = ""
    handled: float | None = None
    last_success: float | None = None
    running: Begun | None = None
    told: tuple[tuple[str, str, str], ...] = ()
    untold: tuple[Alert, ...] = ()


class History:
    """The folder of past runs, the last `keep` of them. One process at a time may hold it."""

    def __init__(self, folder: Path, keep: int) -> None:
        """Open `folder`, making it where it is missing. Raises EnrichError where it cannot be written."""
        self._folder = folder
        self._keep = keep
        try:
            self._runs_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for left in self._runs_folder.glob(f"{_UNFINISHED}*"):
                shutil.rmtree(left)
            self.state = _read(self._state_file, unpacker(State)) or State()
            self._runs = {run.id: run for run in self._found()}
            self._save(self.state)
        except OSError as error:
            raise EnrichError(f"{folder}: cannot be written: {error.strerror}; see [cache] dir") from error

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs that ended, the newest first."""
        return tuple(sorted(self._runs.values(), key=lambda run: (run.begun.began, run.id), reverse=True))

    def run(self, name: str) -> Run | None:
        """Return the run of that name; None for one that never was, or is no longer kept."""
        return self._runs.get(name)

    def new_id(self, now: float) -> str:
        """Return a name for a run that begins `now`: its time, in UTC."""
        name = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
        later = (f"{name}-{number}" for number in range(2, 10_000))
        return next(each for each in (name, *later) if each not in self._runs)

    def remember(self, state: State) -> None:
        """Keep where the schedule stands; a disk that takes nothing is told, and costs no run."""
        self.state = state
        try:
            self._save(state)
        except OSError as error:
            _log.error("state_not_kept", file=str(self._state_file), reason=error.strerror)

    def recover(self) -> Run | None:
        """Return the run that the last process left unfinished, now kept as interrupted; None where none was.

        It is not made up: what killed it might kill every start from now on.
        """
        begun = self.state.running
        if begun is None:
            return None
        report = Report(begun.dry_run, 0.0, (), (), (), (_KILLED,), interrupted=signal.SIGKILL)
        run = Run(begun, 0.0, "interrupted", 128 + signal.SIGKILL, _KILLED)
        handled = begun.began if begun.trigger == "schedule" else self.state.handled
        self.remember(replace(self.state, running=None, handled=handled))
        self.add(run)
        self.write(run, report)
        return run

    def add(self, run: Run, keep: int | None = None) -> None:
        """Make a run known, and forget those beyond the last `keep` (from now on, where it is given)."""
        self._keep = keep or self._keep
        self._runs[run.id] = run
        beside = self._runs_folder / f"{_UNFINISHED}{run.id}"
        try:
            beside.mkdir()
            _write(beside / _RUN, json.dumps(pack(run)).encode())
            beside.rename(self._runs_folder / run.id)
        except OSError as error:
            _log.error("run_not_kept", folder=str(self._runs_folder), reason=error.strerror)
            shutil.rmtree(beside, ignore_errors=True)
        for old in self.runs[self._keep :]:
            del self._runs[old.id]
            shutil.rmtree(self._runs_folder / old.id, ignore_errors=True)

    def write(self, run: Run, report: Report) -> None:
        """Put the report of a known run on disk. Takes a while for thousands of pages, and may do so in a thread."""
        folder = self._runs_folder / run.id
        try:
            _put(folder / _REPORT, squeezed(json_report.render(report, run.exit_code, indent=None).encode()))
            # The values last: they are what tells that all is there.
            _put(folder / _VALUES, squeezed(json.dumps(pack(report)).encode()))
        except OSError as error:
            _log.error("report_not_kept", folder=str(folder), reason=error.strerror)

    def has_report(self, run: Run) -> bool:
        """Tell whether the run's report is on disk."""
        return (self._runs_folder / run.id / _VALUES).exists()

    def report_json(self, name: str) -> bytes | None:
        """Return the JSON report of a run, compressed with gzip; None where it is not there."""
        with suppress(OSError):
            return (self._runs_folder / name / _REPORT).read_bytes() if name in self._runs else None
        return None

    def report(self, name: str) -> Report | None:
        """Return the report of a run; None where it is not there, or another version of this program wrote it."""
        if name not in self._runs:
            return None
        return _read(self._runs_folder / name / _VALUES, unpacker(Report))

    @property
    def _runs_folder(self) -> Path:
        return self._folder / "runs"

    @property
    def _state_file(self) -> Path:
        return self._folder / "state.json"

    def _save(self, state: State) -> None:
        _put(self._state_file, json.dumps(pack(state)).encode())

    def _found(self) -> list[Run]:
        names = [path for path in self._runs_folder.iterdir() if _ID.fullmatch(path.name)]
        runs = (_read(path / _RUN, unpacker(Run)) for path in names)
        return [run for path, run in zip(names, runs, strict=True) if run is not None and run.id == path.name]


def _put(path: Path, data: bytes) -> None:
    beside = path.with_name(f"{path.name}.tmp")
    _write(beside, data)
    beside.replace(path)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path, unpack: Callable[[object], T]) -> T | None:
    """Return what was packed into a file; None where it is not there, or is something else."""
    try:
        data = path.read_bytes()
        return unpack(json.loads(undone(data) if path.suffix == ".gz" else data))
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, RecursionError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        _log.warning("not_read", file=str(path), reason=reason, malformed=isinstance(error, MalformedError))
        return None
