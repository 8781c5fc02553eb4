"""The summary of a run for a person: what needs them first, the totals last, nearest to the prompt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from enrich.model.outcome import AlertKind, CitationOutcome, Kept, LinkOutcome, PageOutcome, Report, Status
from enrich.report import addresses, headline
from enrich.report.addresses import Address
from enrich.report.alerts import alerts
from enrich.report.sheet import Sheet, brief, count, place

# How many places a part lists before it says how many more there are.
LISTED: Final = 20
# A place and what is said of it.
_Entry = tuple[str, str]
# Parts of links: what heads them, which they are, and how the head looks.
_LinkPart = tuple[str, Callable[[LinkOutcome], bool], str]
_WRONG: Final[tuple[_LinkPart, ...]] = (
    ("broken links: correct them on the page", addresses.is_broken, "bold red"),
    ("another paper's PDF: link the paper that is cited beside it", addresses.is_other_paper, "bold red"),
)
_UNKNOWN: Final[tuple[_LinkPart, ...]] = (
    ("unknown links: no answer this time; the next run asks again", addresses.is_unknown, "bold"),
)
# News that must not wait, by kind.
_NEWS: Final[tuple[tuple[AlertKind, str], ...]] = (
    ("retracted", "newly retracted: see whether what the page says still holds"),
    ("broken_pdf", "newly broken PDFs"),
)
# What only a person can decide: the status, what heads the part, and what to do.
_SUSPECT: Final[tuple[Status, str, str]] = (
    "suspect",
    "suspect: not written, since it looks like another paper",
    "Correct the identifier on the page, or say accept = true or false in .enrich/decisions.toml.",
)
_SUGGESTED: Final[tuple[Status, str, str]] = (
    "suggested",
    "suggested: not written, since the page's words do not decide it",
    "Add the DOI on the page, or run with --suggest and answer in .enrich/decisions.toml.",
)
# For those who want everything: nothing to be done, or nothing pressing.
_TOLD: Final[tuple[_LinkPart, ...]] = (
    ("blocked links: the host refuses robots; try them in a browser", addresses.is_blocked, "bold"),
    ("moved links: they work, but stand elsewhere now", addresses.is_moved, "bold"),
    ("unreadable PDFs: nobody knows which paper they are", addresses.is_unreadable, "bold"),
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a summary is said.

    `width` is the terminal's in columns; `verbose` lists every place; `quiet` says only what needs a person.
    """

    width: int = 80
    colour: bool = False
    verbose: bool = False
    quiet: bool = False


def summary(report: Report, manner: Manner | None = None) -> str:
    """Return the run as text; empty where `manner.quiet` and nothing needs a person."""
    manner = manner or Manner()
    sheet = Sheet(width=manner.width, colour=manner.colour)
    limit = None if manner.verbose else LISTED
    _alerts(sheet, report)
    if not manner.quiet:
        _done(sheet, report, limit)
    _pressing(sheet, report, limit)
    if manner.verbose:
        nothing = _cited(report, "not_found", in_words=True)
        _part(sheet, "not recognised: no record fits these words", nothing, limit)
        _links(sheet, report, limit, _TOLD)
    if not manner.quiet:
        _links(sheet, report, limit, _UNKNOWN)
        _notes(sheet, report)
        _totals(sheet, report, everyone=manner.verbose)
    if report.interrupted is not None:
        sheet.head("Interrupted: what came is kept; run again to go on.", "bold red")
    return str(sheet)


def _done(sheet: Sheet, report: Report, limit: int | None) -> None:
    """List what is well, and what is as a person wants it."""
    _part(sheet, "would be written" if report.dry_run else "written", _written(report), limit, "bold green")
    _skipped(sheet, report, limit)
    _kept(sheet, report, limit)


def _pressing(sheet: Sheet, report: Report, limit: int | None) -> None:
    """List what needs a person, or another run."""
    _part(
        sheet,
        "not found: nobody knows the identifier; correct it on the page",
        _cited(report, "not_found"),
        limit,
        "bold yellow",
    )
    _part(sheet, "no metadata: registered, but nobody describes it", _cited(report, "no_metadata"), limit)
    _doubts(sheet, report, limit, _SUSPECT)
    _doubts(sheet, report, limit, _SUGGESTED)
    _links(sheet, report, limit, _WRONG)
    _part(sheet, "refused: left as they are; mend the page", _reasons(report, "refused"), limit, "bold red")
    _part(
        sheet,
        "not asked: run without --offline; past [match] limit, run again",
        _cited(report, "not_asked"),
        limit,
    )
    _part(
        sheet,
        "unavailable: a source failed; run again, only these are asked",
        _cited(report, "unavailable"),
        limit,
        "bold yellow",
    )
    _part(
        sheet,
        "incomplete: run again once the cause is gone",
        _reasons(report, "incomplete"),
        limit,
        "bold yellow",
    )


def disagreement(cited: CitationOutcome) -> Iterator[str]:
    """Yield both sides of each fact that speaks against a citation, then what agrees."""
    facts = cited.judgement.facts if cited.judgement else ()
    for fact in facts:
        if fact.weight < 0:
            yield f"{fact.kind:<8} the page: {brief(fact.page, 160)}"
            yield f"{'':<8} registry: {brief(fact.registry, 160)}"
    agree = [fact.kind for fact in facts if fact.weight > 0]
    if agree:
        yield f"agree:   {', '.join(agree)}"


