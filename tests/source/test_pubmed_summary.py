from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.accession import Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Update, Work
from enrich.source.pubmed_summary import work

PMID = Pmid("11111111")
SUMMARY: dict[str, Any] = {
    "uid": "11111111",
    "pubdate": "2012 Nov-Dec",
    "epubdate": "2012 Sep 25",
    "source": "J Rats",
    "authors": [
        {"name": "Lee AB", "authtype": "Author", "clusterid": ""},
        {"name": "Ek C Jr", "authtype": "Author", "clusterid": ""},
        {"name": "Rat Study Group", "authtype": "CollectiveName", "clusterid": ""},
        {"name": "Berg D", "authtype": "Investigator", "clusterid": ""},
    ],
    "title": "[On rats &amp; mice].",
    "vernaculartitle": "Über Ratten und Mäuse.",
    "volume": "13",
    "issue": "1",
    "pages": "413-20",
    "issn": "1111-1111",
    "essn": "2222-2222",
    "pubtype": ["Journal Article"],
    "articleids": [
        {"idtype": "pubmed", "idtypen": 1, "value": "11111111"},
        {"idtype": "pmc", "idtypen": 8, "value": "PMC1111111"},
        {"idtype": "doi", "idtypen": 3, "value": "10.5555/Rats.1"},
    ],
    "fulljournalname": "Journal of rats : the rats' own",
    "doctype": "citation",
}


def made(**fields: object) -> Work:
    found = work(PMID, {**SUMMARY, **fields})
    assert found is not None
    return found


def test_a_summary_becomes_a_work_with_every_number_of_it() -> None:
    assert made() == Work(
        doi=Doi("10.5555/rats.1"),
        title="On rats & mice",
        other_titles=("Über Ratten und Mäuse",),
        authors=(Author("AB", "Lee"), Author("C", "Ek", "Jr"), Group("Rat Study Group")),
        container="Journal of rats",
        short_container="J Rats",
        published=PartialDate(2012, 9, 25),
        years=(2012,),
        volume="13",
        issue="1",
        pages="413-420",
        kind="journal-article",
        issn=("1111-1111", "2222-2222"),
        agency="PubMed",
        pmid=PMID,
        pmcid=Pmcid("PMC1111111"),
    )


def test_a_paper_without_a_doi_is_named_by_its_pubmed_number() -> None:
    found = made(articleids=[{"idtype": "pubmed", "value": "11111111"}])

    assert (found.doi, found.identifier, found.pmcid) == (None, PMID, None)


@pytest.mark.parametrize(
    ("pubdate", "epubdate", "published", "years"),
    [
        ("2013 Jan", "2012 Sep 25", "2012-09-25", (2012, 2013)),
        ("2012", "2012 Sep 25", "2012-09-25", (2012,)),
        ("2012 Sep", "", "2012-09", (2012,)),
        ("", "", "None", ()),
    ],
)
def test_the_earliest_date_counts_and_every_year_is_kept(
    pubdate: str, epubdate: str, published: str, years: tuple[int, ...]
) -> None:
    found = made(pubdate=pubdate, epubdate=epubdate)

    assert (str(found.published), found.years) == (published, years)


@pytest.mark.parametrize(
    ("located", "number"),
    [
        ("e12345", "e12345"),
        ("pii: 84. doi: 10.5555/x", "84"),
        ("doi: 10.5555/x", ""),
        ("pii: S0140-6736", ""),
    ],
)
def test_an_article_number_stands_in_for_pages(located: str, number: str) -> None:
    found = made(pages="", elocationid=located)

    assert (found.pages, found.article_number) == (number, number)
    assert made(pages="7", elocationid=located).pages == "7"


def test_what_became_of_a_paper_stands_in_its_links() -> None:
    references = [
        {"refsource": "J Rats. 2013 Jan;14(1):1. doi: 10.5555/Notice", "reftype": "Retraction in", "pmid": 2},
        {"refsource": "J Rats. 2012;13:9", "reftype": "Erratum in", "pmid": 3},
        {"refsource": "", "reftype": "Expression of concern in", "pmid": 4},
        {"refsource": "J Rats. 2011;13:9", "reftype": "Comment in", "pmid": 5},
        {"refsource": "J Rats. 2011;13:9", "reftype": "Erratum for", "pmid": 6},
        "odd",
    ]

    assert made(references=references, pubtype=["Retracted Publication"]).updated_by == (
        Update("retraction", Doi("10.5555/notice"), PartialDate(2013, 1), "PubMed"),
        Update("erratum", None, PartialDate(2012), "PubMed"),
        Update("expression_of_concern", None, None, "PubMed"),
    )


def test_a_paper_may_be_marked_as_retracted_without_a_notice() -> None:
    assert made(pubtype=["Journal Article", "Retracted Publication"]).updated_by == (
        Update("retraction", None, None, "PubMed"),
    )
    assert made(pubtype=["Retraction of Publication"]).updated_by == ()


def test_a_chapter_stands_in_its_book() -> None:
    found = made(fulljournalname="", booktitle="Rats (2nd ed)", doctype="chapter", publishername="Rat Press")

    assert (found.kind, found.container, found.publisher) == ("book-chapter", "Rats", "Rat Press")


def test_the_original_title_stands_in_where_there_is_no_translation() -> None:
    found = made(title="[Not Available].")

    assert (found.title, found.other_titles) == ("Über Ratten und Mäuse", ())


def test_a_summary_that_says_nothing_is_no_work() -> None:
    assert work(PMID, {"uid": "11111111", "title": "", "articleids": []}) is None


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_items = st.lists(
    st.dictionaries(st.sampled_from(["name", "authtype", "idtype", "value", "reftype", "refsource"]), _json),
    max_size=3,
)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(SUMMARY)), _json | _items))
def test_any_json_is_taken(fields: dict[str, object]) -> None:
    found = work(PMID, fields)

    assert found is None or found.pmid == PMID
