from __future__ import annotations

import signal

import pytest

from enrich.model.link import LinkStatus
from enrich.model.outcome import (
    CitationOutcome,
    HostTraffic,
    LinkOutcome,
    Outcome,
    PageOutcome,
    Report,
    Status,
)
from enrich.report.tally import FINDINGS, Tally, exit_code, totals

NOTHING: frozenset[str] = frozenset()


def page(path: str, outcome: Outcome, *statuses: Status) -> PageOutcome:
    cited = tuple(CitationOutcome(f"10.1/{n}", None, n, status) for n, status in enumerate(statuses, 1))
    return PageOutcome(path, outcome, citations=cited)


def linking(*statuses: LinkStatus, other_papers: int = 0) -> PageOutcome:
    links = [LinkOutcome(f"https://a.example/{n}", n, status) for n, status in enumerate(statuses, 1)]
    strange = [
        LinkOutcome("https://a.example/b.pdf", n, "ok", pdf="other_paper") for n in range(other_papers)
    ]
    return PageOutcome("links.md", "unchanged", links=(*links, *strange))


def tallied(*pages: PageOutcome, works: tuple[Status, ...] = (), interrupted: int | None = None) -> Report:
    tally = Tally()
    for one in pages:
        tally.add_page(one)
    for number, status in enumerate(works):
        tally.work(f"10.1/{number}", status)
    return tally.report(dry_run=False, seconds=1.0, interrupted=interrupted)


def test_totals_have_exactly_the_keys_of_the_report_in_order() -> None:
    assert list(totals(tallied())) == [
        "pages",
        "written",
        "unchanged",
        "no_citation",
        "skipped",
        "refused",
        "incomplete",
        "works",
        "found",
        "not_found",
        "no_metadata",
        "unavailable",
        "suspect",
        "not_asked",
        "suggested",
        "links",
        "ok",
        "broken",
        "blocked",
        "unknown",
        "other_paper",
        "retracted",
    ]


def test_works_are_the_sum_of_their_statuses_and_suspect_counts_citations() -> None:
    report = tallied(
        page("a.md", "written", "found", "suspect"),
        page("b.md", "unchanged", "suspect"),
        works=("found", "found", "not_found", "no_metadata", "unavailable", "not_asked"),
    )
    counts = totals(report)
    assert counts["works"] == 6
    assert counts["works"] == sum(
        counts[word] for word in ("found", "not_found", "no_metadata", "unavailable", "not_asked")
    )
    assert counts["suspect"] == 2
    assert (counts["pages"], counts["written"], counts["unchanged"]) == (2, 1, 1)


def test_links_are_the_sum_of_their_statuses_and_other_papers_are_among_them() -> None:
    counts = totals(tallied(linking("ok", "broken", "broken", "blocked", "unknown", other_papers=2)))
    counted = {word: counts[word] for word in ("ok", "broken", "blocked", "unknown")}
    assert counted == {"ok": 3, "broken": 2, "blocked": 1, "unknown": 1}
    assert counts["links"] == sum(counted.values())
    assert counts["other_paper"] == 2


def test_links_that_could_not_be_asked_leave_a_run_done() -> None:
    report = tallied(linking("unknown", "blocked", "broken", other_papers=1))
    assert exit_code(report, check=False, fail_on=NOTHING) == 0


def test_a_host_of_the_sites_own_that_said_nothing_leaves_a_run_incomplete() -> None:
    tally = Tally()
    tally.silent("cdn.example")
    report = tally.report(dry_run=False, seconds=1.0)
    assert exit_code(report, check=False, fail_on=NOTHING) == 3
    assert "cdn.example could not be asked" in report.notes[0]


def test_a_page_told_of_twice_counts_once_and_the_last_word_stands() -> None:
    report = tallied(page("a.md", "incomplete"), page("a.md", "written"))
    assert [one.outcome for one in report.pages] == ["written"]


