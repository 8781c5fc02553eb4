"""The citations and the links of a page's body."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from enrich.model.identifier import Doi
from enrich.model.page import Link, Mention, Span
from enrich.page.body.outline import Outline
from enrich.page.body.passage import Passage, Target, span_of
from enrich.page.body.reading import MOST, Sighting, in_address, in_text, may_hold

# What stands between text and target of a link that is none, because of a space in its target.
_TO_TARGET = re.compile(r"[.\s]*\]\((?:https?://(?:dx\.|www\.)?doi\.org/)?")
_ELLIPSIS = re.compile(r"\s?(?:…|\.\.\.)")
_BARE = re.compile(r"""(?:https?://|\bwww\.)[^\s<>"“”«»|`\\]+""", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


class _Citation(NamedTuple):
    """A mention before it has a line; `at` and `until` are visible offsets, a target's those of its link."""

    at: int
    until: int
    text: str
    span: Span
    readings: tuple[Doi, ...]
    damaged: str


def mentions(outline: Outline) -> tuple[Mention, ...]:
    """Return the DOIs that the body cites, in order; a link's text and target that agree are one mention."""
    lines = _Lines(outline.source)
    return tuple(
        Mention(
            found.text,
            found.readings,
            found.span,
            lines.line(found.span.start),
            passage.section,
            passage.block,
            found.damaged,
        )
        for passage in outline.passages
        for found in _citations(outline.source, passage)
    )


def links(outline: Outline) -> tuple[Link, ...]:
    """Return the body's link targets, in order, and its bare web addresses, which Hugo makes links of."""
    lines = _Lines(outline.source)
    return tuple(
        Link(url, span, lines.line(span.start), passage.section, passage.block)
        for passage in outline.passages
        for _, url, span in sorted(_addresses(outline.source, passage), key=lambda address: address[0])
    )


class _Lines:
    """Line numbers of a page, for offsets that mostly rise."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._offset = 0
        self._line = 1

    def line(self, offset: int) -> int:
        if offset < self._offset:
            self._offset, self._line = 0, 1
        self._line += self._source.count(b"\n", self._offset, offset)
        self._offset = offset
        return self._line


def _citations(source: bytes, passage: Passage) -> list[_Citation]:
    targets = passage.targets
    if not targets and not may_hold(passage.text):
        return []
    cuts = sorted({*(target.until for target in targets), *passage.raised})
    shown = _without_second_halves(
        passage, [_shown(source, passage, one) for one in in_text(passage.text, cuts)]
    )
    starts = [citation.at for citation in shown]
    ends = [citation.until for citation in shown]
    alone: list[_Citation] = []
    for target in targets:
        sighting = in_address(target.url)
        if sighting is None:
            continue
        under = _under(source, target, sighting)
        for index in range(bisect_right(ends, target.at), bisect_left(starts, target.until)):
            if one := _same(passage, shown[index], under):
                shown[index] = one
                break
        else:
            alone.append(under)
    return sorted([*shown, *alone], key=lambda citation: citation.at) if alone else shown


def _shown(source: bytes, passage: Passage, sighting: Sighting) -> _Citation:
    start, end, readings, damaged = sighting
    span = span_of(source, passage.text, passage.runs, start, end)
    if not damaged and _INVISIBLE.search(source[span.start : span.end].decode()):
        damaged = "invisible character"
    return _Citation(start, end, passage.text[start:end], span, readings, damaged)


def _under(source: bytes, target: Target, sighting: Sighting) -> _Citation:
    url, span = target.url, target.span
    start, end, readings, damaged = sighting
    if source[span.start : span.end] == url.encode():
        before = span.start + len(url[:start].encode())
        span = Span(before, before + len(url[start:end].encode()))
    return _Citation(target.at, target.until, url[start:end], span, readings, damaged)


def _same(passage: Passage, shown: _Citation, under: _Citation) -> _Citation | None:
    """Join what a link's text and its target say; None where they mean different works."""
    if _ELLIPSIS.match(passage.text, shown.until) and under.readings[0].value.startswith(
        shown.readings[0].value
    ):
        return _Citation(shown.at, shown.until, under.text, under.span, under.readings, under.damaged)
    common = [doi for doi in under.readings if doi in shown.readings]
    if not common:
        return None
    is_cut = under.until < shown.until
    if is_cut or under.damaged:
        order = [*shown.readings, *under.readings]
    elif shown.damaged:
        order = [*under.readings, *shown.readings]
    else:
        order = [*common, *under.readings, *shown.readings]
    damaged = under.damaged or shown.damaged or ("link cuts it short" if is_cut else "")
    return _Citation(
        shown.at, shown.until, shown.text, shown.span, tuple(dict.fromkeys(order))[:MOST], damaged
    )


def _without_second_halves(passage: Passage, shown: list[_Citation]) -> list[_Citation]:
    kept: list[_Citation] = []
    for citation in shown:
        before = kept[-1] if kept else None
        if (
            before
            and _TO_TARGET.fullmatch(passage.text, before.until, citation.at)
            and set(before.readings) & set(citation.readings)
        ):
            continue
        kept.append(citation)
    return kept


def _addresses(source: bytes, passage: Passage) -> Iterator[tuple[int, str, Span]]:
    taken = [(target.at, target.until) for target in passage.targets]
    for target in passage.targets:
        if target.url:
            yield target.at, target.url, target.span
    if "://" not in passage.text and "www." not in passage.text.lower():
        return
    starts = [at for at, _ in taken]
    for bare in _BARE.finditer(passage.text):
        index = bisect_right(starts, bare.start()) - 1
        if index < 0 or bare.start() >= taken[index][1]:
            url = _without_punctuation(bare.group())
            yield (
                bare.start(),
                url,
                span_of(source, passage.text, passage.runs, bare.start(), bare.start() + len(url)),
            )


def _without_punctuation(url: str) -> str:
    """Take a sentence's marks off: https://github.github.com/gfm/#autolinks-extension-."""
    while True:
        shorter = url.rstrip("?!.,:;*_~'")
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter
