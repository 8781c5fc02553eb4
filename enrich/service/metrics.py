"""What Prometheus reads: https://prometheus.io/docs/practices/naming/

A host is a label only if the configuration names it; all others are counted together, so that links cannot make
more and more of them.
"""

from __future__ import annotations

import time
from collections import Counter as Tallied
from collections.abc import Callable, Collection, Mapping
from math import inf
from typing import Final, get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from enrich import __version__
from enrich.model.link import LinkStatus
from enrich.model.outcome import Alert, AlertKind, Outcome, Report, Status
from enrich.service.history import Ending

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
_OTHER: Final = "other"
# Writing the text takes a millisecond: too long to be done for everybody who asks.
_FRESH_S: Final = 1.0
_RUN_S: Final = (1, 5, 15, 60, 180, 600, 1800, 3600, 7200, 14_400)
_REQUEST_S: Final = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """All of the service's figures, in a registry of their own.

    `hosts` are the ones that the configuration names. `facts` are read at each scrape: by the gauge's name, what
    returns its value, or None where there is none yet. `clock` measures how old the text is.
    """

    def __init__(
        self,
        hosts: Collection[str],
        facts: Mapping[str, Callable[[], float | None]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.hosts = frozenset(hosts)
        self._clock = clock
        self._written = -inf, b""
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._runs = Counter("enrich_runs_total", "Runs that ended.", ["outcome"], registry=registry)
        self._seconds = Histogram(
            "enrich_run_duration_seconds",
            "How long runs took.",
            ["outcome"],
            buckets=_RUN_S,
            registry=registry,
        )
        self._alerts = Counter(
            "enrich_alerts_total",
            "Papers newly retracted, and PDFs newly broken.",
            ["kind"],
            registry=registry,
        )
        self._pages = Gauge("enrich_pages", "Pages of the last whole run.", ["outcome"], registry=registry)
        self._citations = Gauge(
            "enrich_citations", "Citations of the last whole run.", ["status"], registry=registry
        )
        self._links = Gauge("enrich_links", "Links of the last whole run.", ["status"], registry=registry)
        self._hosts = _Hosts(registry)
        _begin(self._runs, "outcome", get_args(Ending))
        _begin(self._alerts, "kind", get_args(AlertKind))
        Gauge("enrich_build_info", "The version that runs.", ["version"], registry=registry).labels(
            version=__version__
        ).set(1)
        for name, text in _FACTS.items():
            Gauge(name, text, registry=registry).set_function(_number(facts[name]))

    def observe(self, host: str, seconds: float) -> None:
        """Count one request that came back."""
        label = self._label(host)
        self._hosts.requests.labels(host=label).inc()
        self._hosts.seconds.labels(host=label).observe(seconds)

    def ended(self, report: Report, ending: Ending, alerts: Collection[Alert]) -> None:
        """Count a run that ended; only one that changes pages and came to its end says how the site stands."""
        self._runs.labels(outcome=ending).inc()
        self._seconds.labels(outcome=ending).observe(report.seconds)
        for alert in alerts:
            self._alerts.labels(kind=alert.kind).inc()
        for name, traffic in report.requests:
            label = self._label(name)
            self._hosts.retries.labels(host=label).inc(traffic.retried)
            self._hosts.failures.labels(host=label).inc(traffic.failed)
            self._hosts.bytes.labels(host=label).inc(traffic.bytes)
            self._hosts.waited_s.labels(host=label).inc(traffic.waited_s)
        if ending in ("done", "incomplete") and not report.dry_run:
            self.standing(report)

    def standing(self, report: Report) -> None:
        """Take how the site stands: its pages, citations and links by what became of them."""
        citations = [cited.status for page in report.pages for cited in page.citations]
        links = [link.status for page in report.pages for link in page.links]
        _set(self._pages, "outcome", get_args(Outcome), (page.outcome for page in report.pages))
        _set(self._citations, "status", get_args(Status), citations)
        _set(self._links, "status", get_args(LinkStatus), links)

    def text(self) -> bytes:
        """Return everything as Prometheus' text, whose media type is `CONTENT_TYPE`; it holds for a second."""
        now = self._clock()
        if now - self._written[0] >= _FRESH_S:
            self._written = now, generate_latest(self._registry)
        return self._written[1]

    def _label(self, host: str) -> str:
        return host if host in self.hosts else _OTHER


class _Hosts:
    """What is asked of hosts."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def counter(name: str, text: str) -> Counter:
            return Counter(name, text, ["host"], registry=registry)

        self.requests = counter("enrich_host_requests_total", "Requests that came back, retries among them.")
        self.retries = counter("enrich_host_retries_total", "Requests sent again.")
        self.failures = counter("enrich_host_failures_total", "Questions given up.")
        self.bytes = counter("enrich_host_received_bytes_total", "Bytes of answers.")
        self.waited_s = counter("enrich_host_wait_seconds_total", "Seconds waited to be polite.")
        self.seconds = Histogram(
            "enrich_host_request_duration_seconds",
            "How long answers took.",
            ["host"],
            buckets=_REQUEST_S,
            registry=registry,
        )


_FACTS: Final = {
    "enrich_run_in_progress": "Whether a run goes on.",
    "enrich_store_bytes": "Size of the store of answers on disk.",
    "enrich_last_success_timestamp_seconds": "When the last run that changes pages ended complete.",
    "enrich_last_run_timestamp_seconds": "When the last run began.",
    "enrich_next_run_timestamp_seconds": "When the next run on schedule is to begin.",
}


def _number(fact: Callable[[], float | None]) -> Callable[[], float]:
    # A time that is not known yet is 0 to Prometheus, by custom: so "longer ago than a day" is true of it.
    return lambda: fact() or 0.0


def _begin(counter: Counter, label: str, words: Collection[str]) -> None:
    """Let the counter be there from the start: an increase from nothing is none to Prometheus."""
    for word in words:
        counter.labels(**{label: word})


def _set(gauge: Gauge, label: str, words: Collection[str], found: object) -> None:
    counts = Tallied(found)  # type: ignore[call-overload]
    for word in words:
        gauge.labels(**{label: word}).set(counts[word])
