"""A site's bibliography: every distinct work that its pages cite, once, with the pages that cite it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import reduce

from enrich.export.keys import keys
from enrich.export.plain import line
from enrich.model.accession import Identifier
from enrich.model.outcome import Report
from enrich.model.work import Work, joined
from enrich.page.standing import Standing, informed, standing, told_by

# A page's path, and a work that the page cites.
Cited = tuple[str, Work]


@dataclass(frozen=True, slots=True)
class Entry:
    """One work of a site: its key, and the paths of the pages that cite it, sorted, each once."""

    work: Work
    pages: tuple[str, ...]
    key: str
    standing: Standing | None = None

    @property
    def fate(self) -> str:
        """What became of the paper, in words: `Retracted (notice 10.1/x, 2020-03).`; mostly empty."""
        told = [self.standing.sentence] if self.standing else []
        if self.work.published_as:
            told.append(f"Published as {self.work.published_as}.")
        return " ".join(told)

    @property
    def cited_on(self) -> str:
        """The pages that cite it, in one sentence."""
        return f"Cited on {'; '.join(map(line, self.pages))}."


def cited(report: Report) -> Iterator[Cited]:
    """Yield what each page of a run cites, as far as it was found: nothing suspect, suggested or unknown."""
    for page in report.pages:
        for citation in page.citations:
            if citation.status == "found" and citation.work:
                yield page.path, citation.work


def entries(citations: Iterable[Cited]) -> tuple[Entry, ...]:
    """Return one entry for each distinct work, sorted by key; the order of `citations` means nothing."""
    pairs = list(citations)
    homes = _homes(work for _, work in pairs)
    pages: defaultdict[Identifier, set[str]] = defaultdict(set)
    records: defaultdict[Identifier, set[Work]] = defaultdict(set)
    for path, work in pairs:
        if home := _home(work, homes):
            pages[home].add(path)
            records[home].add(work)
    works = [_one(records[home]) for home in records]
    told = told_by(works)
    named = keys(works)
    made = (
        Entry(work, tuple(sorted(pages[home])), named[work], standing(informed(work, told)))
        for home, work in zip(records, works, strict=True)
    )
    return tuple(sorted(made, key=lambda entry: entry.key))


def _homes(works: Iterable[Work]) -> Mapping[Identifier, Identifier]:
    """Return, for each number of an archive, what names its work: the DOI, if any record of the work has one."""
    homes: dict[Identifier, Identifier] = {}
    for work in sorted(works, key=lambda each: (not each.doi, not each.pmid, str(each.identifier))):
        home = _home(work, homes)
        for number in (work.pmid, work.pmcid, work.arxiv):
            if number and home:
                homes.setdefault(number, home)
    return homes


def _home(work: Work, homes: Mapping[Identifier, Identifier]) -> Identifier | None:
    if work.doi:
        return work.doi
    numbers = (work.pmid, work.pmcid, work.arxiv)
    return next((homes[number] for number in numbers if number and number in homes), work.identifier)


def _one(records: Iterable[Work]) -> Work:
    """Join what several sources say of one work, the fullest record first."""
    return reduce(joined, sorted(records, key=lambda work: (not work.doi, -_fullness(work), repr(work))))


def _fullness(work: Work) -> int:
    return sum(bool(getattr(work, field.name)) for field in fields(work))
