"""The page on decisions says what the rules are: its figures, words and example are held against the code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

from enrich.model.claims import FactKind, Verdict
from enrich.model.identifier import Doi
from enrich.model.outcome import Status
from enrich.page.body import outline
from enrich.page.body.reading import MOST
from enrich.page.look import citations
from enrich.page.match import thresholds

DOCUMENT = (Path(__file__).resolve().parents[1] / "docs" / "how-it-decides.md").read_text(encoding="utf-8")

FRANKLIN: dict[str, object] = {
    "DOI": "10.1038/171740a0",
    "type": "journal-article",
    "title": ["Molecular Configuration in Sodium Thymonucleate"],
    "container-title": ["Nature"],
    "author": [{"given": "ROSALIND E.", "family": "FRANKLIN"}, {"given": "R. G.", "family": "GOSLING"}],
    "issued": {"date-parts": [[1953, 4]]},
    "volume": "171",
    "issue": "4356",
    "page": "740-741",
}


def table(head: str) -> dict[str, list[str]]:
    """Return the rows of the table whose head begins with the cell `head`, by the word in their first cell."""
    (found,) = re.findall(rf"^\| {head} \|.*\n\|[-|]+\n((?:\|.*\n)+)", DOCUMENT, re.M)
    rows = [[cell.strip(" `") for cell in row[1:-1].split("|")] for row in found.splitlines()]
    return {row[0]: row[1:] for row in rows}


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]


def test_the_weights_are_those_that_count() -> None:
    weights = {kind: [numbers(cell) for cell in cells] for kind, cells in table("evidence").items()}

    assert weights == {
        "title": [
            [thresholds.WEIGHT_TITLE, thresholds.WEIGHT_SHORT_TITLE],
            [-thresholds.AGAINST_TITLE, -thresholds.AGAINST_HEADING],
        ],
        "authors": [
            [thresholds.WEIGHT_AUTHORS, thresholds.WEIGHT_ONE_AUTHOR],
            [-thresholds.AGAINST_AUTHORS, -thresholds.AGAINST_NAMESAKES],
        ],
        "page": [[thresholds.WEIGHT_PAGE, thresholds.WEIGHT_PAGE_ALONE], [-thresholds.AGAINST_PAGE]],
        "journal": [[thresholds.WEIGHT_JOURNAL], [-thresholds.AGAINST_JOURNAL]],
        "volume": [[thresholds.WEIGHT_VOLUME], [-thresholds.AGAINST_VOLUME]],
        "year": [[thresholds.WEIGHT_YEAR], [-thresholds.AGAINST_YEAR]],
    }
    assert (thresholds.AUTHORS_FOUND, thresholds.AUTHORS_MISSED, thresholds.YEAR_NEAR) == (0.5, 0.2, 1)
    assert f"agrees with weight {thresholds.WEIGHT_TITLE:g}" in DOCUMENT
    assert f"{thresholds.ATTESTED:g} or more is left over" in DOCUMENT


def test_the_numbers_of_a_citation_in_words_are_those_that_count() -> None:
    (section,) = re.findall(r"^## A citation without an identifier\n(.*?)^## ", DOCUMENT, re.M | re.S)
    said = " ".join(section.split())

    assert f"up to {thresholds.TITLE_SWAPS} letters may have changed places" in said
    assert f"{thresholds.MATCH_AGREE} or more agree" in said
    assert f"has {thresholds.MATCH_LEAD} fewer that agree" in said
    assert f"if {thresholds.MATCH_AGREE_UNTITLED} of the five agree under another title" in said


def test_the_words_are_complete() -> None:
    assert {*table("status")} == {*get_args(Status)}
    assert {*table("evidence")} == {*get_args(FactKind)}
    assert all(f"`{verdict}`" in DOCUMENT for verdict in get_args(Verdict))
    assert MOST == 4
    assert "up to four *readings*" in DOCUMENT


def test_every_form_of_a_doi_that_is_listed_is_found() -> None:
    listed = [
        form for line in re.findall(r"^- .*$", DOCUMENT, re.M) for form in re.findall(r"`([^`]+)`", line)
    ]
    forms = [form for form in listed if "10.5555/a" in form]

    assert len(forms) == 9
    for form in forms:
        text = f"https://example.org{form}" if form.startswith("/") else form
        assert [one.readings[0] for one in citations(outline.read(f"See {text} there.\n".encode(), 0))] == [
            Doi("10.5555/a")
        ], form


def test_the_example_is_what_a_run_says(site: Any) -> None:
    (page,) = re.findall(r"^```markdown\n(.*?)^```$", DOCUMENT, re.M | re.S)
    (said,) = re.findall(r"^```text\n(.*?)^```$", DOCUMENT, re.M | re.S)
    site.knows(FRANKLIN)
    site.page("mistyped.md").write_text(page, encoding="utf-8")

    run = site.run()

    assert " ".join(said.split()) in " ".join(run.err.split())
    assert site.page("mistyped.md").read_text(encoding="utf-8") == page
