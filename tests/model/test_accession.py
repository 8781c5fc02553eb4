from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.accession import ARCHIVES, ArxivId, Pmcid, Pmid, ShortDoi
from enrich.model.identifier import Doi

_months = st.builds(lambda year, month: f"{year:02d}{month:02d}", st.integers(0, 99), st.integers(1, 12))
_arxiv = st.builds(
    lambda yymm, count: f"{yymm}.{count:0{4 if int(yymm) <= 1412 else 5}d}",
    _months.filter(lambda yymm: int(yymm) > 703),
    st.integers(1, 9999),
) | st.builds(
    lambda archive, yymm, count: f"{archive}/{yymm}{count:03d}",
    st.sampled_from(sorted(ARCHIVES)),
    _months.filter(lambda yymm: int(yymm) <= 703 or int(yymm) >= 9101),
    st.integers(1, 999),
)
_short = st.from_regex(r"[a-z0-9]{2,8}", fullmatch=True).filter(lambda code: not code.isdigit())


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 99_999_999), st.sampled_from(["", "PMID:", "PMID: ", "pmid ", "PMID", "PubMed ID: "]))
def test_a_pubmed_number_reads_back_whatever_stands_before_it(number: int, mark: str) -> None:
    pmid = Pmid.parse(f"{mark}{number}")

    assert pmid == Pmid(str(number))
    assert Pmid.parse(str(pmid)) == pmid


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 99_999_999), st.sampled_from(["PMC", "pmc", "PMCID: PMC", "PMCID:PMC"]))
def test_a_pmc_number_reads_back_whatever_stands_before_it(number: int, mark: str) -> None:
    pmcid = Pmcid.parse(f"{mark}{number}")

    assert pmcid == Pmcid(f"PMC{number}")
    assert Pmcid.parse(str(pmcid)) == pmcid


@settings(max_examples=100, deadline=None)
@given(_arxiv, st.sampled_from(["", "v1", "v12"]), st.sampled_from(["", "arXiv:", "arXiv: ", "ARXIV:"]))
def test_an_arxiv_number_reads_back_without_its_version(number: str, version: str, mark: str) -> None:
    arxiv = ArxivId.parse(f"{mark}{number}{version}")

    assert arxiv == ArxivId(number)
    assert ArxivId.parse(str(arxiv)) == arxiv
    assert ArxivId.parse(arxiv.doi.value) == arxiv
    assert Doi.parse(arxiv.doi.value) == arxiv.doi


@settings(max_examples=100, deadline=None)
@given(_short)
def test_a_short_doi_reads_back_from_every_spelling(code: str) -> None:
    short = ShortDoi.parse(f"https://doi.org/{code}")

    assert short == ShortDoi(f"10/{code}")
    for text in (str(short), f"doi.org/10/{code}", f"http://dx.doi.org/{code.upper()}/", f"doi:10/{code}"):
        assert ShortDoi.parse(text) == short


@pytest.mark.parametrize(
    "text", ["", "0", "007", "PMID: 0", "230066131", "2300661a", "PMC23006613", "-1", "２３", "1 2", "1.5"]
)
def test_what_pubmed_cannot_have_given_is_no_pubmed_number(text: str) -> None:
    assert Pmid.parse(text) is None


@pytest.mark.parametrize("text", ["", "PMC", "PMC0", "PMC012", "3502158", "PMC12345678901", "PMC35x", "PMCX"])
def test_what_pmc_cannot_have_given_is_no_pmc_number(text: str) -> None:
    assert Pmcid.parse(text) is None


def test_the_version_of_an_article_in_pmc_is_left_out() -> None:
    assert Pmcid.parse("PMC3502158.1") == Pmcid("PMC3502158")


@pytest.mark.parametrize(
    "text",
    [
        "2113.00001",  # month 13
        "2100.00001",
        "2101.0001",  # five digits since 2015
        "0801.00001",  # four before
        "0703.0001",  # the old form still held
        "2101.000001",
        "hep-th/9913001",
        "hep-th/0704001",  # the new form held already
        "hep-th/9008001",  # arXiv began in 1991
        "biology/9901001",
        "hep-th/99010012",
        "2101.00001v0",
        "arXiv",
        "",
    ],
)
def test_what_arxiv_cannot_have_given_is_no_arxiv_number(text: str) -> None:
    assert ArxivId.parse(text) is None


def test_the_class_behind_an_archive_is_left_out() -> None:
    assert ArxivId.parse("math.GT/0309136v2") == ArxivId("math/0309136")
    assert str(ArxivId.parse("hep-th/9901001")) == "arXiv:hep-th/9901001"


@pytest.mark.parametrize(
    "text",
    ["10.1000/x", "10/", "10/a", "10/2012", "doi.org/2012", "10/a-b", "abcd", "doi.org/a.html", "11/abcd"],
)
def test_what_doi_org_cannot_have_given_is_no_short_doi(text: str) -> None:
    assert ShortDoi.parse(text) is None


def test_numbers_of_one_kind_are_in_order_and_spell_unlike_those_of_another() -> None:
    one, other = Pmid("1"), Pmid("2")

    assert sorted([other, one]) == [one, other]
    assert len({str(Pmid("3502158")), str(Pmcid("PMC3502158")), str(ArxivId("2101.00001"))}) == 3
