from __future__ import annotations

from pathlib import Path

import pytest

from enrich.door import workspace


@pytest.mark.parametrize("name", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_a_folder_is_named_from_the_top_of_the_checkout(name: str, tmp_path: Path) -> None:
    here = tmp_path / "site" / "docs"
    assert workspace.folder({name: str(tmp_path)}, here) == "site/docs"


def test_a_checkout_behind_a_link_is_the_same_one(tmp_path: Path) -> None:
    (tmp_path / "real" / "site").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real")
    assert (
        workspace.folder({"GITHUB_WORKSPACE": str(tmp_path / "link")}, tmp_path / "real" / "site") == "site"
    )


@pytest.mark.parametrize("environment", [{}, {"GITHUB_WORKSPACE": ""}, {"GITHUB_WORKSPACE": "/elsewhere"}])
def test_outside_of_a_checkout_names_stay_as_they_are(environment: dict[str, str], tmp_path: Path) -> None:
    assert workspace.folder(environment, tmp_path) == ""


def test_the_top_itself_adds_nothing(tmp_path: Path) -> None:
    assert workspace.folder({"GITHUB_WORKSPACE": str(tmp_path)}, tmp_path) == ""
