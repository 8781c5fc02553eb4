"""Is a PDF the paper that the page cites beside it: what the file says, held against the registry's record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from rapidfuzz import fuzz

from enrich.model.identifier import Doi
from enrich.model.link import PdfContent, PdfFinding
from enrich.model.work import Author, Work
from enrich.page.match import likeness, thresholds

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_BREAKS = re.compile(r"[\s\u00ad\u2010-\u2015\ufffe-]+")
# A numbered reference, up to here: of its list no DOI counts.
_IN_A_LIST = re.compile(
    r"(?:^|\n)\s*[\[(]?\d{1,3}[\]).]{1,2}\s+\w[^\n]*(?:\n(?!\s*\n)[^\n]*){0,3}$", re.ASCII
)
_LOOKED_BACK = 400
# Data, funders, software and figures have DOIs too, and stand on the first pages of papers.
_NOT_PAPERS = (
    "10.5281/",
    "10.5061/",
    "10.6084/",
    "10.17605/",
    "10.13039/",
    "10.17632/",
    "10.7910/",
    "10.24433/",
)
# A title in the metadata counts as one from this many words; `s41598-020-1234 1..9` is none.
_TITLE_WORDS = 5
_AUTHORS_LOOKED_FOR = 6


def compare(content: PdfContent, cited: Sequence[Work], related: Collection[Doi] = ()) -> PdfFinding:
    """Return whether the file is one of the `cited` works or, by `related` DOIs, another version of one.

    `other_paper` only where neither DOI nor title of any of them is in it and another paper's positively is.
    """
    if content.problem or not cited:
        return PdfFinding("unreadable", content.problem or "no known paper is cited beside it")
    text = likeness.fold(content.text)
    wanted = frozenset((*(work.doi for work in cited if work.doi is not None), *related))
    for doi in sorted(wanted):
        if _says(content, doi):
            return PdfFinding("matches", f"its DOI {doi}")
    for work in cited:
        if title := next((title for title in _titles(work) if _is_titled(content, text, title)), ""):
            return PdfFinding("matches", f"its title {title!r}")
    if other := _other(content, text, cited, wanted):
        return PdfFinding("other_paper", other)
    return PdfFinding("unreadable", "it says neither this paper's DOI nor title, nor clearly another's")


def _says(content: PdfContent, doi: Doi) -> bool:
    """Whether the DOI stands anywhere, whatever line breaks and hyphens did to it."""
    spelt = _BREAKS.sub("", doi.value)
    return spelt in _BREAKS.sub("", content.text).lower() or any(
        _is_akin(doi, other) for other in content.dois
    )


def _titles(work: Work) -> tuple[str, ...]:
    return tuple(title for title in (work.title, *work.other_titles) if title)


def _is_titled(content: PdfContent, text: str, title: str) -> bool:
    wanted, own = likeness.fold(title), likeness.fold(content.title)
    return bool(own and likeness.is_same_title(own, wanted)) or likeness.is_inside(wanted, text)


def _other(content: PdfContent, text: str, cited: Sequence[Work], wanted: Collection[Doi]) -> str:
    """Return what says that the file is another paper, in a sentence, or nothing."""
    titles = [likeness.fold(title) for work in cited for title in _titles(work)]
    # A title that is too short to be looked for, or that is there more or less, rules nothing out.
    if not all(_titles(work) for work in cited) or any(_may_be_there(title, text) for title in titles):
        return ""
    own = _own_doi(content)
    if own is not None and not any(_is_akin(own, doi) for doi in wanted):
        return f"its DOI is {own}"
    title = likeness.fold(content.title)
    is_title = len(title.split()) >= _TITLE_WORDS and likeness.is_inside(title, text)
    if not is_title or any(likeness.is_akin(title, other) for other in titles):
        return ""
    # Translated, or retitled by its publisher.
    return "" if any(_has_authors(text, work) for work in cited) else f"its title is {content.title!r}"


def _may_be_there(title: str, text: str) -> bool:
    if likeness.weigh(title) < thresholds.TITLE_CONTAINED:
        return f" {title} " in f" {text} " or len(title) < thresholds.TITLE_IDENTIFIES
    tight, around = title.replace(" ", ""), text.replace(" ", "")
    alike = thresholds.TITLE_PART_ALIKE
    return len(tight) <= len(around) and fuzz.partial_ratio(tight, around, score_cutoff=alike) >= alike


def _own_doi(content: PdfContent) -> Doi | None:
    """Return the DOI that the file gives as its own: in its metadata, or alone in its text, or again and again."""
    named = [doi for doi in content.dois if _is_paper(doi)]
    if named:
        return named[0]
    counted = Counter(_dois(content.text)).most_common(2)
    if not counted or (len(counted) == 2 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0] if len(counted) == 1 or counted[0][1] > 1 else None


def _dois(text: str) -> Iterator[Doi]:
    for found in _DOI.finditer(text):
        before = text[max(0, found.start() - _LOOKED_BACK) : found.start()].replace("\r", "")
        doi = Doi.parse(found.group())
        if doi is not None and _is_paper(doi) and not _IN_A_LIST.search(before):
            yield doi


def _is_paper(doi: Doi) -> bool:
    return not doi.value.startswith(_NOT_PAPERS)


def _is_akin(one: Doi, other: Doi) -> bool:
    """Whether one DOI is the other's part, version or figure: `10.1371/journal.pone.1.g001`, `10.1101/1v2`."""
    return one.value.startswith(other.value) or other.value.startswith(one.value)


def _has_authors(text: str, work: Work) -> bool:
    names = [author.family for author in work.authors if isinstance(author, Author)][:_AUTHORS_LOOKED_FOR]
    around = f" {text} "
    found = sum(any(f" {form} " in around for form in likeness.families(name)) for name in names if name)
    return bool(names) and found * 2 >= len(names)
