"""Looks at one page: what it cites, and what stands under our keys. Pure: bytes in, a small value out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enrich.model.accession import Identifier
from enrich.model.identifier import Doi
from enrich.model.page import Citation, FrontMatter, Mention, Page, Refusal, Span, Style, Value
from enrich.page import entries
from enrich.page.beside import is_doi_link
from enrich.page.body import outline, scan
from enrich.page.front import frontmatter
from enrich.page.match import claims
from enrich.page.profile import Profile

OPTED_OUT = "`enrich: false` stands in its front matter"
NO_FRONT_MATTER = "it has no front matter, and [output] create is off"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the configuration says about pages: the profile, the key of a page's own work, a new block's style.

    `all_links` and the site's `pdf_hosts` say which links matter; PDFs and DOIs always do.
    """

    profile: Profile
    own_key: str = ""
    create: Style | None = None
    all_links: bool = False
    pdf_hosts: tuple[str, ...] = ()

    def wants(self, url: str) -> bool:
        """Tell whether a link may be one to check; what exactly is asked is decided elsewhere."""
        folded = url.lower()
        named = ".pdf" in folded or any(host in folded for host in self.pdf_hosts)
        return named or is_doi_link(url) or (self.all_links and folded.startswith(("http", "//", "www.")))


def look(path: str, source: bytes, digest: str, terms: Terms) -> Page:
    """Return what `source`, the page at `path`, cites and holds; a refusal where its front matter is broken."""
    front = frontmatter.locate(source)
    if isinstance(front, Refusal):
        return Page(path, digest, refusal=front)
    if front is None and terms.create is None:
        return Page(path, digest, skipped=NO_FRONT_MATTER)
    data = front.data if front else {}
    if data.get("enrich") is False:
        return Page(path, digest, skipped=OPTED_OUT)
    if wrong := entries.refusal(data, terms.profile):
        return Page(path, digest, refusal=_placed(wrong, source, front, terms.profile))
    own = own_work(data, terms.own_key) if terms.profile.shape == "flat" else None
    read = outline.read(source, front.body if front else 0)
    cited = citations(read)
    links = tuple(link for link in scan.links(read) if terms.wants(link.url))
    if own:
        cited = (Citation((own,), (), ()), *cited)
    return Page(path, digest, held=entries.held(data, terms.profile), own=own, citations=cited, links=links)


def own_work(data: Mapping[str, Value], key: str) -> Doi | None:
    """Return the work that the page itself is about, as its front matter states under the dotted `key`."""
    value: Value = data
    for name in key.split(".") if key else ():
        value = value.get(name) if isinstance(value, Mapping) else None
    return Doi.parse(value) if key and isinstance(value, str) else None


def citations(read: outline.Outline) -> tuple[Citation, ...]:
    """Return the papers cited in a body, in order of first mention."""
    mentions = scan.mentions(read)
    together: dict[Identifier, list[Mention]] = {}
    for mention in mentions:
        together.setdefault(mention.readings[0], []).append(mention)
    return tuple(_citation(read.sections, same, mentions) for same in together.values())


def _citation(sections: claims.Sections, same: list[Mention], mentions: tuple[Mention, ...]) -> Citation:
    readings = dict.fromkeys(doi for mention in same for doi in mention.readings if isinstance(doi, Doi))
    others = [mention for mention in mentions if mention.readings[0] != same[0].readings[0]]
    return Citation(tuple(readings), tuple(same), tuple(claims.read(sections, each, others) for each in same))


def _placed(wrong: Refusal, source: bytes, front: FrontMatter | None, profile: Profile) -> Refusal:
    names = profile.path[:1] or profile.fields
    spans = [entry.name for entry in front.entries if entry.key in names] if front else []
    return Refusal(wrong.reason, _line(source, spans[0]) if spans else None)


def _line(source: bytes, span: Span) -> int:
    return source.count(b"\n", 0, span.start) + 1
