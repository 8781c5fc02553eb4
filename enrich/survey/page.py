"""What one page shows to a survey: its front matter's style, what it cites by, where its PDFs stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from enrich.model.accession import Accession, ArxivId, Pmcid, Pmid, ShortDoi
from enrich.model.page import Link, Mention, Refusal, Unidentified, Value
from enrich.model.survey import CitedBy, Fault, SurveyedPage
from enrich.page.body import accession, outline, scan
from enrich.page.front import frontmatter
from enrich.page.look import own_work
from enrich.page.match import unidentified

# Where people note the DOI of the paper that a page is about.
_OWN_KEYS: Final = ("doi", "DOI", "params.doi", "extra.doi", "citation.doi", "hugoblox.ids.doi")
# Where our list of works may come to stand.
_OUR_KEYS: Final = ("citations", "extra.citations")
_PDF: Final = re.compile(r"\.pdf$", re.IGNORECASE)
_KINDS: Final[Mapping[type[Accession], CitedBy]] = {
    Pmid: "pmid",
    Pmcid: "pmcid",
    ArxivId: "arxiv",
    ShortDoi: "short_doi",
}


def look(path: str, source: bytes) -> SurveyedPage:
    """Return what the page at `path` shows; refused where its front matter is broken, and nothing else of it then."""
    front = frontmatter.locate(source)
    if isinstance(front, Refusal):
        return SurveyedPage(path, refused=Fault(path, front.reason, front.line))
    data: Mapping[str, Value] = front.data if front else {}
    read = outline.read(source, front.body if front else 0)
    dois, others = scan.mentions(read), accession.mentions(read)
    words = unidentified.find(read, (*dois, *others))
    return SurveyedPage(
        path,
        style=front.style if front else None,
        cited_by=tuple(_kinds(dois, others, words)),
        pdf_hosts=tuple(_pdf_hosts(scan.links(read))),
        own_key=next((key for key in _OWN_KEYS if own_work(data, key)), ""),
        taken_keys=tuple(key for key in _OUR_KEYS if _is_taken(data, key)),
        opted_out=data.get("enrich") is False,
    )


def _is_taken(data: Mapping[str, Value], key: str) -> bool:
    """Tell whether a run would refuse the page for what stands under `key`, as `page/entries` does."""
    value: Value = data
    for name in key.split("."):
        if not isinstance(value, Mapping):
            return True
        value = value.get(name, [])
        if value == []:
            return False
    is_list = isinstance(value, list) and all(isinstance(each, Mapping) for each in value)
    return value is not None and not is_list


def _kinds(
    dois: Sequence[Mention], others: Sequence[Mention], words: Sequence[Unidentified]
) -> Iterator[CitedBy]:
    for mention in dois:
        yield "damaged_doi" if mention.damaged else "doi"
    for mention in others:
        yield next(kind for one, kind in _KINDS.items() if isinstance(mention.readings[0], one))
    for _ in words:
        yield "words"


def _pdf_hosts(links: Sequence[Link]) -> Iterator[str]:
    """Yield the host of each link to a PDF, empty for one on the site itself."""
    for link in links:
        try:
            parts = urlsplit(link.url.strip())
            host = parts.netloc.rpartition("@")[2].lower()
        except ValueError:
            continue
        if _PDF.search(parts.path) and parts.scheme in ("http", "https", ""):
            yield host
