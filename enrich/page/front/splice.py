"""Puts edits into a page's bytes, and proves that nothing else has changed before anybody sees the result."""

from __future__ import annotations

from collections.abc import Mapping

from enrich.model.page import Changes, Edit, FrontMatter, Refusal, Style
from enrich.page.front.frontmatter import BOM, FORMATS, locate, newline_of
from enrich.page.front.revision import apply, is_same

_EMPTY: Mapping[Style, str] = {"json": "{{}}{0}", "yaml": "---{0}---{0}", "toml": "+++{0}+++{0}"}


def splice(
    source: bytes, front: FrontMatter | None, changes: Changes, create: Style | None = None
) -> bytes | Refusal:
    """Return the page with `changes` made and every other byte as it is, or why that cannot be done.

    `front` is what `locate` says of `source`. Where it is None and `create` is given, a block in that style
    is put at the top. Without changes the page comes back as it is.
    """
    if not changes:
        return source
    if front is None:
        reason = "the page has no front matter, and none is to be created"
        return _created(source, changes, create) if create else Refusal(reason)
    planned = edits(source, front, changes)
    if isinstance(planned, Refusal):
        return planned
    return _proven(source, front, changes, planned)


def edits(source: bytes, front: FrontMatter, changes: Changes) -> tuple[Edit, ...] | Refusal:
    """Return the byte edits that make `changes`: sorted, not overlapping, inside the block."""
    return FORMATS[front.style].plan(source, front, changes)


def _created(source: bytes, changes: Changes, style: Style) -> bytes | Refusal:
    start = len(BOM) if source.startswith(BOM) else 0
    empty = _EMPTY[style].format(newline_of(source)).encode()
    begun = source[:start] + empty + source[start:]
    front = locate(begun)
    if not isinstance(front, FrontMatter):
        return front or _unproven("a new block is not read as one")
    return splice(begun, front, changes)


def _proven(
    source: bytes, front: FrontMatter, changes: Changes, planned: tuple[Edit, ...]
) -> bytes | Refusal:
    result = _replaced(source, front, planned)
    if result is None:
        return _unproven("its edits overlap or leave the front matter")
    again = locate(result)
    if not isinstance(again, FrontMatter):
        return _unproven(again.reason if again else "the front matter is no longer read as one")
    if (again.style, again.block.start) != (front.style, front.block.start):
        return _unproven("the front matter is read as another")
    if result[again.body :] != source[front.body :]:
        return _unproven("the body would begin elsewhere")
    expected = apply(front.data, changes)
    if isinstance(expected, Refusal):
        return expected
    # Read twice, by code that shares nothing: the quick look, and the parser with all places.
    root = FORMATS[again.style].read(result, again.inner)
    if isinstance(root, Refusal) or not (is_same(again.data, expected) and is_same(root.value, expected)):
        return _unproven("the new front matter says something else than intended")
    return result


def _replaced(source: bytes, front: FrontMatter, planned: tuple[Edit, ...]) -> bytes | None:
    """Return the page with each span replaced; None where edits overlap or leave the block's inside."""
    parts: list[bytes] = []
    at = front.inner.start
    parts.append(source[:at])
    for edit in planned:
        if not at <= edit.span.start <= edit.span.end <= front.inner.end:
            return None
        parts += (source[at : edit.span.start], edit.text)
        at = edit.span.end
    return b"".join((*parts, source[at:]))


def _unproven(detail: str) -> Refusal:
    return Refusal(
        f"enrich could not prove its own edit, so it wrote nothing ({detail}); please report this page"
    )
