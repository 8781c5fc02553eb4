from __future__ import annotations

import json
from dataclasses import replace

import pytest

from enrich.model.outcome import CitationOutcome, LinkOutcome, PageOutcome, Report
from enrich.report import json_report
from enrich.report.html.since import Moved, since

BAD = PageOutcome(
    "a.md",
    "unchanged",
    citations=(
        CitationOutcome("10.1/x", None, 1, "not_found"),
        CitationOutcome("10.1/y", "10.1/y", 2, "suspect"),
    ),
    links=(
        LinkOutcome("https://x/a.pdf", 1, "broken"),
        LinkOutcome("https://x/b.pdf", 1, "ok", pdf="other_paper"),
    ),
)
GOOD = PageOutcome("a.md", "unchanged")


def a_report(*pages: PageOutcome) -> Report:
    return Report(False, 1.0, pages, (), ())


def as_json(report: Report) -> dict[str, object]:
    parsed: dict[str, object] = json.loads(json_report.render(report, 0))
    return parsed


TROUBLES = (
    ("a.md", "10.1/x", "not_found"),
    ("a.md", "10.1/y", "suspect"),
    ("a.md", "https://x/a.pdf", "broken"),
    ("a.md", "https://x/b.pdf", "other_paper"),
)


def test_what_was_right_and_is_wrong_has_come() -> None:
    found = since(a_report(BAD), as_json(a_report(GOOD)))

    assert (found.come, found.gone) == (TROUBLES, ())
    assert Moved("broken", 0, 1) in found.totals


def test_what_was_wrong_and_is_right_has_gone() -> None:
    found = since(a_report(GOOD), as_json(a_report(BAD)))

    assert (found.come, found.gone) == ((), TROUBLES)


def test_the_same_again_is_no_change() -> None:
    found = since(a_report(BAD), as_json(a_report(BAD)))

    assert (found.totals, found.come, found.gone) == ((), (), ())


@pytest.mark.parametrize("outcome", ["incomplete", "refused"])
def test_a_page_that_was_not_settled_says_nothing(outcome: str) -> None:
    unsettled = replace(GOOD, outcome=outcome)  # type: ignore[arg-type]

    assert since(a_report(unsettled), as_json(a_report(BAD))).gone == ()
    assert since(a_report(BAD), as_json(a_report(unsettled))).come == ()


def test_a_new_page_is_no_change_of_an_old_one() -> None:
    assert since(a_report(BAD), as_json(a_report(replace(GOOD, path="b.md")))).come == ()


@pytest.mark.parametrize(
    "before",
    [
        {},
        {"totals": None, "pages": "no"},
        {"totals": {"pages": "three"}, "pages": [None, 3, {}, {"path": 4}, {"path": "a.md", "citations": 5}]},
        {"pages": [{"path": "a.md", "links": [{}], "citations": [{"status": ["suspect"]}]}]},
    ],
)
def test_a_report_of_another_shape_is_as_good_as_none(before: dict[str, object]) -> None:
    assert since(a_report(GOOD), before).gone == ()
