"""CSV, for spreadsheets and programs: https://www.rfc-editor.org/rfc/rfc4180, in UTF-8 without a mark before it.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula and runs it, and titles come from
strangers. Such a cell gets an apostrophe before it, which spreadsheets hide and programs take off again: one of the
apostrophes before such a sign is ours (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from enrich.export.entry import Entry
from enrich.export.plain import line
from enrich.model.work import Author, Group

# The full-width forms are signs to some spreadsheets, too.
_FORMULA: Final = re.compile("'*[=+@＝＋＠－-]")

COLUMNS: Final[Mapping[str, Callable[[Entry], str]]] = {
    "key": lambda entry: entry.key,
    "doi": lambda entry: entry.work.doi.value if entry.work.doi else "",
    "pmid": lambda entry: entry.work.pmid.value if entry.work.pmid else "",
    "pmcid": lambda entry: entry.work.pmcid.value if entry.work.pmcid else "",
    "arxiv": lambda entry: entry.work.arxiv.value if entry.work.arxiv else "",
    "type": lambda entry: entry.work.kind,
    "title": lambda entry: entry.work.title,
    "authors": lambda entry: "; ".join(map(_name, entry.work.authors)),
    "editors": lambda entry: "; ".join(map(_name, entry.work.editors)),
    "journal": lambda entry: entry.work.container,
    "published": lambda entry: str(entry.work.published or ""),
    "volume": lambda entry: entry.work.volume,
    "issue": lambda entry: entry.work.issue,
    "pages": lambda entry: entry.work.pages,
    "publisher": lambda entry: entry.work.publisher,
    "issn": lambda entry: "; ".join(entry.work.issn),
    "status": lambda entry: entry.standing.status if entry.standing else "",
    "notice": lambda entry: str(entry.standing.notice or "") if entry.standing else "",
    "notice_date": lambda entry: str(entry.standing.date or "") if entry.standing else "",
    "published_as": lambda entry: str(entry.work.published_as or ""),
    "citing_pages": lambda entry: str(len(entry.pages)),
    "cited_on": lambda entry: "; ".join(entry.pages),
}


def render(entries: Iterable[Entry]) -> str:
    """Return the entries as CSV with a head line; lines end in CR LF, and no cell holds a line break."""
    file = io.StringIO(newline="")
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    rows.writerows([cell(column(entry)) for column in COLUMNS.values()] for entry in entries)
    return file.getvalue()


def cell(text: str) -> str:
    """Return `text` in one line, as a cell that no spreadsheet runs; `plain` gives it back."""
    said = line(text)
    return f"'{said}" if _FORMULA.match(said) else said


def plain(written: str) -> str:
    """Return what a cell says, without the apostrophe that `cell` put before it."""
    return written[1:] if written.startswith("'") and _FORMULA.match(written) else written


def _name(person: Author | Group) -> str:
    if isinstance(person, Group) or not (person.family and person.given):
        return str(person)
    return f"{person.family}, {' '.join(filter(None, (person.given, person.suffix)))}"
