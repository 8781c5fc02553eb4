from __future__ import annotations

import pytest

from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.page import Citation, Link, Mention, Page, Span
from enrich.page.beside import cited_by, files_beside, is_doi_link, papers_beside, repaired

A, B = Doi("10.5555/a"), Doi("10.5555/b")


def cites(doi: Doi, start: int, section: int, block: int) -> Citation:
    mention = Mention(str(doi), (doi,), Span(start, start + 9), 1, section, block)
    return Citation((doi,), (mention,), (Claims(),))


def file(start: int, section: int, block: int) -> Link:
    return Link("https://cdn.example.org/x.pdf", Span(start, start + 29), 1, section, block)


def test_a_file_belongs_to_the_paper_of_its_section() -> None:
    page = Page("p", "d", citations=(cites(A, 0, 0, 0), cites(B, 100, 1, 0)))

    assert [(paper.readings[0], link) for paper, link in files_beside(page, [file(150, 1, 2)])] == [
        (B, file(150, 1, 2))
    ]


def test_a_file_in_a_section_without_a_paper_belongs_to_none() -> None:
    page = Page("p", "d", citations=(cites(A, 0, 0, 0),))

    assert list(files_beside(page, [file(150, 1, 0)])) == []


@pytest.mark.parametrize(("at", "paper"), [(50, A), (150, B), (1, A)])
def test_among_several_papers_the_nearest_one_before_the_file_counts(at: int, paper: Doi) -> None:
    page = Page("p", "d", citations=(cites(A, 10, 0, 0), cites(B, 100, 0, 1)))

    ((found, _),) = files_beside(page, [file(at, 0, 5)])

    assert found.readings[0] == paper


def test_a_table_row_or_list_item_keeps_its_file_to_itself() -> None:
    page = Page("p", "d", citations=(cites(A, 10, 0, 0), cites(B, 200, 0, 1)))

    ((found, _),) = files_beside(page, [file(100, 0, 1)])

    assert found.readings[0] == B
    assert [paper.readings[0] for paper in papers_beside(page, file(100, 0, 1))] == [B]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://doi.org/10.5555/a", True),
        ("http://dx.doi.org/10.5555/a", True),
        ("https://DOI.org/10.5555/a", True),
        ("https://example.org/doi.org/10.5555/a", False),
        ("https://[broken", False),
    ],
)
def test_only_the_resolvers_addresses_are_doi_links(url: str, expected: bool) -> None:
    assert is_doi_link(url) is expected


def test_a_doi_link_is_the_citation_whose_mention_it_holds() -> None:
    mention = Mention("10.5555/a.", (A,), Span(20, 30), 1, 0, 0)
    page = Page("p", "d", citations=(Citation((A,), (mention,), (Claims(),)), cites(B, 100, 0, 0)))

    damaged = Link("https://doi.org/10.5555/a.", Span(5, 31), 1, 0, 0)
    elsewhere = Link("https://doi.org/10.5555/B", Span(200, 225), 1, 0, 0)
    assert cited_by(page, damaged) == page.citations[0]
    assert cited_by(page, elsewhere) == page.citations[1]
    assert cited_by(page, Link("https://doi.org/10.5555/zzz", Span(300, 327), 1, 0, 0)) is None


@pytest.mark.parametrize(
    ("url", "doi", "expected"),
    [
        ("https://doi.org/10.5555/a", "10.5555/a", ""),
        ("http://dx.doi.org/10.5555/A", "10.5555/a", ""),
        ("https://doi.org/10.5555%2Fa", "10.5555/a", ""),
        ("https://doi.org/10.5555/a.", "10.5555/a", "https://doi.org/10.5555/a"),
        ("https://doi.org/10.5555/a?x=1", "10.5555/a", "https://doi.org/10.5555/a"),
        ("https://doi.org/10.1002/(SICI)1097", "10.1002/(sici)1<2::a>3.0.co;2-2", None),
    ],
)
def test_a_repair_is_offered_only_where_the_address_leads_elsewhere(
    url: str, doi: str, expected: str | None
) -> None:
    offered = repaired(url, Doi(doi))

    assert offered == expected if expected is not None else not set("()<> ") & set(offered)
