from __future__ import annotations

import subprocess
import sys

import pytest

from enrich.model.accession import ArxivId, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Update, Work
from enrich.page.profile import Profile, Wishes, keys_of, profile, shape_of
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


@pytest.mark.parametrize(
    ("key", "place"),
    [("citations", "extra.citations"), ("extra.papers", "extra.papers"), ("a.b", "extra.a.b")],
)
def test_zola_has_everything_below_extra(key: str, place: str) -> None:
    assert profile("zola", Wishes(key=key)).place == place


def test_each_profile_has_a_place_that_the_memory_can_name() -> None:
    names = ("list", "flat", "hugoblox", "quarto", "pandoc", "zola", "jekyll")

    assert {name: profile(name).where for name in names} == {
        "list": ("citations", ""),
        "flat": ("", ""),
        "hugoblox": ("", "hugoblox"),
        "quarto": ("references", "references"),
        "pandoc": ("references", "references"),
        "zola": ("extra.citations", ""),
        "jekyll": ("citations", "jekyll"),
    }
    assert {name: shape_of(profile(name).where) for name in names} == {
        name: profile(name).shape for name in names
    }
    assert shape_of(("citation", "citation")) == "flat"


def test_the_keys_of_a_place_are_all_under_which_anything_may_stand() -> None:
    assert keys_of(("params.papers", "")) == ("params",)
    assert keys_of(("", "")) == ("doi", "journal", "authors", "publication_date")
    assert keys_of(("", "hugoblox"))[-1] == "hugoblox"
    assert keys_of(("", "a form of the future")) == ()
    assert set(profile("quarto", Wishes(quarto_citation=True)).keys) == {"references", "citation"}


def test_a_style_that_nobody_reads_is_told_with_what_to_do() -> None:
    assert profile("list").unread("json") == ""
    assert profile("list").refusals == frozenset()
    assert profile("zola").unread("json") == (
        "JSON front matter, where Zola reads TOML and YAML alone; turn it into that, "
        "or choose another profile there with [[output.for]]"
    )
    assert len(profile("quarto").refusals) == 2


def test_what_a_page_is_looked_at_with_reads_the_same_in_every_process() -> None:
    code = "from enrich.page.profile import *; print([profile(each) for each in ('list', 'zola', 'quarto')])"
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }

    assert len(said) == 1
