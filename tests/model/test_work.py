from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.model.accession import ArxivId, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Author, PartialDate, Update, Work, joined


@pytest.mark.parametrize(
    ("date", "text"),
    [(PartialDate(2022, 4, 20), "2022-04-20"), (PartialDate(2022, 4), "2022-04"), (PartialDate(987), "0987")],
)
def test_a_date_is_shown_as_precise_as_it_is_and_read_back(date: PartialDate, text: str) -> None:
    assert str(date) == text
    assert PartialDate.parse(text) == date


@pytest.mark.parametrize("text", ["", "2022-4", "2022-04-20T00", "20 April 2022"])
def test_any_other_text_is_no_date(text: str) -> None:
    assert PartialDate.parse(text) is None


def test_a_person_is_shown_given_name_first() -> None:
    assert str(Author("Ann", "Lee", "Jr")) == "Ann Lee Jr"
    assert str(Author("", "Lee")) == "Lee"


def test_a_work_learns_from_another_source_only_what_it_did_not_know() -> None:
    event, other = Update("retraction", Doi("10.5555/n")), Update("erratum", None)
    registered = Work(Doi("10.5555/a"), "On rats", updated_by=(event,), pmcid=Pmcid("PMC1"))
    archived = Work(
        None, "on rats.", updated_by=(event, other), pmid=Pmid("1"), pmcid=Pmcid("PMC2"), agency="PubMed"
    )

    assert joined(registered, archived) == replace(registered, pmid=Pmid("1"), updated_by=(event, other))
    assert joined(registered, registered) == registered


def test_a_work_without_a_doi_is_named_by_its_number() -> None:
    assert Work(Doi("10.5555/a"), pmid=Pmid("1")).identifier == Doi("10.5555/a")
    assert Work(None, pmid=Pmid("1")).identifier == Pmid("1")
    assert Work(None, arxiv=ArxivId("2101.00001")).identifier == ArxivId("2101.00001")
    assert Work(None).identifier is None


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
    assert work.url == address
