from __future__ import annotations

import html
import re

import pyromark
import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.model.claims import Fact, Judgement
from enrich.model.outcome import (
    CitationOutcome,
    Difference,
    Kept,
    LinkOutcome,
    PageOutcome,
    Report,
    Status,
)
from enrich.report.markdown import LIMIT, code, render
from enrich.report.sheet import visible

URL = "https://cdn.example/a.pdf"
WRONG = LinkOutcome(URL, 9, "broken", "missing", "403 Forbidden")


def report(*pages: PageOutcome, dry_run: bool = False, interrupted: int | None = None) -> Report:
    return Report(dry_run, 48.2, pages, (), (), interrupted=interrupted)


def shown(text: str) -> str:
    """Return Markdown as the HTML that it becomes."""
    return pyromark.html(text, options=pyromark.Options.ENABLE_TABLES)


def cells(text: str) -> list[list[str]]:
    """Return the texts of all rows of tables, those of their heads left out."""
    rows = re.findall(r"<tr><td>(.*?)</td></tr>", shown(text).replace("<br>", " "), re.S)
    return [[html.unescape(re.sub("<[^>]+>", "", cell)) for cell in row.split("</td><td>")] for row in rows]


def cited(status: Status, *facts: Fact, detail: str = "") -> PageOutcome:
    judgement = Judgement("suspect", facts) if facts else None
    citation = CitationOutcome("10.1/x", "10.1/x", 3, status, detail, judgement)
    return PageOutcome("a.md", "unchanged", citations=(citation,))


def test_the_headline_has_the_counts_and_what_is_empty_has_no_part() -> None:
    page = PageOutcome("a.md", "unchanged", links=(LinkOutcome(URL, 1, "ok"),))
    assert render(report(page), 0) == (
        "## enrich: 0 of 1 page changed\n\n- 1 page in 48 s: 1 unchanged\n- 1 link: 1 ok\n"
    )


@pytest.mark.parametrize(
    ("exit_code", "interrupted", "words"),
    [(1, None, "**Findings:**"), (3, None, "**Incomplete:**"), (130, 2, "**Cut short:**")],
)
def test_a_run_that_is_not_simply_done_says_so_first(
    exit_code: int, interrupted: int | None, words: str
) -> None:
    text = render(report(interrupted=interrupted), exit_code)
    assert text.splitlines()[2].startswith(words)


def test_changes_are_told_page_by_page_with_both_values() -> None:
    page = PageOutcome(
        "a.md",
        "written",
        changes=(
            Difference("citations[10.1/x].journal", "Nutr", "Nutrients", "so it says"),
            Difference("citations[10.1/y]", None, {"doi": "10.1/y"}, "new"),
            Difference("citations[10.1/z]", {"doi": "10.1/z"}, None, "gone"),
        ),
    )
    text = render(report(page, dry_run=True), 0)
    assert "## enrich: 1 of 1 page would change\n" in text
    assert "### What would be written\n" in text
    assert cells(text) == [
        ["a.md", "citations[10.1/x].journal", "'Nutr'", "'Nutrients'"],
        ["", "citations[10.1/y]", "", "doi: '10.1/y'"],
        ["", "citations[10.1/z]", "doi: '10.1/z'", ""],
    ]
    assert "### What was written\n" in render(report(page), 0)


def test_a_whole_entry_is_told_by_what_a_reader_knows_it_by() -> None:
    entry = {"doi": "10.1/x", "title": "Old bones", "journal": "Nutr", "status": "retracted", "volume": "9"}
    page = PageOutcome("a.md", "written", changes=(Difference("citations[10.1/x]", None, entry, "new"),))
    assert cells(render(report(page), 0))[-1] == [
        "a.md",
        "citations[10.1/x]",
        "",
        "Old bones; Nutr; retracted",
    ]


def test_a_paper_newly_retracted_comes_first() -> None:
    cited = CitationOutcome("10.1/x", "10.1/x", 3, "found", fate="Retracted (2026).", is_news=True)
    change = Difference("citations[10.1/x].status", "corrected", "retracted", "the registry says so now")

    text = render(report(PageOutcome("a.md", "written", citations=(cited,), changes=(change,))), 0)

    assert re.findall("^### (.*)$", text, re.M)[0] == "Newly retracted papers, and PDFs newly broken"
    assert cells(text)[0] == ["a.md:3", "10.1/x", "Retracted (2026)."]


def test_a_suggestion_names_the_paper_that_it_may_be() -> None:
    page = PageOutcome(
        "a.md",
        "unchanged",
        citations=(CitationOutcome("Bones. Smith", "10.1/x", 3, "suggested", "another year", in_words=True),),
    )

    assert cells(render(report(page), 0)) == [["a.md:3", "Bones. Smith", "another year", "10.1/x"]]


def test_a_suspect_is_told_with_both_sides() -> None:
    facts = (
        Fact("title", "Old | bones", "Young bones", -1.0),
        Fact("year", "2021", "2021", 0.5),
        Fact("authors", "Smith J", "Weber A", -2.0),
    )
    assert cells(render(report(cited("suspect", *facts)), 0)) == [
        ["a.md:3", "10.1/x", "title: Old | bones authors: Smith J", "title: Young bones authors: Weber A"]
    ]
    assert cells(render(report(cited("suspect", detail="refused by you")), 0)) == [
        ["a.md:3", "10.1/x", "refused by you", ""]
    ]


