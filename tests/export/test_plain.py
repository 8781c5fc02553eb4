from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.export.plain import line, page_range, url
from enrich.model.accession import ArxivId, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Work


@given(text=st.text(st.characters()))
@settings(max_examples=200, deadline=None)
def test_a_line_has_no_breaks_and_is_its_own_line(text: str) -> None:
    said = line(text)

    assert len(said.splitlines()) <= 1
    assert line(said) == said
    assert "\0" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" a\r\n  b\tc\u2028d ", "a b c d"),
        ("a\0b\x07c", "abc"),
        ("e\u0301", "\u00e9"),
        ("\udcff.md", "\ufffd.md"),
    ],
    ids=["white space", "controls", "composed", "half a character"],
)
def test_a_line_is_mended(text: str, said: str) -> None:
    assert line(text) == said


@pytest.mark.parametrize(
    ("pages", "number", "first", "last"),
    [
        ("123-130", "", "123", "130"),
        ("S155-S156", "", "S155", "S156"),
        ("233-240.e2", "", "233", "240.e2"),
        ("1-2-1-10", "", "1-2", "1-10"),
        ("1-5, 7-9", "", "1-5, 7-9", ""),
        ("e94", "e94", "e94", ""),
        ("2020-15", "2020-15", "2020-15", ""),
        ("1-2-3", "", "1-2-3", ""),
        ("-9", "", "-9", ""),
        ("", "", "", ""),
    ],
)
def test_pages_are_a_range_only_where_they_clearly_are(
    pages: str, number: str, first: str, last: str
) -> None:
    assert page_range(Work(None, pages=pages, article_number=number)) == (first, last)


@pytest.mark.parametrize(
    ("work", "address"),
    [
        (
            Work(Doi("10.1175/1520<0736:w;a>2.0.co;2")),
            "https://doi.org/10.1175/1520%3C0736:w%3Ba%3E2.0.co%3B2",
        ),
        (Work(Doi("10.1/a"), pmid=Pmid("7")), "https://doi.org/10.1/a"),
        (Work(None, pmid=Pmid("7")), "https://pubmed.ncbi.nlm.nih.gov/7/"),
        (Work(None, pmcid=Pmcid("PMC7")), "https://pmc.ncbi.nlm.nih.gov/articles/PMC7/"),
        (Work(None, arxiv=ArxivId("hep-th/9901001")), "https://arxiv.org/abs/hep-th/9901001"),
        (Work(None), ""),
    ],
)
def test_a_work_has_one_lasting_address(work: Work, address: str) -> None:
    assert url(work) == address
