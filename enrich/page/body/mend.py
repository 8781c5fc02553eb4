"""Mends addresses in a page's body: exactly these spans, and proved to change no other link."""

from __future__ import annotations

from collections.abc import Sequence

from enrich.model.outcome import Difference
from enrich.model.page import Edit, Refusal
from enrich.page.body import outline, scan


def mended(source: bytes, body: int, repairs: Sequence[Edit]) -> bytes | Refusal:
    """Return the page with each repair made, all of them in the body that begins at byte `body`."""
    if not repairs:
        return source
    parts, at = [], 0
    for edit in sorted(repairs, key=lambda edit: edit.span.start):
        if edit.span.start < max(at, body):
            return _unproved(f"{edit.key}: repairs overlap or leave the body")
        parts += [source[at : edit.span.start], edit.text]
        at = edit.span.end
    result = b"".join((*parts, source[at:]))
    expected = {edit.span: edit.text.decode() for edit in repairs}
    before = [expected.get(link.span, link.url) for link in scan.links(outline.read(source, body))]
    after = [link.url for link in scan.links(outline.read(result, body))]
    return (
        result if before == after else _unproved(f"{repairs[0].key}: the links of the page read differently")
    )


def differences(source: bytes, repairs: Sequence[Edit]) -> tuple[Difference, ...]:
    """Return what the repairs change, for the report."""
    return tuple(
        Difference(edit.key, source[edit.span.start : edit.span.end].decode(), edit.text.decode(), edit.why)
        for edit in repairs
    )


def _unproved(where: str) -> Refusal:
    return Refusal(
        f"enrich could not prove its own repair, so it wrote nothing ({where}); please report this page"
    )
