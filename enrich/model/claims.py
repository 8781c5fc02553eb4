"""What a page says of a paper near its citation, and the judgement of it against the registry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FactKind = Literal["title", "authors", "journal", "year", "volume", "page"]
Verdict = Literal["attested", "unattested", "suspect"]


@dataclass(frozen=True, slots=True)
class Claims:
    """What stands near a citation, read once: small texts, never the section itself.

    Texts that are not there are empty. `heading` is the section's heading, which may be a title or a
    paraphrase; `titles` are lines that look like the paper's title.
    """

    heading: str = ""
    titles: tuple[str, ...] = ()
    authors: str = ""
    journals: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    volume: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of evidence, with both sides; `weight` is positive where they agree, negative where not."""

    kind: FactKind
    page: str
    registry: str
    weight: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the registry's work is the one that the page means, and every fact that says so or not."""

    verdict: Verdict
    facts: tuple[Fact, ...] = ()
