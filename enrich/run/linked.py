"""One page's links, judged: what each is, which file belongs to which paper, and what a repair would write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from enrich.link.identify import compare
from enrich.model.identifier import Doi
from enrich.model.link import LinkVerdict, PdfFinding
from enrich.model.outcome import LinkOutcome, Status
from enrich.model.page import Citation, Edit, Link, Page, Value
from enrich.page.beside import cited_by, files_beside, is_doi_link, papers_beside, repaired
from enrich.page.settle import Settled
from enrich.run.checking import Checking

LEAVE: Final = "leave"
"""Nobody knows how the file is: what stands on the page stays."""
Leave = Literal["leave"]

# A DOI link is as good as the registry's answer about its DOI.
_DOI_STATUS: Final[Mapping[Status, Literal["ok", "broken", "unknown"]]] = {
    "found": "ok",
    "suspect": "ok",
    "no_metadata": "ok",
    "not_found": "broken",
    "unavailable": "unknown",
}


class Linked:
    """The links of one page whose citations are `settled`, after `checking`; None where no links were asked."""

    def __init__(self, page: Page, settled: Sequence[Settled], checking: Checking | None) -> None:
        self._page = page
        self._settled = dict(zip(page.citations, settled, strict=True))
        self._checking = checking
        self._verdicts: Mapping[str, LinkVerdict] = checking.verdicts if checking else {}
        self._findings = {link: self._finding(link) for link in page.links}
        self.outcomes = tuple(outcome for link in page.links if (outcome := self._outcome(link)))

    def pdf(self, citation: Citation) -> Value | Leave:
        """Return the entry's `pdf`: None where no file stands beside the paper, `leave` where nobody knows."""
        hosted = [link for link in self._page.links if not is_doi_link(link.url)]
        own = [link for link in hosted if self._checking is None or self._is_own_pdf(link)]
        beside = [link for paper, link in files_beside(self._page, own) if paper == citation]
        known = [value for link in beside if (value := self._value(link))]
        if beside and not known:
            return LEAVE
        return next((value for value in known if value["status"] == "ok"), known[0] if known else None)

    def repairs(self) -> tuple[Edit, ...]:
        """Return the edits of addresses that are surely meant otherwise: in the page's order, all in its body."""
        pairs = zip(self._page.links, map(self._outcome, self._page.links), strict=True)
        return tuple(
            Edit(link.span, new.encode(), f"line {link.line}", why)
            for link, outcome in pairs
            if outcome
            for new, why in _repair(outcome)
        )

    def _is_own_pdf(self, link: Link) -> bool:
        verdict = self._verdicts.get(link.url)
        return verdict is not None and verdict.is_own and verdict.is_pdf

    def _value(self, link: Link) -> Mapping[str, Value] | None:
        verdict, finding = self._verdicts.get(link.url), self._findings[link]
        if verdict is None or verdict.status not in ("ok", "broken"):
            return None
        is_other = finding is not None and finding.verdict == "other_paper"
        size = {} if verdict.bytes is None else {"bytes": verdict.bytes}
        return {"url": link.url, "status": "other_paper" if is_other else verdict.status, **size}

    def _finding(self, link: Link) -> PdfFinding | None:
        """Hold what the file says against the papers that it may be; None where either is unknown."""
        verdict = self._verdicts.get(link.url)
        content = self._checking.contents.get(link.url) if self._checking else None
        if verdict is None or verdict.status != "ok" or content is None:
            return None
        papers = papers_beside(self._page, link)
        works = [work for paper in papers if (work := self._settled[paper].work)]
        related = [work.published_as for work in works if work.published_as]
        return compare(content, works, related) if works and len(works) == len(papers) else None

    def _outcome(self, link: Link) -> LinkOutcome | None:
        if is_doi_link(link.url):
            return self._doi_outcome(link)
        verdict, finding = self._verdicts.get(link.url), self._findings[link]
        if verdict is None:
            return None
        return LinkOutcome(
            link.url,
            link.line,
            verdict.status,
            verdict.reason,
            finding.detail if finding and not verdict.detail else verdict.detail,
            final_url=verdict.final_url,
            asked_url=verdict.asked_url,
            permanent=verdict.permanent,
            bytes=verdict.bytes,
            pdf=finding.verdict if finding else None,
        )

    def _doi_outcome(self, link: Link) -> LinkOutcome | None:
        citation = cited_by(self._page, link)
        settled = self._settled.get(citation) if citation else None
        status = _DOI_STATUS.get(settled.status) if settled else None
        if settled is None or status is None:
            return None
        if status == "broken":
            return LinkOutcome(link.url, link.line, status, "not registered", settled.detail)
        mended = repaired(link.url, settled.name) if isinstance(settled.name, Doi) else ""
        if status == "ok" and mended:
            sure = settled.status == "found"
            return LinkOutcome(link.url, link.line, "broken", "damaged", repaired=mended if sure else "")
        return LinkOutcome(link.url, link.line, status, "" if status == "ok" else settled.detail)


def _repair(outcome: LinkOutcome) -> list[tuple[str, str]]:
    if outcome.repaired:
        return [(outcome.repaired, "the registry confirms the DOI that this address means")]
    if outcome.asked_url and outcome.status == "ok":
        return [(outcome.asked_url, "the address moved there, and answers there")]
    return []
