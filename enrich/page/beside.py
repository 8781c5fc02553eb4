"""What stands beside what: which hosted file belongs to which cited paper, and which link is a paper's own DOI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from enrich.model.identifier import Doi
from enrich.model.page import Citation, Link, Mention, Page

# https://www.doi.org/doi-handbook/HTML/resolution.html
_RESOLVERS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})


def papers_beside(page: Page, link: Link) -> tuple[Citation, ...]:
    """Return the papers that a hosted file may be: those cited in its block, else in its section."""
    near = [
        (mention, citation)
        for citation in page.citations
        for mention in citation.mentions
        if mention.section == link.section
    ]
    same_block = [pair for pair in near if pair[0].block == link.block]
    return tuple(dict.fromkeys(citation for _, citation in same_block or near))


def files_beside(page: Page, hosted: Iterable[Link]) -> Iterator[tuple[Citation, Link]]:
    """Return the one paper that each of the `hosted` files stands beside: the nearest one mentioned before it.

    A file before all mentions of its section belongs to the first one. A file in a section without a paper
    belongs to none.
    """
    for link in hosted:
        candidates = papers_beside(page, link)
        if candidates:
            yield min(candidates, key=lambda citation: _distance(citation, link)), link


def _distance(citation: Citation, link: Link) -> tuple[bool, int]:
    starts = [mention.span.start for mention in citation.mentions if mention.section == link.section]
    before = [link.span.start - start for start in starts if start <= link.span.start]
    return (False, min(before)) if before else (True, min(starts))


@lru_cache(maxsize=4096)
def is_doi_link(url: str) -> bool:
    """Tell whether an address is one of the DOI resolver: the registry's matter, never crawled."""
    try:
        return urlsplit(url).hostname in _RESOLVERS
    except ValueError:
        return False


def cited_by(page: Page, link: Link) -> Citation | None:
    """Return the citation that a link to the DOI resolver is a mention of."""
    doi = Doi.parse(link.url)
    spanned = [
        citation for citation in page.citations if any(_is_within(each, link) for each in citation.mentions)
    ]
    named = [citation for citation in page.citations if doi in citation.readings]
    return next(iter((*spanned, *named)), None)


def _is_within(mention: Mention, link: Link) -> bool:
    return link.span.start <= mention.span.start and mention.span.end <= link.span.end


def repaired(url: str, doi: Doi) -> str:
    """Return the address that should stand for `url` if it means `doi`; empty where it leads there as it is."""
    parts = urlsplit(url)
    literal = unquote(parts.path).removeprefix("/").removeprefix("doi:").strip()
    if literal.lower() == doi.value and not parts.query and not parts.fragment:
        return ""
    return "https://doi.org/" + _escaped(doi.value)


def _escaped(doi: str) -> str:
    # What ends an address in Markdown or in an HTML attribute, or means something in a URL's path.
    special = "%?#\"'<>()[]{}\\^`| *_"
    return "".join(f"%{ord(letter):02X}" if letter in special else letter for letter in doi)
