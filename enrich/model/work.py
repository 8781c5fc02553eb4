"""What a registry says a work is, after normalising: no markup, no entities, nothing invented."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from enrich.model.accession import ArxivId, Identifier, Pmcid, Pmid
from enrich.model.identifier import Doi

_SAFE_IN_A_DOI: Final = "/:().-_"
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as it was stated: never completed with an invented month or day."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate | None:
        """Read `2022-04-20`, `2022-04` or `2022`; None for anything else."""
        found = _DATE.fullmatch(text)
        return cls(*(int(part) if part else None for part in found.groups())) if found else None  # type: ignore[arg-type]

    def __str__(self) -> str:
        month = f"-{self.month:02d}" if self.month else ""
        day = f"-{self.day:02d}" if self.month and self.day else ""
        return f"{self.year:04d}{month}{day}"


@dataclass(frozen=True, slots=True)
class Author:
    """A person; either name may be empty, not both."""

    given: str
    family: str
    suffix: str = ""
    orcid: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people or an organisation that stands as an author."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Update:
    """One event in a work's life, as Crossref's `updated-by` and `update-to` state it.

    `kind` is the registry's word folded to lower case with underscores: retraction, correction,
    erratum, expression_of_concern, withdrawal, removal, new_version, ... `doi` is the notice's; None where no
    notice is known by one.
    """

    kind: str
    doi: Doi | None
    date: PartialDate | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One work as its registration agency describes it. Texts that are not stated are empty.

    `title` has the subtitle joined; `other_titles` holds further forms that a page may carry (the title
    without its subtitle, the original one). `pages` is a range, a page or an article number, as it is shown;
    `years` holds every year the record states, since a page may show the online or the print one.
    `published_as` is the article that a preprint became. A work without a DOI has a PubMed number.
    """

    doi: Doi | None
    title: str = ""
    other_titles: tuple[str, ...] = ()
    authors: tuple[Author | Group, ...] = ()
    editors: tuple[Author | Group, ...] = ()
    container: str = ""
    short_container: str = ""
    published: PartialDate | None = None
    years: tuple[int, ...] = ()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    kind: str = ""
    publisher: str = ""
    issn: tuple[str, ...] = ()
    updated_by: tuple[Update, ...] = ()
    update_to: tuple[Update, ...] = ()
    agency: str = "Crossref"
    pmid: Pmid | None = None
    pmcid: Pmcid | None = None
    arxiv: ArxivId | None = None
    published_as: Doi | None = None

    @property
    def identifier(self) -> Identifier | None:
        """What names the work: its DOI, else the number of the archive that described it."""
        return self.doi or self.pmid or self.pmcid or self.arxiv

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """All that name the work, `identifier` first."""
        return tuple(name for name in (self.doi, self.pmid, self.pmcid, self.arxiv) if name)

    @property
    def url(self) -> str:
        """The address that leads to the work for good, percent-encoded; empty where nothing names it."""
        if self.doi:
            return f"https://doi.org/{quote(self.doi.value, safe=_SAFE_IN_A_DOI)}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid.value}/"
        if self.pmcid:
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.pmcid.value}/"
        return f"https://arxiv.org/abs/{self.arxiv.value}" if self.arxiv else ""


def joined(work: Work, other: Work) -> Work:
    """Return `work` with the numbers and the events that another source's `other` alone knows of it."""
    return replace(
        work,
        pmid=work.pmid or other.pmid,
        pmcid=work.pmcid or other.pmcid,
        arxiv=work.arxiv or other.arxiv,
        published_as=work.published_as or other.published_as,
        updated_by=tuple(dict.fromkeys((*work.updated_by, *other.updated_by))),
    )
