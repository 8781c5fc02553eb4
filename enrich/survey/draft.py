"""A configuration as `enrich init` writes it: what was found, and each setting under its reason. Pure."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from enrich.model.survey import Generator, Survey
from enrich.survey.proposal import Proposal, proposals

NAMES: Final[dict[Generator, str]] = {
    "hugo": "a Hugo site",
    "zola": "a Zola site",
    "quarto": "a Quarto project",
    "jekyll": "a Jekyll site",
    "obsidian": "an Obsidian vault",
    "plain": "plain Markdown",
}
"""What a site of each generator is called."""

_WIDTH: Final = 110
# TOML takes no control character in a comment, and no lone surrogate anywhere: https://toml.io/en/v1.0.0
_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def draft(survey: Survey) -> str:
    """Return the text of the configuration: TOML that `enrich.config.load` takes, whatever the pages hold."""
    tables = groupby(proposals(survey), key=lambda each: each.table)
    parts = [_commented(*_head(survey))]
    parts += [f"[{table}]\n" + "".join(map(_line, settings)) for table, settings in tables]
    return "\n".join(parts)


def _head(survey: Survey) -> Iterator[str]:
    layout = survey.layout
    yield (
        "What enrich init found here, each setting under its reason. Change what is not so; a setting that is left "
        "out has its default. Relative paths start from this file's folder. What a run would do: enrich run -n"
    )
    yield ""
    yield f"This is {NAMES[layout.generator]}: {layout.why}."
    yield from (f"Beside it: {other}." for other in layout.others)
    formats = [f"{count.pages:,} {count.name}" for count in survey.formats if count.pages]
    yield f"Pages by front matter: {', '.join(formats) or 'none'}. Pages that cite something: {survey.citing:,}."
    if faults := len(survey.refused) + len(survey.unreadable):
        yield f"Pages that cannot be read as they are: {faults:,}. enrich stats names them."
    if layout.generator == "jekyll":
        yield "Jekyll copies what it does not know: name this file under exclude in its configuration."


def _line(proposal: Proposal) -> str:
    value = f"{proposal.key} = {_toml(proposal.value)}\n"
    return _commented(proposal.why) + (value if proposal.is_set else f"# {value}")


def _commented(*sentences: str) -> str:
    lines = [line for each in sentences for line in textwrap.wrap(_shown(each), _WIDTH - 2) or [""]]
    return "".join(f"# {line}".rstrip() + "\n" for line in lines)


def _shown(text: str) -> str:
    return _UNFIT.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def _toml(value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
