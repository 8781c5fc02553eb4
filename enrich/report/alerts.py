"""News that must not wait: what became of papers that a page's entries do not say yet, and PDFs that broke."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from enrich.model.outcome import Alert, Difference, PageOutcome, Report
from enrich.model.page import Value

_OF_WORK: Final = re.compile(r"[^\[]*\[(?P<paper>.+)\](?:\.(?P<field>[\w-]+))?")


def alerts(report: Report) -> tuple[Alert, ...]:
    """Return the papers newly retracted, then the hosted PDFs newly broken, in the order of the pages.

    A paper is news for as long as the page's entry does not say it, whether or not this run may write it: so every
    run tells it where the profile has no place for it. Where a person took the word out, it is none.
    """
    retracted = [alert for page in report.pages for alert in _retracted(page)]
    broken = [alert for page in report.pages for change in page.changes for alert in _broken(page, change)]
    return (*retracted, *broken)


def _retracted(page: PageOutcome) -> Iterator[Alert]:
    taken_out = {name["paper"] for kept in page.kept if kept.page is None and (name := _status_of(kept.key))}
    told: set[str] = set()
    for cited in page.citations:
        paper = cited.doi or cited.identifier
        if cited.is_news and paper not in told | taken_out:
            told.add(paper)
            title = cited.work.title if cited.work else ""
            yield Alert("retracted", page.path, cited.line, paper, title, cited.fate)


def _status_of(key: str) -> re.Match[str] | None:
    name = _OF_WORK.fullmatch(key)
    return name if name and name["field"] in (None, "status") else None


def _broken(page: PageOutcome, change: Difference) -> Iterator[Alert]:
    name = _OF_WORK.fullmatch(change.key)
    if name is None:
        return
    old, new = _fields(change.old, name["field"]).get("pdf"), _fields(change.new, name["field"]).get("pdf")
    if isinstance(new, Mapping) and new.get("status") == "broken" and _status(old) != "broken":
        cited = next((one for one in page.citations if one.doi == name["paper"]), None)
        title = cited.work.title if cited and cited.work else ""
        line = cited.line if cited else None
        yield Alert(
            "broken_pdf", page.path, line, name["paper"], title, f"its PDF is broken: {new.get('url')}"
        )


def _fields(value: Value, field: str | None) -> Mapping[str, Value]:
    """Return a changed value as the part of an entry that it is."""
    if field:
        return {field: value}
    return value if isinstance(value, Mapping) else {}


def _status(pdf: Value) -> Value:
    return pdf.get("status") if isinstance(pdf, Mapping) else None
