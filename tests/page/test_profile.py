from __future__ import annotations

import pytest

from enrich.model.accession import ArxivId, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Update, Work
from enrich.page.profile import Profile
from enrich.page.profiles.listed import LIST
from enrich.page.profiles.own import FLAT

WORK = Work(
    Doi("10.1000/a"),
    title="On A",
    authors=(Author("Ann", "Lee"), Group("The Group"), Author("", "Ek", "Jr")),
    container="Nutrients",
    published=PartialDate(2022, 4),
    volume="14",
)
LISTED = Profile("list", "citations", tuple(LIST), 50)


def test_what_a_record_does_not_state_has_no_field() -> None:
    assert LISTED.values(WORK) == {
        "doi": "10.1000/a",
        "title": "On A",
        "authors": ["Ann Lee", "The Group", "Ek Jr"],
        "journal": "Nutrients",
        "published": "2022-04",
        "volume": "14",
    }


def test_a_long_list_of_authors_ends_with_et_al() -> None:
    assert Profile("list", "citations", ("authors",), 2).values(WORK) == {
        "authors": ["Ann Lee", "The Group", "et al."]
    }
    assert Profile("list", "citations", ("authors",), 3).values(WORK)["authors"] == [
        "Ann Lee",
        "The Group",
        "Ek Jr",
    ]


def test_the_flat_profile_has_names_of_its_own() -> None:
    said = Profile("flat", "", tuple(FLAT), 50).values(WORK)

    assert list(said) == ["doi", "journal", "authors", "publication_date"]


@pytest.mark.parametrize(
    ("kinds", "status", "notice"),
    [
        (["retraction"], "retracted", "10.1000/notice0"),
        (["correction", "retraction"], "retracted", "10.1000/notice1"),
        (["erratum"], "corrected", "10.1000/notice0"),
        (["expression_of_concern"], "expression of concern", "10.1000/notice0"),
        (["new_version"], None, None),
    ],
)
def test_the_gravest_event_gives_a_work_its_standing(kinds: list[str], status: str, notice: str) -> None:
    events = tuple(Update(kind, Doi(f"10.1000/notice{n}"), PartialDate(2023)) for n, kind in enumerate(kinds))

    said = LISTED.values(Work(Doi("10.1000/a"), updated_by=events))

    assert said.get("status") == status
    assert said.get("notice") == ({"doi": notice, "date": "2023"} if notice else None)


def test_a_dotted_place_leads_below_another_key() -> None:
    assert Profile("list", "params.citations", (), 50).path == ("params", "citations")
    assert Profile("flat", "", (), 50).path == ()


def test_a_work_is_named_by_every_number_that_is_known() -> None:
    known = Work(
        Doi("10.1000/a"),
        pmid=Pmid("23006613"),
        pmcid=Pmcid("PMC3502158"),
        arxiv=ArxivId("2101.00001"),
        published_as=Doi("10.1000/b"),
    )

    assert LISTED.values(known) == {
        "doi": "10.1000/a",
        "pmid": "23006613",
        "pmcid": "PMC3502158",
        "arxiv": "2101.00001",
        "published_as": "10.1000/b",
    }
    assert LISTED.values(Work(None, pmid=Pmid("23006613"))) == {"pmid": "23006613"}
    assert Profile("flat", "", tuple(FLAT), 50).values(Work(None, container="Nutrients")) == {
        "journal": "Nutrients"
    }


def test_a_title_alone_gives_a_status_without_a_notice() -> None:
    said = LISTED.values(Work(Doi("10.1000/a"), "RETRACTED: On A"))

    assert said["status"] == "retracted"
    assert "notice" not in said
