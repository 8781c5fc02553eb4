from __future__ import annotations

from pathlib import Path

import pytest

from enrich.cli import main


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
