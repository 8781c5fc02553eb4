from __future__ import annotations

import errno
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from enrich import __version__
from enrich.cli import cli, guarded, main
from enrich.errors import ConfigError, EnrichError


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rnu"], "Did you mean 'run'?"),
        (["initt"], "Did you mean 'init'?"),
        (["cache", "state"], "Did you mean 'stats'?"),
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


def commands(group: click.Group, *names: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*names, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)


COMMANDS = [pytest.param(*each, id=" ".join(each[0])) for each in commands(cli)]


@pytest.mark.parametrize(("names", "command"), COMMANDS)
def test_every_command_shows_examples_that_are_commands(
    capsys: pytest.CaptureFixture[str], names: tuple[str, ...], command: click.Command
) -> None:
    with pytest.raises(SystemExit):
        main([*names, "--help"])
    said = capsys.readouterr().out
    examples = re.findall(
        r"^ +(?:eval .*)?\b(enrich .*?)(?:  |\)| \||$)", said.partition("Examples:\n")[2], re.M
    )

    assert examples
    assert all(len(line) <= 80 for line in said.splitlines())
    for words in map(shlex.split, examples):
        known: click.Command = cli
        while isinstance(known, click.Group):
            known = known.commands[words.pop(1)]
        known.make_context("enrich", words[1:])


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
