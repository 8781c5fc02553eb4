from __future__ import annotations

import pytest

from enrich.model.accession import Pmid
from enrich.model.identifier import Doi
from enrich.model.note import Note, Recollection, fingerprint
from enrich.model.page import Refusal, Value
from enrich.page import entries
from enrich.page.entries import refusal
from enrich.page.profile import Profile, Wishes, profile
from enrich.page.profiles.listed import LIST
from enrich.page.profiles.own import FLAT

PROFILE = Profile("list", "citations", tuple(LIST), 50)
MOVED = Profile("list", "params.citations", tuple(LIST), 50)
A = {"doi": "10.1000/a", "title": "On A", "journal": "Nutrients"}


@pytest.mark.parametrize("value", ["10.1000/a", {"a": 1}, ["10.1000/a"], [A, 3]])
def test_a_key_of_another_shape_is_somebody_elses(value: Value) -> None:
    assert isinstance(refusal({"citations": value}, PROFILE), Refusal)


def test_a_parent_that_is_no_table_is_refused() -> None:
    assert isinstance(refusal({"params": "x"}, MOVED), Refusal)


def test_a_list_of_papers_and_a_missing_key_are_ours_to_use() -> None:
    assert refusal({"citations": [A]}, PROFILE) is None
    assert refusal({"citations": []}, PROFILE) is None
    assert refusal({}, MOVED) is None


def test_entries_are_found_by_their_doi_however_it_is_spelt() -> None:
    read = entries.read(
        {"citations": [{"title": "mine"}, {"doi": "https://doi.org/10.1000/A"}]}, ("citations",)
    )

    assert read is not None
    assert read.index([Doi("10.1000/a")]) == 1
    assert read.index([Doi("10.1000/b")]) is None


def test_an_entry_without_a_doi_is_found_by_its_number_even_if_yaml_reads_one() -> None:
    read = entries.read({"citations": [{"pmid": 7, "doi": "10.1000/a"}, {"PMID": 7}]}, ("citations",))

    assert read is not None
    assert read.index([Doi("10.1000/b"), Pmid("7")]) == 1
    assert read.index([Doi("10.1000/a"), Pmid("7")]) == 0


def test_a_missing_key_is_not_an_empty_one() -> None:
    assert entries.read({}, ("citations",)) is None
    assert entries.read({"citations": None}, ("citations",)) == entries.Entries((), ())


def test_an_entry_of_ours_is_known_after_its_doi_was_corrected() -> None:
    written = {name: fingerprint(value) for name, value in A.items()}
    memory = Recollection(Note("citations", {"10.1000/a": written}))
    read = entries.read({"citations": [{**A, "doi": "10.1000/corrected"}]}, ("citations",))

    assert read is not None
    assert entries.has_ours(read, memory)
    assert not entries.has_ours(read, Recollection())


def test_composing_holds_what_stands_under_its_own_names() -> None:
    data = {"title": "x", "journal": "J", "params": {"citations": []}}

    assert entries.held(data, MOVED) == {"params": {"citations": []}}
    assert entries.held(data, Profile("flat", "", tuple(FLAT), 50)) == {"journal": "J"}


def test_every_entry_of_a_paper_is_found_wherever_it_stands() -> None:
    one, two = {"id": "doi:10.1000/A"}, {"doi": "10.1000/a", "notice": {"doi": "10.1000/n"}}
    data = {"references": [one, {"id": "smith2020"}], "extra": {"papers": [two]}, "title": "10.1000/a"}

    assert list(entries.about(data, [Doi("10.1000/a")])) == [one, two]
    assert list(entries.about(data, [Doi("10.1000/x")])) == []


@pytest.mark.parametrize("value", ["x", 3, {"ids": "x"}])
def test_a_parent_of_a_field_that_is_no_table_is_refused(value: Value) -> None:
    ids = profile("hugoblox", Wishes(hugoblox_ids=True))

    assert isinstance(refusal({"hugoblox": value}, ids), Refusal)
    assert refusal({"hugoblox": value}, profile("hugoblox")) is None
    assert refusal({"hugoblox": {"ids": {"doi": "x"}}}, ids) is None
