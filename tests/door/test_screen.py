from __future__ import annotations

import errno
import io
import os

import pytest

from enrich.door.screen import Screen
from enrich.model.outcome import Budget, PageOutcome
from enrich.report.progress import Silence
from enrich.report.tally import Tally

OUTCOME = PageOutcome("content/a.md", "written")


def shown(
    out: io.BytesIO, *, diff: bool = True, colour: bool = False, quiet: bool = False
) -> tuple[Screen, list[str], Tally]:
    said: list[str] = []
    tally = Tally()
    return Screen(Silence(said.append), tally, out, diff=diff, colour=colour, quiet=quiet), said, tally


def test_a_page_is_shown_as_a_diff_and_nothing_else_goes_to_that_stream() -> None:
    diffs = io.BytesIO()
    screen, said, _ = shown(diffs)
    screen.budget(Budget(1, 1, 0, 0))
    screen.step("look", 1, 1)
    screen.page(OUTCOME, b"x\n", b"y\n")
    assert diffs.getvalue() == b"--- a/content/a.md\n+++ b/content/a.md\n@@ -1 +1 @@\n-x\n+y\n"
    assert said == ["1 work: all known, nothing to ask"]


def test_a_terminal_gets_colours() -> None:
    diffs = io.BytesIO()
    screen, _, _ = shown(diffs, colour=True)
    screen.page(OUTCOME, b"x\n", b"y\n")
    assert b"\x1b[32m+y" in diffs.getvalue()


def test_no_diff_is_shown_that_nobody_wants() -> None:
    out = io.BytesIO()
    screen, _, _ = shown(out, diff=False)
    screen.page(OUTCOME, b"x\n", b"y\n")
    assert out.getvalue() == b""
    screen.show(b"a product")
    assert out.getvalue() == b"a product"


def test_quiet_keeps_the_budget_to_itself() -> None:
    screen, said, _ = shown(io.BytesIO(), quiet=True)
    screen.budget(Budget(2, 1, 1, 1))
    assert said == []


def test_a_hint_goes_into_the_report() -> None:
    screen, _, tally = shown(io.BytesIO())
    screen.note("set a contact address")
    assert tally.report(dry_run=True, seconds=0).notes == ("set a contact address",)


class Broken(io.BytesIO):
    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error
        self.writes = 0

    def write(self, _: object) -> int:
        self.writes += 1
        raise self.error


@pytest.mark.parametrize(
    ("number", "is_told"), [(errno.EPIPE, False), (errno.ENOSPC, True)], ids=["nobody reads", "disk full"]
)
def test_a_stream_that_fails_is_left_alone_and_the_run_goes_on(number: int, is_told: bool) -> None:
    broken = Broken(OSError(number, os.strerror(number)))
    screen, _, _ = shown(broken)
    for _ in range(3):
        screen.page(OUTCOME, b"x\n", b"y\n")
    assert broken.writes == 1
    assert (screen.fault is not None) is is_told


def test_patches_are_kept_for_a_report_that_shows_them() -> None:
    tally = Tally()
    screen = Screen(Silence(print), tally, io.BytesIO(), diff=False, colour=False, quiet=True, keep=True)
    for outcome in (OUTCOME, PageOutcome("content/b.md", "unchanged")):
        tally.add_page(outcome)
    screen.page(OUTCOME, b"x\n", b"y\n")
    pages = screen.patched(tally.report(dry_run=True, seconds=0)).pages
    assert [page.patch for page in pages] == [
        "--- a/content/a.md\n+++ b/content/a.md\n@@ -1 +1 @@\n-x\n+y\n",
        "",
    ]


def test_no_patches_are_kept_that_nobody_shows() -> None:
    screen, _, tally = shown(io.BytesIO())
    screen.page(OUTCOME, b"x\n", b"y\n")
    tally.add_page(OUTCOME)
    report = tally.report(dry_run=True, seconds=0)
    assert screen.patched(report) is report


def test_a_hint_before_anything_is_asked_is_said_at_once_too() -> None:
    screen, said, _ = shown(io.BytesIO())
    screen.note("2 pages are refused")
    screen.budget(Budget(1, 1, 0, 0))
    screen.note("set a contact address")
    assert said == ["2 pages are refused", "1 work: all known, nothing to ask"]
