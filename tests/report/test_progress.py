from __future__ import annotations

from io import StringIO

from rich.console import Console

from enrich.model.outcome import Budget
from enrich.report.progress import Bars, Lines, Silence, budget, files


def test_the_budget_says_what_is_known_and_what_asking_costs() -> None:
    said = budget(Budget(14_000, 13_200, 9, 3.0))
    assert said == "14,000 works: 13,200 known, 800 to ask in 9 requests, about 3 s"


def test_the_budget_says_when_nothing_is_to_ask() -> None:
    assert budget(Budget(1, 1, 0, 0.0)) == "1 work: all known, nothing to ask"
    assert budget(Budget(0, 0, 0, 0.0)) == "no work to look up"


def test_plain_lines_tell_each_steps_end_once() -> None:
    said: list[str] = []
    lines = Lines(said.append, now=lambda: 0.0)
    for done in (0, 25, 50, 50):
        lines.step("look", done, 50)
    lines.step("write", 1000, 1000)
    lines.step("ask", 0, 0)
    lines.close()
    assert said == ["looking at pages: 50 of 50", "writing pages: 1,000 of 1,000"]


def test_plain_lines_tell_of_a_long_step_every_ten_seconds() -> None:
    said: list[str] = []
    clock = iter(range(0, 36, 4))
    lines = Lines(said.append, now=lambda: next(clock))
    for done in range(9):
        lines.step("ask", done, 100)
    assert said == ["asking registries: 3 of 100", "asking registries: 6 of 100"]


def test_silence_shows_no_step_but_says_what_it_is_told() -> None:
    said: list[str] = []
    silence = Silence(said.append)
    silence.step("look", 1, 1)
    silence.close()
    silence.say("a line")
    assert said == ["a line"]


def test_bars_move_and_leave_the_terminal_as_it_was() -> None:
    file = StringIO()
    bars = Bars(Console(file=file, force_terminal=True, width=80))
    bars.step("look", 0, 50)
    bars.step("look", 50, 50)
    bars.step("ask", 0, 0)
    bars.say("[red]4 works[/red]: all known")
    bars.close()
    shown = file.getvalue()
    assert "looking at pages" in shown
    assert "50/50" in shown
    assert "asking" not in shown
    assert "[red]4 works[/red]: all known" in shown
    assert shown.count("\x1b[?25l") == shown.count("\x1b[?25h")


def test_the_files_to_read_are_told_with_their_size() -> None:
    assert files(1, 4_900) == "1 hosted file to fetch and read, 0.0 MB"
    assert files(200, 1_234_567_890) == "200 hosted files to fetch and read, 1,234.6 MB"


def test_offline_says_that_nobody_is_asked() -> None:
    assert (
        budget(Budget(works=3, known=1, requests=0, seconds=0)) == "3 works: 1 known, 2 unknown and not asked"
    )


def test_the_budget_tells_of_searches_and_of_works_that_are_asked_again() -> None:
    words = Budget(works=0, known=0, requests=3, seconds=1, searched=3)
    assert budget(words) == "0 works: 3 citations in words to search for in 3 requests, about 1 s"
    again = Budget(works=9, known=9, requests=1, seconds=0.4, rechecked=9)
    assert (
        budget(again) == "9 works: 9 known, 9 to ask again whether they still stand in 1 request, about 0.4 s"
    )
