"""A run in a few sentences: what became of its pages, works and links, and what was asked of whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from enrich.model.outcome import HostTraffic, Report
from enrich.report.sheet import count, duration
from enrich.report.tally import totals

# How each total is said, beside its number.
_WORDS: Final = {
    "written": "written",
    "unchanged": "unchanged",
    "no_citation": "without citations",
    "skipped": "skipped",
    "refused": "refused",
    "incomplete": "incomplete",
    "found": "found",
    "not_found": "not found",
    "no_metadata": "without metadata",
    "unavailable": "unavailable",
    "not_asked": "not asked",
    "ok": "ok",
    "broken": "broken",
    "blocked": "blocked",
    "unknown": "unknown",
}
_PAGES: Final = ("written", "unchanged", "no_citation", "skipped", "refused", "incomplete")
_WORKS: Final = ("found", "not_found", "no_metadata", "unavailable", "not_asked")
_LINKS: Final = ("ok", "broken", "blocked", "unknown")
# A list of hosts ends here: links lead to thousands.
_HOSTS: Final = 8


def counted(report: Report) -> Iterator[str]:
    """Yield a sentence on pages, one on works and one on links, the latter two where there are any."""
    counts = totals(report)
    yield f"{count(counts['pages'], 'page')} in {duration(report.seconds)}: {_said(counts, _PAGES)}"
    if counts["works"] or counts["suspect"] or counts["suggested"]:
        doubts = "".join(
            f"; {count(counts[word], 'citation')} {word}" for word in ("suspect", "suggested") if counts[word]
        )
        yield f"{count(counts['works'], 'work')}: {_said(counts, _WORKS)}{doubts}"
    if counts["links"]:
        other = counts["other_paper"]
        strange = f"; {count(other, 'leads', 'lead')} to another paper" if other else ""
        yield f"{count(counts['links'], 'link')}: {_said(counts, _LINKS)}{strange}"


def asked(report: Report, *, everyone: bool = False) -> Iterator[str]:
    """Yield a sentence on each host, those asked most first; past a few, one on the rest unless `everyone`."""
    hosts = sorted(report.requests, key=lambda pair: -pair[1].sent)
    shown = len(hosts) if everyone or len(hosts) <= _HOSTS else _HOSTS - 1
    for host, traffic in hosts[:shown]:
        yield f"{count(traffic.sent, 'request')} to {host}{_troubles(traffic)}"
    if rest := [traffic for _, traffic in hosts[shown:]]:
        together = HostTraffic(
            sent=sum(traffic.sent for traffic in rest),
            retried=sum(traffic.retried for traffic in rest),
            failed=sum(traffic.failed for traffic in rest),
        )
        yield f"{count(together.sent, 'request')} to {count(len(rest), 'other host')}{_troubles(together)}"


def _troubles(traffic: HostTraffic) -> str:
    told = [(traffic.retried, "retried"), (traffic.failed, "failed")]
    words = ", ".join(f"{number:,} {word}" for number, word in told if number)
    return f" ({words})" if words else ""


def _said(counts: dict[str, int], words: Sequence[str]) -> str:
    return ", ".join(f"{counts[word]:,} {_WORDS[word]}" for word in words if counts[word]) or "none"
