from __future__ import annotations

import json
from pathlib import Path

import pytest

from enrich.cli import main

PAGE = "---\ntitle: a\n---\nhttps://doi.org/10.5555/a.1 and PMID: 23006613\n"


def stats(out: pytest.CaptureFixture[str], *arguments: str) -> tuple[int | str | None, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["stats", *arguments])
    said = out.readouterr()
    return end.value.code, said.out, said.err


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("content/a.md", "content/b.markdown", "notes/c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE)
    (tmp_path / "config.toml").write_text('baseURL = "https://example.org"\n')
    return tmp_path


def test_without_a_configuration_of_ours_the_site_is_as_it_is_found(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = stats(capsys)

    assert (code, err) == (0, "")
    assert out.startswith("Hugo: config.toml has Hugo's baseURL\n  2 pages in content: content/ is where")
    assert "        2          2  PubMed number\n" in out
    assert sorted(path.name for path in site.iterdir()) == ["config.toml", "content", "notes"]


@pytest.mark.parametrize("arguments", [[], ["-c", "enrich.toml"]])
def test_the_configuration_says_which_files_are_pages(
    site: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    (site / "enrich.toml").write_text('[pages]\nroot = "notes"\n')

    code, out, _ = stats(capsys, "--json", *arguments)

    whole = json.loads(out)
    assert code == 0
    assert (whole["generator"], whole["root"], whole["pages"]) == ("hugo", "notes", 1)
    assert whole["root_why"] == "enrich.toml says so"


def test_another_folder_may_be_named(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "enrich.toml").write_text('[pages]\nroot = "content"\nmax_bytes = 10\n')
    monkeypatch.chdir(site.parent)

    whole = json.loads(stats(capsys, site.name, "--json")[1])

    assert whole["pages"] == 1
    assert whole["refused"][0]["path"] == "content/a.md"


def test_a_wrong_configuration_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "enrich.toml").write_text("[pages]\nrot = 1\n")

    code, _, err = stats(capsys)

    assert code == 2
    assert 'the nearest is "root"' in err
