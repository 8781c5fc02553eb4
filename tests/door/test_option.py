from __future__ import annotations

from pathlib import Path

import click
import pytest

from enrich.door.option import Findings, ReportFile


def test_findings_are_words_between_commas() -> None:
    assert Findings().convert("suspect, refused,", None, None) == {"suspect", "refused"}


def test_an_unknown_finding_names_the_nearest_one() -> None:
    with pytest.raises(click.BadParameter, match="did you mean suspect"):
        Findings().convert("suspekt", None, None)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("r.pdf", "the ending names the format"),
        ("nowhere/r.json", "there is no folder"),
        ("folder.json", "is a folder"),
    ],
)
def test_a_report_file_that_cannot_be_is_told_before_the_run(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder.json").mkdir()

    with pytest.raises(click.BadParameter, match=reason):
        ReportFile().convert(tmp_path / name, None, None)


def test_a_report_file_may_be_of_any_known_format(tmp_path: Path) -> None:
    for ending in (".json", ".xml", ".md", ".JSON"):
        assert ReportFile().convert(str(tmp_path / f"r{ending}"), None, None) == tmp_path / f"r{ending}"
