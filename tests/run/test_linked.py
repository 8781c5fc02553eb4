from __future__ import annotations

import pytest

from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.outcome import Status
from enrich.model.page import Citation, Link, Mention, Page, Span
from enrich.model.work import Work
from enrich.page.settle import Settled
from enrich.run.linked import LEAVE, Linked

DOI = Doi("10.5555/a")
CITATION = Citation((DOI,), (Mention("10.5555/a.", (DOI,), Span(20, 30), 1, 0, 0),), (Claims(),))


def page(*urls: str) -> Page:
    links = tuple(
        Link(url, Span(5 + 100 * n, 5 + 100 * n + len(url)), n + 1, 0, 0) for n, url in enumerate(urls)
    )
    return Page("p", "d", citations=(CITATION,), links=links)


def settled(status: Status) -> Settled:
    return Settled(DOI, status, "said so", Work(DOI) if status == "found" else None)


@pytest.mark.parametrize(
    ("url", "status", "verdict", "reason", "repaired"),
    [
        ("https://doi.org/10.5555/A", "found", "ok", "", ""),
        ("https://doi.org/10.5555/a.", "found", "broken", "damaged", "https://doi.org/10.5555/a"),
        ("https://doi.org/10.5555/a.", "suspect", "broken", "damaged", ""),
        ("https://doi.org/10.5555/a", "no_metadata", "ok", "", ""),
        ("https://doi.org/10.5555/a", "not_found", "broken", "not registered", ""),
        ("https://doi.org/10.5555/a", "unavailable", "unknown", "said so", ""),
    ],
)
def test_a_doi_link_is_as_good_as_the_registrys_answer(
    url: str, status: Status, verdict: str, reason: str, repaired: str
) -> None:
    (outcome,) = Linked(page(url), [settled(status)], None).outcomes

    assert (outcome.status, outcome.reason, outcome.repaired) == (verdict, reason, repaired)


def test_a_doi_that_was_not_asked_has_no_verdict() -> None:
    assert Linked(page("https://doi.org/10.5555/a"), [settled("not_asked")], None).outcomes == ()


def test_only_what_is_sure_is_repaired() -> None:
    damaged = page("https://doi.org/10.5555/a.")

    (repair,) = Linked(damaged, [settled("found")], None).repairs()

    assert (repair.span, repair.text) == (damaged.links[0].span, b"https://doi.org/10.5555/a")
    assert Linked(damaged, [settled("suspect")], None).repairs() == ()


def test_where_no_links_were_asked_the_entrys_file_stays_as_it_is() -> None:
    assert Linked(page("https://cdn.example/a.pdf"), [settled("found")], None).pdf(CITATION) == LEAVE
    assert Linked(page(), [settled("found")], None).pdf(CITATION) is None
