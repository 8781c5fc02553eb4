from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from enrich import __version__
from enrich.cli import cli, guarded, main
from enrich.demo.crossref import CrossrefServer
from enrich.demo.faults import Fault, too_many
from enrich.demo.registry import RegistryServer
from enrich.errors import ConfigError, EnrichError

DOI = "10.5555/bones.2021.7"
RECORD = {
    "DOI": DOI,
    "title": ["Selenium in old bones"],
    "author": [{"given": "Jo", "family": "Marten", "sequence": "first"}],
    "container-title": ["Journal of Made Examples"],
    "issued": {"date-parts": [[2021, 7]]},
    "type": "journal-article",
}
PAGE = f"---\ntitle: Bones\n---\n# Selenium in old bones\n\nJ. Marten. https://doi.org/{DOI}.\n"


@dataclass(frozen=True)
class Place:
    folder: Path
    crossref: CrossrefServer
    out: pytest.CaptureFixture[bytes]

    @property
    def page(self) -> Path:
        return self.folder / "content" / "a page.md"

    def run(self, *arguments: str) -> tuple[int, bytes, str]:
        with pytest.raises(SystemExit) as end:
            main(arguments)
        said = self.out.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, said.out, said.err.decode()

    def start(self, *arguments: str, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "enrich", *arguments]
        return subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE)


@contextmanager
def served() -> Iterator[tuple[CrossrefServer, RegistryServer]]:
    started: Future[tuple[CrossrefServer, RegistryServer, Callable[[], object]]] = Future()

    async def serve() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        async with CrossrefServer([RECORD]) as crossref, RegistryServer(crossref=crossref) as registry:
            started.set_result((crossref, registry, lambda: loop.call_soon_threadsafe(stop.set)))
            await stop.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    crossref, registry, stop = started.result(timeout=30)
    try:
        yield crossref, registry
    finally:
        stop()
        thread.join()


@pytest.fixture
def place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Iterator[Place]:
    with served() as (crossref, registry):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("ENRICH_CROSSREF__URL", crossref.url)
        monkeypatch.setenv("ENRICH_REGISTRY__URL", registry.url)
        monkeypatch.setenv("ENRICH_CROSSREF__MAILTO", "test@example.org")
        made = Place(tmp_path, crossref, capsysbinary)
        made.page.parent.mkdir()
        made.page.write_text(PAGE, encoding="utf-8")
        yield made


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_patch_of_a_dry_run_makes_what_the_run_makes(place: Place) -> None:
    code, patch, err = place.run("run", "-n")
    assert code == 0, err
    assert patch.startswith(b"--- a/content/a page.md\t\n")
    assert "1 work: 0 known, 1 to ask in 1 request" in err
    assert place.page.read_text(encoding="utf-8") == PAGE
    assert not (place.folder / ".enrich").exists()

    subprocess.run(["git", "apply"], input=patch, check=True)
    patched = place.page.read_bytes()
    place.page.write_text(PAGE, encoding="utf-8")
    code, out, err = place.run("run")
    assert (code, out) == (0, b""), err
    assert place.page.read_bytes() == patched
    assert b"Journal of Made Examples" in patched


def test_check_finds_what_would_change_until_it_is_written(place: Place) -> None:
    code, out, err = place.run("run", "--check")
    assert (code, out) == (1, b"")
    assert "would be written\n  content/a page.md" in err
    assert place.run("run", "-q")[0] == 0
    assert place.run("run", "--check", "-q") == (0, b"", "")


