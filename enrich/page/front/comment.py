"""Comments that a person wrote into what we are about to take out: they go with nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from enrich.model.page import Changes, Drop, Edit, FrontMatter, Refusal, Style
from enrich.page.front import splice as splicing

_QUOTED: Final = re.compile(rb"\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'")
# https://yaml.org/spec/1.2.2/#66-comments wants white space before the sign, TOML does not:
# https://toml.io/en/v1.0.0#comment
_COMMENTS: Final = {
    "yaml": re.compile(rb"(?:^|(?<=[ \t]))#[^\r\n]*", re.MULTILINE),
    "toml": re.compile(rb"#[^\r\n]*"),
}


_COMMENTED: Final = (
    "a comment stands in what is no longer ours to write: move it, or take that part out by hand; "
    "until then the page stays as it is"
)


def splice(
    source: bytes, front: FrontMatter | None, changes: Changes, create: Style | None = None
) -> bytes | Refusal:
    """Splice as `front.splice` does, but refuse where taking something out would take a person's comment along."""
    takes_out = front is not None and any(isinstance(change, Drop) for change in changes)
    if front is not None and takes_out and b"#" in source[front.inner.start : front.inner.end]:
        planned = splicing.edits(source, front, changes)
        line = None if isinstance(planned, Refusal) else lost(source, planned, front.style)
        if line is not None:
            return Refusal(_COMMENTED, line)
    return splicing.splice(source, front, changes, create)


def lost(source: bytes, edits: Iterable[Edit], style: Style) -> int | None:
    """Return the line of a comment that stands in an edit's span and in none of the new texts; None if all stay."""
    edits = tuple(edits)
    kept = Counter(comment for edit in edits for _, comment in _in(edit.text, style))
    for edit in edits:
        for at, comment in _in(source[edit.span.start : edit.span.end], style):
            if not kept[comment]:
                return source.count(b"\n", 0, edit.span.start + at) + 1
            kept[comment] -= 1
    return None


def _in(text: bytes, style: Style) -> Iterator[tuple[int, bytes]]:
    """Yield each comment of a stretch of front matter with its place; a sign within quotes begins none."""
    sign = _COMMENTS.get(style)
    if sign is None or b"#" not in text:
        return
    blank = _QUOTED.sub(lambda quoted: b"x" * len(quoted[0]), text)
    for found in sign.finditer(blank):
        yield found.start(), text[found.start() : found.end()].strip()
