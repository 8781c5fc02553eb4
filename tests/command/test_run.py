from __future__ import annotations

import contextlib
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from enrich.demo.faults import Fault, too_many


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_patch_of_a_dry_run_makes_what_the_run_makes(place: Any) -> None:
    code, patch, err = place.run("run", "-n")
    assert code == 0, err
    assert patch.startswith(b"--- a/content/a page.md\t\n")
    assert "1 work: 0 known, 1 to ask in 1 request" in err
    assert place.page.read_text(encoding="utf-8") == place.text
    assert not (place.folder / ".enrich").exists()

    subprocess.run(["git", "apply"], input=patch, check=True)
    patched = place.page.read_bytes()
    place.page.write_text(place.text, encoding="utf-8")
    code, out, err = place.run("run")
    assert (code, out) == (0, b""), err
    assert place.page.read_bytes() == patched
    assert b"Journal of Made Examples" in patched


def test_check_finds_what_would_change_until_it_is_written(place: Any) -> None:
    code, out, err = place.run("run", "--check")
    assert (code, out) == (1, b"")
    assert "would be written\n  content/a page.md" in err
    assert place.run("run", "-q")[0] == 0
    assert place.run("run", "--check", "-q") == (0, b"", "")


def test_an_outage_is_exit_code_3_and_stands_in_the_report(
    place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.crossref.faults.add(Fault(too_many("60")))
    monkeypatch.setenv("ENRICH_NET__MAX_WAIT_S", "0")
    code, _, err = place.run("run", "--report", "r.json", "--no-progress")
    assert code == 3, err
    report = json.loads((place.folder / "r.json").read_text(encoding="utf-8"))
    assert report["exit_code"] == 3
    assert report["totals"]["unavailable"] == report["totals"]["incomplete"] == 1
    assert report["pages"][0]["path"] == "content/a page.md"


def test_fail_on_names_what_is_no_longer_fine(place: Any) -> None:
    place.page.write_text(place.text.replace(place.doi, "10.5555/none"), encoding="utf-8")
    code, _, err = place.run("run", "--fail-on", "suspect,not_found")
    assert code == 1, err
    assert "content/a page.md:6" in err
    assert "10.5555/none" in err


def test_a_signal_while_crossref_hangs_ends_the_run_with_a_report(place: Any) -> None:
    place.crossref.faults.add(Fault("hang"))
    process = place.start("run", "--report", "r.json")
    assert process.stderr is not None
    assert any(b"to ask" in line for line in process.stderr)
    while not place.crossref.requests and process.poll() is None:
        os.sched_yield()
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate()
    assert time.monotonic() - began < 2.0
    assert process.returncode == 143, err
    assert b"Interrupted: what came is kept" in err
    assert json.loads((place.folder / "r.json").read_text(encoding="utf-8"))["exit_code"] == 143
    assert place.page.read_text(encoding="utf-8") == place.text


def test_a_patch_that_nobody_reads_is_no_trouble(place: Any) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = place.start("run", "-n", stdout=writing)
    os.close(writing)
    _, err = process.communicate()
    assert process.returncode == 0
    assert b"Broken" not in err
    assert b"Traceback" not in err


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_terminal_gets_bars_and_colours_and_no_color_is_honoured(place: Any, no_color: str) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "enrich", "run", "-n"],
        env=os.environ | {"NO_COLOR": no_color, "TERM": "xterm"},
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b"".join(_chunks(ours))
    assert process.wait() == 0
    os.close(ours)
    assert b"\x1b[?25l" in shown
    assert (b"\x1b[32m+citations:" in shown) is not bool(no_color)
    assert b"+citations:" in shown


def _chunks(handle: int) -> Iterator[bytes]:
    # A terminal that nobody writes to any more ends with an error, not with an empty read.
    with contextlib.suppress(OSError):
        while chunk := os.read(handle, 65536):
            yield chunk


def test_verbose_logs_events_with_their_facts(place: Any) -> None:
    _, out, err = place.run("run", "-v")
    assert "path=" in err
    assert "known=0" in err
    assert out == b""


def test_annotations_take_the_place_of_the_patch_and_the_summary_stays(place: Any) -> None:
    place.page.write_text(place.text.replace(place.doi, "10.5555/none"), encoding="utf-8")
    code, out, err = place.run("run", "-n", "--format", "github")
    assert code == 0, err
    assert out.startswith(b"::error file=content/a page.md,line=6,title=No such paper::10.5555/none: ")
    assert b"---" not in out
    assert "1 work: 1 not found" in err


def test_a_page_that_would_change_is_a_notice(place: Any) -> None:
    _, out, _ = place.run("run", "-n", "--format", "github")
    assert out == (
        b"::notice file=content/a page.md,title=Would be written::1 change: citations[10.5555/bones.2021.7]"
        b"%0ARun enrich and commit what it writes.\n"
    )


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_only_changed_pages_are_looked_at(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git = ["git", "-c", "user.name=A Person", "-c", "user.email=person@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "content"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "pages"], check=True)

    code, out, err = place.run("run", "-n", "--changed", "--report", "r.json")
    assert (code, out) == (0, b""), err
    assert "nothing to do: no page of the site is among what changed" in err
    assert json.loads((place.folder / "r.json").read_text(encoding="utf-8"))["pages"] == []
    assert place.run("run", "--check", "--changed=HEAD", "content", "-q") == (0, b"", "")

    (place.page.parent / "new.md").write_text(place.text, encoding="utf-8")
    (place.folder / "new.md").write_text(place.text, encoding="utf-8")
    _, out, _ = place.run("run", "-n", "--changed")
    assert [line for line in out.splitlines() if line.startswith(b"+++")] == [b"+++ b/content/new.md"]


def test_a_base_that_is_not_there_keeps_the_run_from_starting(
    place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(place.folder))
    code, out, err = place.run("run", "--changed", "nowhere")
    assert (code, out) == (2, b"")
    assert "--changed" in err


def test_of_the_paths_named_only_pages_are_taken_where_that_is_wanted(place: Any) -> None:
    readme = place.folder / "README.md"
    readme.write_text(place.text, encoding="utf-8")
    names = ("README.md", "content/a page.md", "gone.md")
    code, out, err = place.run("run", "-n", "--only-pages", *names)
    assert code == 0, err
    assert [line for line in out.splitlines() if line.startswith(b"+++")] == [b"+++ b/content/a page.md\t"]
    code, out, err = place.run("run", "--check", "--only-pages", "README.md")
    assert (code, out) == (0, b"")
    assert "nothing to do" in err
    assert place.run("run", "-n", "--only-pages")[1] != b""
