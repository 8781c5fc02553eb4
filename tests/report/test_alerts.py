from __future__ import annotations

import pytest

from enrich.model.identifier import Doi
from enrich.model.outcome import CitationOutcome, Difference, PageOutcome, Report
from enrich.model.page import Value
from enrich.model.work import Work
from enrich.report.alerts import alerts

PAPER = "10.5555/bones"
NOTICE = {"doi": "10.5555/notice", "date": "2026-03-02"}


def a_report(*changes: Difference) -> Report:
    cited = CitationOutcome(PAPER, PAPER, 7, "found", work=Work(Doi(PAPER), title="Bones"))
    page = PageOutcome("a.md", "written", citations=(cited,), changes=changes)
    return Report(False, 1.0, (page,), (), ())


def changed(field: str, old: Value, new: Value) -> Difference:
    return Difference(f"citations[{PAPER}]{field}", old, new, "")


@pytest.mark.parametrize("status", ["retracted", "withdrawn"])
def test_a_status_that_an_entry_did_not_have_is_news(status: str) -> None:
    (alert,) = alerts(a_report(changed(".status", "corrected", status)))

    assert (alert.kind, alert.path, alert.line, alert.paper) == ("retracted", "a.md", 7, PAPER)
    assert alert.title == "Bones"
    assert alert.detail == status


def test_a_new_entry_of_a_retracted_paper_names_the_notice() -> None:
    (alert,) = alerts(a_report(changed("", None, {"doi": PAPER, "status": "retracted", "notice": NOTICE})))

    assert alert.detail == "retracted by the notice of 2026-03-02: https://doi.org/10.5555/notice"


@pytest.mark.parametrize(
    "change",
    [
        changed(".status", "withdrawn", "retracted"),
        changed(".status", "retracted", None),
        changed(".status", None, "corrected"),
        changed(".title", "a", "b"),
        changed("", {"doi": PAPER, "status": "retracted"}, None),
        Difference("journal", None, "retracted", ""),
        changed(".pdf", {"url": "u", "status": "broken"}, {"url": "v", "status": "broken"}),
        changed(".pdf", None, {"url": "u", "status": "ok"}),
    ],
)
def test_what_an_entry_said_already_or_what_is_less_grave_is_none(change: Difference) -> None:
    assert alerts(a_report(change)) == ()


def test_a_pdf_that_broke_is_news_and_comes_after_retractions() -> None:
    broke = changed(
        ".pdf", {"url": "https://x/a.pdf", "status": "ok"}, {"url": "https://x/a.pdf", "status": "broken"}
    )

    found = alerts(a_report(broke, changed(".status", None, "retracted")))

    assert [alert.kind for alert in found] == ["retracted", "broken_pdf"]
    assert "https://x/a.pdf" in found[1].detail
