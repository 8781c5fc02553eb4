from __future__ import annotations

from typing import get_args
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.model.claims import Fact, Judgement
from enrich.model.link import LinkStatus, PdfVerdict
from enrich.model.outcome import CitationOutcome, LinkOutcome, Outcome, PageOutcome, Report, Status
from enrich.report.junit import render

URL = "https://cdn.example/a.pdf"


def read(*pages: PageOutcome, interrupted: int | None = None, outdated: bool = False) -> ElementTree.Element:
    report = Report(False, 1.5, pages, (), (), interrupted=interrupted, outdated=outdated)
    text = render(report)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    return ElementTree.fromstring(text.encode("utf-8"))


def ending(page: PageOutcome) -> str:
    """Return how the only case of `page` ended."""
    (suite,) = read(page)
    (case,) = suite
    return case[0].tag if len(case) else "passed"


def test_a_page_is_a_suite_and_a_citation_or_link_a_case() -> None:
    page = PageOutcome(
        "content/a.md",
        "written",
        citations=(CitationOutcome("10.1/x", "10.1/x", 3, "found"),),
        links=(LinkOutcome(URL, 4, "broken", "missing", "403 Forbidden"),),
    )
    root = read(page, PageOutcome("content/b.md", "no_citation"))
    assert root.attrib == {
        "name": "enrich",
        "time": "1.500",
        "tests": "2",
        "failures": "1",
        "errors": "0",
        "skipped": "0",
    }
    assert [(suite.get("name"), suite.get("tests")) for suite in root] == [
        ("content/a.md", "2"),
        ("content/b.md", "0"),
    ]
    citation, link = root[0]
    assert citation.attrib == {
        "name": "10.1/x",
        "classname": "content/a.md",
        "file": "content/a.md",
        "line": "3",
    }
    assert (link.get("name"), link.get("line")) == (URL, "4")
    assert link[0].attrib == {"type": "broken", "message": "broken: missing (403 Forbidden)"}
    assert link[0].text == "content/a.md:4\nbroken: missing (403 Forbidden)"


@pytest.mark.parametrize("word", get_args(Outcome))
def test_a_page_itself_is_a_case_where_something_kept_it_back(word: Outcome) -> None:
    wanted = {"refused": "failure", "incomplete": "error", "skipped": "skipped"}.get(word)
    (suite,) = read(PageOutcome("a.md", word, "the reason", 3))
    assert [case[0].tag for case in suite] == ([wanted] if wanted else [])
    assert [case[0].get("message") for case in suite] == (["the reason"] if wanted else [])


@pytest.mark.parametrize("word", get_args(Status))
def test_a_citation_ends_as_its_status_says(word: Status) -> None:
    wanted = {"found": "passed", "not_found": "failure", "suspect": "failure", "unavailable": "error"}
    page = PageOutcome("a.md", "unchanged", citations=(CitationOutcome("10.1/x", None, 1, word),))
    assert ending(page) == wanted.get(word, "skipped")


@pytest.mark.parametrize("word", get_args(LinkStatus))
def test_a_link_ends_as_its_status_says(word: LinkStatus) -> None:
    wanted = {"ok": "passed", "broken": "failure"}
    assert ending(PageOutcome("a.md", "unchanged", links=(LinkOutcome(URL, 1, word),))) == wanted.get(
        word, "skipped"
    )


@pytest.mark.parametrize("word", get_args(PdfVerdict))
def test_only_another_papers_file_fails_a_link_that_is_ok(word: PdfVerdict) -> None:
    page = PageOutcome("a.md", "unchanged", links=(LinkOutcome(URL, 1, "ok", pdf=word),))
    assert ending(page) == ("failure" if word == "other_paper" else "passed")


def test_a_failure_says_both_sides_and_where_else_to_look() -> None:
    judgement = Judgement("suspect", (Fact("title", "Old bones", "Young bones", -1.0),))
    page = PageOutcome(
        "a.md",
        "unchanged",
        citations=(CitationOutcome("10.1/x", "10.1/x", 3, "suspect", "looks like another", judgement),),
        links=(
            LinkOutcome("https://doi.org/10.1/x.", 5, "broken", "damaged", repaired="https://doi.org/10.1/x"),
        ),
    )
    (suite,) = read(page)
    assert suite[0][0].text == ("a.md:3\ntitle    the page: 'Old bones'\n         registry: 'Young bones'")
    assert suite[1][0].text == "a.md:5\nbroken: damaged\nshould be https://doi.org/10.1/x"


def test_cases_of_one_page_have_names_of_their_own() -> None:
    links = tuple(LinkOutcome(URL, line, "ok") for line in (1, 2, 3))
    (suite,) = read(PageOutcome("a.md", "unchanged", links=links))
    assert [case.get("name") for case in suite] == [URL, f"{URL} (2)", f"{URL} (3)"]


@pytest.mark.parametrize(("interrupted", "outdated"), [(2, False), (None, True)])
def test_a_run_that_is_not_whole_never_looks_green(interrupted: int | None, outdated: bool) -> None:
    root = read(PageOutcome("a.md", "unchanged"), interrupted=interrupted, outdated=outdated)
    assert root.get("errors") == "1"
    assert root[-1][0][0].tag == "error"


HOSTILE = (
    st.sampled_from(["]]>", "<!--", "&lt;", "\x00", "\x1b[31m", "\ufffe", "\uffff", "\udc80", "\r\n", '"'])
    | st.text(alphabet=st.characters(), max_size=20)
)  # fmt: skip


@law(max_examples=100, deadline=None)
@given(HOSTILE, HOSTILE, st.lists(HOSTILE, min_size=1, max_size=3))
def test_whatever_a_page_says_the_xml_is_whole(path: str, detail: str, names: list[str]) -> None:
    facts = Judgement("suspect", (Fact("title", detail, path, -1.0),))
    page = PageOutcome(
        path,
        "refused",
        detail,
        citations=tuple(CitationOutcome(name, None, 1, "suspect", detail, facts) for name in names),
        links=tuple(LinkOutcome(name, 2, "broken", detail, path, repaired=name) for name in names),
    )
    (suite,) = read(page)
    assert len(suite) == 1 + 2 * len(names)
    assert suite.get("failures") == str(len(suite))


def test_hostile_text_is_spelled_out_and_ordinary_text_is_kept() -> None:
    page = PageOutcome("naïve & <b>.md", "refused", "]]> \x00\x1b[31m \ufffe")
    (suite,) = read(page)
    assert suite.get("name") == "naïve & <b>.md"
    assert suite[0][0].get("message") == r"]]> \x00\x1b[31m \ufffe"
