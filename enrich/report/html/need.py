"""What a page needs a person for, in a few words, the most pressing first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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


def needs(page: PageOutcome) -> tuple[str, ...]:
    """Return what somebody must see to on the page; empty where nobody need look."""
    return tuple(words for _, words in _needs(page))


def rank(page: PageOutcome) -> int:
    """Return how pressing the page is: 0 is the most; pages that need nobody come last, written ones first."""
    first = next((rank for rank, _ in _needs(page)), None)
    return first if first is not None else _QUIET + (page.outcome != "written")


def is_needed(page: PageOutcome) -> bool:
    """Tell whether the page needs a person."""
    return rank(page) < _QUIET


def words(page: PageOutcome) -> str:
    """Return the page in one line: what it needs, else what changes, else why it was left as it is."""
    told = needs(page) or counted(page.changes)
    kept = (count(len(page.kept), "value") + " kept as a person left it",) if page.kept else ()
    return "; ".join((*told, *kept)) or page.reason


def _needs(page: PageOutcome) -> Iterator[tuple[int, str]]:
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
