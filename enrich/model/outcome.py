"""What became of each citation and each page. The words are the same in code, report, options and documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from enrich.model.claims import Judgement
from enrich.model.link import LinkStatus, PdfVerdict
from enrich.model.page import Value
from enrich.model.work import Work

Status = Literal["found", "not_found", "no_metadata", "unavailable", "suspect", "not_asked", "suggested"]
AlertKind = Literal["retracted", "broken_pdf"]
Outcome = Literal["written", "unchanged", "no_citation", "skipped", "refused", "incomplete"]


@dataclass(frozen=True, slots=True)
class CitationOutcome:
    """One citation of a page: what it says, what it was resolved to, and why.

    `identifier` is the page's own text; `doi` the resolved one, or None; `detail` one sentence for a person.
    `work` is what the registry describes, whether or not it may be written. A citation `in_words` has no
    identifier: then `identifier` holds its words, and `matched_by` the kinds of evidence that found the work.
    `standing` is what became of the paper (`retracted`, ...), empty where nothing has, and `fate` that in a sentence;
    `is_news` tells that the page's entry does not say so yet.
    """

    identifier: str
    doi: str | None
    line: int
    status: Status
    detail: str = ""
    judgement: Judgement | None = None
    stale: bool = False
    work: Work | None = None
    in_words: bool = False
    matched_by: tuple[str, ...] = ()
    standing: str = ""
    fate: str = ""
    is_news: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that changes on a page: `key` is dotted, list entries by DOI (`citations[10.3390/nu1].journal`)."""

    key: str
    old: Value
    new: Value
    why: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that a person wrote or deleted (None) and that stays so, beside what `agency` says."""

    key: str
    page: Value
    registry: Value
    agency: str = "Crossref"


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """One link of a page: `url` as the page spells it, `reason` why it is not ok, in a few words.

    `final_url` is where redirects ended, `asked_url` what a remap put in its place, `repaired` the address that
    should stand there instead; each empty where there is none. `pdf` tells whether the file is the paper cited
    beside it, None where nobody looked; `detail` is one sentence for a person.
    """

    url: str
    line: int
    status: LinkStatus
    reason: str = ""
    detail: str = ""
    final_url: str = ""
    asked_url: str = ""
    permanent: str = ""
    repaired: str = ""
    bytes: int | None = None
    pdf: PdfVerdict | None = None


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of one page. `path` is relative to the working directory; `line` belongs to `reason`.

    `patch` is what changes in its file as a unified diff, where somebody wants to read it; else empty.
    """

    path: str
    outcome: Outcome
    reason: str = ""
    line: int | None = None
    citations: tuple[CitationOutcome, ...] = ()
    changes: tuple[Difference, ...] = ()
    kept: tuple[Kept, ...] = ()
    links: tuple[LinkOutcome, ...] = ()
    patch: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """News that must not wait: a paper newly retracted, or a hosted PDF newly broken.

    New is what the page's entry did not say before this run. `paper` is the work's identifier, `detail` one
    sentence for a person.
    """

    kind: AlertKind
    path: str
    line: int | None
    paper: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class HostTraffic:
    """What was asked of one host: requests sent (retries among them), given up, answer bytes, seconds waited."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    bytes: int = 0
    waited_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run is about to ask: distinct works, how many the store knows, requests to send, seconds they take.

    Of works that are known, `rechecked` are asked again for what became of them; `searched` are citations in words,
    which come last.
    """

    works: int
    known: int
    requests: int
    seconds: float
    rechecked: int = 0
    searched: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """The whole run. `works` maps each distinct identifier that was looked up to its status (never suspect).

    `interrupted` is the number of the signal that cut the run short; `outdated` tells that old answers served where
    new ones could not be had.
    """

    dry_run: bool
    seconds: float
    pages: tuple[PageOutcome, ...]
    works: tuple[tuple[str, Status], ...]
    requests: tuple[tuple[str, HostTraffic], ...]
    notes: tuple[str, ...] = ()
    interrupted: int | None = None
    outdated: bool = False