def test_a_broken_link_of_many_pages_is_one_row_with_what_should_stand_there() -> None:
    damaged = LinkOutcome(
        "https://doi.org/10.1/x.", 2, "broken", "damaged", repaired="https://doi.org/10.1/x"
    )
    pages = [PageOutcome(f"{name}.md", "unchanged", links=(WRONG, damaged)) for name in "abc"]
    assert cells(render(report(*pages), 0)) == [
        ["a.md:9 and 2 other places", URL, "missing (403 Forbidden)", ""],
        [
            "a.md:2 and 2 other places",
            "https://doi.org/10.1/x.",
            "damaged",
            "should be https://doi.org/10.1/x",
        ],
    ]


def test_everything_else_that_needs_a_person_has_its_part() -> None:
    strange = LinkOutcome(URL, 4, "ok", detail="its DOI is 10.1/y", pdf="other_paper")
    text = render(
        report(
            cited("not_found", detail="nobody registered it"),
            PageOutcome("b.md", "refused", "never closed", 3),
            PageOutcome("c.md", "incomplete", "disk full"),
            PageOutcome(
                "d.md",
                "unchanged",
                links=(strange,),
                kept=(Kept("citations[10.1/x].journal", "Nutr", "Nutrients"),),
            ),
        ),
        0,
    )
    assert re.findall("^### (.*)$", text, re.M) == [
        "Not found: no agency knows it",
        "PDFs of another paper",
        "Refused: left as they are",
        "Incomplete: run again",
        "Kept as a person left it",
    ]
    assert cells(text) == [
        ["a.md:3", "10.1/x", "nobody registered it"],
        ["d.md:4", URL, "another paper (its DOI is 10.1/y)", ""],
        ["b.md:3", "never closed"],
        ["c.md", "disk full"],
        ["d.md", "journal 'Nutr' of 10.1/x (Crossref: Nutrients)"],
    ]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("", ""),
        ("10.1/x", "`10.1/x`"),
        ("a | b", r"`a \| b`"),
        (r"a\|b", r"`a\x5c\|b`"),
        (r"a\b", r"`a\b`"),
        ("`a`", "`` `a` ``"),
        ("a``b`c", "```a``b`c```"),
        ("two\nlines", r"`two\nlines`"),
        ("@octocat <b>", "`@octocat <b>`"),
    ],
)
def test_text_of_a_page_is_a_code_span(text: str, span: str) -> None:
    assert code(text) == span


HOSTILE = st.lists(
    st.sampled_from(
        ["|", "\\", "`", "``", "<b>", "&amp;", "@octocat", "#1", "\n", "\n\n", " ", "a", "![](x)"]
    )
    | st.characters(),
    max_size=12,
).map("".join)


@law(max_examples=150, deadline=None)
@given(st.lists(HOSTILE, min_size=1, max_size=4))
def test_whatever_stands_in_a_cell_comes_out_as_its_text_and_nothing_else(texts: list[str]) -> None:
    pages = [PageOutcome("a.md", "refused", text) for text in texts]
    rows = cells(render(report(*pages), 0))
    plain = [" ".join(visible(text).split()) for text in texts]
    assert [place for place, _ in rows] == ["a.md"] * len(texts)
    assert [why.replace(r"\x5c", "\\") for _, why in rows] == [text.replace(r"\x5c", "\\") for text in plain]


@law(max_examples=50, deadline=None)
@given(HOSTILE, HOSTILE)
def test_no_text_becomes_markup(path: str, text: str) -> None:
    page = PageOutcome(
        path,
        "refused",
        text,
        citations=(CitationOutcome(text, None, 1, "suspect", text),),
        changes=(Difference(text, path, [text], text),),
        links=(LinkOutcome(text, 1, "broken", text, path, repaired=text),),
    )
    tags = {
        *re.findall(r"<(\w+)", re.sub(r"<code>.*?</code>", "", shown(render(report(page), 0)), flags=re.S))
    }
    assert tags <= {"h2", "h3", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "br"}


def test_a_long_comment_is_cut_in_every_long_part_and_says_by_how_much() -> None:
    pages = [
        PageOutcome(
            f"content/{number:05}.md",
            "refused",
            f"reason {number} " + "x" * 200,
            links=(LinkOutcome(f"https://a.example/{number}", 1, "broken", "missing"),),
        )
        for number in range(3_000)
    ]
    text = render(report(*pages, cited("suspect", detail="the only one")), 1)
    assert LIMIT * 0.95 < len(text) <= LIMIT
    assert "the only one" in text, "a short part stays whole"
    notes = [
        int(rows.replace(",", "")) for rows in re.findall(r"^\*([\d,]+) rows not shown here", text, re.M)
    ]
    assert len(notes) == 2
    assert sum(notes) + len(cells(text)) == 6_001
