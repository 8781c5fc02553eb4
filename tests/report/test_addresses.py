from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from enrich.model.outcome import LinkOutcome, PageOutcome, Report
from enrich.report import addresses

GONE = "https://a.example/gone"


def report(**links: tuple[LinkOutcome, ...]) -> Report:
    pages = tuple(PageOutcome(f"{name}.md", "unchanged", links=held) for name, held in links.items())
    return Report(False, 1.0, pages, (), ())


def link(line: int) -> LinkOutcome:
    return LinkOutcome(GONE, line, "broken", "missing")


def test_one_address_on_many_pages_is_gathered_once_with_all_its_places() -> None:
    (address,) = addresses.gathered(
        report(a=(link(line=3), link(line=9)), b=(link(line=4),)), addresses.is_broken
    )
    assert address.link == link(line=3)
    assert address.places == ("a.md:3", "a.md:9", "b.md:4")


def test_an_address_with_two_verdicts_is_told_twice() -> None:
    other, same = (
        LinkOutcome(GONE, 1, "ok", pdf="other_paper", detail="its DOI is 10.1/x"),
        LinkOutcome(GONE, 2, "ok", pdf="matches"),
    )
    found = addresses.gathered(report(a=(other, same)), lambda _: True)
    assert [each.link for each in found] == [other, same]


def test_a_doi_that_nobody_registered_is_its_citations_matter() -> None:
    assert not addresses.is_broken(LinkOutcome("https://doi.org/10.1/x", 1, "broken", "not registered"))
    assert addresses.is_broken(LinkOutcome("https://doi.org/10.1/x.", 1, "broken", "damaged"))


@pytest.mark.parametrize(
    ("known", "is_moved"),
    [
        (LinkOutcome(GONE, 1, "ok"), False),
        (LinkOutcome(GONE, 1, "ok", final_url="https://a.example/for-now"), False),
        (LinkOutcome(GONE, 1, "ok", permanent="https://a.example/new"), True),
        (LinkOutcome(GONE, 1, "ok", asked_url="https://b.example/gone"), True),
        (LinkOutcome(GONE, 1, "broken", "missing", permanent="https://a.example/new"), False),
    ],
)
def test_a_link_has_moved_where_it_works_and_another_address_should_stand(
    known: LinkOutcome, is_moved: bool
) -> None:
    assert addresses.is_moved(known) is is_moved


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (LinkOutcome(GONE, 1, "ok"), "ok"),
        (LinkOutcome(GONE, 1, "broken", "missing", "404 Not Found"), "broken: missing (404 Not Found)"),
        (LinkOutcome(GONE, 1, "unknown", "timeout"), "unknown: timeout"),
        (LinkOutcome(GONE, 1, "unknown", detail="Crossref: 504"), "unknown: Crossref: 504"),
        (
            LinkOutcome(GONE, 1, "ok", detail="its DOI is 10.1/x", pdf="other_paper"),
            "ok: another paper (its DOI is 10.1/x)",
        ),
        (LinkOutcome(GONE, 1, "ok", detail="encrypted", pdf="unreadable"), "ok: unreadable (encrypted)"),
        (LinkOutcome(GONE, 1, "ok", pdf="matches"), "ok: the paper that is cited"),
    ],
)
def test_a_verdict_is_one_line(known: LinkOutcome, words: str) -> None:
    assert addresses.verdict(known) == words


def test_other_addresses_are_named_once_each() -> None:
    new, newer = "https://a.example/new", "https://c.example"
    moved = LinkOutcome(GONE, 1, "ok", asked_url="https://b.example/gone", final_url=new, permanent=new)
    assert [*addresses.elsewhere(replace(moved, repaired=newer))] == [
        ("asked in its place", "https://b.example/gone"),
        ("moved for good to", new),
        ("should be", newer),
    ]
    assert [*addresses.elsewhere(LinkOutcome(GONE, 1, "ok", final_url=new))] == [("leads to", new)]


def test_an_address_that_nobody_reads_to_its_end_is_shortened() -> None:
    assert addresses.shortened(GONE) == GONE
    short = addresses.shortened(GONE + "x" * 8_000)
    assert len(short) == 300
    assert short.startswith(GONE)
    assert short.endswith("…")


def test_a_run_tells_once_of_a_doi_link_that_nobody_registered(site: Any) -> None:
    site.page().write_text("---\ntitle: x\n---\n\n[Paper](https://doi.org/10.5555/nowhere)\n")

    run = site.run()

    assert [each["status"] for each in run.pages["content/page.md"]["links"]] == ["broken"]
    assert "not found: nobody knows the identifier" in run.err
    assert "broken links" not in run.err
