from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import Mention
from enrich.page.body import accession, outline, scan


def cited(body: str) -> list[str]:
    return [str(each.readings[0]) for each in mentions(body)]


def mentions(body: str) -> tuple[Mention, ...]:
    return accession.mentions(outline.read(body.encode(), 0))


@pytest.mark.parametrize(
    "text",
    [
        "PMID: 23006613",
        "PMID 23006613",
        "PMID:23006613.",
        "PMID23006613",
        "pmid: 23006613;",
        "PMID- 23006613",
        "PMID = 23006613",
        "PMID&nbsp;23006613",
        "PMID:\u00a023006613",
        "PMID：23006613",
        "{{PMID|23006613}}",
        "PMID: 023006613",
        "https://pubmed.gov/23006613",
        "PMID\n23006613",
        "(PubMed PMID: 23006613)",
        "[PubMed: 23006613]",
        "PubMed ID: 23006613",
        "PubMed identifier 23006613",
        "[@pmid:23006613]",
        "**PMID:** 23006613",
        "https://pubmed.ncbi.nlm.nih.gov/23006613/",
        "pubmed.ncbi.nlm.nih.gov/23006613",
        "https://pubmed.ncbi.nlm.nih.gov/?term=23006613",
        "www.ncbi.nlm.nih.gov/pubmed/23006613",
        "http://www.ncbi.nlm.nih.gov/pubmed/23006613?dopt=Abstract",
        "http://www.ncbi.nlm.nih.gov/m/pubmed/23006613/",
        "https://www.ncbi.nlm.nih.gov/pubmed/?term=23006613",
        "http://www.ncbi.nlm.nih.gov/entrez/query.fcgi?cmd=Retrieve&db=pubmed&list_uids=23006613&dopt=x",
        "https://www.ncbi.nlm.nih.gov/pmc/articles/pmid/23006613/",
        "https://europepmc.org/article/MED/23006613",
        "europepmc.org/abstract/med/23006613",
        "https://identifiers.org/pubmed:23006613",
        "[PubMed](https://pubmed.ncbi.nlm.nih.gov/23006613/)",
        "<a href='https://www.ncbi.nlm.nih.gov/pubmed/23006613'>abstract</a>",
        "- Item. PMID: 23006613",
        "| PMID | 23006613 |\n|---|---|\n| a | b |",
    ],
)
def test_a_pubmed_number_is_found(text: str) -> None:
    assert cited(text) == ["PMID:23006613"]


@pytest.mark.parametrize(
    "text",
    [
        "PMC3502158",
        "pmc3502158",
        "PMCID: PMC3502158.",
        "PMCID:3502158",
        "PMC 3502158",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC3502158/",
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3502158/figure/F1/",
        "http://www.ncbi.nlm.nih.gov/pmc/articles/3502158",
        "https://www.ncbi.nlm.nih.gov/labs/pmc/articles/PMC3502158/",
        "https://europepmc.org/article/PMC/PMC3502158",
        "https://europepmc.org/article/PMC/3502158",
        "europepmc.org/articles/PMC3502158?pdf=render",
        "http://www.pubmedcentral.nih.gov/articlerender.fcgi?artid=3502158",
        "[full text](https://pmc.ncbi.nlm.nih.gov/articles/PMC3502158.1/)",
    ],
)
def test_a_pmc_number_is_found(text: str) -> None:
    assert cited(text) == ["PMC3502158"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("arXiv:2101.00001", "2101.00001"),
        ("arXiv:2101.00001v2 [cs.CL]", "2101.00001"),
        ("arXiv: 2101.00001.", "2101.00001"),
        ("arXiv 0706.1234", "0706.1234"),
        ("arXiv preprint arXiv:2101.00001", "2101.00001"),
        ("arXiv e-print 2101.00001", "2101.00001"),
        ("CoRR, abs/1706.03762", "1706.03762"),
        ("https://arxiv.org/abs/2101.00001v2", "2101.00001"),
        ("arxiv.org/pdf/2101.00001v2.pdf", "2101.00001"),
        ("http://export.arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://ar5iv.labs.arxiv.org/html/2101.00001", "2101.00001"),
        ("[preprint](https://arxiv.org/pdf/math.GT/0309136v1)", "math/0309136"),
        ("arXiv:hep-th/9901001", "hep-th/9901001"),
        ("hep-th/9901001v3,", "hep-th/9901001"),
        ("(astro-ph/0603449)", "astro-ph/0603449"),
    ],
)
def test_an_arxiv_number_is_found(text: str, number: str) -> None:
    assert cited(text) == [f"arXiv:{number}"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("https://doi.org/gfxvsx", "gfxvsx"),
        ("doi.org/abcd.", "abcd"),
        ("http://dx.doi.org/aabbe/", "aabbe"),
        ("https://doi.org/10/gk52qr", "gk52qr"),
        ("[paper](https://doi.org/10/gk52qr)", "gk52qr"),
        ("[10/gk52qr](https://doi.org/gk52qr)", "gk52qr"),
        ("doi: 10/aabbe", "aabbe"),
        ("DOI 10/GK52QR", "gk52qr"),
        ("Nature, 2012. 10/gk52qr.", "gk52qr"),
        ("10/abcd", "abcd"),
    ],
)
def test_a_short_doi_is_found(text: str, code: str) -> None:
    assert cited(text) == [f"10/{code}"]


