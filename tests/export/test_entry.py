from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.export.entry import Entry, cited, entries
from enrich.model.accession import ArxivId, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.outcome import CitationOutcome, PageOutcome, Report, Status
from enrich.model.work import PartialDate, Update, Work
from enrich.page.standing import Standing

ONE = Work(Doi("10.5555/one"), "Selenium", published=PartialDate(2012), kind="journal-article")
TWO = Work(Doi("10.5555/two"), "Iodine")


def reported(*citations: CitationOutcome) -> Report:
    return Report(True, 0.0, (PageOutcome("a.md", "written", citations=citations),), (), ())


def outcome(status: Status, work: Work | None) -> CitationOutcome:
    return CitationOutcome("10.5555/one", "10.5555/one", 3, status, work=work)


def test_only_what_was_found_is_cited() -> None:
    statuses: tuple[Status, ...] = ("found", "suspect", "suggested", "not_asked")
    report = reported(*(outcome(status, ONE) for status in statuses), outcome("found", None))

    assert [*cited(report)] == [("a.md", ONE)]


def test_a_work_stands_once_with_all_its_pages() -> None:
    made = entries([("b.md", ONE), ("a.md", ONE), ("a.md", ONE), ("c.md", TWO)])

    assert [(entry.key, entry.pages) for entry in made] == [
        ("iodine", ("c.md",)),
        ("work2012selenium", ("a.md", "b.md")),
    ]


def test_a_work_known_by_its_number_is_the_one_with_a_doi() -> None:
    by_pubmed = Work(None, "Selenium.", pmid=Pmid("1"), pmcid=Pmcid("PMC1"), agency="PubMed")
    by_archive = Work(None, "selenium", pmcid=Pmcid("PMC1"), agency="PMC")
    with_both = Work(ONE.doi, ONE.title, pmid=Pmid("1"), published=ONE.published, kind=ONE.kind)

    (entry,) = entries([("a.md", by_archive), ("b.md", by_pubmed), ("c.md", ONE), ("d.md", with_both)])

    assert entry.pages == ("a.md", "b.md", "c.md", "d.md")
    assert (entry.work.doi, entry.work.pmid, entry.work.pmcid) == (ONE.doi, Pmid("1"), Pmcid("PMC1"))
    assert entry.work.title == "Selenium"


def test_works_without_a_doi_have_their_numbers() -> None:
    made = entries([("a.md", Work(None, pmid=Pmid("1"))), ("a.md", Work(None, arxiv=ArxivId("2101.00001")))])

    assert len(made) == 2
    assert entries([("a.md", Work(None, "nobody's"))]) == ()


def test_a_notice_that_the_site_cites_speaks_of_the_paper() -> None:
    notice = Work(
        Doi("10.5555/notice"),
        "Retraction notice",
        update_to=(Update("retraction", ONE.doi, PartialDate(2020, 3)),),
    )

    paper = next(entry for entry in entries([("a.md", ONE), ("b.md", notice)]) if entry.work.doi == ONE.doi)

    assert paper.standing == Standing("retracted", notice.doi, PartialDate(2020, 3))
    assert paper.fate == "Retracted (notice 10.5555/notice, 2020-03)."


def test_what_became_of_a_paper_is_said_as_far_as_it_is_known() -> None:
    assert Entry(ONE, ("a.md",), "k").fate == ""
    assert Entry(ONE, ("a.md",), "k", Standing("withdrawn")).fate == "Withdrawn."
    preprint = Work(Doi("10.1101/1"), published_as=Doi("10.5555/one"))
    assert (
        Entry(preprint, ("a.md",), "k", Standing("corrected", date=PartialDate(2021))).fate
        == "Corrected (2021). Published as 10.5555/one."
    )


def test_the_citing_pages_are_one_sentence_in_one_line() -> None:
    assert Entry(ONE, ("a.md", "b\nc.md"), "k").cited_on == "Cited on a.md; b c.md."


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_entries_are_the_same_whatever_the_order_and_lose_no_work(
    works: st.SearchStrategy[Work], data: st.DataObject
) -> None:
    found = data.draw(st.lists(works, max_size=5))
    pairs = [(data.draw(st.sampled_from(["a.md", "b.md"])), work) for work in found]
    made = entries(pairs)

    assert made == entries(data.draw(st.permutations(pairs)))
    assert {entry.work.doi for entry in made} == {work.doi for work in found}
    assert len(made) == len({work.doi for work in found})
