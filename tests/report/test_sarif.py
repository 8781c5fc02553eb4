from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from enrich import __version__
from enrich.model.outcome import CitationOutcome, Difference, PageOutcome, Report
from enrich.report import sarif
from enrich.report.findings import RULES


def run(*pages: PageOutcome, folder: str = "") -> dict[str, Any]:
    log = json.loads(sarif.render(Report(True, 1.0, pages, (), ()), folder))
    assert log.keys() == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    assert isinstance(only, dict)
    return only


def page(path: str = "content/a.md", *lines: int) -> PageOutcome:
    cited = tuple(
        CitationOutcome("10.5555/x", None, line, "not_found", "nobody knows it") for line in lines or (3,)
    )
    return PageOutcome(path, "unchanged", citations=cited)


def uri(result: dict[str, Any]) -> str:
    return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def fingerprints(*pages: PageOutcome) -> list[str]:
    return [each["partialFingerprints"]["primaryLocationLineHash"] for each in run(*pages)["results"]]


def test_a_finding_is_a_result_of_its_rule_at_its_line_and_no_column() -> None:
    made = run(page())
    (result,) = made["results"]
    assert result["ruleId"] == "not_found"
    assert made["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "not_found"
    assert result["level"] == "error"
    assert result["message"] == {"text": "10.5555/x: nobody knows it"}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "content/a.md", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 3},
            }
        }
    ]


def test_every_rule_says_what_code_scanning_shows_and_keeps_its_name() -> None:
    driver = run()["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("enrich", __version__)
    # Alerts that people have dismissed are found again by these.
    assert [rule["id"] for rule in driver["rules"]] == [
        "retracted",
        "refused",
        "other_paper",
        "not_found",
        "broken",
        "suspect",
        "concern",
        "suggested",
    ]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] == RULES[rule["id"]].title
        assert rule["help"]["text"] in rule["fullDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_news_of_a_retraction_outranks_the_level_of_its_rule() -> None:
    news = CitationOutcome("10.5555/x", "10.5555/x", 1, "found", standing="retracted", is_news=True)
    (result,) = run(PageOutcome("a.md", "unchanged", citations=(news,)))["results"]
    assert (result["ruleId"], result["level"]) == ("retracted", "error")
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_what_the_next_run_does_by_itself_is_no_result() -> None:
    change = Difference("citations[10.5555/x]", None, {"doi": "10.5555/x"}, "the page cites it")
    pages = PageOutcome("a.md", "written", changes=(change,)), PageOutcome("b.md", "incomplete", "no answer")
    assert run(*pages)["results"] == []


names = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=30)


@settings(max_examples=150, deadline=None)
@given(names)
def test_a_name_is_a_relative_reference_that_leads_back_to_its_bytes(name: str) -> None:
    path = f"{name}.md"
    (result,) = run(page(path))["results"]
    reference = uri(result)
    assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", reference)
    assert urlsplit(reference).path == reference
    assert unquote_to_bytes(reference) == path.encode()


def test_a_name_that_is_no_utf_8_keeps_its_bytes() -> None:
    (result,) = run(page("content/\udcff.md"))["results"]
    assert uri(result) == "content/%FF.md"


def test_an_address_starts_at_the_top_of_the_repository() -> None:
    (result,) = run(page("../content/a b.md"), folder="site/tools")["results"]
    assert uri(result) == "site/content/a%20b.md"


def test_a_fingerprint_stays_when_lines_move_and_tells_two_of_a_kind_apart() -> None:
    first, second = fingerprints(page("a.md", 3, 8))
    assert first != second
    assert fingerprints(page("a.md", 30, 80)) == [first, second]
    assert fingerprints(page("a.md", 5)) == [first]
    assert fingerprints(page("b.md", 5)) != [first]


def test_no_more_results_than_a_file_may_have() -> None:
    many = page("a.md", *range(1, sarif.LIMIT + 2))
    refused = PageOutcome("z.md", "refused", "the front matter is broken", 2)
    results = run(many, refused)["results"]
    assert len(results) == sarif.LIMIT
    assert results[0]["ruleId"] == "refused"
