"""One page explained: what stands where, what the registry says, what agrees, what is written and why."""

from __future__ import annotations

from typing import Final, Protocol

from enrich.model.accession import Identifier, named
from enrich.model.claims import Fact, Judgement
from enrich.model.link import LinkStatus
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.outcome import CitationOutcome, Difference, PageOutcome
from enrich.model.page import Citation, Page
from enrich.model.work import Work
from enrich.report import addresses
from enrich.report.sheet import Sheet, brief, place
from enrich.report.text import Manner, kept_words


class Answers(Protocol):
    """What the sources said, by identifier."""

    def get(self, name: Identifier, /) -> LookUp[Work] | None:
        """Return what `name` means, or None where nobody was asked."""


_NAMED: Final = 3
_LINK_STYLES: Final[dict[LinkStatus, str]] = {
    "ok": "green",
    "broken": "red",
    "blocked": "",
    "unknown": "yellow",
}
_SAID: Final = {
    "written": "would be written",
    "unchanged": "nothing to change",
    "no_citation": "cites no paper that could be found",
    "skipped": "skipped",
    "refused": "refused, and left as it is",
    "incomplete": "incomplete, and left as it is",
}


def explain(outcome: PageOutcome, page: Page | None, answers: Answers, manner: Manner | None = None) -> str:
    """Return what became of one page, and why, as text.

    `page` is what looking at it found, None where it could not be read; `answers` what its readings are.
    """
    manner = manner or Manner()
    sheet = Sheet(width=manner.width, colour=manner.colour)
    sheet.head(f"{place(outcome.path, outcome.line)}: {_SAID[outcome.outcome]}")
    if outcome.reason:
        sheet.line(outcome.reason, indent=2)
    if page and page.own:
        sheet.line(f"Its own work is {page.own}, as its front matter says.", indent=2)
    cited = _by_place(page)
    for one in outcome.citations:
        _citation(sheet, outcome.path, one, cited.get((one.line, one.identifier)), answers)
    _links(sheet, outcome)
    _changes(sheet, outcome)
    _kept(sheet, outcome)
    return str(sheet)


def describe(work: Work) -> str:
    """Return a work in one line, as a reference list would: authors, title, container, numbers, date."""
    names = [str(author) for author in work.authors[:_NAMED]]
    authors = ", ".join(names) + (" et al." if len(work.authors) > _NAMED else "")
    volume = work.volume + (f"({work.issue})" if work.issue else "")
    where = ":".join(part for part in (volume, work.pages or work.article_number) if part)
    container = " ".join(part for part in (work.container, where) if part)
    date = str(work.published) if work.published else ""
    parts = (authors, f'"{work.title}"' if work.title else "", container, date)
    return "; ".join(part for part in parts if part) or "a record without a title, authors or date"


def _by_place(page: Page | None) -> dict[tuple[int, str], Citation]:
    citations = page.citations if page else ()
    return {(mention.line, mention.text): one for one in citations for mention in one.mentions}


def _citation(
    sheet: Sheet, path: str, one: CitationOutcome, citation: Citation | None, answers: Answers
) -> None:
    sheet.gap()
    sheet.entry(place(path, one.line), one.identifier, indent=0, style="bold cyan")
    known = (named(one.doi),) if one.doi else ()
    for name in citation.readings if citation and citation.readings else known:
        if name is not None:
            _field(sheet, f"{'found' if one.in_words else 'read'} as {name}", _said(answers.get(name)))
    if one.judgement:
        _evidence(sheet, one.judgement)
    stale = "; the answer is past its lifetime, and a newer one could not be had" if one.stale else ""
    _field(sheet, one.status.replace("_", " "), one.detail + stale, _style(one))


def _said(answer: LookUp[Work] | None) -> str:
    match answer:
        case Found(work):
            return f"{work.agency}: {describe(work)}"
        case Absent(reason, detail) | Failed(reason, detail):
            return f"{reason.replace('_', ' ')}: {detail}"
        case None:
            return "not looked up, since a likelier reading was settled"


def _evidence(sheet: Sheet, judgement: Judgement) -> None:
    if not judgement.facts:
        _field(sheet, "evidence", f"{judgement.verdict}, since the page says nothing to hold it against")
        return
    weight = sum(fact.weight for fact in judgement.facts)
    _field(sheet, "evidence", f"{judgement.verdict}, {weight:+g} in all")
    for fact in judgement.facts:
        _fact(sheet, fact)


def _fact(sheet: Sheet, fact: Fact) -> None:
    word, style = ("for it", "green") if fact.weight > 0 else ("against it", "red")
    sheet.line(f"{fact.kind}: {word} ({fact.weight:+g})", indent=4, style=style)
    sheet.line(f"the page: {brief(fact.page, 240)}", indent=6, hang=10)
    sheet.line(f"registry: {brief(fact.registry, 240)}", indent=6, hang=10)


def _links(sheet: Sheet, outcome: PageOutcome) -> None:
    if outcome.links:
        sheet.head("links, and what is there")
    for link in outcome.links:
        sheet.entry(place(outcome.path, link.line), addresses.shortened(link.url), indent=2)
        style = "red" if addresses.is_other_paper(link) else _LINK_STYLES[link.status]
        size = f", {link.bytes:,} bytes" if link.bytes is not None else ""
        sheet.line(addresses.verdict(link) + size, indent=4, hang=2, style=style)
        for word, url in addresses.elsewhere(link):
            sheet.line(f"{word} {url}", indent=4, hang=2)


def _style(one: CitationOutcome) -> str:
    return {"found": "green", "suspect": "yellow", "unavailable": "yellow"}.get(one.status, "")


def _field(sheet: Sheet, name: str, words: str, style: str = "") -> None:
    sheet.line(f"{name}: {words}" if words else name, indent=2, hang=2, style=style)


def _changes(sheet: Sheet, outcome: PageOutcome) -> None:
    if outcome.changes:
        sheet.head("what is written, and why", "bold green")
    for change in outcome.changes:
        sheet.line(f"{change.key}: {_change(change)}", indent=2, hang=2)
        sheet.line(change.why, indent=4, hang=2, style="dim")


def _change(change: Difference) -> str:
    if change.new is None:
        return "taken out"
    return brief(change.new, 240) + (f" instead of {brief(change.old)}" if change.old is not None else "")


def _kept(sheet: Sheet, outcome: PageOutcome) -> None:
    if outcome.kept:
        sheet.head("kept as a person left it")
    for kept in outcome.kept:
        sheet.line(kept_words(kept), indent=2, hang=2)
