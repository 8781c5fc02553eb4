"""A page after its front matter was edited: what was found in its body is the same, only further down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from enrich.model.page import Citation, Link, Mention, Page, Span, Value


def shifted(page: Page, digest: str, held: Mapping[str, Value], by_bytes: int, by_lines: int) -> Page:
    """Return what looking at the page again would find, now that its body begins so many bytes and lines later."""

    def moved(span: Span) -> Span:
        return Span(span.start + by_bytes, span.end + by_bytes)

    def mention(each: Mention) -> Mention:
        return replace(each, span=moved(each.span), line=each.line + by_lines)

    def citation(each: Citation) -> Citation:
        return replace(each, mentions=tuple(map(mention, each.mentions)))

    def link(each: Link) -> Link:
        return replace(each, span=moved(each.span), line=each.line + by_lines)

    return replace(
        page,
        digest=digest,
        held=held,
        citations=tuple(map(citation, page.citations)),
        links=tuple(map(link, page.links)),
    )
