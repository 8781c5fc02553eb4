from __future__ import annotations

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from enrich.cli import main
from enrich.config import load
from enrich.errors import ConfigError

PAGE = "---\ntitle: a\n---\nhttps://doi.org/10.5555/a.1 [pdf](https://d1.cloudfront.net/a.pdf)\n"
HUGO = 'baseURL = "https://example.org"\nlanguageCode = "en"\n[params]\n'
ZOLA = 'base_url = "https://example.org"\n[extra]\n'


class Site:
    def __init__(self, folder: Path, out: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._out = out

    def write(self, name: str, text: str = PAGE) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def init(self, *arguments: str) -> tuple[int | str | None, str, str]:
        with pytest.raises(SystemExit) as end:
            main(["init", *arguments])
        said = self._out.readouterr()
        return end.value.code, said.out, said.err


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Site:
    monkeypatch.chdir(tmp_path)
    return Site(tmp_path, capsys)


@pytest.mark.parametrize(
    ("files", "page", "name", "root", "key"),
    [
        ({"hugo.toml": HUGO}, "content/a.md", "config.toml", "content", "citations"),
        ({"config.toml": HUGO}, "content/a.md", "enrich.toml", "content", "citations"),
        ({"config.yaml": "baseURL: https://a.org\n"}, "content/a.md", "enrich.toml", "content", "citations"),
        ({"config/_default/hugo.toml": HUGO}, "content/a.md", "enrich.toml", "content", "citations"),
        ({"config.toml": ZOLA}, "content/a.md", "enrich.toml", "content", "extra.citations"),
        ({"_config.yml": "title: a\n"}, "_posts/2020-01-01-a.md", "config.toml", ".", "citations"),
        ({"_quarto.yml": "project:\n  type: website\n"}, "index.qmd", "config.toml", ".", "citations"),
        ({".obsidian/app.json": "{}"}, "Notes/a.md", "config.toml", ".", "citations"),
        ({}, "docs/a.md", "config.toml", "docs", "citations"),
        ({"config.toml": "[tool]\na = 1\n"}, "docs/a.md", "enrich.toml", "docs", "citations"),
    ],
    ids=[
        "hugo",
        "Hugo's-toml",
        "Hugo's-yaml",
        "Hugo's-folder",
        "Zola",
        "Jekyll",
        "Quarto",
        "Obsidian",
        "plain",
        "a-stranger's",
    ],
)
def test_a_site_gets_a_configuration_that_is_read_from_then_on(
    site: Site, files: dict[str, str], page: str, name: str, root: str, key: str
) -> None:
    for file, text in files.items():
        site.write(file, text)
    site.write(page)

    code, out, err = site.init()

    assert (code, out) == (0, "")
    assert err.startswith(f"{name}: written, for ")
    assert err.endswith("enrich run -n\n")
    config = load(None, {})
    assert config.site == site.folder.resolve()
    assert config.pages.root == (site.folder.resolve() / root)
    assert config.output.key == key
    assert config.pdf.hosts == ("d1.cloudfront.net",)
    assert all((site.folder / file).read_text() == text for file, text in files.items())
    assert site.init()[0] == 0, "the second time nothing differs"


@pytest.mark.skipif(not shutil.which("patch"), reason="patch is not installed")
def test_what_differs_from_a_configuration_that_is_there_is_a_patch_and_exit_code_1(site: Site) -> None:
    site.write("content/a.md")
    site.init()
    file = site.folder / "config.toml"
    drafted = file.read_bytes()
    edited = drafted.replace(b'# mailto = "you', b'mailto = "me').replace(
        b"[crossref]", b"# mine\n[crossref]"
    )
    file.write_bytes(edited)

    code, out, err = site.init()

    assert code == 1
    assert "config.toml is there, and differs so from what was found; it is left as it is" in err
    assert file.read_bytes() == edited
    assert '-mailto = "me@example.org"\n+# mailto = "you@example.org"\n' in out
    subprocess.run(["patch", "-p1", "-s"], input=out.encode(), check=True)
    assert file.read_bytes() == drafted


def test_an_enrich_toml_is_compared_although_a_config_toml_of_ours_is_there(site: Site) -> None:
    site.write("content/a.md")
    site.write("config.toml", "[pages]\n")
    site.write("enrich.toml", "")

    code, out, _ = site.init()

    assert code == 1
    assert out.startswith("--- a/enrich.toml\n")
    assert (site.folder / "enrich.toml").read_text() == ""


def test_another_folder_may_be_named(site: Site) -> None:
    site.write("there/content/a.md")

    code, _, err = site.init("there")

    assert code == 0
    assert "cd there && enrich run -n" in err
    assert tomllib.loads((site.folder / "there" / "config.toml").read_text())["pages"]["root"] == "content"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["absent"], "absent: No such file or directory"),
        (["a file"], "is a file"),
        (["--absent"], "--absent"),
    ],
)
def test_a_folder_that_is_none_is_told(site: Site, arguments: list[str], said: str) -> None:
    site.write("a file", "")

    code, _, err = site.init(*arguments)

    assert code == 2
    assert said in err


def test_a_config_toml_that_nobody_can_read_is_left_alone(site: Site) -> None:
    site.write("content/a.md")
    site.write("config.toml", "baseURL = \n")

    code, _, err = site.init()

    assert code == 2
    assert "config.toml:1: is no TOML" in err
    assert not (site.folder / "enrich.toml").exists()


def test_a_link_in_the_place_of_the_file_is_not_written_through(site: Site) -> None:
    site.write("content/a.md")
    (site.folder / "config.toml").symlink_to("elsewhere.toml")

    code, _, err = site.init()

    assert code == 2
    assert "config.toml: cannot be written (File exists)" in err
    assert not (site.folder / "elsewhere.toml").exists()


def test_a_site_without_pages_gets_one_too(site: Site) -> None:
    site.write("hugo.toml", HUGO)

    assert site.init()[0] == 0
    assert "No page as yet" in (site.folder / "config.toml").read_text()


def test_a_run_beside_hugos_configuration_says_what_to_do(site: Site) -> None:
    site.write("config.toml", HUGO)
    with pytest.raises(ConfigError, match=r"let `enrich init` write an enrich\.toml"):
        load(None, {})
