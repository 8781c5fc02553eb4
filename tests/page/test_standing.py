from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Update, Work
from enrich.page.standing import Standing, informed, standing, told_by

PAPER, NOTICE, OTHER = Doi("10.5555/paper"), Doi("10.5555/notice"), Doi("10.5555/other")
IN_2020, IN_2023 = PartialDate(2020, 1, 2), PartialDate(2023, 5, 1)


def after(*events: Update, title: str = "On rats", update_to: tuple[Update, ...] = ()) -> Standing | None:
    return standing(Work(PAPER, title, updated_by=events, update_to=update_to))


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("retraction", "retracted"),
        ("Retraction", "retracted"),
        ("retracted", "retracted"),
        ("partial_retraction", "retracted"),
        ("retraction_notice", "retracted"),
        ("withdrawal", "withdrawn"),
        ("withdrawn", "withdrawn"),
        ("removal", "withdrawn"),
        ("expression_of_concern", "expression of concern"),
        ("Expression of Concern", "expression of concern"),
        ("removal_of_expression_of_concern", "expression of concern"),
        ("correction", "corrected"),
        ("corrigendum", "corrected"),
        ("erratum", "corrected"),
        ("err_erratum", "corrected"),
    ],
)
def test_an_event_counts_however_it_is_spelt(kind: str, status: str) -> None:
    stands = after(Update(kind, NOTICE, IN_2023))

    assert stands is not None
    assert (stands.status, stands.notice, stands.date) == (status, NOTICE, IN_2023)


@pytest.mark.parametrize("kind", ["new_version", "new_edition", "addendum", "clarification", "comment", ""])
def test_what_only_adds_to_a_paper_leaves_it_as_it_stands(kind: str) -> None:
    assert after(Update(kind, NOTICE, IN_2023)) is None


def test_the_gravest_event_wins_whatever_came_last() -> None:
    stands = after(
        Update("correction", Doi("10.5555/c"), IN_2023),
        Update("retraction", NOTICE, IN_2020),
        Update("expression_of_concern", Doi("10.5555/e")),
    )

    assert stands == Standing("retracted", NOTICE, IN_2020)


def test_one_event_told_twice_is_told_with_the_publishers_notice() -> None:
    watched = Update("retraction", OTHER, IN_2020, "retraction-watch")
    publishers = Update("Retraction", NOTICE, IN_2023, "publisher")

    for events in ((watched, publishers), (publishers, watched)):
        assert after(*events) == Standing("retracted", NOTICE, IN_2023)


def test_the_date_of_a_notice_may_come_from_the_other_source() -> None:
    undated = Update("retraction", NOTICE, None, "publisher")
    watched = Update("retraction", NOTICE, IN_2020, "retraction-watch")

    assert after(undated, watched) == Standing("retracted", NOTICE, IN_2020)


def test_an_event_whose_notice_has_no_doi_gives_a_status_alone() -> None:
    known_to_watchers = Update("retraction", None, IN_2020, "retraction-watch")

    assert after(known_to_watchers) == Standing("retracted", None, IN_2020)
    assert after(known_to_watchers, Update("retraction", NOTICE, IN_2023, "retraction-watch")) == Standing(
        "retracted", NOTICE, IN_2023
    )


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("RETRACTED: On rats", "retracted"),
        ("Retracted: On rats", "retracted"),
        ("RETRACTED ARTICLE: On rats", "retracted"),
        ("Retracted Chapter: On rats", "retracted"),
        ("[Retracted] On rats", "retracted"),
        ("[RETRACTED ARTICLE] On rats", "retracted"),
        ("(Retracted) On rats", "retracted"),
        ("RETRACTED – On rats", "retracted"),
        ("WITHDRAWN: On rats", "withdrawn"),
        ("Withdrawn : On rats", "withdrawn"),
        ("REMOVED: On rats", "withdrawn"),
        ("TEMPORARY REMOVAL: On rats", "withdrawn"),
        ("Retraction: On rats", None),
        ("Retraction notice to: On rats", None),
        ("Retracted papers: a survey", None),
        ("Retracted articles and their citations", None),
        ("Withdrawn from opioids: rats", None),
        ("Removal: an essay", None),
        ("Why it was RETRACTED: on rats", None),
        ("", None),
    ],
)
def test_a_title_speaks_where_the_fields_are_silent(title: str, status: str | None) -> None:
    stands = after(title=title)

    assert (stands.status if stands else None) == status
    assert stands is None or (stands.notice, stands.date) == (None, None)


def test_a_title_outweighs_lesser_events_only() -> None:
    assert after(Update("erratum", NOTICE), title="RETRACTED: On rats") == Standing("retracted")
    assert after(Update("retraction", NOTICE), title="WITHDRAWN: On rats") == Standing("retracted", NOTICE)


def test_a_notice_that_bears_its_papers_title_is_not_retracted_itself() -> None:
    of_it = Update("retraction", OTHER, IN_2023)

    assert after(title="Retracted: On rats", update_to=(of_it,)) is None
    assert after(title="Retracted: On rats", update_to=(Update("erratum", OTHER),)) == Standing("retracted")


def test_a_notice_that_the_journal_signs_is_not_retracted_itself() -> None:
    notice = Work(NOTICE, "Retracted: On rats", authors=(Group("Rats"),), container="Rats")

    assert standing(notice) is None
    assert standing(replace(notice, authors=(Author("Ann", "Lee"),))) == Standing("retracted")
    assert standing(replace(notice, authors=())) == Standing("retracted")


def test_a_reinstated_paper_stands_as_before() -> None:
    back = Update("reinstatement", Doi("10.5555/back"), IN_2023)

    assert after(Update("retraction", NOTICE, IN_2020), back) is None
    assert after(Update("retraction", NOTICE, PartialDate(2024)), back) == Standing(
        "retracted", NOTICE, PartialDate(2024)
    )
    assert after(Update("retraction", NOTICE, IN_2020), Update("erratum", OTHER, IN_2020), back) == Standing(
        "corrected", OTHER, IN_2020
    )


def test_a_notice_tells_of_its_paper_though_the_papers_record_does_not() -> None:
    notice = Work(NOTICE, "Retraction", update_to=(Update("retraction", PAPER, IN_2023, "publisher"),))
    paper = Work(PAPER, "On rats")
    told = told_by([notice, paper, Work(None), notice])

    assert told == {PAPER: (Update("retraction", NOTICE, IN_2023, "publisher"),)}
    assert standing(informed(paper, told)) == Standing("retracted", NOTICE, IN_2023)
    assert informed(notice, told) is notice
    assert informed(informed(paper, told), told) == informed(paper, told)


def test_a_notice_that_points_at_itself_tells_nothing() -> None:
    assert told_by([Work(NOTICE, update_to=(Update("correction", NOTICE),))]) == {}


def test_a_standing_is_told_in_a_sentence() -> None:
    assert Standing("retracted", NOTICE, IN_2020).sentence == "Retracted (notice 10.5555/notice, 2020-01-02)."
    assert Standing("expression of concern").sentence == "Expression of concern."


_kinds = st.sampled_from(["retraction", "withdrawal", "erratum", "reinstatement", "new_version"])
_dates = st.none() | st.builds(PartialDate, st.integers(2000, 2002), st.none() | st.integers(1, 2))
_events = st.builds(
    Update, _kinds, st.sampled_from([NOTICE, OTHER, None]), _dates, st.sampled_from(["", "retraction-watch"])
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_events, max_size=5), st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_of_events_matters(events: list[Update], chance: object) -> None:
    shuffled = [*events, *events[:2]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert after(*shuffled) == after(*events)
