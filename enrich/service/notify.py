"""Tells an address of a run that somebody should know of: by POST, as JSON, tried again, and through the guard."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

import structlog

from enrich import __version__
from enrich.config import Config
from enrich.model.outcome import Alert, AlertKind, Report
from enrich.net.fetch import Caps, Fetcher, Reply
from enrich.net.guard import Guard
from enrich.net.host import Patience
from enrich.net.web import Web
from enrich.report.sheet import count
from enrich.service.history import Run

_log = structlog.get_logger()

_HEADERS: Final = {"Content-Type": "application/json"}
# What is told of in full; a first run over a large site may have more news than a message should.
_MOST: Final = 100
_NOUNS: Final[Mapping[AlertKind, tuple[str, str]]] = {
    "retracted": ("paper newly retracted", "papers newly retracted"),
    "broken_pdf": ("PDF newly broken", "PDFs newly broken"),
}


async def tell(config: Config, run: Run, report: Report, news: tuple[Alert, ...]) -> None:
    """Post the run's summary to `[service] notify` if it failed or has news; what becomes of that is logged."""
    url = config.service.notify
    if not url or report.dry_run or not (news or run.ending == "failed"):
        return
    patience = Patience(backoff_s=config.net.backoff_s, max_wait_s=config.net.max_wait_s)
    caps = Caps(config.net.connect_s, config.net.read_s, config.net.total_s)
    async with Fetcher(Guard(config.net.allow), f"enrich/{__version__}", caps) as fetcher:
        got = await Web(fetcher, patience).post(url, message(run, news), _HEADERS)
    # The address itself may be a secret: its path is what lets us in.
    host = urlsplit(url).hostname
    if isinstance(got, Reply) and 200 <= got.status < 300:
        _log.info("notified", host=host, status=got.status)
    else:
        reason = f"answers {got.status} {got.reason}".rstrip() if isinstance(got, Reply) else got.detail
        _log.error("not_notified", host=host, reason=reason)


def message(run: Run, news: tuple[Alert, ...]) -> bytes:
    """Return the summary as JSON; `text` says it in a sentence, where chat programs look for one."""
    summary = {
        "event": "enrich_run",
        "text": sentence(run, news),
        "run": run.id,
        "began": datetime.fromtimestamp(run.begun.began, UTC).isoformat(timespec="seconds"),
        "seconds": round(run.seconds, 3),
        "outcome": run.ending,
        "exit_code": run.exit_code,
        "reason": run.reason,
        "totals": dict(run.totals),
        "alerts_in_all": len(news),
        "alerts": [
            {
                "kind": alert.kind,
                "path": alert.path,
                "line": alert.line,
                "paper": alert.paper,
                "title": alert.title,
                "detail": alert.detail,
            }
            for alert in news[:_MOST]
        ],
    }
    # What is not ASCII is escaped, lone surrogates of strange file names among it.
    return json.dumps(summary).encode()


def sentence(run: Run, news: tuple[Alert, ...]) -> str:
    """Return the run in one sentence."""
    if run.ending == "failed":
        return f"enrich: run {run.id} failed: {run.reason}"
    kinds = [alert.kind for alert in news]
    told = ", ".join(count(kinds.count(kind), *nouns) for kind, nouns in _NOUNS.items() if kind in kinds)
    return f"enrich: {told} (run {run.id})"
