"""The changelog keeps to its form, and one version stands everywhere."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from enrich import __version__

ROOT = Path(__file__).resolve().parents[1]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
# https://keepachangelog.com/en/1.1.0/#how
KINDS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
RELEASED = re.findall(r"^## \[(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d\d-\d\d)$", CHANGELOG, re.M)


def test_what_is_not_released_comes_first_and_versions_from_new_to_old() -> None:
    heads = re.findall(r"^## (.*)$", CHANGELOG, re.M)
    versions = [(*map(int, release[:3]), release[3]) for release in RELEASED]

    assert heads[0] == "[Unreleased]"
    assert len(heads) == 1 + len(RELEASED)
    assert all(new > old and new[3] >= old[3] for new, old in pairwise(versions))


def test_the_newest_version_is_the_one_of_package_and_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert ".".join(RELEASED[0][:3]) == __version__ == project["version"]


def test_each_version_tells_its_changes_by_kind() -> None:
    for section in re.split(r"^## .*$", CHANGELOG, flags=re.M)[1:]:
        before, *changes = re.split(r"^### (.*)$", section, flags=re.M)
        kinds = changes[::2]

        assert before.strip() == ""
        assert kinds == [kind for kind in KINDS if kind in kinds]
        assert all(entries.startswith("\n\n- ") for entries in changes[1::2])


@pytest.mark.parametrize("file", sorted((ROOT / "docs").rglob("*.md")), ids=lambda file: file.stem)
def test_examples_that_name_a_version_name_this_one(file: Path) -> None:
    named = re.findall(r"(?:/enrich@|rev: )v([\w.]+)", file.read_text(encoding="utf-8"))

    assert {*named} <= {__version__}
