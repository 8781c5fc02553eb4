"""Identifiers that stand together, as in `doi: 10.1/x. PMID: 1; PMCID: PMC2`: of one paper, as a reader takes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from enrich.model.accession import Identifier
from enrich.model.claims import Judgement
from enrich.model.page import Citation, Mention
from enrich.page.settle import Settled

# What stands between two identifiers of one reference: their names and the ends of sentences and links.
_BETWEEN: Final = re.compile(
    rb"(?:\s|[][().,;:|/*_<>\\-]|(?:epub|doi|pmid|pmcid|pmc|pubmed|id|free|full|text|article|abstract|link|view|in|https?"
    rb"|(?:dx\.)?doi\.org)\b)*",
    re.IGNORECASE,
)
_FARTHEST: Final = 80


def grouped(source: bytes, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return `mentions`, which stand in order, with those of one reference in one group: each of another kind."""
    result: list[Mention] = []
    kinds: set[type] = set()
    for mention in mentions:
        kind = type(mention.readings[0])
        before = result[-1] if result else None
        if before is None or kind in kinds or not _are_together(source, before, mention):
            kinds = {kind}
            result.append(mention)
            continue
        kinds.add(kind)
        group = before.group or len(result)
        result[-1] = replace(before, group=group)
        result.append(replace(mention, group=group))
    return tuple(result)


def concordant(citations: Sequence[Citation], settled: Sequence[Settled]) -> tuple[Settled, ...]:
    """Return `settled` where identifiers that stand together mean one paper.

    Where they mean several, one of them is wrong: what the page's words do not attest is suspect.
    """
    groups: dict[int, list[int]] = {}
    for index, citation in enumerate(citations):
        for group in {mention.group for mention in citation.mentions} - {0}:
            groups.setdefault(group, []).append(index)
    result = list(settled)
    for members in groups.values():
        found = [index for index in members if settled[index].work]
        for index in found:
            rival = next((other for other in found if not _is_same(settled[index], settled[other])), None)
            if rival is not None and not _is_attested(result[index].judgement):
                result[index] = _doubted(result[index], settled[rival])
    return tuple(result)


def _are_together(source: bytes, one: Mention, other: Mention) -> bool:
    if (one.section, one.block) != (other.section, other.block):
        return False
    between = source[one.span.end : other.span.start]
    return len(between) <= _FARTHEST and _BETWEEN.fullmatch(between) is not None


def _is_same(one: Settled, other: Settled) -> bool:
    return bool(_names(one) & _names(other))


def _names(one: Settled) -> set[Identifier]:
    return {each for each in (one.name, *(one.work.identifiers if one.work else ())) if each}


def _is_attested(judgement: Judgement | None) -> bool:
    return judgement is not None and judgement.verdict == "attested"


def _doubted(one: Settled, rival: Settled) -> Settled:
    detail = f"beside it stands {rival.name}, which is another paper; correct the one that is wrong"
    return replace(one, status="suspect", detail=detail, work=None)
