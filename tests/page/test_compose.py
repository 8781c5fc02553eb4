from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.identifier import Doi
from enrich.model.note import Note, Recollection
from enrich.model.page import Value
from enrich.page.compose import Cited, Composition, compose
from enrich.page.entries import held
from enrich.page.front.revision import apply
from enrich.page.profile import Profile
from enrich.page.profiles.listed import LIST

PROFILE = Profile("list", "citations", tuple(LIST), 50)
MOVED = Profile("list", "params.citations", tuple(LIST), 50)
A = {
    "doi": "10.1000/a",
    "title": "On A",
    "authors": ["Ann Lee", "Bo Ek"],
    "journal": "Nutrients",
    "published": "2022",
}
B = {"doi": "10.1000/b", "title": "On B", "journal": "Bone", "published": "2021-04"}
C = {"doi": "10.1000/c", "title": "On C", "journal": "Cell"}

Data = dict[str, Any]


def cites(*papers: Mapping[str, Value], unanswered: Sequence[str] = ()) -> list[Cited]:
    known = [(Doi(str(paper["doi"])), paper) for paper in papers]
    unknown = [(Doi(text), None) for text in unanswered]
    return [Cited((doi,), frozenset({doi}), fields) for doi, fields in (*known, *unknown)]


class Site:
    """One page and its memory, through several runs."""

    def __init__(self, data: Data | None = None, profile: Profile = PROFILE) -> None:
        self.data: Data = data or {"title": "A page"}
        self.memory = Recollection()
        self.profile = profile

    def run(self, cited: Sequence[Cited], *, settled: bool = True) -> Composition:
        composed = compose(held(self.data, self.profile), cited, self.memory, self.profile, settled=settled)
        data = apply(self.data, composed.changes)
        assert isinstance(data, dict)
        again = compose(data, cited, Recollection(composed.note), self.profile, settled=settled)
        assert again.changes == ()
        assert again.note == composed.note
        self.data = data
        self.memory = Recollection(composed.note)
        return composed

    @property
    def list(self) -> list[Data]:
        entries = self.data["citations"]
        assert isinstance(entries, list)
        return entries


def test_a_page_gets_one_entry_a_work_in_order_of_mention() -> None:
    site = Site()

    composed = site.run(cites(B, A))

    assert site.data == {"title": "A page", "citations": [B, A]}
    assert [each.key for each in composed.differences] == ["citations[10.1000/b]", "citations[10.1000/a]"]


def test_a_second_run_changes_nothing() -> None:
    site = Site()
    site.run(cites(A, B))

    assert site.run(cites(A, B)).changes == ()


def test_a_page_that_cites_nothing_gets_no_key() -> None:
    assert compose({}, [], Recollection(), PROFILE, settled=True).changes == ()


def test_a_value_of_ours_follows_the_registry() -> None:
    site = Site()
    site.run(cites(A))

    composed = site.run(cites(A | {"journal": "Nutrients (Basel)"}))

    assert site.list[0]["journal"] == "Nutrients (Basel)"
    assert [(each.old, each.new) for each in composed.differences] == [("Nutrients", "Nutrients (Basel)")]


def test_a_field_that_a_person_changed_is_kept_and_reported() -> None:
    site = Site()
    site.run(cites(A))
    site.list[0]["journal"] = "Nutr"

    composed = site.run(cites(A | {"journal": "Nutrients (Basel)"}))

    assert site.list[0]["journal"] == "Nutr"
    assert [(each.key, each.page, each.registry) for each in composed.kept] == [
        ("citations[10.1000/a].journal", "Nutr", "Nutrients (Basel)")
    ]


def test_a_changed_field_stays_kept_run_after_run() -> None:
    site = Site()
    site.run(cites(A))
    site.list[0]["journal"] = "Nutr"
    site.run(cites(A))

    assert len(site.run(cites(A)).kept) == 1
    assert site.list[0]["journal"] == "Nutr"


def test_a_value_put_back_by_hand_is_ours_again() -> None:
    site = Site()
    site.run(cites(A))
    site.list[0]["journal"] = "Nutr"
    site.run(cites(A))
    site.list[0]["journal"] = "Nutrients"

    site.run(cites(A | {"journal": "Nutrients (Basel)"}))

    assert site.list[0]["journal"] == "Nutrients (Basel)"


