"""What a page needs a person for, in a few words, the most pressing first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from enrich.model.outcome import CitationOutcome, PageOutcome
from enrich.report import addresses
from enrich.report.html.change import counted
from enrich.report.html.papers import is_grave
from enrich.report.sheet import count

_NOUNS: Final = {
    "fallen": ("citation of a retracted or doubted paper", "citations of retracted or doubted papers"),
    "other_paper": ("PDF of another paper", "PDFs of other papers"),
    "broken": ("broken link", "broken links"),
    "suspect": ("suspect citation", "suspect citations"),
    "suggested": ("suggestion", "suggestions"),
    "not_found": ("DOI that nobody knows", "DOIs that nobody knows"),
}
_ENDS: Final = ("refused", "incomplete")
_QUIET: Final = len(_NOUNS) + len(_ENDS)


@dataclass(frozen=True, slots=True)
class Need:
    """How pressing a page is (0 is the most), whether it needs a person at all, and it all in one line."""

    rank: int
    is_pressing: bool
    words: str


def need(page: PageOutcome) -> Need:
    """Return what somebody must see to on the page, else what changes, else why it was left as it is.

    Pages that need nobody come after all others, written ones first among them.
    """
    pressing = tuple(_pressing(page))
    rank = pressing[0][0] if pressing else _QUIET + (page.outcome != "written")
    told = [words for _, words in pressing] or counted(page.changes)
    kept = [count(len(page.kept), "value") + " kept as a person left it"] if page.kept else []
    return Need(rank, bool(pressing), "; ".join((*told, *kept)) or page.reason)


def _pressing(page: PageOutcome) -> Iterator[tuple[int, str]]:
    counts = Counter(_troubles(page))
    for order, (word, nouns) in enumerate(_NOUNS.items()):
        if counts[word]:
            yield order, count(counts[word], *nouns)
    if page.outcome in _ENDS:
        yield len(_NOUNS) + _ENDS.index(page.outcome), page.reason or page.outcome


def _troubles(page: PageOutcome) -> Iterator[str]:
    for cited in page.citations:
        yield from _of_citation(cited)
    for link in page.links:
        if addresses.is_other_paper(link):
            yield "other_paper"
        elif addresses.is_broken(link):
            yield "broken"


def _of_citation(cited: CitationOutcome) -> Iterator[str]:
    if is_grave(cited):
        yield "fallen"
    # That no record fits a citation's words is no fault of theirs.
    if cited.status in ("suspect", "suggested") or (cited.status == "not_found" and not cited.in_words):
        yield cited.status
