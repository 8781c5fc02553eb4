from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from enrich.door.session import Session, Streams, Wishes
from enrich.errors import EnrichError
from enrich.model.outcome import Budget, CitationOutcome, PageOutcome, Report
from enrich.report.tally import Tally
from enrich.report.text import Manner
from enrich.run.site import Watcher


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


async def fine(watcher: Watcher, tally: Tally) -> None:
    watcher.budget(Budget(1, 0, 1, 0.5))
    watcher.step("look", 1, 1)
    outcome = PageOutcome("a.md", "written", citations=(CitationOutcome("10.1/x", "10.1/x", 3, "found"),))
    watcher.page(outcome, b"x\n", b"y\n")
    tally.add_page(outcome)
    tally.work("10.1/x", "found")


def ran(wishes: Wishes, *, moving: bool = False) -> tuple[int, bytes, str]:
    out, err = io.BytesIO(), Terminal()
    code = Session(fine, wishes, Streams(out, err, moving=moving)).run()
    return code, out.getvalue(), err.getvalue()


def test_a_run_says_its_budget_its_steps_and_its_summary_on_one_stream() -> None:
    code, out, err = ran(Wishes())
    assert code == 0
    assert out == b""
    assert err.splitlines()[:2] == [
        "1 work: 0 known, 1 to ask in 1 request, about 0.5 s",
        "looking at pages: 1 of 1",
    ]
    assert "1 page in 0 s: 1 written" in err


def test_a_patch_goes_to_the_other_stream() -> None:
    _, out, err = ran(Wishes(diff=True, dry_run=True))
    assert out.startswith(b"--- a/a.md\n")
    assert "Dry run: nothing was written." in err


def test_no_progress_leaves_the_budget_and_quiet_leaves_nothing() -> None:
    _, _, err = ran(Wishes(progress=False))
    assert "looking" not in err
    assert "to ask" in err
    assert ran(Wishes(quiet=True)) == (0, b"", "")


def test_bars_are_for_terminals_and_not_beside_a_log() -> None:
    assert "\x1b[?25l" in ran(Wishes(), moving=True)[2]
    assert "\x1b[" not in ran(Wishes(verbose=True), moving=True)[2]


def test_findings_make_exit_code_1() -> None:
    assert ran(Wishes(check=True, dry_run=True))[0] == 1
    assert ran(Wishes(fail_on=frozenset({"suspect"})))[0] == 0


def test_every_report_is_written_with_the_exit_code(tmp_path: Path) -> None:
    files = (tmp_path / "one.json", tmp_path / "two.JSON")
    assert ran(Wishes(check=True, dry_run=True, reports=files))[0] == 1
    for file in files:
        report = json.loads(file.read_text(encoding="utf-8"))
        assert (report["version"], report["exit_code"], report["totals"]["written"]) == (1, 1, 1)


def test_the_ending_of_a_report_names_its_format(tmp_path: Path) -> None:
    files = (tmp_path / "r.json", tmp_path / "r.xml", tmp_path / "r.MD")
    assert ran(Wishes(check=True, dry_run=True, reports=files))[0] == 1
    assert json.loads(files[0].read_text(encoding="utf-8"))["pages"][0]["path"] == "a.md"
    assert [suite.get("name") for suite in ElementTree.parse(files[1]).getroot()] == ["a.md"]
    assert (
        files[2]
        .read_text(encoding="utf-8")
        .startswith("## enrich: 1 of 1 page would change\n\n**Findings:**")
    )


def test_code_scanning_reads_paths_from_the_top_of_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))

    async def refused(watcher: Watcher, tally: Tally) -> None:
        tally.add_page(PageOutcome("a.md", "refused", "the front matter is broken", 2))

    Session(refused, Wishes(reports=(Path("r.sarif"),)), Streams(io.BytesIO(), io.StringIO())).run()
    (result,) = json.loads(Path("r.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "site/a.md"


def test_annotations_stand_beside_the_summary_in_which_no_line_is_a_command() -> None:
    async def refused(watcher: Watcher, tally: Tally) -> None:
        tally.add_page(PageOutcome("a.md", "refused", "::error::made up by a page", 2))

    out, err = io.BytesIO(), io.StringIO()
    Session(refused, Wishes(annotate=True), Streams(out, err, width=40)).run()
    assert out.getvalue().startswith(
        b"::error file=a.md,line=2,title=Page refused::::error::made up by a page%0A"
    )
    assert "1 refused" in err.getvalue()
    assert not any(line.lstrip().startswith("::") for line in err.getvalue().splitlines())
    assert "made up by a page" in err.getvalue()


def test_the_page_for_a_person_shows_what_changes_in_each_file(tmp_path: Path) -> None:
    files = (tmp_path / "r.html", tmp_path / "r.json")
    assert ran(Wishes(dry_run=True, reports=files))[0] == 0
    text = files[0].read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "<del>-x\n</del><ins>+y\n</ins>" in text


def test_a_report_that_cannot_be_written_is_told_and_leaves_the_run_incomplete(tmp_path: Path) -> None:
    code, _, err = ran(Wishes(reports=(tmp_path / "absent" / "r.json",)))
    assert code == 3
    assert "r.json: the report could not be written: No such file or directory" in err


def test_a_patch_that_could_not_be_written_leaves_the_run_incomplete() -> None:
    with Path("/dev/full").open("wb", buffering=0) as full:
        err = io.StringIO()
        code = Session(fine, Wishes(diff=True), Streams(full, err)).run()
    assert code == 3
    assert "the output could not be written: No space left on device" in err.getvalue()


def test_a_product_takes_the_place_of_the_summary() -> None:
    out, err = io.BytesIO(), io.StringIO()

    def product(report: Report, manner: Manner) -> str:
        return f"{len(report.pages)} page in {manner.width} columns\n"

    code = Session(fine, Wishes(quiet=True), Streams(out, err, width=60), product).run()
    assert (code, out.getvalue(), err.getvalue()) == (0, b"1 page in 60 columns\n", "")


def test_what_cannot_start_is_not_reported(tmp_path: Path) -> None:
    async def no_pages(watcher: Watcher, tally: Tally) -> None:
        raise EnrichError("content: no pages")

    err = io.StringIO()
    session = Session(no_pages, Wishes(reports=(tmp_path / "r.json",)), Streams(io.BytesIO(), err))
    with pytest.raises(EnrichError, match="no pages"):
        session.run()
    assert err.getvalue() == ""
    assert list(tmp_path.iterdir()) == []