def test_a_field_that_a_person_deleted_stays_deleted() -> None:
    site = Site()
    site.run(cites(A))
    del site.list[0]["authors"]
    site.run(cites(A))

    site.run(cites(A | {"authors": ["Ann Lee"]}))

    assert "authors" not in site.list[0]


def test_a_field_that_a_person_added_stays_in_its_place() -> None:
    site = Site()
    site.run(cites(A))
    site.data["citations"] = [{"note": "read this", **site.list[0]}]

    site.run(cites(A | {"volume": "14"}))

    assert site.list == [{"note": "read this", **A, "volume": "14"}]


def test_a_new_field_stands_where_the_profile_has_it() -> None:
    site = Site()
    site.run(cites({"doi": "10.1000/a", "title": "On A", "published": "2022"}))

    site.run(cites(A))

    assert list(site.list[0]) == ["doi", "title", "authors", "journal", "published"]


def test_an_entry_that_a_person_added_stays() -> None:
    site = Site({"citations": [{"title": "A book on my shelf"}]})

    site.run(cites(A))
    site.run([])

    assert site.list == [{"title": "A book on my shelf"}]


def test_an_entry_that_a_person_deleted_stays_away_while_others_stand() -> None:
    site = Site()
    site.run(cites(A, B))
    del site.list[0]

    composed = site.run(cites(A, B))

    assert site.list == [B]
    assert [each.key for each in composed.kept] == ["citations[10.1000/a]"]
    assert site.run(cites(A, B, C)).differences[0].key == "citations[10.1000/c]"


def test_a_page_that_was_reverted_as_a_whole_is_begun_anew() -> None:
    site = Site()
    before = dict(site.data)
    site.run(cites(A, B))
    site.data = before

    site.run(cites(A, B))

    assert site.list == [A, B]


def test_without_memory_the_registrys_values_are_adopted_and_others_are_a_persons() -> None:
    site = Site({"citations": [{**A, "journal": "Nutr"}]})

    assert site.run(cites(A)).changes == ()
    site.run(cites(A | {"title": "On A, corrected", "journal": "Nutrients (Basel)"}))

    assert site.list == [{**A, "title": "On A, corrected", "journal": "Nutr"}]


def test_an_entry_of_a_work_that_is_no_longer_cited_goes_if_nobody_edited_it() -> None:
    site = Site()
    site.run(cites(A, B))

    site.run(cites(B))

    assert site.list == [B]


def test_the_key_goes_with_its_last_entry() -> None:
    site = Site()
    site.run(cites(A))

    site.run([])

    assert site.data == {"title": "A page"}


@pytest.mark.parametrize("edit", [{"journal": "Nutr"}, {"note": "mine"}])
def test_an_edited_entry_of_a_work_that_is_no_longer_cited_stays(edit: Data) -> None:
    site = Site()
    site.run(cites(A, B))
    site.list[0].update(edit)

    site.run(cites(B))

    assert site.list == [A | edit, B]


def test_an_outage_changes_nothing_of_what_stands_there() -> None:
    site = Site()
    site.run(cites(A, B))

    composed = site.run(cites(unanswered=["10.1000/a", "10.1000/b"]), settled=False)

    assert composed.changes == ()
    assert site.run(cites(A, B)).changes == ()


def test_an_unanswered_citation_may_be_the_one_whose_entry_looks_uncited() -> None:
    site = Site()
    site.run(cites(A, B))

    assert site.run(cites(B, unanswered=["10.1000/a)"]), settled=False).changes == ()
    assert site.run(cites(A, B)).changes == ()


def test_an_entry_counts_as_cited_by_any_reading_of_a_citation() -> None:
    site = Site()
    site.run(cites(A, B))
    doubtful = Cited((Doi("10.1000/a.epub"),), frozenset({Doi("10.1000/a.epub"), Doi("10.1000/a")}), None)

    assert site.run([*cites(B), doubtful]).changes == ()


def test_new_entries_stand_beside_the_works_that_are_mentioned_near_them() -> None:
    site = Site({"citations": [{"title": "mine"}]})
    site.run(cites(B))

    site.run(cites(A, B, C))

    assert site.list == [{"title": "mine"}, A, B, C]


