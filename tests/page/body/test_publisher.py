from __future__ import annotations

import pytest

from enrich.page.body.publisher import carrier, without_query, without_view


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("see ", "text"),
        ("doi: ", "text"),
        ("DOI", "text"),
        ("doi:", "resolver"),
        ("https://doi.org/", "resolver"),
        ("(dx.doi.org/", "resolver"),
        ("https://doi.org/doi:", "resolver"),
        ("https://doi-org.proxy.library.example/", "resolver"),
        ("info:doi/", "resolver"),
        ("https://web.archive.org/web/2020/https://doi.org/", "resolver"),
        ("https://link.example.org/article/", "publisher"),
        ("www.example.org/doi/full/", "publisher"),
        ("example.org/doi/", "publisher"),
        ("https://example.org/?id=", "publisher"),
        ("https://example.org/doi%2F", "publisher"),
        ("https://example.org/ ", "text"),
        ("1/", "text"),
    ],
)
def test_a_doi_stands_in_text_or_behind_a_resolver_or_in_a_publishers_address(
    before: str, expected: str
) -> None:
    assert carrier(before + "10.1000/a", len(before)) == expected


@pytest.mark.parametrize(
    ("suffix", "expected"),
    [
        ("jbmr.4567/full", "jbmr.4567"),
        ("jbmr.4567/abstract;jsessionid=A1.f02", "jbmr.4567"),
        ("s00198-020-05555-5.pdf", "s00198-020-05555-5"),
        ("s00198-020-05555-5/figures/3", "s00198-020-05555-5"),
        ("ajp.1.2020.full.pdf+html", "ajp.1.2020"),
        ("fnut.2020.00123/full/html", "fnut.2020.00123"),
        ("acs.1/suppl_file/a_si_001.pdf", "acs.1"),
        ("a/b/c", "a/b/c"),
        ("peerj.full", "peerj"),
        ("/full", "/full"),
    ],
)
def test_a_view_of_the_article_is_not_the_doi(suffix: str, expected: str) -> None:
    assert without_view("https://example.org/doi/", "10.1000/", suffix) == expected


def test_versions_are_the_addresses_own_with_some_preprint_servers_only() -> None:
    assert without_view("", "10.1101/", "2020.01.01.123456v2.full") == "2020.01.01.123456"
    assert without_view("", "10.21203/", "rs.3.rs-1/v1") == "rs.3.rs-1/v1"
    assert without_view("", "10.26434/", "chemrxiv-2021v2") == "chemrxiv-2021v2"


def test_silverchair_adds_its_article_number() -> None:
    before = "https://academic.oup.com/advances/article-pdf/doi/"

    assert without_view(before, "10.1093/", "advances/nmab126/6412345/nmab126.pdf") == "advances/nmab126"
    assert without_view("https://example.org/doi/", "10.1093/", "a/6412345") == "a/6412345"


def test_queries_and_fragments_end_a_doi() -> None:
    assert without_query("a?b=c", in_query=False) == "a"
    assert without_query("a#b", in_query=False) == "a"
    assert without_query("a&b=c?d", in_query=True) == "a"
    assert without_query("a&b", in_query=False) == "a&b"
    assert without_query("(SICI)1<1::A>3.0.CO;2-#", in_query=False) == "(SICI)1<1::A>3.0.CO;2-#"
    assert without_query("(SICI)1<1::A>3.0.CO;2-##b", in_query=False) == "(SICI)1<1::A>3.0.CO;2-#"
