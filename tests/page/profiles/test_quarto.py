from __future__ import annotations

import pytest

from enrich.model.accession import Pmid
from enrich.model.identifier import Doi
from enrich.model.page import Value
from enrich.model.work import Author, Group, PartialDate, Update, Work
from enrich.page.profile import Wishes, profile

QUARTO = profile("quarto", Wishes(quarto_citation=True))
PAPER = Work(
    Doi("10.5555/bones"),
    "Selenium in bones",
    authors=(Author("Jo", "Marten", "Jr"), Group("World Health Organization")),
    container="Journal of Made Examples",
    published=PartialDate(2022, 4),
    volume="14",
    issue="9",
    pages="568-585",
    kind="journal-article",
    publisher="Press",
    issn=("1234-5678", "2345-6789"),
    updated_by=(Update("retraction", Doi("10.5555/notice"), PartialDate(2023, 1)),),
    pmid=Pmid("7"),
)


def test_a_page_that_is_the_paper_says_so_in_lower_case() -> None:
    assert QUARTO.own is not None
    assert QUARTO.own.values(PAPER, {"url": "https://x.org/a.pdf", "status": "ok"}) == {
        "type": "article-journal",
        "author": [
            {"family": "Marten", "given": "Jo", "suffix": "Jr"},
            {"name": {"literal": "World Health Organization"}},
        ],
        "container-title": "Journal of Made Examples",
        "issued": [2022, 4],
        "volume": "14",
        "issue": "9",
        "page": "568-585",
        "publisher": "Press",
        "issn": "1234-5678",
        "doi": "10.5555/bones",
        "pmid": "7",
        "url": "https://doi.org/10.5555/bones",
        "pdf-url": "https://x.org/a.pdf",
        "status": "retracted",
        "note": "Retracted (notice 10.5555/notice, 2023-01).",
    }


@pytest.mark.parametrize("pdf", [None, {"url": "https://x.org/a.pdf", "status": "broken"}])
def test_a_file_that_is_not_there_is_no_address(pdf: Value) -> None:
    assert QUARTO.own is not None
    assert "pdf-url" not in QUARTO.own.values(PAPER, pdf)


def test_the_page_is_the_paper_only_on_purpose_and_where_nothing_else_is_said() -> None:
    assert profile("quarto").about({}) is None
    assert QUARTO.about({}) == QUARTO.own
    assert QUARTO.about({"citation": {"url": "https://example.org"}}) == QUARTO.own
    assert QUARTO.about({"citation": True}) is None
    assert QUARTO.about({"citation": None}) is None


def test_chosen_fields_are_chosen_in_both_places() -> None:
    chosen = profile("quarto", Wishes(fields=("DOI", "title", "pdf-url"), quarto_citation=True))

    assert chosen.fields == ("id", "type", "title", "DOI")
    assert chosen.own is not None
    assert chosen.own.fields == ("type", "doi", "pdf-url")
