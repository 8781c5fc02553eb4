from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from enrich.cli import cli, main


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_asks_the_program_for_what_completes(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["completion", shell])

    assert end.value.code == 0
    assert f"_ENRICH_COMPLETE={shell}_complete" in capsys.readouterr().out


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_bash_takes_the_script(tmp_path: Path) -> None:
    script = subprocess.run(
        [sys.executable, "-m", "enrich", "completion", "bash"], capture_output=True, check=True
    )

    done = subprocess.run(["bash", "-n"], input=script.stdout, capture_output=True, check=True)

    assert done.stderr == b""


@pytest.mark.parametrize(
    ("words", "word", "expected"),
    [
        ("enrich ", 1, "plain,init"),
        ("enrich co", 1, "plain,completion"),
        ("enrich run --of", 2, "plain,--offline"),
        ("enrich run con", 2, "file,con"),
        ("enrich explain con", 2, "file,con"),
        ("enrich init con", 2, "dir,con"),
        ("enrich run --report r", 3, "file,r"),
        ("enrich run --fail-on susp", 3, "plain,suspect"),
        ("enrich run --fail-on suspect,brok", 3, "plain,suspect,broken"),
        ("enrich completion z", 2, "plain,zsh"),
        ("enrich cache c", 2, "plain,clear"),
    ],
)
def test_commands_options_files_and_words_are_completed(
    monkeypatch: pytest.MonkeyPatch, words: str, word: int, expected: str
) -> None:
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(word))

    completed = BashComplete(cli, {}, "enrich", "_ENRICH_COMPLETE").complete()

    assert expected in completed.splitlines()


def test_another_shell_is_told_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["completion", "tcsh"])

    assert end.value.code == 2
    assert "'bash', 'zsh', 'fish'" in capsys.readouterr().err
