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


def test_examples_stand_below_each_other_and_are_not_wrapped() -> None:
    text = base.examples(("enrich run", "do it"), ("enrich run -n", "look"))

    assert text.startswith("\b\n")
    assert text.splitlines()[2:] == ["  enrich run     do it", "  enrich run -n  look"]


def test_looking_at_pages_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, terminal = io.StringIO(), io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    for stream in (shown, terminal):
        monkeypatch.setattr(sys, "stderr", stream)
        with base.looking() as watch:
            watch(1, 2)
            watch(2, 2)

    assert shown.getvalue() == ""
    assert "looking at pages" in terminal.getvalue()
