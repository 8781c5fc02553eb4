from __future__ import annotations

from enrich.model.outcome import CitationOutcome, HostTraffic, LinkOutcome, PageOutcome, Report
from enrich.report.headline import asked, counted


def report(*pages: PageOutcome, requests: tuple[tuple[str, HostTraffic], ...] = ()) -> Report:
    return Report(False, 48.2, pages, (), requests)


def linking(*links: LinkOutcome) -> Report:
    return report(PageOutcome("a.md", "unchanged", links=links))


def test_links_are_counted_by_verdict_and_other_papers_beside_them() -> None:
    url = "https://a.example/"
    links = (
        LinkOutcome(url, 1, "ok"),
        LinkOutcome(url, 2, "ok", pdf="other_paper"),
        LinkOutcome(url, 3, "broken", "missing"),
        LinkOutcome(url, 4, "unknown", "timeout"),
    )
    assert [*counted(linking(*links))][-1] == "4 links: 2 ok, 1 broken, 1 unknown; 1 leads to another paper"
    assert [*counted(linking(links[1], links[1]))][-1] == "2 links: 2 ok; 2 lead to another paper"


def test_what_there_is_none_of_has_no_sentence() -> None:
    assert [*counted(report())] == ["0 pages in 48 s: none"]
    assert [*counted(linking(LinkOutcome("https://a.example/", 1, "ok")))][1:] == ["1 link: 1 ok"]


def test_a_suspect_is_told_also_where_no_work_was_looked_up() -> None:
    page = PageOutcome("a.md", "unchanged", citations=(CitationOutcome("10.1/x", None, 1, "suspect"),))
    assert [*counted(report(page))][1:] == ["0 works: none; 1 citation suspect"]


def test_few_hosts_are_all_named_those_asked_most_first() -> None:
    requests = (("doi.org", HostTraffic(1)), ("www.example.org", HostTraffic(142, 3, 1)))
    assert [*asked(report(requests=requests))] == [
        "142 requests to www.example.org (3 retried, 1 failed)",
        "1 request to doi.org",
    ]


def test_many_hosts_are_told_together_unless_everyone_is_wanted() -> None:
    requests = tuple((f"{n:02}.example", HostTraffic(100 - n, retried=1)) for n in range(40))
    lines = [*asked(report(requests=requests))]
    assert lines[0] == "100 requests to 00.example (1 retried)"
    assert lines[7:] == ["2,541 requests to 33 other hosts (33 retried)"]
    assert len([*asked(report(requests=requests), everyone=True)]) == 40