@pytest.mark.parametrize(
    "text",
    [
        "PMID: 0",
        "PMID: 23,006,613",
        "PMID: 23 006 613",
        "PMIDs: 23.006.613",
        "PMC 23,006",
        "PMID: 007",
        "PMID: 230066131",
        "PMID: 2300661a",
        "PMID: n/a",
        "APMID: 23006613",
        "Respir Res 2012;13:23006613-23006620.",
        "pages 23006613 to 23006620",
        "PubMed 2019; PubMed: 2012",
        "Searched PubMed, 23006613 hits",
        "PMC2 and PMC7 are genes",
        "XPMC3502158",
        "PMC0123456",
        "https://pubmed.ncbi.nlm.nih.gov/help/",
        "https://pubmed.ncbi.nlm.nih.gov/?term=selenium",
        "https://evilpubmed.ncbi.nlm.nih.gov/23006613",
        "https://europepmc.org/article/PPR/PPR123456",
        "2101.00001",
        "arXiv, version 2113.00001",
        "arXiv 2020",
        "biology/9901001",
        "see/hep-th/9901001",
        "https://example.org/hep-th/9901001",
        "https://arxiv.org/list/hep-th/9901",
        "10.48550/arXiv.2101.00001",
        "https://doi.org/10.1000/x",
        "doi.org/10.1000",
        "https://www.doi.org/about",
        "https://www.doi.org/faq.html",
        "https://doi.org/the-identifier/what-is-a-doi/",
        "https://doi.org/2012",
        "https://dx.doi.org/doi:10.1000/x",
        "https://doi.org/doi",
        "10/month, 10/week, 10/mL, 10/mmhg, 10/12, 10/2012, 10/cm2",
        "5/10/gk52qr",
        "110/gk52qr",
        "10/gk52qr/x",
        "ISBN 978-3-16-148410-0",
        "`PMID: 23006613`",
        "<pre>PMID: 23006613</pre>",
        "<!-- PMID: 23006613 -->",
        "    PMID: 23006613",
        "![PMID: 23006613](a.png)",
    ],
)
def test_a_number_that_nothing_names_is_none(text: str) -> None:
    assert cited(text) == []


def test_a_plural_names_all_that_follow() -> None:
    assert cited("PMIDs: 23006613, 23006614 and 23006615; 2012") == [
        "PMID:23006613",
        "PMID:23006614",
        "PMID:23006615",
    ]
    assert cited("PMID: 23006613, 23006614") == ["PMID:23006613"]


