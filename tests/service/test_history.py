from __future__ import annotations

import gzip
import json
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from enrich.errors import EnrichError
from enrich.model.outcome import PageOutcome, Report
from enrich.service.history import Begun, History, Run, State

REPORT = Report(False, 1.5, (PageOutcome("content/a.md", "written", patch="+ a\n"),), (), ())
BEGAN = 1_800_000_000.0  # 2027-01-15 08:00:00 UTC


def ended(number: int, **more: object) -> Run:
    begun = Begun(f"20270115T08{number:02d}00Z", "schedule", False, BEGAN + 60 * number)
    return Run(begun, 1.5, "done", 0, totals=(("pages", 1),), **more)  # type: ignore[arg-type]


def kept(history: History, run: Run, report: Report = REPORT) -> Run:
    history.add(run)
    history.write(run, report)
    return run


def test_runs_and_their_reports_survive_a_restart_the_newest_first(tmp_path: Path) -> None:
    first = History(tmp_path, 30)
    runs = [kept(first, ended(number)) for number in (1, 0, 2)]

    again = History(tmp_path, 30)

    assert [run.id for run in again.runs] == ["20270115T080200Z", "20270115T080100Z", "20270115T080000Z"]
    assert again.run(runs[0].id) == runs[0]
    assert again.report(runs[0].id) == REPORT
    packed = again.report_json(runs[0].id)
    assert packed is not None
    assert json.loads(gzip.decompress(packed))["pages"][0]["path"] == "content/a.md"


def test_only_the_last_runs_are_kept(tmp_path: Path) -> None:
    history = History(tmp_path, 2)
    for number in range(4):
        kept(history, ended(number))
    assert [run.id[-5:] for run in history.runs] == ["0300Z", "0200Z"]
    assert sorted(path.name[-5:] for path in (tmp_path / "runs").iterdir()) == ["0200Z", "0300Z"]

    history.add(ended(5), keep=1)
    assert [run.id[-5:] for run in history.runs] == ["0500Z"]


def test_where_the_schedule_stands_survives_a_restart(tmp_path: Path) -> None:
    state = State("17 3 * * *", 1.5, 2.5)
    History(tmp_path, 30).remember(state)
    assert History(tmp_path, 30).state == state


def test_names_are_times_and_never_doubled(tmp_path: Path) -> None:
    history = History(tmp_path, 30)
    assert history.new_id(BEGAN) == "20270115T080000Z"
    kept(history, ended(0))
    assert history.new_id(BEGAN + 0.9) == "20270115T080000Z-2"


def test_a_run_that_was_killed_is_told_of_by_the_next_process(tmp_path: Path) -> None:
    first = History(tmp_path, 30)
    begun = Begun(first.new_id(BEGAN), "schedule", False, BEGAN)
    first.remember(State("17 3 * * *", BEGAN - 86_400, None, begun))
    (tmp_path / "runs" / ".unfinished-20270115T080000Z").mkdir()

    again = History(tmp_path, 30)
    run = again.recover()

    assert run is not None
    assert (run.id, run.ending, run.exit_code) == (begun.id, "interrupted", 128 + signal.SIGKILL)
    assert again.state == State("17 3 * * *", BEGAN), "it is not made up, to be killed again and again"
    assert again.runs == (run,)
    assert [path.name for path in (tmp_path / "runs").iterdir()] == [begun.id]
    assert History(tmp_path, 30).recover() is None


@pytest.mark.parametrize("name", ["run.json", "report.json.gz", "values.json.gz"])
def test_a_damaged_file_costs_no_more_than_itself(tmp_path: Path, name: str) -> None:
    history = History(tmp_path, 30)
    kept(history, ended(0))
    run = kept(history, ended(1))
    bomb = gzip.compress(b"[" * 100_000)
    for data in (b"", b"{", b"[]", b"\x1f\x8b", b"\x1f\x8b\x08" + b"x" * 20, gzip.compress(b"{}")[:-4], bomb):
        (tmp_path / "runs" / run.id / name).write_bytes(data)
        (tmp_path / "state.json").write_bytes(data)

        again = History(tmp_path, 30)

        assert again.state == State()
        assert len(again.runs) == (1 if name == "run.json" else 2)
        assert (again.report(run.id) is None) == (name != "report.json.gz")


def test_only_known_names_lead_to_files(tmp_path: Path) -> None:
    history = History(tmp_path / "service", 30)
    kept(history, ended(0))
    (tmp_path / "report.json.gz").write_bytes(b"secret")
    for name in ("../..", "", ".", "20270115T080000Z/../../..", "20270115T080001Z"):
        assert history.run(name) is None
        assert history.report_json(name) is None
        assert history.report(name) is None


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    history = History(tmp_path, 30)
    (tmp_path / "runs" / "notes").mkdir()
    run = kept(history, ended(0))
    # Copied by hand under another name: it would be listed as what it is not.
    (tmp_path / "runs" / run.id).rename(tmp_path / "runs" / "20270115T080009Z")

    assert History(tmp_path, 1).runs == ()
    assert (tmp_path / "runs" / "notes").is_dir()


def test_a_disk_that_takes_nothing_costs_the_report_and_not_the_run(tmp_path: Path) -> None:
    history = History(tmp_path, 30)
    run = kept(history, ended(0))
    other = ended(1)
    (tmp_path / "runs" / other.id).mkdir()
    (tmp_path / "runs" / other.id / "values.json.gz").mkdir()

    kept(history, other)

    assert history.runs == (other, run)
    assert history.report(other.id) is None
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == [run.id, other.id]

    (tmp_path / "state.json").unlink()
    (tmp_path / "state.json").mkdir()
    history.remember(replace(history.state, handled=1.0))
    assert history.state.handled == 1.0


def test_a_run_is_known_before_its_report_is_there(tmp_path: Path) -> None:
    history = History(tmp_path, 30)
    run = ended(0)
    history.add(run)
    (tmp_path / "runs" / run.id / "values.json.gz.tmp").write_bytes(b"half")

    again = History(tmp_path, 30)

    assert again.runs == (run,)
    assert not again.has_report(run)
    assert again.report_json(run.id) is None
    history.write(run, REPORT)
    assert again.has_report(run)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EnrichError, match=r"cannot be written: Not a directory; see \[cache\] dir"):
        History(tmp_path / "file" / "service", 30)
