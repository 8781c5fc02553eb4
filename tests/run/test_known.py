from __future__ import annotations

from enrich.model.accession import ArticleIds, ArxivId, Pmcid, Pmid, ShortDoi
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found
from enrich.model.work import Author, Update, Work
from enrich.run.known import Known

DOI, NOTICE, PMID, PMCID, SHORT = (
    Doi("10.5555/a"),
    Doi("10.5555/n"),
    Pmid("7"),
    Pmcid("PMC7"),
    ShortDoi("10/abcd"),
)
AT_CROSSREF = Work(
    DOI, "Placebo effects on lung function", authors=(Author("N", "Quist"),), volume="13", pages="84"
)
AT_PUBMED = Work(
    DOI,
    "Placebo effects on lung function",
    authors=(Author("N", "Quist"),),
    pmid=PMID,
    pmcid=PMCID,
    agency="PubMed",
)
DOWN = Failed("unavailable", "503")


def test_a_number_leads_to_its_doi_and_both_sources_are_joined() -> None:
    known = Known()

    assert (known.get(PMID), known.question(PMID)) == (None, PMID)
    known.take_pubmed(PMID, Found(AT_PUBMED, 1))
    assert (known.get(PMID), known.question(PMID)) == (None, DOI)
    known.take_work(DOI, Found(AT_CROSSREF, 2))
    assert known.question(PMID) is None
    answer = known.get(PMID)
    assert isinstance(answer, Found)
    assert answer.value.identifiers == (DOI, PMID, PMCID)
    assert known.get(DOI) == answer


def test_a_doi_that_pubmed_has_wrong_is_not_taken_and_lends_no_number() -> None:
    other = Work(
        DOI, "Traffic noise in Alpine valleys", authors=(Author("B", "Ekstroem"),), container="Acoustics"
    )
    known = Known()
    known.take_pubmed(PMID, Found(AT_PUBMED, 1))
    known.take_work(DOI, Found(other, 2))

    by_number, by_doi = known.get(PMID), known.get(DOI)

    assert isinstance(by_number, Found)
    assert (by_number.value.doi, by_number.value.title) == (None, AT_PUBMED.title)
    assert isinstance(by_doi, Found)
    assert by_doi.value.pmid is None


def test_a_doi_that_nobody_registered_is_left_out_and_one_without_metadata_stays() -> None:
    for reason, doi in (("not_found", None), ("no_metadata", DOI)):
        known = Known()
        known.take_pubmed(PMID, Found(AT_PUBMED, 1))
        known.take_work(DOI, Absent(reason, "so", 2))  # type: ignore[arg-type]
        answer = known.get(PMID)
        assert isinstance(answer, Found)
        assert (answer.value.doi, answer.value.agency) == (doi, "PubMed")


def test_an_outage_anywhere_on_the_way_is_an_outage() -> None:
    known = Known()
    known.take_pubmed(PMID, Found(AT_PUBMED, 1))
    known.take_work(DOI, DOWN)
    known.short[SHORT] = DOWN

    assert known.get(PMID) == known.get(SHORT) == DOWN


def test_an_article_of_pmc_is_what_pubmed_and_its_doi_say() -> None:
    known = Known()
    known.take_pmc(PMCID, Found(ArticleIds(PMCID, PMID, DOI), 1))
    assert known.question(PMCID) == PMID
    known.take_pubmed(PMID, Found(Work(None, AT_PUBMED.title, pmid=PMID), 2))
    assert known.question(PMCID) == DOI
    known.take_work(DOI, Found(AT_CROSSREF, 3))

    answer = known.get(PMCID)

    assert isinstance(answer, Found)
    assert answer.value.identifiers == (DOI, PMID, PMCID)
    assert answer.value.volume == "13"


def test_an_article_of_pmc_whose_doi_is_another_papers_is_what_pubmed_says() -> None:
    zebras = Work(DOI, "Zebras in the savannah at night", authors=(Author("Z", "Ebra"),), container="Zoo")
    for described in (
        AT_PUBMED,
        Work(None, AT_PUBMED.title, authors=AT_PUBMED.authors, container="Lung", pmid=PMID),
    ):
        known = Known()
        known.take_pmc(PMCID, Found(ArticleIds(PMCID, PMID, DOI), 1))
        known.take_pubmed(PMID, Found(described, 2))
        known.take_work(DOI, Found(zebras, 3))

        answer = known.get(PMCID)

        assert isinstance(answer, Found)
        assert (answer.value.title, answer.value.doi) == (AT_PUBMED.title, None)
        assert known.get(DOI) == Found(zebras, 3)


def test_an_article_of_pmc_that_pubmed_lacks_is_its_doi() -> None:
    known = Known()
    known.take_pmc(PMCID, Found(ArticleIds(PMCID, PMID, DOI), 1))
    known.take_pubmed(PMID, Absent("not_found", "unknown", 2))
    known.take_work(DOI, Found(AT_CROSSREF, 3))

    answer = known.get(PMCID)

    assert isinstance(answer, Found)
    assert answer.value.identifiers == (DOI, PMID, PMCID)


def test_notices_of_earlier_runs_still_speak() -> None:
    notice = Work(NOTICE, update_to=(Update("retraction", DOI),))
    known = Known([notice])
    known.take_work(DOI, Found(AT_CROSSREF, 1))
    heard = known.spoken
    known.take_work(NOTICE, Found(notice, 1))

    answer = known.get(DOI)

    assert isinstance(answer, Found)
    assert answer.value.updated_by == (Update("retraction", NOTICE),)
    assert known.spoken == heard, "what was heard before is no news"


def test_short_dois_and_arxivs_numbers_are_the_dois_that_they_stand_for() -> None:
    known = Known()
    known.short[SHORT] = Found(DOI, 1)
    arxiv = ArxivId("2101.00001")
    known.take_work(DOI, Found(AT_CROSSREF, 2))
    known.take_work(arxiv.doi, Found(Work(arxiv.doi, arxiv=arxiv), 2))

    assert known.get(SHORT) == Found(AT_CROSSREF, 2)
    assert known.get(arxiv) == known.get(arxiv.doi)


def test_what_a_notice_says_reaches_the_paper_and_when_is_known() -> None:
    known = Known()
    known.take_work(DOI, Found(AT_CROSSREF, 1))
    before = known.spoken
    known.take_work(NOTICE, Found(Work(NOTICE, update_to=(Update("retraction", DOI),)), 2))

    answer = known.get(DOI)

    assert isinstance(answer, Found)
    assert answer.value.updated_by == (Update("retraction", NOTICE),)
    assert known.is_told_since(DOI, before)
    assert not known.is_told_since(DOI, known.spoken)
    assert not known.is_told_since(PMID, 0)
