from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pytest

from enrich.model.claims import Fact, Judgement
from enrich.model.identifier import Doi
from enrich.model.outcome import CitationOutcome, Difference, LinkOutcome, PageOutcome, Report, Status
from enrich.model.work import Work
from enrich.report.findings import RULES, Finding, findings

DOI = "10.5555/bones.2021.7"


def found(*pages: PageOutcome, dry_run: bool = True) -> tuple[Finding, ...]:
    return findings(Report(dry_run, 1.0, pages, (), ()))


def seen(pages: Sequence[PageOutcome]) -> list[tuple[str, str, int | None]]:
    return [(each.level, each.rule.name, each.line) for each in found(*pages)]


def cited(status: Status, line: int = 3, **more: object) -> CitationOutcome:
    return CitationOutcome(DOI, DOI, line, status, **more)  # type: ignore[arg-type]


def test_nothing_is_to_be_seen_of_a_page_that_is_in_order() -> None:
    page = PageOutcome(
        "a.md", "unchanged", citations=(cited("found"),), links=(LinkOutcome("https://a.example/", 4, "ok"),)
    )
    assert (
        found(page, PageOutcome("b.md", "skipped", "its owner's wish"), PageOutcome("c.md", "no_citation"))
        == ()
    )


def test_the_most_important_comes_first_whatever_page_it_is_on() -> None:
    pages = (
        PageOutcome("a.md", "incomplete", "api.example: no answer"),
        PageOutcome(
            "b.md", "unchanged", citations=(cited("suspect", 9), cited("not_found", 4), cited("not_found", 2))
        ),
        PageOutcome("c.md", "refused", "the front matter is broken", 5),
    )
    assert seen(pages) == [
        ("error", "refused", 5),
        ("error", "not_found", 2),
        ("error", "not_found", 4),
        ("warning", "suspect", 9),
        ("notice", "incomplete", None),
    ]


def test_both_sides_of_a_suspect_citation_are_told() -> None:
    judgement = Judgement(
        "suspect", (Fact("authors", "Marten", "Okafor", -2.0), Fact("year", "2021", "2021", 0.5))
    )
    (finding,) = found(PageOutcome("a.md", "unchanged", citations=(cited("suspect", judgement=judgement),)))
    assert finding.text.splitlines() == [
        f"{DOI}: authors  the page: 'Marten'",
        "         registry: 'Okafor'",
        "agree:   year",
    ]


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        (LinkOutcome("https://a.example/x.pdf", 7, "broken", "missing", "404 Not Found"), "broken"),
        (
            LinkOutcome("https://a.example/x.pdf", 7, "ok", pdf="other_paper", detail="its DOI is 10.1/y"),
            "other_paper",
        ),
    ],
)
def test_a_wrong_link_is_told_with_its_reason(link: LinkOutcome, rule: str) -> None:
    (finding,) = found(PageOutcome("a.md", "unchanged", links=(link,)))
    assert (finding.rule.name, finding.level, finding.line) == (rule, "error", 7)
    assert finding.text.startswith("https://a.example/x.pdf: ")
    assert link.detail in finding.text


@pytest.mark.parametrize(
    "link",
    [
        LinkOutcome("https://a.example/", 7, "blocked", "refuses robots"),
        LinkOutcome("https://a.example/", 7, "unknown", "timeout"),
        LinkOutcome("https://doi.org/10.5555/x", 7, "broken", "not registered"),
    ],
    ids=["a host that refuses robots", "no answer this time", "a DOI, which its citation tells of"],
)
def test_a_link_that_nobody_need_mend_is_not_told(link: LinkOutcome) -> None:
    assert found(PageOutcome("a.md", "unchanged", links=(link,))) == ()


def test_a_paper_newly_retracted_is_an_error_and_told_once() -> None:
    work = Work(Doi(DOI), "Selenium in old bones")
    twice = (
        cited("found", 3, standing="retracted", work=work, fate="Retracted (2026).", is_news=True),
        cited("found", 8, standing="retracted", work=work, fate="Retracted (2026).", is_news=True),
    )
    (finding,) = found(PageOutcome("a.md", "unchanged", citations=twice))
    assert (finding.rule.name, finding.level, finding.line) == ("retracted", "error", 3)
    assert finding.text == f"{DOI}: 'Selenium in old bones', Retracted (2026)."


@pytest.mark.parametrize(
    ("standing", "rules"),
    [
        ("retracted", ["retracted"]),
        ("withdrawn", ["retracted"]),
        ("expression of concern", ["concern"]),
        ("corrected", []),
        ("", []),
    ],
)
def test_a_standing_that_is_no_news_is_a_warning(standing: str, rules: list[str]) -> None:
    twice = (cited("found", 3, standing=standing), cited("found", 8, standing=standing))
    told = found(PageOutcome("a.md", "unchanged", citations=twice))
    assert [(each.rule.name, each.level, each.line) for each in told] == [
        (rule, "warning", 3) for rule in rules
    ]


def test_a_hosted_pdf_newly_broken_is_told_once_and_at_its_link() -> None:
    url = "https://cdn.example/x.pdf"
    news = Difference(f"citations[{DOI}].pdf", None, {"url": url, "status": "broken"}, "checked")
    page = PageOutcome("a.md", "unchanged", citations=(cited("found", 3),), changes=(news,))
    (alone,) = found(page)
    assert (alone.rule.name, alone.level, alone.line) == ("broken", "error", 3)
    linked = PageOutcome(
        "a.md", "unchanged", changes=(news,), links=(LinkOutcome(url, 5, "broken", "missing"),)
    )
    (finding,) = found(linked)
    assert (finding.rule.name, finding.level, finding.line, finding.subject) == ("broken", "error", 5, url)


def test_what_would_be_written_is_a_notice_and_what_was_written_is_nothing_to_see() -> None:
    changes = tuple(Difference(f"citations[{DOI}].{name}", None, "x", "") for name in "abcdefg")
    page = PageOutcome("a.md", "written", changes=changes)
    (finding,) = found(page)
    assert (finding.level, finding.line) == ("notice", None)
    assert finding.text.startswith(f"7 changes: citations[{DOI}].a, ")
    assert finding.text.endswith(" and 2 more")
    assert found(page, dry_run=False) == ()


def test_a_subject_of_any_length_stays_readable() -> None:
    (finding,) = found(
        PageOutcome("a.md", "unchanged", citations=(CitationOutcome("x" * 5000, None, 1, "suggested"),))
    )
    assert len(finding.subject) == 200


def test_a_finding_always_says_something() -> None:
    (finding,) = found(PageOutcome("a.md", "refused"))
    assert finding.text == "Page refused"


def test_a_rule_of_a_citation_is_a_word_of_the_report() -> None:
    assert {"not_found", "suspect", "suggested"} <= set(RULES) & set(get_args(Status))
    assert [*RULES] == [rule.name for rule in RULES.values()]
