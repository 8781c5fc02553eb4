"""The report for programs, version 1 as the README has it: later versions add keys and change none."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Mapping
from typing import Final

from enrich.model.claims import Judgement
from enrich.model.outcome import Alert, CitationOutcome, HostTraffic, LinkOutcome, PageOutcome, Report
from enrich.model.page import Value
from enrich.report.alerts import alerts
from enrich.report.tally import totals

VERSION: Final = 1

_Json = dict[str, object]


def render(report: Report, exit_code: int, *, indent: int | None = 2) -> str:
    """Return the report as JSON text that ends in a newline, whatever the pages hold.

    Without `indent` it is one line, and made several times as fast.
    """
    whole = {
        "version": VERSION,
        "dry_run": report.dry_run,
        "exit_code": exit_code,
        "seconds": round(report.seconds, 3),
        "totals": totals(report),
        "alerts": [_alert(alert) for alert in alerts(report)],
        "requests": {host: _traffic(traffic) for host, traffic in report.requests},
        "pages": [_page(page) for page in report.pages],
    }
    text = json.dumps(whole, indent=indent, ensure_ascii=False, allow_nan=False) + "\n"
    # A file name that is no UTF-8 holds lone surrogates; backslashreplace makes them JSON's own escapes.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _traffic(traffic: HostTraffic) -> _Json:
    return {
        "sent": traffic.sent,
        "retried": traffic.retried,
        "failed": traffic.failed,
        "bytes": traffic.bytes,
        "waited_s": round(traffic.waited_s, 3),
    }


def _page(page: PageOutcome) -> _Json:
    return {
        "path": page.path,
        "outcome": page.outcome,
        "reason": _reason(page),
        "citations": [_citation(cited) for cited in page.citations],
        "changes": [
            {"key": change.key, "old": plain(change.old), "new": plain(change.new)} for change in page.changes
        ],
        "kept": [
            {"key": kept.key, "page": plain(kept.page), "registry": plain(kept.registry)}
            for kept in page.kept
        ],
        "links": [_link(link) for link in page.links],
    }


def _alert(alert: Alert) -> _Json:
    return {
        "kind": alert.kind,
        "path": alert.path,
        "line": alert.line,
        "paper": alert.paper,
        "title": alert.title,
        "detail": alert.detail,
    }


def _reason(page: PageOutcome) -> str:
    return f"line {page.line}: {page.reason}" if page.reason and page.line else page.reason


def _citation(cited: CitationOutcome) -> _Json:
    return {
        "identifier": cited.identifier,
        "doi": cited.doi.lower() if cited.doi else None,
        "line": cited.line,
        "status": cited.status,
        "detail": cited.detail,
        "in_words": cited.in_words,
        "matched_by": list(cited.matched_by),
        "standing": cited.standing or None,
        "title": cited.work.title if cited.work else None,
        "evidence": _evidence(cited.judgement),
    }


def _evidence(judgement: Judgement | None) -> _Json:
    if judgement is None:
        return {}
    facts = [
        {"kind": fact.kind, "page": fact.page, "registry": fact.registry, "weight": fact.weight}
        for fact in judgement.facts
    ]
    return {"verdict": judgement.verdict, "facts": facts}


def _link(link: LinkOutcome) -> _Json:
    """Every key is always there: addresses are null where there is none, the reason and the detail empty."""
    return {
        "url": link.url,
        "line": link.line,
        "status": link.status,
        "reason": link.reason,
        "final_url": link.final_url or None,
        "bytes": link.bytes,
        "pdf": link.pdf,
        "detail": link.detail,
        "asked_url": link.asked_url or None,
        "permanent": link.permanent or None,
        "repaired": link.repaired or None,
    }


def plain(value: Value) -> object:
    """Return a front-matter value as JSON can hold it: dates as ISO text, numbers that are none as text."""
    match value:
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case datetime.date() | datetime.time():
            return value.isoformat()
        case float() if not math.isfinite(value):
            return str(value)
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)
