from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import get_args

from prometheus_client.parser import text_string_to_metric_families

from enrich.model.link import LinkStatus
from enrich.model.outcome import (
    Alert,
    CitationOutcome,
    HostTraffic,
    LinkOutcome,
    Outcome,
    PageOutcome,
    Report,
    Status,
)
from enrich.service.history import Ending
from enrich.service.metrics import Metrics

FACTS: dict[str, Callable[[], float | None]] = {
    "enrich_run_in_progress": lambda: 1.0,
    "enrich_store_bytes": lambda: 4096.0,
    "enrich_last_success_timestamp_seconds": lambda: None,
    "enrich_last_run_timestamp_seconds": lambda: 1_800_000_000.0,
    "enrich_next_run_timestamp_seconds": lambda: 1_800_086_400.0,
}
REPORT = Report(
    False,
    42.0,
    (
        PageOutcome(
            "a.md",
            "written",
            citations=(CitationOutcome("x", "x", 1, "found"), CitationOutcome("y", None, 2, "suspect")),
            links=(LinkOutcome("https://a.example/", 1, "broken"),),
        ),
        PageOutcome("b.md", "unchanged"),
    ),
    (),
    (
        ("api.crossref.org", HostTraffic(5, 2, 1, 1000, 3.5)),
        ("strange.example", HostTraffic(1, 0, 1, 10, 0.0)),
        ("other.example", HostTraffic(1, 0, 1, 10, 0.0)),
    ),
)


def made() -> Metrics:
    """Return metrics whose text is never old."""
    time = count()
    return Metrics({"api.crossref.org"}, FACTS, lambda: float(next(time)))


def read(metrics: Metrics) -> dict[str, float]:
    """Return all samples, by their name as it stands in the text."""
    return {
        sample.name + "".join(f"{{{value}}}" for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(metrics.text().decode())
        for sample in family.samples
    }


def test_a_run_that_ended_is_counted() -> None:
    metrics = made()
    metrics.ended(REPORT, "done", [Alert("retracted", "a.md", 1, "x", "", "")])
    said = read(metrics)
    assert said["enrich_runs_total{done}"] == 1
    assert said["enrich_run_duration_seconds_sum{done}"] == 42
    assert said["enrich_run_duration_seconds_bucket{60.0}{done}"] == 1
    assert said["enrich_alerts_total{retracted}"] == 1
    assert (said["enrich_pages{written}"], said["enrich_pages{refused}"]) == (1, 0)
    assert (said["enrich_citations{found}"], said["enrich_citations{suspect}"]) == (1, 1)
    assert (said["enrich_links{broken}"], said["enrich_links{ok}"]) == (1, 0)


def test_hosts_are_counted_by_name_if_the_configuration_names_them_and_else_together() -> None:
    metrics = made()
    metrics.ended(REPORT, "done", ())
    for host in ("api.crossref.org", "strange.example", "other.example", 'evil"}\nx 1'):
        metrics.observe(host, 0.3)
    said = read(metrics)
    assert said["enrich_host_requests_total{api.crossref.org}"] == 1
    assert said["enrich_host_requests_total{other}"] == 3
    assert said["enrich_host_request_duration_seconds_bucket{api.crossref.org}{0.25}"] == 0
    assert said["enrich_host_request_duration_seconds_bucket{api.crossref.org}{0.5}"] == 1
    assert said["enrich_host_retries_total{api.crossref.org}"] == 2
    assert said["enrich_host_failures_total{other}"] == 2
    assert said["enrich_host_received_bytes_total{api.crossref.org}"] == 1000
    assert said["enrich_host_wait_seconds_total{api.crossref.org}"] == 3.5
    assert {name for name in said if "strange" in name or "evil" in name} == set()


def test_facts_are_read_at_each_scrape_and_a_time_that_is_not_known_is_0() -> None:
    said = read(made())
    assert said["enrich_run_in_progress"] == 1
    assert said["enrich_store_bytes"] == 4096
    assert said["enrich_last_success_timestamp_seconds"] == 0
    assert said["enrich_last_run_timestamp_seconds"] == 1_800_000_000
    assert said["enrich_next_run_timestamp_seconds"] == 1_800_086_400


def test_only_a_run_that_changes_pages_and_comes_to_its_end_says_how_the_site_stands() -> None:
    metrics = made()
    metrics.ended(REPORT, "done", ())
    empty = replace(REPORT, pages=())
    metrics.ended(empty, "interrupted", ())
    metrics.ended(empty, "failed", ())
    metrics.ended(replace(empty, dry_run=True), "done", ())
    assert read(metrics)["enrich_pages{written}"] == 1
    metrics.ended(empty, "incomplete", ())
    assert read(metrics)["enrich_pages{written}"] == 0


def test_counters_that_alerts_stand_on_are_there_from_the_start() -> None:
    said = read(made())
    assert [said[f"enrich_runs_total{{{ending}}}"] for ending in get_args(Ending)] == [0] * 4
    assert said["enrich_alerts_total{broken_pdf}"] == 0


def test_every_word_has_its_sample() -> None:
    metrics = made()
    metrics.standing(REPORT)
    said = read(metrics)
    for name, words in ("pages", Outcome), ("citations", Status), ("links", LinkStatus):
        assert {f"enrich_{name}{{{word}}}" for word in get_args(words)} <= said.keys()


def test_the_text_holds_for_a_second_however_many_ask() -> None:
    time = [0.0]
    metrics = Metrics((), FACTS, lambda: time[0])
    before = metrics.text()
    metrics.ended(REPORT, "done", ())
    time[0] = 0.9
    assert metrics.text() is before
    time[0] = 1.0
    assert metrics.text() != before


def test_names_say_what_and_in_which_unit() -> None:
    metrics = made()
    metrics.ended(REPORT, "done", ())
    metrics.observe("api.crossref.org", 1.0)
    for family in text_string_to_metric_families(metrics.text().decode()):
        assert re.fullmatch(r"(enrich|process)_[a-z_]+", family.name)
        assert family.documentation
        if family.type == "counter":
            assert all(sample.name.endswith("_total") for sample in family.samples), family.name
        assert not family.name.endswith(("_ms", "_created"))
