"""Identifiers of works beside the DOI: numbers that archives give, equal when they mean the same work."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enrich.model.identifier import Doi

_PMID = re.compile(
    r"(?:(?:pmid|pubmed(?: ?id)?)\s{0,3}[:#=-]?\s{0,3})?([1-9]\d{0,7})", re.IGNORECASE | re.ASCII
)
_PMCID = re.compile(
    r"(?:pmcid\s{0,3}[:#=]?\s{0,3})?pmc\s?([1-9]\d{0,9})(?:\.\d{1,3})?", re.IGNORECASE | re.ASCII
)
_SHORT_DOI = re.compile(
    r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/(?:10/)?|(?:doi:\s?)?10/)([a-z0-9]{2,10})/?",
    re.IGNORECASE | re.ASCII,
)

# https://info.arxiv.org/help/arxiv_identifier.html: since April 2007, and before. A class behind the archive
# (`math.GT`) and the version (`v2`) are no part of what names the work.
_ARXIV = re.compile(
    r"(?:arxiv\s{0,3}[:.]?\s{0,3}|10\.48550/arxiv\.)?(?:(?P<new>(?P<yymm>\d{4})\.\d{4,5})"
    r"|(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?/(?P<old>(?P<oldyymm>\d{4})\d{3}))(?:v[1-9]\d?)?",
    re.IGNORECASE | re.ASCII,
)
# https://arxiv.org/archive: those that gave numbers of their own before April 2007.
_ARCHIVES = """
    acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs
    dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol
    physics plasm-ph q-alg q-bio quant-ph solv-int supr-con
"""
ARCHIVES = frozenset(_ARCHIVES.split())
_LAST_OLD, _LAST_OF_FOUR_DIGITS = 703, 1412
_FIRST_YEAR = 91


@dataclass(frozen=True, slots=True, order=True)
class Pmid:
    """A PubMed number: one to eight digits that do not begin with 0."""

    value: str

    @classmethod
    def parse(cls, text: str) -> Pmid | None:
        """Read `23006613`, with or without `PMID:` before it; None for anything else."""
        found = _PMID.fullmatch(text.strip())
        return cls(found[1]) if found else None

    def __str__(self) -> str:
        return f"PMID:{self.value}"


@dataclass(frozen=True, slots=True, order=True)
class Pmcid:
    """A PubMed Central number, `PMC` and its digits; a version behind it (`.1`) is no part of it."""

    value: str

    @classmethod
    def parse(cls, text: str) -> Pmcid | None:
        """Read `PMC3502158`, with or without `PMCID:` before it; None for anything else."""
        found = _PMCID.fullmatch(text.strip())
        return cls(f"PMC{found[1]}") if found else None

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, order=True)
class ArxivId:
    """An arXiv number without its version: `2101.00001`, or `hep-th/9901001` as it was before April 2007."""

    value: str

    @classmethod
    def parse(cls, text: str) -> ArxivId | None:
        """Read a number with or without `arXiv:`, or arXiv's DOI; None for what arXiv cannot have given."""
        found = _ARXIV.fullmatch(text.strip())
        if found is None:
            return None
        if found["new"]:
            return cls(found["new"]) if _is_new(found["new"], int(found["yymm"])) else None
        archive, number = found["archive"].lower(), found["old"]
        is_old = archive in ARCHIVES and _is_old(int(found["oldyymm"]))
        return cls(f"{archive}/{number}") if is_old else None

    @property
    def doi(self) -> Doi:
        """The DOI that arXiv registers with DataCite for every paper: https://info.arxiv.org/help/doi.html."""
        return Doi(f"10.48550/arxiv.{self.value}")

    def __str__(self) -> str:
        return f"arXiv:{self.value}"


@dataclass(frozen=True, slots=True, order=True)
class ShortDoi:
    """A short name that doi.org gave a DOI: `10/` and a few letters and digits (https://shortdoi.org)."""

    value: str

    @classmethod
    def parse(cls, text: str) -> ShortDoi | None:
        """Read `10/abcd` or `https://doi.org/abcd`; None for anything else, a number among it."""
        found = _SHORT_DOI.fullmatch(text.strip())
        if found is None or found[1].isdigit():
            return None
        return cls(f"10/{found[1].lower()}")

    def __str__(self) -> str:
        return self.value


Accession = Pmid | Pmcid | ArxivId | ShortDoi
Identifier = Doi | Accession


def named(text: str) -> Identifier | None:
    """Return the identifier that `str` made `text` of, or that a person wrote so: a bare number is none."""
    text = text.strip()
    folded = text.lower()
    for sign, kind in (("pmid", Pmid), ("pmc", Pmcid), ("arxiv", ArxivId)):
        if folded.startswith(sign):
            return kind.parse(text)
    return ShortDoi.parse(text) if folded.startswith("10/") else Doi.parse(text)


@dataclass(frozen=True, slots=True)
class ArticleIds:
    """The other identifiers of an article in PubMed Central; one of them at least is known."""

    pmcid: Pmcid
    pmid: Pmid | None = None
    doi: Doi | None = None


def _is_new(value: str, yymm: int) -> bool:
    """Whether arXiv counted so in that month: four digits up to the end of 2014, five since."""
    digits = len(value.partition(".")[2])
    return yymm > _LAST_OLD and _is_month(yymm) and (digits == 4) == (yymm <= _LAST_OF_FOUR_DIGITS)


def _is_old(yymm: int) -> bool:
    return _is_month(yymm) and (yymm <= _LAST_OLD or yymm // 100 >= _FIRST_YEAR)


def _is_month(yymm: int) -> bool:
    return 1 <= yymm % 100 <= 12
