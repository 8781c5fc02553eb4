from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from enrich.model.accession import Pmid, ShortDoi
from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.page import Citation, Mention, Page, Span, Value
from enrich.model.work import Update, Work
from enrich.page.profile import Profile
from enrich.page.profiles.listed import LIST
from enrich.page.profiles.own import FLAT
from enrich.page.settle import Settled
from enrich.run import cited
from enrich.run.linked import Linked
from enrich.run.site import Place

A, B = Doi("10.5555/a"), Doi("10.5555/b")
PROFILE = Profile("list", "citations", tuple(LIST), 50)


def cites(doi: Doi, line: int) -> Citation:
    mention = Mention(str(doi), (doi,), Span(10 * line, 10 * line + 9), line, 0, 0)
    return Citation((doi,), (mention,), (Claims(),))


def found(doi: Doi) -> Settled:
    return Settled(doi, "found", "known", Work(doi, agency="DataCite"))


def test_two_spellings_of_one_work_are_cited_once() -> None:
    page = Page("p", "d", citations=(cites(A, 1), cites(B, 2)))
    both = [found(A), replace(found(A), name=B)]

    (one,) = cited.cited(page, both, Linked(page, both, None), PROFILE)

    assert (one.name, one.readings, one.agency) == (A, frozenset({A, B}), "DataCite")


def test_a_paper_that_a_person_refused_is_as_good_as_not_cited() -> None:
    page = Page("p", "d", citations=(cites(A, 1),))
    refused = [Settled(A, "found", "never", refused=True)]

    assert cited.cited(page, refused, Linked(page, refused, None), PROFILE) == ()


def test_the_flat_profile_looks_at_the_pages_own_work_alone() -> None:
    own = Citation((B,), (), ())
    page = Page("p", "d", own=B, citations=(own, cites(A, 1)))
    both = [found(B), found(A)]

    (one,) = cited.cited(page, both, Linked(page, both, None), Profile("flat", "", tuple(FLAT), 50))

    assert one.name == B


def test_every_mention_is_told_in_the_report() -> None:
    twice = replace(cites(A, 1), mentions=(*cites(A, 1).mentions, *cites(A, 4).mentions))
    page = Page("p", "d", citations=(twice, cites(B, 5)))
    settled = [found(A), Settled(B, "unavailable", "api.crossref.org: 503")]

    outcome = cited.outcome(page, settled, Linked(page, settled, None))

    told = [(each.line, each.status, each.doi) for each in outcome.citations]
    assert told == [(1, "found", "10.5555/a"), (4, "found", "10.5555/a"), (5, "unavailable", None)]
    assert (outcome.outcome, outcome.reason) == (
        "incomplete",
        "api.crossref.org: 503; the next run asks again",
    )


def test_the_pages_own_work_is_told_too_and_a_refused_paper_is_nobodys() -> None:
    page = Page("p", "d", own=B, citations=(Citation((B,), (), ()), cites(A, 7)))
    settled = [replace(found(B), found=Work(B)), Settled(A, "found", "never", refused=True, found=Work(A))]

    own, refused = cited.outcome(page, settled, Linked(page, settled, None)).citations

    assert (own.identifier, own.line, own.work) == (str(B), 1, Work(B))
    assert (refused.identifier, refused.line, refused.work) == (str(A), 7, None)


def test_the_numbers_that_a_source_does_not_state_stay_as_they_stand() -> None:
    page = Page("p", "d", citations=(cites(A, 1),))
    known = [Settled(A, "found", "known", Work(A, pmid=Pmid("7")))]

    (one,) = cited.cited(page, known, Linked(page, known, None), PROFILE)

    assert one.names == (A, Pmid("7"))
    assert {"pmcid", "arxiv"} <= one.leave
    assert "pmid" not in one.leave


