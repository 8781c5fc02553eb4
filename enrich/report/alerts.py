"""News that must not wait: what a page's entries say only since this run, or would say after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from enrich.model.outcome import Alert, AlertKind, CitationOutcome, Difference, PageOutcome, Report
from enrich.model.page import Value

_RETRACTED: Final = ("retracted", "withdrawn")
_OF_WORK: Final = re.compile(r"[^\[]*\[(?P<paper>.+)\](?:\.(?P<field>\w+))?")


def alerts(report: Report) -> tuple[Alert, ...]:
    """Return the papers newly retracted, then the hosted PDFs newly broken, in the order of the pages."""
    found = [alert for page in report.pages for change in page.changes for alert in _of(page, change)]
    return tuple(sorted(found, key=lambda alert: alert.kind != "retracted"))


def _of(page: PageOutcome, change: Difference) -> Iterator[Alert]:
    name = _OF_WORK.fullmatch(change.key)
    if name is None:
        return
    old, new = _fields(change.old, name["field"]), _fields(change.new, name["field"])
    cited = next((one for one in page.citations if one.doi == name["paper"]), None)
    status, before = new.get("status"), old.get("status")
    if status in _RETRACTED and before not in _RETRACTED:
        yield _alert("retracted", page, name["paper"], cited, f"{status}{_by(new.get('notice'))}")
    if _status(new.get("pdf")) == "broken" and _status(old.get("pdf")) != "broken":
        pdf = new["pdf"]
        url = str(pdf["url"]) if isinstance(pdf, Mapping) else ""
        yield _alert("broken_pdf", page, name["paper"], cited, f"its PDF is broken: {url}")


def _fields(value: Value, field: str | None) -> Mapping[str, Value]:
    """Return a changed value as the part of an entry that it is."""
    if field:
        return {field: value}
    return value if isinstance(value, Mapping) else {}


def _alert(
    kind: AlertKind, page: PageOutcome, paper: str, cited: CitationOutcome | None, detail: str
) -> Alert:
    title = cited.work.title if cited and cited.work else ""
    return Alert(kind, page.path, cited.line if cited else None, paper, title, detail)


def _by(notice: Value) -> str:
    if not isinstance(notice, Mapping):
        return ""
    date = f" of {notice['date']}" if "date" in notice else ""
    return f" by the notice{date}: https://doi.org/{notice.get('doi')}"


def _status(pdf: Value) -> Value:
    return pdf.get("status") if isinstance(pdf, Mapping) else None
