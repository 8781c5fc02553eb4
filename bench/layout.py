"""Papers as wikis lay them out where they give no identifier: title, people and place in lines, labels and cells."""

from __future__ import annotations

from collections.abc import Callable

from bench.cited import Cited, apa_names, full_names, locator, vancouver_names


def _appeared(it: Cited) -> str:
    return f"{it.journal}. {it.year};{locator(it)}."


def byline(it: Cited) -> str:
    """A heading, then people and place in one line."""
    return f"## {it.heading}\n\n{_stopped(vancouver_names(it))}{_appeared(it)}\n"


def bold_byline(it: Cited) -> str:
    """The same under a bold title, with the names in full."""
    return f"## New studies\n\n**{it.title}**\n{_stopped(full_names(it))}{_appeared(it)}\n"


def dated_byline(it: Cited) -> str:
    """With the year behind the people, as APA has it."""
    names = f"{apa_names(it)} ({it.year}). " if it.people else f"({it.year}). "
    return f"### {it.heading}\n\n{names}*{it.journal}*, {locator(it)}.\n"


def numbered(it: Cited) -> str:
    """A heading with its number in a list."""
    mark = f"{len(it.title) % 30}{'.)'[len(it.title) % 2]}"
    return f"# {mark} {it.heading}\n\n{_appeared(it)}\n"


def supplement(it: Cited) -> str:
    """As PubMed writes a supplement."""
    return f"### {it.heading}\n\n{it.journal}. {it.year} Jan;{it.volume} Suppl 1:{it.page}.\n"


def labelled(it: Cited) -> str:
    """A line each for people, journal and year, with its name."""
    authors = f"Authors: {full_names(it)}\n" if it.people else ""
    return f"### {it.heading}\n\n{authors}Journal: {it.journal}\nYear: {it.year}\n"


def paper_and_ref(it: Cited) -> str:
    """A table of titles and places."""
    row = " | ".join(cell.replace("|", "/") for cell in (it.title, _appeared(it)))
    return f"| Paper | Ref |\n|---|---|\n| {row} |\n"


def place_above(it: Cited) -> str:
    """The place above a bold title."""
    return f"## New studies\n\n{_appeared(it)}\n**{it.title}**\n{full_names(it)}\n"


def _stopped(names: str) -> str:
    return f"{names.rstrip('.')}. " if names else ""


LAYOUTS: tuple[Callable[[Cited], str], ...] = (
    byline, bold_byline, dated_byline, numbered, supplement, labelled, paper_and_ref, place_above,
)  # fmt: skip
