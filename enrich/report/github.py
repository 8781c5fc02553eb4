"""Findings as GitHub's workflow commands: annotations beside the lines of a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands; what has to be escaped, and
that a line counts as a command whatever white space stands before it, is in
https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Final

from enrich.model.outcome import Report
from enrich.report.findings import LEVELS, Finding, findings
from enrich.report.sheet import visible

# GitHub shows so many of each level a step.
SHOWN: Final = 10
_LONGEST: Final = 2_000
_COMMAND = re.compile(r"^(\s*):(?=:)|##(?=\[)", re.MULTILINE)


def render(report: Report, folder: str = "") -> str:
    """Return one line for each finding, at most `SHOWN` of a level: the last one then counts the rest.

    `folder` is the working directory, as seen from the top of the repository.
    """
    found = findings(report)
    by_level = ([each for each in found if each.level == level] for level in LEVELS)
    return "".join(f"{line}\n" for same in by_level for line in _fitted(same, folder))


def inert(text: str) -> str:
    """Return `text` so that no line of it is a command, whatever a page put into it."""
    return _COMMAND.sub(lambda found: f"{found[1]}: " if found[1] is not None else "# #", text)


def _fitted(found: list[Finding], folder: str) -> Iterator[str]:
    shown = found if len(found) <= SHOWN else found[: SHOWN - 1]
    yield from (_annotation(each, folder) for each in shown)
    if rest := len(found) - len(shown):
        said = f"{rest:,} more of these: the summary lists them, and a report (--report FILE) has them all"
        yield f"::{found[0].level} title=enrich::{said}"


def _annotation(finding: Finding, folder: str) -> str:
    place = _properties(
        ("file", _encodable(posixpath.normpath(posixpath.join(folder, finding.path)))),
        ("line", str(finding.line) if finding.line else ""),
        ("title", finding.rule.title),
    )
    lines = [*finding.text[:_LONGEST].split("\n"), finding.rule.advice]
    said = _data("\n".join(map(visible, lines)))
    return f"::{finding.level} {place}::{said}"


def _properties(*pairs: tuple[str, str]) -> str:
    return ",".join(f"{name}={_property(value)}" for name, value in pairs if value)


def _encodable(path: str) -> str:
    # A name may hold bytes that are no UTF-8.
    return path.encode(errors="surrogateescape").decode(errors="replace")


def _data(text: str) -> str:
    return _escaped(text, "%\r\n")


def _property(text: str) -> str:
    return _escaped(text, "%\r\n:,")


def _escaped(text: str, special: Iterable[str]) -> str:
    for character in special:
        # The percent sign is first, since the others bring it in.
        text = text.replace(character, f"%{ord(character):02X}")
    return text