def test_a_suspect_number_still_counts_as_citing_the_work_that_it_means() -> None:
    number = replace(cites(A, 1), readings=(Pmid("7"),))
    page = Page("p", "d", citations=(number,))
    suspect = [Settled(Pmid("7"), "suspect", "another paper", found=Work(A, pmid=Pmid("7")))]

    (one,) = cited.cited(page, suspect, Linked(page, suspect, None), PROFILE)

    assert one.said is None
    assert one.names == (A, Pmid("7"))


def in_words(line: int) -> Citation:
    mention = Mention("Bones. Smith. 2012", (), Span(10 * line, 10 * line + 9), line, 0, 0)
    return Citation((), (mention,), (Claims(),), "Bones. Smith. 2012")


def test_words_that_nothing_was_found_for_may_mean_an_entry_of_their_title() -> None:
    worded = replace(in_words(2), claims=(Claims(heading="On bones", titles=("Selenium in bones",)),))
    page = Page("p", "d", citations=(cites(A, 1), worded))
    nothing = [found(A), Settled(None, "not_found", "no record fits")]
    refused = [found(A), Settled(B, "not_found", "never", refused=True)]

    assert cited.is_settled(nothing)
    assert cited.unsure(page, nothing).titles == ("Selenium in bones", "On bones")
    assert cited.unsure(page, [found(A), found(B)]).titles == ()
    assert cited.unsure(page, refused).titles == ()
    assert cited.unsure(page, refused).refused == {B}
    assert len(cited.cited(page, nothing, Linked(page, nothing, None), PROFILE)) == 1


def test_a_short_doi_that_doi_org_forgot_leaves_a_page_unsettled() -> None:
    assert not cited.is_settled([Settled(ShortDoi("10/abcd"), "not_found", "stands for none")])
    assert cited.is_settled([Settled(Pmid("7"), "not_found", "unknown")])


def retracted(doi: Doi) -> Settled:
    work = Work(doi, updated_by=(Update("retraction", Doi("10.5555/n")),))
    return Settled(doi, "found", "known", work, found=work)


@pytest.mark.parametrize(
    ("held", "news"),
    [
        ({}, True),
        ({"citations": [{"doi": "10.5555/a"}]}, True),
        ({"citations": [{"doi": "10.5555/a", "status": "fine"}]}, True),
        ({"citations": [{"doi": "10.5555/a", "status": "retracted"}]}, False),
        ({"extra": {"citations": [{"DOI": "10.5555/A", "status": "withdrawn"}]}}, False),
        ({"citations": [{"doi": "10.5555/b", "status": "retracted"}]}, True),
        ({"references": [{"id": "doi:10.5555/A", "status": "withdrawn"}]}, False),
        ({"citation": {"doi": "10.5555/a", "status": "retracted"}}, False),
        ({"extra": {"papers": [{"doi": "10.5555/b", "status": "retracted"}]}}, True),
        ({"doi": "10.5555/a", "journal": "Bone"}, True),
    ],
)
def test_a_retraction_is_news_until_the_entry_says_it(held: Mapping[str, Value], news: bool) -> None:
    page = Page("p", "d", held=held, citations=(cites(A, 1),))

    assert cited.is_news(retracted(A), page) is news
    assert not cited.is_news(found(A), page)


def test_a_run_over_part_of_a_site_takes_no_fate_away() -> None:
    page = Page("p", "d", citations=(cites(A, 1),))
    known = [found(A)]

    (one,) = cited.cited(page, known, Linked(page, known, None), PROFILE, in_part=True)

    assert {"status", "notice"} <= one.leave


def test_what_is_not_sure_is_a_question_to_a_person() -> None:
    page = Page("p", "d", citations=(cites(A, 1), in_words(2), cites(B, 3)))
    suspect = Settled(A, "suspect", "another title", found=Work(A))
    suggested = Settled(B, "suggested", "another year", found=Work(B))

    doubts = cited.doubts(Place(Path("p.md"), "p.md", "p.md"), page, [suspect, suggested, found(B)])

    assert [(each.line, each.cites, each.paper, each.why) for each in doubts] == [
        (1, "", A, "another title"),
        (2, "Bones. Smith. 2012", B, "another year"),
    ]
