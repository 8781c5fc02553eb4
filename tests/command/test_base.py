from __future__ import annotations

import io
import sys

import pytest

from enrich.command import base


@pytest.mark.parametrize(
    ("columns", "width"),
    [("10", 40), ("72", 72), ("300", 100)],
    ids=["no line is too narrow to read", "as wide as the terminal", "nor too wide"],
)
def test_a_summary_is_as_wide_as_a_person_reads(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    assert base.streams().width == width


def test_what_is_no_terminal_gets_neither_bars_nor_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())

    streams = base.streams()

    assert not streams.moving
    assert not streams.colour
