"""What is wrong with a YAML front matter, said to the person who has to mend it."""

from __future__ import annotations

import yaml
from yaml.reader import ReaderError

from enrich.model.page import Refusal, Span
from enrich.page.front.block import line_at

PLACEHOLDER = "a template's placeholder stands where YAML wants a value or key"
_HINTS = {
    "mapping values are not allowed": "a text with `: ` in it needs quotes",
    "found unexpected end of stream": "the quote opened here is never closed",
    "found unexpected ':'": "a text with `:` in it needs quotes",
    "did not find expected key": "look for a wrong indent or a missing quote, here or just above",
    "did not find expected <document start>": "look for a wrong indent, here or just above",
    "did not find expected '-' indicator": "look for a wrong indent, here or just above",
    "found character that cannot start any token": "a text that begins with a sign needs quotes",
    "could not find expected ':'": "a key needs a colon after it",
}


class BrokenError(Exception):
    """The YAML is not right at `offset`; `reason` is for a person."""

    def __init__(self, reason: str, offset: int) -> None:
        self.reason, self.offset = reason, offset
        super().__init__(reason)


def refusal(error: yaml.YAMLError, source: bytes, inner: Span, text: str) -> Refusal:
    """Return what PyYAML found wrong in `text`, which stands at `inner`, with the line in the file."""
    offset = inner.start + len(text[: _index(error, text)].encode())
    line = line_at(source, min(offset, max(inner.start, inner.end - 1)))
    written = source[source.rfind(b"\n", 0, offset) + 1 :].split(b"\n", 1)[0]
    return Refusal(f"the YAML front matter is broken: {_problem(error, written)}", line)


def _index(error: yaml.YAMLError, text: str) -> int:
    """Return the character where the fault is: for what is never closed, where it was opened."""
    if isinstance(error, ReaderError):
        return len(text.encode()[: error.position].decode(errors="ignore"))
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0
    is_unclosed = "end of stream" in (error.problem or "") and error.context_mark
    mark = error.context_mark if is_unclosed else error.problem_mark
    return mark.index if mark else 0


def _problem(error: yaml.YAMLError, line: bytes) -> str:
    if b"{{" in line or b"{%" in line:
        return PLACEHOLDER
    if isinstance(error, ReaderError):
        return f"{error.reason}: write them as escapes in double quotes"
    problem = str(error.problem) if isinstance(error, yaml.MarkedYAMLError) else str(error)
    if line[: len(line) - len(line.lstrip())].find(b"\t") >= 0:
        return "a tab indents the line: YAML takes spaces only"
    hint = next((hint for start, hint in _HINTS.items() if problem.startswith(start)), "")
    return f"{problem} ({hint})" if hint else problem
