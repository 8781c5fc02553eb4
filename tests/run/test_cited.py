from __future__ import annotations

from dataclasses import replace

from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.page import Citation, Mention, Page, Span
from enrich.model.work import Work
from enrich.page.profile import FLAT, LIST, Profile
from enrich.page.settle import Settled
from enrich.run import cited
from enrich.run.linked import Linked

A, B = Doi("10.5555/a"), Doi("10.5555/b")
PROFILE = Profile("list", "citations", tuple(LIST), 50)


def cites(doi: Doi, line: int) -> Citation:
    mention = Mention(str(doi), (doi,), Span(10 * line, 10 * line + 9), line, 0, 0)
    return Citation((doi,), (mention,), (Claims(),))


def found(doi: Doi) -> Settled:
    return Settled(doi, "found", "known", Work(doi, agency="DataCite"))


def test_two_spellings_of_one_work_are_cited_once() -> None:
    page = Page("p", "d", citations=(cites(A, 1), cites(B, 2)))
    both = [found(A), replace(found(A), doi=B)]

    (one,) = cited.cited(page, both, Linked(page, both, None), PROFILE)

    assert (one.doi, one.readings, one.agency) == (A, frozenset({A, B}), "DataCite")


def test_a_paper_that_a_person_refused_is_as_good_as_not_cited() -> None:
    page = Page("p", "d", citations=(cites(A, 1),))
    refused = [Settled(A, "found", "never", refused=True)]

    assert cited.cited(page, refused, Linked(page, refused, None), PROFILE) == ()


def test_the_flat_profile_looks_at_the_pages_own_work_alone() -> None:
    own = Citation((B,), (), ())
    page = Page("p", "d", own=B, citations=(own, cites(A, 1)))
    both = [found(B), found(A)]

    (one,) = cited.cited(page, both, Linked(page, both, None), Profile("flat", "", tuple(FLAT), 50))

    assert one.doi == B


def test_every_mention_is_told_in_the_report() -> None:
    twice = replace(cites(A, 1), mentions=(*cites(A, 1).mentions, *cites(A, 4).mentions))
    page = Page("p", "d", citations=(twice, cites(B, 5)))
    settled = [found(A), Settled(B, "unavailable", "api.crossref.org: 503")]

    outcome = cited.outcome(page, settled, Linked(page, settled, None))

    told = [(each.line, each.status, each.doi) for each in outcome.citations]
    assert told == [(1, "found", "10.5555/a"), (4, "found", "10.5555/a"), (5, "unavailable", None)]
    assert cited.unavailable(settled) == "api.crossref.org: 503; the next run asks again"
