"""Findings as SARIF 2.1.0, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

What GitHub makes of it, and its limits:
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
"""

from __future__ import annotations

import json
import os
import posixpath
from collections import Counter
from typing import Final
from urllib.parse import quote

from enrich import __version__
from enrich.model.file import digest
from enrich.model.outcome import Report
from enrich.report.findings import RULES, Finding, Level, Rule, findings
from enrich.report.sheet import visible

# A longer file is refused.
LIMIT: Final = 25_000
_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final[dict[Level, str]] = {"error": "error", "warning": "warning", "notice": "note"}
# What the next run does by itself is nothing to keep a list of.
_PASSING: Final = ("written", "incomplete")
_RULES: Final = tuple(rule for name, rule in RULES.items() if name not in _PASSING)


def render(report: Report, folder: str = "") -> str:
    """Return the findings, the most important ones first and at most `LIMIT` of them.

    `folder` is the working directory, as seen from the top of the repository.
    """
    lasting = [each for each in findings(report) if each.rule in _RULES]
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": {"name": "enrich", "version": __version__, "rules": [*map(_rule, _RULES)]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, folder, seen) for each in lasting[:LIMIT]],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}. {rule.advice}"},
        "help": {"text": rule.advice},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"tags": ["citation"]},
    }


def _result(finding: Finding, folder: str, seen: Counter[str]) -> dict[str, object]:
    location: dict[str, object] = {
        "artifactLocation": {"uri": _uri(finding.path, folder), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": finding.line or 1},
    }
    return {
        "ruleId": finding.rule.name,
        "ruleIndex": _RULES.index(finding.rule),
        "level": _LEVELS[finding.level],
        "message": {"text": "\n".join(visible(line) for line in finding.text.split("\n"))},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"primaryLocationLineHash": _fingerprint(finding, seen)},
    }


def _uri(path: str, folder: str) -> str:
    """Return a path as a relative reference (RFC 3986): its bytes, percent-encoded; a colon ends no scheme."""
    return quote(os.fsencode(posixpath.normpath(posixpath.join(folder, path))), safe="/")


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """Return what stays the same when lines move: rule, page, subject, and which of several alike it is."""
    text = "\0".join((finding.rule.name, finding.path, finding.subject))
    mark = digest(text.encode(errors="surrogatepass"))[:16]
    seen[mark] += 1
    return f"{mark}:{seen[mark]}"