def test_the_report_is_sorted_whatever_order_things_came_in() -> None:
    tally = Tally()
    for path in ("b.md", "a.md"):
        tally.add_page(page(path, "unchanged"))
        tally.work(f"10.1/{path}", "found")
        tally.requests(path, HostTraffic(sent=1))
    tally.note("second")
    tally.note("first")
    tally.note("second")
    report = tally.report(dry_run=True, seconds=2.5)
    assert [one.path for one in report.pages] == ["a.md", "b.md"]
    assert [identifier for identifier, _ in report.works] == ["10.1/a.md", "10.1/b.md"]
    assert [host for host, _ in report.requests] == ["a.md", "b.md"]
    assert report.notes == ("second", "first")
    assert (report.dry_run, report.seconds, report.interrupted) == (True, 2.5, None)


def test_traffic_of_a_host_is_replaced_by_the_newest_state() -> None:
    tally = Tally()
    tally.requests("api.crossref.org", HostTraffic(sent=1))
    tally.requests("api.crossref.org", HostTraffic(sent=3))
    assert tally.report(dry_run=False, seconds=0).requests == (("api.crossref.org", HostTraffic(sent=3)),)


def test_refused_and_skipped_pages_leave_a_run_done() -> None:
    report = tallied(page("a.md", "refused"), page("b.md", "skipped"), works=("not_found",))
    assert exit_code(report, check=False, fail_on=NOTHING) == 0


def test_check_finds_what_would_be_written_and_a_plain_run_does_not() -> None:
    report = tallied(page("a.md", "written"))
    assert exit_code(report, check=True, fail_on=NOTHING) == 1
    assert exit_code(report, check=False, fail_on=NOTHING) == 0


@pytest.mark.parametrize("word", FINDINGS)
def test_every_finding_can_fail_a_run(word: str) -> None:
    pages: dict[str, Outcome] = {
        "skipped": "skipped",
        "no_citation": "no_citation",
        "refused": "refused",
        "incomplete": "incomplete",
    }
    statuses: dict[str, Status] = {
        "not_found": "not_found",
        "no_metadata": "no_metadata",
        "unavailable": "unavailable",
        "not_asked": "not_asked",
    }
    links: dict[str, PageOutcome] = {
        "broken": linking("broken"),
        "blocked": linking("blocked"),
        "unknown": linking("unknown"),
        "other_paper": linking(other_papers=1),
    }
    retracted = CitationOutcome("10.1/x", "10.1/x", 1, "found", standing="retracted", is_news=True)
    if word in links:
        report = tallied(links[word])
    elif word == "retracted":
        report = tallied(PageOutcome("a.md", "written", citations=(retracted,)))
    elif word in pages:
        report = tallied(page("a.md", pages[word]))
    elif word in statuses:
        report = tallied(works=(statuses[word],))
    else:
        report = tallied(page("a.md", "unchanged", "suggested" if word == "suggested" else "suspect"))
    assert exit_code(report, check=False, fail_on=frozenset({word})) == 1
    fine = tallied(page("a.md", "written"), linking("ok"))
    assert exit_code(fine, check=False, fail_on=frozenset({word})) == 0


@pytest.mark.parametrize(
    "report", [tallied(page("a.md", "incomplete")), tallied(works=("unavailable",))], ids=["page", "work"]
)
def test_what_was_left_undone_is_incomplete_and_findings_beat_it(report: Report) -> None:
    assert exit_code(report, check=False, fail_on=NOTHING) == 3
    both = tallied(page("b.md", "written"), page("a.md", "incomplete"))
    assert exit_code(both, check=True, fail_on=NOTHING) == 1


def test_a_signal_outranks_everything() -> None:
    report = tallied(page("a.md", "incomplete"), page("b.md", "written"), interrupted=signal.SIGINT)
    assert exit_code(report, check=True, fail_on=NOTHING) == 130
    report = tallied(interrupted=signal.SIGTERM)
    assert exit_code(report, check=True, fail_on=NOTHING) == 143