def test_a_doi_corrected_by_hand_makes_the_entry_a_persons() -> None:
    site = Site()
    site.run(cites(A))
    site.list[0]["doi"] = "10.1000/corrected"

    composed = site.run(cites(A))

    assert composed.changes == ()
    assert composed.kept[0].page == "10.1000/corrected"


def test_the_pages_own_spelling_of_a_doi_is_left_alone() -> None:
    site = Site({"citations": [{"doi": "https://doi.org/10.1000/A"}]})

    site.run(cites(A))

    assert site.list == [{**A, "doi": "https://doi.org/10.1000/A"}]


def test_taking_the_quotes_off_a_value_is_no_edit() -> None:
    site = Site()
    site.run(cites(A))
    site.list[0]["published"] = 2022

    assert site.run(cites(A)).changes == ()


def test_the_key_can_be_moved_below_another() -> None:
    site = Site({"params": {"toc": True}}, MOVED)

    site.run(cites(A))

    assert site.data == {"params": {"toc": True, "citations": [A]}}


def test_a_run_killed_before_the_page_was_replaced_takes_nothing_for_a_deletion() -> None:
    site = Site()
    site.run(cites(A))
    before = site.memory.last
    planned = compose(site.data, cites(A, B), site.memory, PROFILE, settled=True)

    site.memory = Recollection(planned.note, before)
    site.run(cites(A, B))

    assert site.list == [A, B]


def test_a_run_killed_before_the_first_writing_begins_anew() -> None:
    site = Site()
    planned = compose(site.data, cites(A), site.memory, PROFILE, settled=True)

    site.memory = Recollection(planned.note, Note("citations"))
    site.run(cites(A))

    assert site.list == [A]


@pytest.mark.parametrize("emptied", [[], None])
def test_a_list_that_a_person_emptied_stays_empty(emptied: Value) -> None:
    site = Site()
    site.run(cites(A, B))
    site.data["citations"] = emptied

    assert site.run(cites(A, B)).changes == ()


@pytest.mark.parametrize("empty", [[], None])
def test_a_list_that_was_always_empty_is_filled(empty: Value) -> None:
    site = Site({"citations": empty})

    site.run(cites(A))

    assert site.list == [A]


def test_an_entry_of_the_same_authors_is_not_taken_for_a_deleted_one() -> None:
    site = Site()
    twin = {**A, "doi": "10.1000/twin"}
    site.run(cites(A, twin))
    del site.list[0]

    composed = site.run(cites(A, twin))

    assert [(each.key, each.page) for each in composed.kept] == [("citations[10.1000/a]", None)]


def test_a_value_of_the_note_before_is_ours_after_a_kill() -> None:
    site = Site()
    site.run(cites(A))
    newer = cites(A | {"journal": "Nutrients (Basel)"})
    planned = compose(site.data, newer, site.memory, PROFILE, settled=True)

    site.memory = Recollection(planned.note, site.memory.last)
    site.run(newer)

    assert site.list[0]["journal"] == "Nutrients (Basel)"


TEXTS = st.sampled_from(["x", "y", "z"])
PAPERS = st.fixed_dictionaries(
    {"doi": st.sampled_from(["10.1000/a", "10.1000/b", "10.1000/c", "10.1000/d"])},
    optional={"title": TEXTS, "journal": TEXTS, "volume": TEXTS},
)
CITED = st.lists(PAPERS, max_size=4, unique_by=lambda paper: paper["doi"])


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(CITED, st.integers(0, 3), st.sampled_from(["edit", "add", "leave"])), max_size=5))
def test_what_a_person_wrote_outlives_every_run(runs: list[tuple[list[Data], int, str]]) -> None:
    site = Site()
    for papers, index, hand in runs:
        site.run(cites(*papers))
        entries = site.data.get("citations", [])
        if hand != "leave" and index < len(entries):
            entries[index]["journal" if hand == "edit" else "note"] = f"by hand {index}"
        written = [(entry["doi"], name, value) for entry in entries for name, value in entry.items()]
        by_hand = {each for each in map(str, written) if "by hand" in each}
        site.run(cites(*papers))
        after = {
            str((entry["doi"], *item)) for entry in site.data.get("citations", []) for item in entry.items()
        }
        assert by_hand <= after
