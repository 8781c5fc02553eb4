"""The values that options of the command line take, checked, with messages that name the nearest one."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from enrich.door.session import FORMATS
from enrich.report.tally import FINDINGS


class Findings(click.ParamType[frozenset[str]]):
    """Words of `--fail-on`, separated by commas."""

    name = "words"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[str]:
        """Return the words, all of them known."""
        words = frozenset(word.strip() for word in str(value).split(",") if word.strip())
        for word in sorted(words.difference(FINDINGS)):
            near = get_close_matches(word, FINDINGS, 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(FINDINGS)}"
            self.fail(f"{word} is no finding; {hint}", param, ctx)
        return words

    def shell_complete(
        self, _ctx: click.Context, _param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the words that the last one may become, with those before it."""
        before, comma, last = incomplete.rpartition(",")
        return [CompletionItem(f"{before}{comma}{word}") for word in FINDINGS if word.startswith(last)]


class ReportFile(click.ParamType[Path]):
    """A file to write the report to, in the format that its ending names."""

    name = "file"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path, its ending known and its folder there."""
        path = Path(str(value))
        if path.suffix.lower() not in FORMATS:
            self.fail(f"{path}: the ending names the format; known are {', '.join(FORMATS)}", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"{path}: there is no folder {path.parent}; make it first", param, ctx)
        if path.is_dir():
            self.fail(f"{path}: is a folder; name a file", param, ctx)
        return path

    def shell_complete(
        self, _ctx: click.Context, _param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Let the shell complete the file."""
        return [CompletionItem(incomplete, type="file")]
