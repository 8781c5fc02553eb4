from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from enrich.config import Config
from enrich.service.readiness import Readiness


def problems(config: Config) -> list[str]:
    return [problem.replace(str(config.site), "") for problem in Readiness().problems(config)]


def test_a_site_that_can_be_worked_on_has_no_problems(config: Config) -> None:
    assert problems(config) == []
    config.memory.dir.mkdir()
    assert problems(config) == []
    assert [*config.cache.dir.iterdir()] == [], "looking leaves nothing"


def test_what_is_not_there_is_told_with_its_setting(config: Config) -> None:
    config.pages.root.rmdir()
    config.cache.dir.rmdir()
    assert problems(config) == [
        "/content: no such folder; see [pages] root",
        "/cache: cannot be written (No such file or directory); see [cache] dir",
    ]


def test_a_store_that_cannot_be_opened_is_told(config: Config) -> None:
    (config.cache.dir / "cache.db").mkdir()
    assert problems(config) == [
        "/cache: cache.db cannot be opened (unable to open database file); see [cache] dir"
    ]


@pytest.mark.skipif(os.getuid() == 0, reason="root may read and write everywhere")
@pytest.mark.parametrize(("mode", "word"), [(0o300, "read"), (0o500, "written")])
def test_pages_that_this_user_may_not_touch_are_told(config: Config, mode: int, word: str) -> None:
    config.pages.root.chmod(mode)
    assert problems(config) == [f"/content: cannot be {word} by this user; see [pages] root"]
    config.pages.root.chmod(0o700)


def test_what_was_seen_holds_for_a_second(config: Config, tmp_path: Path) -> None:
    time = [0.0]
    readiness = Readiness(lambda: time[0])
    assert readiness.problems(config) == ()
    config.pages.root.rmdir()
    time[0] = 0.9
    assert readiness.problems(config) == ()
    assert len(readiness.problems(replace(config))) == 1, "another configuration is another question"
    time[0] = 2.0
    assert len(readiness.problems(config)) == 1
