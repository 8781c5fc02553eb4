from __future__ import annotations

from enrich.model.outcome import HostTraffic, LinkOutcome, PageOutcome, Report
from enrich.report.html.hosts import hosts


def a_report(*urls: str, **traffic: HostTraffic) -> Report:
    links = tuple(LinkOutcome(url, 1, "blocked") for url in urls)
    pages = (PageOutcome("a.md", "unchanged", links=links), PageOutcome("b.md", "unchanged", links=links))
    return Report(False, 1.0, pages, (), tuple(traffic.items()))


def test_the_host_that_gave_most_trouble_comes_first() -> None:
    found = hosts(
        a_report(
            "https://shy/a",
            fine=HostTraffic(sent=900),
            slow=HostTraffic(sent=3, waited_s=90.0),
            flaky=HostTraffic(sent=4, retried=2),
            dead=HostTraffic(sent=3, retried=2, failed=1),
        )
    )

    assert [(host.name, host.is_trouble) for host in found] == [
        ("dead", True),
        ("shy", True),
        ("flaky", True),
        ("slow", True),
        ("fine", False),
    ]


def test_an_address_that_refuses_robots_counts_once_however_many_pages_have_it() -> None:
    (host,) = hosts(a_report("https://shy.example/a", "https://shy.example/b"))

    assert (host.name, host.refused, host.traffic) == ("shy.example", 2, HostTraffic())


def test_an_address_without_a_host_is_nobodys() -> None:
    assert hosts(a_report("https://[::1", "nothing")) == ()
