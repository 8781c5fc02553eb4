from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.outcome import CitationOutcome, PageOutcome, Report
from enrich.report import github

COMMANDS = {"error", "warning", "notice", "debug", "add-mask", "stop-commands", "group"}


def report(*pages: PageOutcome) -> Report:
    return Report(True, 1.0, pages, (), ())


def not_found(path: str, identifier: str, line: int = 3, detail: str = "nobody knows it") -> PageOutcome:
    cited = CitationOutcome(identifier, None, line, "not_found", detail)
    return PageOutcome(path, "unchanged", citations=(cited,))


def read(line: str) -> tuple[str, dict[str, str], str] | None:
    """Read a line of a log as GitHub's runner does: the command, its properties and its data, or None."""
    line = line.lstrip()
    if not line.startswith("::") or (end := line.find("::", 2)) < 0:
        return None
    name, _, properties = line[2:end].partition(" ")
    if name not in COMMANDS:
        return None
    pairs = (pair.split("=", 1) for pair in properties.strip().split(",") if pair)
    return name, {pair[0]: unescaped(pair[1]) for pair in pairs if len(pair) == 2}, unescaped(line[end + 2 :])


def unescaped(text: str) -> str:
    for token, character in ("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"):
        text = text.replace(token, character)
    return text


def test_a_finding_is_an_annotation_at_its_line() -> None:
    assert github.render(report(not_found("content/a.md", "10.5555/x", 7))) == (
        "::error file=content/a.md,line=7,title=No such paper::10.5555/x: nobody knows it"
        "%0ACorrect the identifier on the page: no registration agency knows it.\n"
    )


def test_a_finding_of_a_whole_page_has_no_line() -> None:
    said = github.render(report(PageOutcome("a.md", "incomplete", "the disk is full")))
    assert said.startswith("::notice file=a.md,title=Page left for the next run::the disk is full%0A")


def test_a_file_is_named_from_the_top_of_the_repository() -> None:
    page = not_found("../content/a.md", "10.5555/x")
    assert "::error file=site/content/a.md," in github.render(report(page), "site/tools")


hostile = st.text(
    st.sampled_from("%:,=\r\n\t\u2028\x1bé🦴 0ADa[]#;/") | st.characters(codec="utf-8"),
    min_size=1,
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(hostile, hostile)
def test_whatever_a_page_says_comes_out_as_one_command(name: str, words: str) -> None:
    said = github.render(report(not_found(f"content/{name}x.md", words, detail=words)))

    (command, end) = map(read, re.split(r"\r\n|\r|\n", said))
    assert command is not None
    assert end is None
    kind, properties, data = command
    assert kind == "error"
    assert {*properties} == {"file", "line", "title"}
    assert properties["title"] == "No such paper"
    assert data.endswith("\nCorrect the identifier on the page: no registration agency knows it.")


def test_a_hostile_name_and_title_arrive_as_they_are() -> None:
    path, words = "content/50%, a:b=c%0A\n.md", "::error::x%0A::stop-commands::y, z"
    (line,) = github.render(report(not_found(path, words))).splitlines()
    command = read(line)
    assert command is not None
    assert command[1] == {"file": path, "line": "3", "title": "No such paper"}
    assert command[2].startswith(f"{words}: nobody knows it\n")


def test_a_name_that_is_no_utf_8_does_no_harm() -> None:
    assert "file=\ufffd.md," in github.render(report(not_found("\udcff.md", "10.5555/x"))).encode().decode()


def test_more_than_github_shows_are_counted_and_each_level_has_its_own_room() -> None:
    broken = PageOutcome(
        "b.md",
        "unchanged",
        citations=tuple(CitationOutcome("10.5555/x", None, line, "not_found") for line in range(1, 31)),
    )
    suspect = PageOutcome("a.md", "unchanged", citations=(CitationOutcome("10.5555/y", None, 1, "suspect"),))
    lines = github.render(report(suspect, broken)).splitlines()
    assert len(lines) == github.SHOWN + 1
    assert lines[github.SHOWN - 1].startswith("::error title=enrich::21 more of these: ")
    assert lines[-1].startswith("::warning file=a.md,")


def test_ten_need_no_counting() -> None:
    cited = tuple(CitationOutcome("10.5555/x", None, line, "not_found") for line in range(1, 11))
    lines = github.render(report(PageOutcome("a.md", "unchanged", citations=cited))).splitlines()
    assert len(lines) == 10
    assert "line=10," in lines[-1]


def test_nothing_to_see_is_nothing_said() -> None:
    assert github.render(report(PageOutcome("a.md", "unchanged"))) == ""


@pytest.mark.parametrize(
    "line",
    [
        "::error::x",
        "  \t::stop-commands::y",
        "a.md:3  ##[error]x",
        "\u00a0::error file=a.md::x",
        "##[group]::",
    ],
)
def test_a_line_of_the_summary_is_no_command(line: str) -> None:
    said = github.inert(f"first\n{line}\nlast")
    assert read(said.splitlines()[1]) is None
    assert "##[" not in said
    assert said.startswith("first\n")
    assert said.endswith("\nlast")


def test_a_summary_without_commands_stays_as_it_is() -> None:
    said = "not found\n  a.md:3  10.5555/x::y # [z] ## 4\n: a\n"
    assert github.inert(said) == said
    assert not re.search(r"##\[", said)
