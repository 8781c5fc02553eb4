"""The report as Markdown for a pull request's comment (GitHub takes 65,536 characters), headline first.

Whatever a page or a registry said stands in code spans: there nothing is markup, and nobody is mentioned.
https://github.github.com/gfm/#code-spans, https://github.github.com/gfm/#tables-extension-
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from enrich.model.outcome import CitationOutcome, Difference, LinkOutcome, PageOutcome, Report
from enrich.model.page import Value
from enrich.report import addresses, headline
from enrich.report.alerts import alerts
from enrich.report.sheet import brief, count, place, visible
from enrich.report.tally import totals
from enrich.report.text import kept_words

LIMIT: Final = 65_000
_LONGEST: Final = 240
# A whole entry is told by these.
_KNOWN_BY: Final = ("title", "journal", "published", "status")
_ENDINGS: Final = {
    0: "",
    1: "**Findings:** this run ends with exit code 1.\n\n",
    3: "**Incomplete:** not everything could be asked, read or written; run again.\n\n",
}
_CUT_SHORT: Final = "**Cut short:** what came is kept; run again to go on.\n\n"
_CUT: Final = "\n*{} not shown here; `--report FILE.json` has everything.*\n"
# What a note on rows left out takes at most.
_NOTE: Final = 100


@dataclass(frozen=True, slots=True)
class _Table:
    """A part of the comment; its rows are Markdown already, each ends in a newline."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]

    @property
    def head(self) -> str:
        """The title and the columns' names."""
        return f"\n### {self.title}\n\n{_row(self.columns)}{'|---' * len(self.columns)}|\n"

    @property
    def size(self) -> int:
        """How many characters all of it takes."""
        return len(self.head) + sum(map(len, self.rows))


def render(report: Report, exit_code: int) -> str:
    """Return the run as Markdown, at most `LIMIT` characters; a table that was cut says by how much."""
    head = _head(report, exit_code)
    tables = [table for table in _tables(report) if table.rows]
    room = LIMIT - len(head) - _NOTE * len(tables)
    return head + "".join(map(_fitted, tables, _shares([table.size for table in tables], room)))


def code(text: str) -> str:
    """Return `text` as a code span that may stand in a table's cell; spaces are folded, empty stays empty.

    A cell's end is looked for before code spans are, with backslashes counted, so a pipe gets one and a backslash
    before a pipe is spelled out.
    """
    line = " ".join(visible(text).split())
    if len(line) > _LONGEST:
        line = f"{line[: _LONGEST - 1]}…"
    line = re.sub(r"\\+(?=\|)", lambda found: r"\x5c" * len(found[0]), line).replace("|", r"\|")
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else ""


def _head(report: Report, exit_code: int) -> str:
    counts = totals(report)
    done = "would change" if report.dry_run else "changed"
    title = f"## enrich: {counts['written']:,} of {count(counts['pages'], 'page')} {done}\n\n"
    ending = _CUT_SHORT if report.interrupted is not None else _ENDINGS.get(exit_code, "")
    return title + ending + "".join(f"- {line}\n" for line in headline.counted(report))


def _tables(report: Report) -> Iterator[_Table]:
    done = "What would be written" if report.dry_run else "What was written"
    yield _Table(
        "Newly retracted papers, and PDFs newly broken",
        ("place", "paper", "what happened"),
        tuple(_alerts(report)),
    )
    yield _Table(done, ("page", "value", "before", "after"), tuple(_changes(report)))
    yield _Table(
        "Suspect: not written, since it looks like another paper",
        ("place", "citation", "the page", "the registry"),
        tuple(_doubts(report, "suspect")),
    )
    yield _Table(
        "Suggested: the page's words do not decide it",
        ("place", "citation", "the page", "the registry"),
        tuple(_doubts(report, "suggested")),
    )
    yield _Table("Not found: no agency knows it", _CITED, tuple(_cited(report, "not_found")))
    yield _Table("Broken links", _LINKED, tuple(_links(report, addresses.is_broken)))
    yield _Table("PDFs of another paper", _LINKED, tuple(_links(report, addresses.is_other_paper)))
    yield _Table("Refused: left as they are", ("page", "why"), tuple(_reasons(report, "refused")))
    yield _Table("Incomplete: run again", ("page", "why"), tuple(_reasons(report, "incomplete")))
    yield _Table("Kept as a person left it", ("page", "value"), tuple(_kept(report)))