@pytest.mark.parametrize(
    "link",
    [
        "[PMID: 23006613](https://pubmed.ncbi.nlm.nih.gov/23006613/)",
        "PMID: [23006613](https://pubmed.ncbi.nlm.nih.gov/23006613/)",
        "<https://pubmed.ncbi.nlm.nih.gov/23006613/>",
        "[https://www.ncbi.nlm.nih.gov/pubmed/23006613](https://pubmed.ncbi.nlm.nih.gov/23006613/)",
    ],
)
def test_a_link_whose_text_and_target_agree_is_one_mention(link: str) -> None:
    assert cited(link) == ["PMID:23006613"]


def test_a_link_whose_text_and_target_differ_is_two_mentions() -> None:
    assert cited("[PMID: 1](https://pubmed.ncbi.nlm.nih.gov/23006613/)") == ["PMID:1", "PMID:23006613"]
    assert (
        cited("PMID: 23006613 [PubMed](https://pubmed.ncbi.nlm.nih.gov/23006613/)") == ["PMID:23006613"] * 2
    )


def test_a_mention_knows_its_place_as_those_of_dois_do() -> None:
    body = (
        "# A\n\nÜber. PMID: 23006613\n\n## B\n\nOne\nPMC3502158, [x](https://arxiv.org/abs/2101.00001 't')\n"
    )
    source = body.encode()

    found = mentions(body)

    assert [(each.line, each.section, each.block) for each in found] == [(3, 0, 1), (8, 1, 1), (8, 1, 1)]
    assert [source[each.span.start : each.span.end].decode() for each in found] == [
        each.text for each in found
    ]
    assert [each.text for each in found] == [
        "PMID: 23006613",
        "PMC3502158",
        "https://arxiv.org/abs/2101.00001",
    ]


def test_an_address_says_what_it_carries() -> None:
    assert str(accession.in_address("https://pmc.ncbi.nlm.nih.gov/articles/PMC3502158/")) == "PMC3502158"
    assert accession.in_address("https://example.org/PMC3502158") is None


def test_dois_and_other_identifiers_are_found_side_by_side_and_neither_twice() -> None:
    read = outline.read(b"doi: 10.1186/1465-9921-13-84 PMID: 23006613 PMCID: PMC3502158 10/gk52qr", 0)

    assert [each.text for each in scan.mentions(read)] == ["10.1186/1465-9921-13-84"]
    assert [each.text for each in accession.mentions(read)] == [
        "PMID: 23006613",
        "PMCID: PMC3502158",
        "10/gk52qr",
    ]


_pieces = st.sampled_from(
    [
        "PMID: 23006613",
        "PMC3502158",
        "arXiv:2101.00001",
        "10/gk52qr",
        "hep-th/9901001",
        "10.1000/x",
        "pmid",
        ":",
        " ",
        "\n",
        "\n\n",
        "# ",
        "- ",
        "| ",
        "[",
        "](https://arxiv.org/abs/2101.00001)",
        "<b>",
        "`",
        "ü",
        "1",
        ",",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(_pieces, max_size=14).map("".join))
def test_every_mention_lies_where_it_says(body: str) -> None:
    source = body.encode()
    for each in mentions(body):
        piece = source[each.span.start : each.span.end].decode()
        shown = re.sub(r"\]\([^)]*\)|<b>|\W", "", piece) + piece
        assert re.sub(r"\W", "", each.readings[0].value) in re.sub(r"\W", "", shown)
        assert each.line == source.count(b"\n", 0, each.span.start) + 1
        assert outline.read(source, 0).sections[each.section].blocks[each.block].line <= each.line


@pytest.mark.parametrize(
    "text",
    [
        "PMID:" + " " * 50_000,
        "arxiv " * 20_000,
        "PMIDs: 1" + ", 23006613" * 5_000,
        "hep-th-" * 20_000 + "/9901001",
        "https://www.ncbi.nlm.nih.gov/entrez/query.fcgi?" * 3_000,
        "doi.org/" * 20_000,
        "PMID" + "1" * 100_000,
    ],
    ids=lambda text: text[:12],
)
def test_long_nonsense_is_read_through_at_once(text: str) -> None:
    mentions(text)
