from __future__ import annotations

import pytest

from enrich.model.accession import Identifier
from enrich.model.claims import Claims, Fact, Judgement
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.outcome import CitationOutcome, Difference, Kept, LinkOutcome, PageOutcome
from enrich.model.page import Citation, Mention, Page, Refusal, Span
from enrich.model.work import Author, Group, PartialDate, Work
from enrich.report.explain import describe, explain

FIRST = Doi("10.3390/nu14091715.full")
SECOND = Doi("10.3390/nu14091715")
WORK = Work(
    SECOND,
    title="Selenium in old bones",
    authors=(Author("Jo", "Smith"), Author("Al", "Doe"), Group("The Bone Group"), Author("E", "Fox")),
    container="Nutrients",
    published=PartialDate(2022, 4),
    volume="14",
    issue="9",
    pages="1715",
)
TEXT = "10.3390/nu14091715.full"
MENTION = Mention(TEXT, (FIRST, SECOND), Span(0, 1), 12, 0, 0)
PAGE = Page("content/a.md", "d", citations=(Citation((FIRST, SECOND), (MENTION,), (Claims(),)),))
FACTS = (
    Fact("title", "Selenium in old bones", "Selenium in old bones", 9.0),
    Fact("year", "2021", "2022", -0.5),
)
CITED = CitationOutcome(TEXT, str(SECOND), 12, "found", "Crossref knows it", Judgement("attested", FACTS))


def test_a_page_is_explained_from_what_it_says_to_what_is_written() -> None:
    outcome = PageOutcome(
        "content/a.md",
        "written",
        citations=(CITED,),
        changes=(
            Difference(
                "citations[10.3390/nu14091715].journal", "Nutr", "Nutrients", "the registry says so now"
            ),
            Difference("citations[10.3390/nu14091715].issue", "9", None, "the registry has none"),
        ),
        kept=(Kept("citations[10.3390/nu14091715].volume", "15", "14"),),
    )
    said = explain(
        outcome, PAGE, {FIRST: Absent("not_found", "doi.org has none", 0.0), SECOND: Found(WORK, 0.0)}
    )
    assert said == (
        "content/a.md: would be written\n"
        "\n"
        "content/a.md:12  10.3390/nu14091715.full\n"
        "  read as 10.3390/nu14091715.full: not found: doi.org has none\n"
        "  read as 10.3390/nu14091715: Crossref: Jo Smith, Al Doe, The Bone Group et al.;\n"
        '    "Selenium in old bones"; Nutrients 14(9):1715; 2022-04\n'
        "  evidence: attested, +8.5 in all\n"
        "    title: for it (+9)\n"
        "      the page: 'Selenium in old bones'\n"
        "      registry: 'Selenium in old bones'\n"
        "    year: against it (-0.5)\n"
        "      the page: '2021'\n"
        "      registry: '2022'\n"
        "  found: Crossref knows it\n"
        "\n"
        "what is written, and why\n"
        "  citations[10.3390/nu14091715].journal: 'Nutrients' instead of 'Nutr'\n"
        "    the registry says so now\n"
        "  citations[10.3390/nu14091715].issue: taken out\n"
        "    the registry has none\n"
        "\n"
        "kept as a person left it\n"
        "  kept: volume '15' of 10.3390/nu14091715 (Crossref: 14)\n"
    )


def test_a_reading_that_nobody_needed_is_told_as_such() -> None:
    said = explain(
        PageOutcome("content/a.md", "unchanged", citations=(CITED,)), PAGE, {FIRST: Found(WORK, 0.0)}
    )
    assert "read as 10.3390/nu14091715: not looked up, since a likelier reading" in said


def test_an_outage_is_told_with_its_host() -> None:
    cited = CitationOutcome(TEXT, None, 12, "unavailable", "api.crossref.org: 504")
    answers: dict[Identifier, LookUp[Work]] = {FIRST: Failed("unavailable", "api.crossref.org: 504")}
    said = explain(
        PageOutcome("content/a.md", "incomplete", "a source failed", citations=(cited,)), PAGE, answers
    )
    assert "read as 10.3390/nu14091715.full: unavailable: api.crossref.org: 504" in said
    assert "content/a.md: incomplete, and left as it is\n  a source failed" in said


def test_a_page_that_says_nothing_of_the_paper_is_told() -> None:
    cited = CitationOutcome(TEXT, str(FIRST), 12, "found", "known", Judgement("unattested"), stale=True)
    said = explain(PageOutcome("a.md", "unchanged", citations=(cited,)), None, {})
    assert "evidence: unattested, since the page says nothing to hold it against" in said
    assert "past its lifetime" in said


def test_a_page_that_cannot_be_read_is_told_with_its_line() -> None:
    page = Page("a.md", "", refusal=Refusal("never closed", 3))
    assert explain(PageOutcome("a.md", "refused", "never closed", 3), page, {}) == (
        "a.md:3: refused, and left as it is\n  never closed\n"
    )


def test_the_pages_own_work_is_named() -> None:
    said = explain(PageOutcome("a.md", "unchanged"), Page("a.md", "", own=SECOND), {})
    assert "Its own work is 10.3390/nu14091715" in said


@pytest.mark.parametrize(
    ("work", "text"),
    [
        (Work(SECOND), "a record without a title, authors or date"),
        (Work(SECOND, title="T", article_number="e94", container="J"), '"T"; J e94'),
        (Work(SECOND, authors=(Author("A", "B"),), published=PartialDate(1951)), "A B; 1951"),
    ],
)
def test_a_work_is_described_by_what_it_has(work: Work, text: str) -> None:
    assert describe(work) == text


def test_the_links_of_a_page_are_told_with_their_verdicts() -> None:
    links = (
        LinkOutcome(
            "https://cdn.example/a.pdf", 12, "ok", detail="its DOI 10.1/x", bytes=81_920, pdf="matches"
        ),
        LinkOutcome(
            "http://old.example/b",
            14,
            "broken",
            "missing",
            "404 Not Found",
            final_url="https://new.example/b",
            asked_url="https://old.example/b",
        ),
        LinkOutcome("https://walled.example/", 15, "blocked", "refuses robots", "403 Forbidden"),
    )
    said = explain(PageOutcome("a.md", "unchanged", links=links), None, {})
    assert said == (
        "a.md: nothing to change\n"
        "\n"
        "links, and what is there\n"
        "  a.md:12  https://cdn.example/a.pdf\n"
        "    ok: the paper that is cited (its DOI 10.1/x), 81,920 bytes\n"
        "  a.md:14  http://old.example/b\n"
        "    broken: missing (404 Not Found)\n"
        "    asked in its place https://old.example/b\n"
        "    leads to https://new.example/b\n"
        "  a.md:15  https://walled.example/\n"
        "    blocked: refuses robots (403 Forbidden)\n"
    )
