"""`docs/service.md` against the service: its routes, its metrics, its settings."""

from __future__ import annotations

import re
from pathlib import Path

from enrich.config import settings
from enrich.service.metrics import Metrics
from enrich.service.openapi import document

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "service.md").read_text(encoding="utf-8")
FACTS = (
    "enrich_run_in_progress",
    "enrich_store_bytes",
    "enrich_last_success_timestamp_seconds",
    "enrich_last_run_timestamp_seconds",
    "enrich_next_run_timestamp_seconds",
)


def test_every_route_is_listed() -> None:
    paths = document()["paths"]
    assert isinstance(paths, dict)
    documented = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert {*re.findall(r"^\| `((?:GET|POST) [^`]+)`", TEXT, re.M)} == documented


def test_every_metric_is_listed() -> None:
    metrics = Metrics((), dict.fromkeys(FACTS, lambda: None))
    metrics.observe("a.example", 1.0)
    real = {*re.findall(r"^# TYPE (enrich_\w+)", metrics.text().decode(), re.M)}
    rows = re.findall(r"^\| (`enrich_.*?) \|", TEXT, re.M)
    listed = {name for row in rows for name in re.findall(r"`(enrich_\w+)", row)}
    assert listed == real


def test_every_setting_is_spoken_of_and_exists() -> None:
    known = {one.key for one in settings() if one.table == "service"}
    spoken = {*re.findall(r"`\[service\] (\w+)`", TEXT)}
    assert spoken == known - {"token"}
    assert "ENRICH_SERVICE__TOKEN" in TEXT
