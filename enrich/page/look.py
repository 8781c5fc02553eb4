"""Looks at one page: what it cites, and what stands under our keys. Pure: bytes in, a small value out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from enrich.model.accession import ArxivId, Identifier
from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.page import Citation, FrontMatter, Mention, Page, Refusal, Span, Style, Unidentified, Value
from enrich.page import entries, together
from enrich.page.beside import is_doi_link
from enrich.page.body import accession, citekey, outline, scan
from enrich.page.front import frontmatter
from enrich.page.match import claims, unidentified
from enrich.page.profile import Profile

OPTED_OUT = "`enrich: false` stands in its front matter"
NO_FRONT_MATTER = "it has no front matter, and [output] create is off"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the configuration says about pages: the profile, the key of a page's own work, a new block's style.

    `all_links` and the site's `pdf_hosts` say which links matter; PDFs and DOIs always do. `held` are the keys under
    which something may stand that was written for other profiles.
    """

    profile: Profile
    own_key: str = ""
    create: Style | None = None
    all_links: bool = False
    pdf_hosts: tuple[str, ...] = ()
    held: tuple[str, ...] = ()

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
    if wrong := _unfit(data, front, terms):
        return Page(path, digest, refusal=_placed(wrong, source, front, terms.profile))
    own = own_work(data, terms.own_key) if terms.profile.about(data) else None
    read = outline.read(source, front.body if front else 0)
    cited = citations(read)
    if "id" in terms.profile.fields:
        cited = citekey.keyed(source, cited)
    links = tuple(link for link in scan.links(read) if terms.wants(link.url))
    if own:
        cited = (Citation((own,), (), ()), *cited)
    return Page(
        path,
        digest,
        held=entries.held(data, terms.profile, terms.held),
        own=own,
        citations=cited,
        links=links,
    )


def _unfit(data: Mapping[str, Value], front: FrontMatter | None, terms: Terms) -> Refusal | None:
    """Say why what is to be written has no place on the page."""
    style = front.style if front else terms.create
    unread = terms.profile.unread(style) if style else ""
    return Refusal(unread, 1) if unread else entries.refusal(data, terms.profile)


def own_work(data: Mapping[str, Value], key: str) -> Doi | None:
    """Return the work that the page itself is about, as its front matter states under the dotted `key`."""
    value: Value = data
    for name in key.split(".") if key else ():
        value = value.get(name) if isinstance(value, Mapping) else None
    return Doi.parse(value) if key and isinstance(value, str) else None


def citations(read: outline.Outline) -> tuple[Citation, ...]:
    """Return the papers cited in a body, by identifier or in words alone, in order of first mention."""
    mentions = _mentions(read)
    same: dict[Identifier, list[Mention]] = {}
    for mention in mentions:
        same.setdefault(mention.readings[0], []).append(mention)
    identified = [_citation(read.sections, each, mentions) for each in same.values()]
    worded = [_in_words(one) for one in unidentified.find(read, mentions)]
    return tuple(sorted([*identified, *worded], key=lambda citation: citation.start))


def _mentions(read: outline.Outline) -> tuple[Mention, ...]:
    """Return the identifiers of every kind, in order; what is part of a DOI is no number of its own."""
    dois = scan.mentions(read)
    numbers = [each for each in accession.mentions(read) if not any(_is_over(each, doi) for doi in dois)]
    if not numbers:
        return dois
    everyone = sorted([*dois, *map(_asked_by_doi, numbers)], key=lambda mention: mention.span.start)
    return together.grouped(read.source, everyone)


def _is_over(one: Mention, other: Mention) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _asked_by_doi(mention: Mention) -> Mention:
    """Read an arXiv number as the DOI that arXiv registered for it: one paper, whichever way it is cited."""
    readings = tuple(each.doi if isinstance(each, ArxivId) else each for each in mention.readings)
    return replace(mention, readings=readings)


def _citation(sections: claims.Sections, same: list[Mention], mentions: tuple[Mention, ...]) -> Citation:
    readings = dict.fromkeys(reading for mention in same for reading in mention.readings)
    return Citation(tuple(readings), tuple(same), tuple(_claims(sections, each, mentions) for each in same))


def _claims(sections: claims.Sections, mention: Mention, mentions: tuple[Mention, ...]) -> Claims:
    """Read what stands near a mention; what stands near the first of its group is said of the whole group."""
    group = [each for each in mentions if each.group and each.group == mention.group] or [mention]
    ours = {each.readings[0] for each in group}
    return claims.read(sections, group[0], [each for each in mentions if each.readings[0] not in ours])


def _in_words(one: Unidentified) -> Citation:
    where = Mention(one.query, (), one.span, one.line, one.section, one.block)
    return Citation((), (where,), (one.claims,), one.query)


def _placed(wrong: Refusal, source: bytes, front: FrontMatter | None, profile: Profile) -> Refusal:
    spans = [entry.name for entry in front.entries if entry.key in profile.keys] if front else []
    return replace(wrong, line=_line(source, spans[0])) if spans and wrong.line is None else wrong


def _line(source: bytes, span: Span) -> int:
    return source.count(b"\n", 0, span.start) + 1