_CITED: Final = ("place", "citation", "why")
_LINKED: Final = ("place", "address", "why", "instead")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _changes(report: Report) -> Iterator[str]:
    for page in report.pages:
        # The page is named once; a row of its own each time would say it ten times over.
        names = [code(page.path)] + [""] * len(page.changes)
        for name, change in zip(names, page.changes, strict=False):
            yield _row((name, code(change.key), *_sides(change)))


def _sides(change: Difference) -> tuple[str, str]:
    return _value(change.old), _value(change.new)


def _value(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping) and "title" in value:
        return code("; ".join(str(value[key]) for key in _KNOWN_BY if value.get(key)))
    return code(brief(value, _LONGEST))


def _alerts(report: Report) -> Iterator[str]:
    for alert in alerts(report):
        paper = f"{code(alert.paper)} {code(alert.title)}".strip()
        yield _row((code(place(alert.path, alert.line)), paper, code(alert.detail)))


def _doubts(report: Report, status: str) -> Iterator[str]:
    for page, cited in _citations(report, status):
        facts = [fact for fact in (cited.judgement.facts if cited.judgement else ()) if fact.weight < 0]
        said = "<br>".join(f"{fact.kind}: {code(fact.page)}" for fact in facts) or code(cited.detail)
        known = "<br>".join(f"{fact.kind}: {code(fact.registry)}" for fact in facts)
        known = code(cited.doi or "") + (f"<br>{known}" if known else "") if cited.in_words else known
        yield _row((code(place(page.path, cited.line)), code(cited.identifier), said, known))


def _citations(report: Report, status: str) -> Iterator[tuple[PageOutcome, CitationOutcome]]:
    return ((page, cited) for page in report.pages for cited in page.citations if cited.status == status)


def _cited(report: Report, status: str) -> Iterator[str]:
    for page, cited in _citations(report, status):
        if cited.in_words:
            continue
        yield _row((code(place(page.path, cited.line)), code(cited.identifier), code(cited.detail)))


def _links(report: Report, wanted: Callable[[LinkOutcome], bool]) -> Iterator[str]:
    for address in addresses.gathered(report, wanted):
        link, (first, *others) = address.link, address.places
        where = code(first) + (f" and {count(len(others), 'other place')}" if others else "")
        instead = "<br>".join(f"{word} {code(url)}" for word, url in addresses.elsewhere(link))
        yield _row((where, code(link.url), code(addresses.why(link)), instead))


def _reasons(report: Report, outcome: str) -> Iterator[str]:
    for page in report.pages:
        if page.outcome == outcome:
            yield _row((code(place(page.path, page.line)), code(page.reason)))


def _kept(report: Report) -> Iterator[str]:
    for page in report.pages:
        for kept in page.kept:
            yield _row((code(page.path), code(kept_words(kept).removeprefix("kept: "))))


def _shares(sizes: Sequence[int], room: int) -> list[int]:
    """Return how much of `room` each part gets: all it needs where that is little, else an equal part of the rest."""
    shares = [0] * len(sizes)
    for done, index in enumerate(sorted(range(len(sizes)), key=sizes.__getitem__)):
        shares[index] = min(sizes[index], room // (len(sizes) - done))
        room -= shares[index]
    return shares


def _fitted(table: _Table, share: int) -> str:
    text = table.head
    for number, row in enumerate(table.rows):
        if len(text) + len(row) > share:
            return text + _CUT.format(count(len(table.rows) - number, "row"))
        text += row
    return text
