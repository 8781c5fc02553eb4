"""What a page says of a paper near its citation, and the judgement of it against the registry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FactKind = Literal["title", "authors", "journal", "year", "volume", "page"]
Verdict = Literal["attested", "unattested", "suspect"]


@dataclass(frozen=True, slots=True)
class Claims:
    """What stands near a citation, read once: small texts, never the section itself.

    Texts that are not there are empty. `heading` is the line that heads the citation: a title or a paraphrase,
    nobody can tell; `titles` are texts that stand where a reference has its title. `authors` is the author
    line. `journals` are readings of one journal name, not several journals. `page` is the first page or the
    article number. `text` is the citation's own text without identifiers and addresses.
    """

    heading: str = ""
    titles: tuple[str, ...] = ()
    authors: str = ""
    journals: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    volume: str = ""
    page: str = ""
    text: str = ""
    issue: str = ""


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
