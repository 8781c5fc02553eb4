"""What `pip install` brings: the wheel that the build backend makes of this folder, looked into."""

from __future__ import annotations

import configparser
import email
import importlib
import tomllib
import zipfile
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from hatchling.build import build_wheel

from enrich import __version__

ROOT = Path(__file__).resolve().parents[1]
NOTES = f"enrich-{__version__}.dist-info"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        name = build_wheel(str(folder))
    with zipfile.ZipFile(folder / name) as built:
        yield built


def metadata(wheel: zipfile.ZipFile) -> Message:
    return email.message_from_bytes(wheel.read(f"{NOTES}/METADATA"))


def test_the_wheel_has_every_file_of_the_package_and_nothing_beside_it(wheel: zipfile.ZipFile) -> None:
    package = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / "enrich").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }

    assert {name: wheel.read(name) for name in wheel.namelist() if not name.startswith(NOTES)} == package
    assert "enrich/py.typed" in package
    assert {"enrich/demo/records.json", "enrich/report/html/templates/report.html"} < {*package}
    assert any(name.startswith("enrich/demo/site/content/") for name in package)


def test_the_licence_comes_with_it(wheel: zipfile.ZipFile) -> None:
    assert wheel.read(f"{NOTES}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
    assert metadata(wheel)["License-Expression"] == "MIT"


def test_it_says_its_version_and_what_it_needs(wheel: zipfile.ZipFile) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = metadata(wheel)

    assert (said["Name"], said["Version"], project["version"]) == ("enrich", __version__, __version__)
    assert said["Requires-Python"] == ">=3.11"
    assert len(said.get_all("Requires-Dist", [])) == len(project["dependencies"])
    assert said.get_payload() == (ROOT / "README.md").read_text(encoding="utf-8")


def test_its_command_is_the_command_line(wheel: zipfile.ZipFile) -> None:
    points = configparser.ConfigParser()
    points.read_string(wheel.read(f"{NOTES}/entry_points.txt").decode())

    assert [*points["console_scripts"]] == ["enrich"]
    module, _, function = points["console_scripts"]["enrich"].partition(":")
    assert callable(getattr(importlib.import_module(module), function))
