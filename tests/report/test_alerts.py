from __future__ import annotations

import pytest

from enrich.model.identifier import Doi
from enrich.model.outcome import CitationOutcome, Difference, Kept, PageOutcome, Report
from enrich.model.page import Value
from enrich.model.work import Work
from enrich.report.alerts import alerts

PAPER = "10.5555/bones"
RETRACTED = CitationOutcome(
    "doi:10.5555/BONES",
    PAPER,
    7,
    "found",
    work=Work(Doi(PAPER), title="Bones"),
    standing="retracted",
    fate="Retracted (notice 10.5555/n, 2026-03-02).",
    is_news=True,
)
OK = {"url": "https://x/a.pdf", "status": "ok"}
BROKEN = {"url": "https://x/a.pdf", "status": "broken"}


def a_report(page: PageOutcome) -> Report:
    return Report(False, 1.0, (page,), (), ())


def changed(field: str, old: Value, new: Value) -> PageOutcome:
    cited = CitationOutcome(PAPER, PAPER, 7, "found", work=Work(Doi(PAPER), title="Bones"))
    return PageOutcome(
        "a.md",
        "written",
        citations=(cited,),
        changes=(Difference(f"citations[{PAPER}]{field}", old, new, ""),),
    )


@pytest.mark.parametrize("outcome", ["written", "unchanged", "incomplete"])
def test_a_paper_is_news_whatever_became_of_its_page_and_once_a_page(outcome: str) -> None:
    page = PageOutcome("a.md", outcome, citations=(RETRACTED, RETRACTED))  # type: ignore[arg-type]

    (alert,) = alerts(a_report(page))

    assert (alert.kind, alert.path, alert.line, alert.paper) == ("retracted", "a.md", 7, PAPER)
    assert (alert.title, alert.detail) == ("Bones", "Retracted (notice 10.5555/n, 2026-03-02).")


@pytest.mark.parametrize("field", ["", ".status"])
def test_what_a_person_took_out_is_no_news(field: str) -> None:
    kept = Kept(f"citations[{PAPER}]{field}", None, "retracted")

    assert alerts(a_report(PageOutcome("a.md", "unchanged", citations=(RETRACTED,), kept=(kept,)))) == ()


def test_a_pdf_that_broke_is_news() -> None:
    (alert,) = alerts(a_report(changed(".pdf", OK, BROKEN)))

    assert (alert.kind, alert.title) == ("broken_pdf", "Bones")
    assert "https://x/a.pdf" in alert.detail
    assert alerts(a_report(changed("", None, {"doi": PAPER, "pdf": BROKEN})))


@pytest.mark.parametrize(
    "page",
    [
        changed(".pdf", BROKEN, {**BROKEN, "url": "v"}),
        changed(".pdf", None, OK),
        changed(".title", "a", "b"),
        changed("", {"doi": PAPER, "pdf": BROKEN}, None),
    ],
)
def test_what_was_broken_before_or_is_not_is_none(page: PageOutcome) -> None:
    assert alerts(a_report(page)) == ()