def _part(sheet: Sheet, head: str, entries: Iterable[_Entry], limit: int | None, style: str = "bold") -> None:
    listed = list(entries)
    if not listed:
        return
    sheet.head(head, style)
    for where, words in islice(listed, limit):
        sheet.entry(where, words)
    _more(sheet, len(listed), limit)


def _more(sheet: Sheet, number: int, limit: int | None) -> None:
    if limit is not None and number > limit:
        sheet.line(f"and {number - limit:,} more: -v or --report lists them", indent=2, style="dim")


def _alerts(sheet: Sheet, report: Report) -> None:
    news = alerts(report)
    for kind, head in _NEWS:
        of_kind = [alert for alert in news if alert.kind == kind]
        if of_kind:
            sheet.head(head, "bold red")
        for alert in of_kind:
            sheet.entry(place(alert.path, alert.line), f"{alert.paper} {brief(alert.title, 120)}".rstrip())
            sheet.line(alert.detail, indent=4, hang=2)


def _doubts(sheet: Sheet, report: Report, limit: int | None, part: tuple[Status, str, str]) -> None:
    status, head, advice = part
    found = [(page, cited) for page, cited in _citations(report) if cited.status == status]
    if not found:
        return
    sheet.head(head, "bold yellow")
    for page, cited in islice(found, limit):
        lines = list(disagreement(cited))
        why = "" if lines and not cited.in_words else f": {cited.detail}"
        sheet.entry(place(page.path, cited.line), cited.identifier + why)
        if cited.in_words and cited.doi:
            sheet.line(f"perhaps {cited.doi}", indent=4, hang=2)
        for line in lines:
            sheet.line(line, indent=4, hang=9)
    _more(sheet, len(found), limit)
    sheet.line(advice, indent=2)


def _links(sheet: Sheet, report: Report, limit: int | None, parts: Iterable[_LinkPart]) -> None:
    for head, wanted, style in parts:
        found = addresses.gathered(report, wanted)
        if found:
            sheet.head(head, style)
        for address in islice(found, limit):
            _address(sheet, address, is_whole=limit is None)
        _more(sheet, len(found), limit)


def _address(sheet: Sheet, address: Address, *, is_whole: bool) -> None:
    first, *others = address.places
    sheet.entry(first, addresses.shortened(address.link.url))
    said = (f"{word} {url}" for word, url in addresses.elsewhere(address.link))
    for line in filter(None, (addresses.why(address.link), *said)):
        sheet.line(line, indent=4, hang=2)
    if not is_whole and others:
        sheet.line(f"also in {count(len(others), 'other place')}", indent=4)
    for other in others if is_whole else ():
        sheet.entry(other, "", indent=4)


def _citations(report: Report) -> Iterator[tuple[PageOutcome, CitationOutcome]]:
    return ((page, cited) for page in report.pages for cited in page.citations)


def _cited(report: Report, status: Status, *, in_words: bool = False) -> Iterator[_Entry]:
    for page, cited in _citations(report):
        # Only what a search does not find is told apart: nobody need correct those words.
        if cited.status == status and (status != "not_found" or cited.in_words == in_words):
            words = f"{cited.identifier}: {cited.detail}" if cited.detail else cited.identifier
            yield place(page.path, cited.line), words


def _reasons(report: Report, outcome: str) -> Iterator[_Entry]:
    return ((place(page.path, page.line), page.reason) for page in report.pages if page.outcome == outcome)


def _written(report: Report) -> Iterator[_Entry]:
    for page in report.pages:
        if page.outcome == "written":
            yield page.path, count(len(page.changes), "change")


def _skipped(sheet: Sheet, report: Report, limit: int | None) -> None:
    reasons = dict.fromkeys(page.reason for page in report.pages if page.outcome == "skipped")
    for reason in reasons:
        same = [place for place, why in _reasons(report, "skipped") if why == reason]
        _part(sheet, f"skipped: {reason}", ((path, "") for path in same), limit)


def _kept(sheet: Sheet, report: Report, limit: int | None) -> None:
    pages = [page for page in report.pages if page.kept]
    if pages:
        sheet.head("kept as a person left it")
    for page in islice(pages, limit):
        sheet.entry(page.path, "")
        for kept in page.kept:
            sheet.line(kept_words(kept), indent=4, hang=2)
    _more(sheet, len(pages), limit)


def _notes(sheet: Sheet, report: Report) -> None:
    if report.notes:
        sheet.head("notes")
    for note in report.notes:
        sheet.line(note, indent=2, hang=2)


def kept_words(kept: Kept) -> str:
    """Return what a person's value is and, where somebody was asked, what the registry says instead."""
    # A DOI may hold dots and brackets.
    entry, bracket, field = kept.key.rpartition("]")
    name = field.rpartition(".")[2] or "entry"
    of = f" of {entry.partition('[')[2]}" if bracket else ""
    registry = kept.registry if isinstance(kept.registry, str) else brief(kept.registry)
    known = f" ({kept.agency}: {registry})" if kept.agency else ""
    return (
        f"kept: {name} {brief(kept.page)}{of}{known}"
        if kept.page is not None
        else f"kept: no {name}{of}{known}"
    )


def _totals(sheet: Sheet, report: Report, *, everyone: bool) -> None:
    pages, *others = headline.counted(report)
    sheet.head(pages)
    for line in (*others, *headline.asked(report, everyone=everyone)):
        sheet.line(line)
    if report.dry_run:
        sheet.line("Dry run: nothing was written.")
