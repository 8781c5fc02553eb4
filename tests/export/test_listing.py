from __future__ import annotations

import json
from typing import get_args

import pytest

from enrich.export import listing
from enrich.export.entry import Entry, entries
from enrich.export.listing import By
from enrich.model.identifier import Doi
from enrich.model.work import Author, PartialDate, Update, Work

BONES = Work(
    Doi("10.5555/bones"),
    "Selenium in bones",
    authors=(Author("Jo", "Marten"),),
    container="nature",
    published=PartialDate(2012, 4),
    updated_by=(Update("retraction", Doi("10.5555/notice"), PartialDate(2023)),),
)
TEETH = Work(Doi("10.5555/teeth"), "Iodine\x1b[31m in teeth", container="Bone", published=PartialDate(2021))
BARE = Work(Doi("10.5555/bare"))
MADE = entries([("a.md", BONES), ("a.md", TEETH), ("b.md", TEETH), ("c.md", BARE)])

WRITTEN = """retracted: 1 work
  marten2012selenium  1 page, https://doi.org/10.5555/bones
    Jo Marten; "Selenium in bones"; nature; 2012-04
    Retracted (notice 10.5555/notice, 2023).
      a.md

nothing known against them: 2 works
  bone2021iodine  2 pages, https://doi.org/10.5555/teeth
    "Iodine\\x1b[31m in teeth"; Bone; 2021
  work  1 page, https://doi.org/10.5555/bare
    a record without a title, authors or date

3 works cited on 3 pages
"""


def test_works_are_listed_for_a_person_who_must_act_on_the_retracted_ones() -> None:
    assert listing.text(MADE, "standing") == WRITTEN


@pytest.mark.parametrize(
    ("by", "keys", "heads"),
    [
        (
            "pages",
            ["bone2021iodine", "marten2012selenium", "work"],
            ["cited on 2 pages: 1 work", "cited on 1 page: 2 works"],
        ),
        (
            "journal",
            ["bone2021iodine", "marten2012selenium", "work"],
            ["Bone: 1 work", "nature: 1 work", "no journal: 1 work"],
        ),
        (
            "year",
            ["bone2021iodine", "marten2012selenium", "work"],
            ["2021: 1 work", "2012: 1 work", "no year: 1 work"],
        ),
        (
            "standing",
            ["marten2012selenium", "bone2021iodine", "work"],
            ["retracted: 1 work", "nothing known against them: 2 works"],
        ),
    ],
)
def test_works_are_listed_by_what_is_asked(by: By, keys: list[str], heads: list[str]) -> None:
    lines = listing.text(MADE, by).splitlines()

    assert [entry.key for entry in listing.ordered(MADE, by)] == keys
    assert [line for line in lines if line and not line.startswith(" ")][:-1] == heads
    assert [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "] == keys


@pytest.mark.parametrize("by", get_args(By))
def test_the_order_of_entries_means_nothing(by: By) -> None:
    assert listing.text(reversed(MADE), by) == listing.text(MADE, by)


def test_nothing_cited_is_said() -> None:
    assert listing.text((), "pages") == "0 works cited on 0 pages\n"
    assert json.loads(listing.as_json((), "pages")) == {"version": 1, "works": []}


def test_json_has_every_key_and_null_where_nothing_is_known() -> None:
    bones, bare = (json.loads(listing.as_json(MADE, "year"))["works"][at] for at in (1, 2))

    assert bones == {
        "key": "marten2012selenium",
        "doi": "10.5555/bones",
        "pmid": None,
        "pmcid": None,
        "arxiv": None,
        "type": None,
        "title": "Selenium in bones",
        "authors": ["Jo Marten"],
        "journal": "nature",
        "published": "2012-04",
        "volume": None,
        "issue": None,
        "pages": None,
        "publisher": None,
        "status": "retracted",
        "notice": "10.5555/notice",
        "notice_date": "2023",
        "published_as": None,
        "agency": "Crossref",
        "cited_on": ["a.md"],
    }
    assert bare.keys() == bones.keys()
    assert {name for name, value in bare.items() if value} == {"key", "doi", "agency", "cited_on"}


def test_real_works_are_all_listed(real: tuple[Entry, ...]) -> None:
    text = listing.text(real, "journal")

    assert text.endswith(f"{len(real):,} works cited on 38 pages\n")