def test_an_outage_is_exit_code_3_and_stands_in_the_report(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.crossref.faults.add(Fault(too_many("60")))
    monkeypatch.setenv("ENRICH_NET__MAX_WAIT_S", "0")
    code, _, err = place.run("run", "--report", "r.json", "--no-progress")
    assert code == 3, err
    report = json.loads((place.folder / "r.json").read_text(encoding="utf-8"))
    assert report["exit_code"] == 3
    assert report["totals"]["unavailable"] == report["totals"]["incomplete"] == 1
    assert report["pages"][0]["path"] == "content/a page.md"


def test_fail_on_names_what_is_no_longer_fine(place: Place) -> None:
    place.page.write_text(PAGE.replace(DOI, "10.5555/none"), encoding="utf-8")
    code, _, err = place.run("run", "--fail-on", "suspect,not_found")
    assert code == 1, err
    assert "content/a page.md:6" in err
    assert "10.5555/none" in err


def test_a_signal_while_crossref_hangs_ends_the_run_with_a_report(place: Place) -> None:
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
    assert place.page.read_text(encoding="utf-8") == PAGE


def test_a_patch_that_nobody_reads_is_no_trouble(place: Place) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = place.start("run", "-n", stdout=writing)
    os.close(writing)
    _, err = process.communicate()
    assert process.returncode == 0
    assert b"Broken" not in err
    assert b"Traceback" not in err


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_terminal_gets_bars_and_colours_and_no_color_is_honoured(place: Place, no_color: str) -> None:
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


def test_a_page_is_explained_on_stdout(place: Place) -> None:
    code, out, err = place.run("explain", "content/a page.md")
    assert code == 0, err
    said = out.decode()
    assert said.startswith("content/a page.md: would be written\n")
    assert f"content/a page.md:6  {DOI}" in said
    assert "evidence: attested" in said
    assert "what is written, and why" in said
    assert place.page.read_text(encoding="utf-8") == PAGE


def test_the_demo_needs_no_network_and_says_where_its_pages_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(SystemExit) as end:
        main(["demo"])
    said = capsys.readouterr()
    assert end.value.code == 0, said.err
    assert said.out.startswith("--- a/content/")
    assert f"{tmp_path}/enrich-demo-" in said.err
    assert Path.cwd() == tmp_path


def test_the_store_can_be_counted_and_emptied(place: Place) -> None:
    place.run("run", "-n")
    code, out, _ = place.run("cache", "stats")
    assert code == 0
    assert b"        1  " in out
    assert place.run("cache", "clear")[0] == 0
    assert b"        1  " not in place.run("cache", "stats")[1]


def test_verbose_logs_events_with_their_facts(place: Place) -> None:
    _, out, err = place.run("run", "-v")
    assert "path=" in err
    assert "known=0" in err
    assert out == b""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rnu"], "Did you mean 'run'?"),
        (["run", "--offlin"], "'--offline'"),
        (["run", "--fail-on", "refusd"], "refusd is no finding; did you mean refused?"),
        (["run", "--fail-on", "xxxx"], "known are skipped"),
        (["run", "--report", "r.txt"], "r.txt: the ending names the format; known are .json, .xml, .md"),
        (["run", "--report", "absent/r.json"], "there is no folder absent"),
        (["run", "-q", "-v"], "-q and -v exclude each other"),
        (["run", "--offline", "--refresh"], "--offline and --refresh exclude each other"),
        (["run", "-c", "absent.toml"], "absent.toml: no such file"),
        (["run", "nowhere.md"], "nowhere.md"),
        (["run"], "content"),
        (["explain"], "Missing argument 'PAGE'"),
        (["demo", "x"], "unexpected extra argument"),
    ],
)
def test_what_cannot_start_is_told_with_exit_code_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        main(arguments)
    captured = capsys.readouterr()
    assert end.value.code == 2
    assert said in captured.err
    assert captured.out == ""


def test_every_problem_of_the_configuration_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text("[pages]\nrot = 1\n[net]\nread_s = false\n", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["run"])
    assert end.value.code == 2
    assert capsys.readouterr().err.splitlines() == [
        'enrich: config.toml:2: [pages] rot: unknown key; the nearest is "root"',
        "enrich: config.toml:4: [net] read_s: wants a number, got false",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"), [(["--version"], f"enrich {__version__}\n"), (["-h"], "Usage: enrich")]
)
def test_version_and_help_go_to_stdout(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(said)


def test_every_option_says_what_it_is_for() -> None:
    commands = [command for command in cli.commands.values() if not isinstance(command, click.Group)]
    for option in (one for command in commands for one in command.params if isinstance(one, click.Option)):
        assert option.help, option.name
        assert option.help.split("  ")[0].endswith("."), option.help


def raising(error: BaseException) -> int:
    raise error


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (EnrichError("content: no pages"), 2, "enrich: content: no pages\n"),
        (ConfigError("a.toml:1: x", "a.toml:2: y"), 2, "enrich: a.toml:1: x\nenrich: a.toml:2: y\n"),
        (click.Abort(), 130, ""),
        (EnrichError("a\x1b[31m.toml\nb"), 2, "enrich: a\\x1b[31m.toml\nenrich: b\n"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 0, ""),
        (OSError(errno.ENOSPC, "disk full"), 2, "enrich: the output could not be written: disk full\n"),
    ],
)
def test_what_stops_a_command_has_its_exit_code(
    capsys: pytest.CaptureFixture[str], error: Exception, code: int, said: str
) -> None:
    assert guarded(lambda: raising(error)) == code
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("nought"), PermissionError(errno.EACCES, "nought", "a.md")], ids=repr
)
def test_a_bug_ends_with_70_and_a_trace_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert guarded(lambda: raising(error)) == 70
    (file,) = tmp_path.iterdir()
    said = capsys.readouterr().err
    assert str(file) in said
    assert f"{type(error).__name__}: " in said
    assert "Traceback" not in said
    assert "Traceback" in file.read_text(encoding="utf-8")
