from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.model.accession import ArxivId, Pmcid, Pmid, ShortDoi
from enrich.model.identifier import Doi
from enrich.report.html import href


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//elsewhere.example/a",
        "/local",
        "a.pdf",
        "",
        "http:javascript:alert(1)",
        "https://",
        "https://doi.org@elsewhere.example/",
        "https://user:password@elsewhere.example/",
        'https://a.example/"onclick="x',
        "https://a.example/a b",
        "https://a.example/\u202efdp.exe",
        "https://[::1",
        "https://a.example\\@b.example/",
    ],
)
def test_what_could_lead_astray_is_no_link(url: str) -> None:
    assert href.web(url) == ""


@pytest.mark.parametrize(
    "url", ["https://cdn.example/a.pdf?x=1&y=2#page=3", "HTTP://cdn.example:8080/a", "https://例え.jp/é.pdf"]
)
def test_an_address_of_the_web_is_a_link_as_it_is(url: str) -> None:
    assert href.web(url) == url


def test_each_kind_of_identifier_leads_to_its_own_place() -> None:
    assert href.of(Doi("10.1000/a")) == "https://doi.org/10.1000/a"
    assert href.of(ArxivId("2101.00001")) == "https://doi.org/10.48550/arxiv.2101.00001"
    assert href.of(Pmid("123")) == "https://pubmed.ncbi.nlm.nih.gov/123/"
    assert href.of(Pmcid("PMC12")) == "https://pmc.ncbi.nlm.nih.gov/articles/PMC12/"
    assert href.of(ShortDoi("10/abcd")) == href.of(None) == ""


def test_a_text_that_names_no_paper_leads_nowhere() -> None:
    assert href.paper("javascript:alert(1)") == href.paper(None) == href.paper("") == ""
    assert href.paper("PMID:123") == "https://pubmed.ncbi.nlm.nih.gov/123/"


@law(max_examples=100, deadline=None)
@given(st.text(min_size=1))
def test_whatever_a_doi_holds_its_link_stays_at_doi_org_and_says_it_whole(suffix: str) -> None:
    doi = Doi.parse(f"10.1000/{suffix}")
    url = urlsplit(href.of(doi))
    if doi is not None:
        assert (url.scheme, url.netloc, url.query, url.fragment) == ("https", "doi.org", "", "")
        assert unquote(url.path) == f"/{doi.value}"
