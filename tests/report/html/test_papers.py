from __future__ import annotations

from enrich.model.identifier import Doi
from enrich.model.outcome import Alert, CitationOutcome, PageOutcome, Report, Status
from enrich.model.work import PartialDate, Update, Work
from enrich.report.html import papers


def a_work(number: int, year: int | None = 2020, journal: str = "Selenium", *updates: Update) -> Work:
    published = PartialDate(year) if year else None
    return Work(Doi(f"10.1000/{number}"), container=journal, published=published, updated_by=updates)


def cited(work: Work, status: Status = "found", standing: str = "", line: int = 1) -> CitationOutcome:
    return CitationOutcome(str(work.doi), str(work.doi), line, status, work=work, standing=standing)


def a_report(*citations: CitationOutcome) -> Report:
    pages = tuple(PageOutcome(f"{n}.md", "unchanged", citations=(one,)) for n, one in enumerate(citations))
    return Report(False, 1.0, pages, (), ())


def test_a_paper_counts_once_and_a_suspect_one_is_nobodys() -> None:
    one, other = a_work(1), a_work(2)

    assert papers.distinct(a_report(cited(one), cited(one), cited(other, "suspect"))) == (one,)


def test_papers_are_counted_by_year_in_order_and_by_journal_with_the_commonest_first() -> None:
    works = [a_work(1, 2021), a_work(2, 1999), a_work(3, 2021, "  Bone \n Reports"), a_work(4, None, "")]

    assert list(papers.by_year(works).items()) == [(1999, 1), (2021, 2)]
    assert papers.by_journal(works) == (("Selenium", 2), ("Bone Reports", 1))


def test_retracted_papers_come_by_news_then_by_gravity_with_every_place() -> None:
    old, new, doubted, corrected = a_work(1), a_work(2), a_work(3), a_work(4)
    report = a_report(
        cited(doubted, standing="expression of concern"),
        cited(old, standing="retracted", line=7),
        cited(new, standing="retracted"),
        cited(old, standing="retracted", line=9),
        cited(corrected, standing="corrected"),
    )
    news = [Alert("retracted", "2.md", 1, "10.1000/2", "", "")]
    found = papers.fallen(report, news)

    assert [one.paper for one in found] == ["10.1000/2", "10.1000/1", "10.1000/3"]
    assert [one.is_new for one in found] == [True, False, False]
    assert found[1].places == ("1.md:7", "3.md:9")


def test_a_broken_pdf_makes_no_paper_newly_retracted() -> None:
    report = a_report(cited(a_work(1), standing="retracted"))
    (one,) = papers.fallen(report, [Alert("broken_pdf", "0.md", 1, "10.1000/1", "", "")])

    assert not one.is_new


def test_the_notice_is_the_one_that_speaks_of_the_retraction() -> None:
    updates = (Update("correction", Doi("10.1000/c")), Update("retraction", Doi("10.1000/r")))
    (one,) = papers.fallen(a_report(cited(a_work(1, 2020, "", *updates), standing="retracted")), ())

    assert one.notice == "10.1000/r"
