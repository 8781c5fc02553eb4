from __future__ import annotations

import pytest

from enrich.model.identifier import Doi
from enrich.model.work import Author, PartialDate, Work
from enrich.page.profile import Wishes, profile

WORK = Work(
    Doi("10.1000/a"),
    "On A",
    authors=(Author("Ann", "Lee"),),
    container="Nutrients",
    short_container="Nutr",
    published=PartialDate(2022),
    kind="journal-article",
)
USUAL = {
    "doi": "10.1000/a",
    "publication": "Nutrients",
    "publication_short": "Nutr",
    "publication_types": ["article-journal"],
}


def test_hugoblox_never_gets_a_date_and_its_taxonomy_only_on_purpose() -> None:
    assert profile("hugoblox").values(WORK) == USUAL
    assert profile("hugoblox", Wishes(authors=True)).values(WORK) == USUAL | {"authors": ["Ann Lee"]}


def test_hugoblox_has_another_place_for_the_doi_on_demand() -> None:
    assert profile("hugoblox", Wishes(hugoblox_ids=True)).values(WORK) == USUAL | {
        "hugoblox.ids.doi": "10.1000/a"
    }


@pytest.mark.parametrize(
    ("wishes", "fields"),
    [
        (Wishes(fields=("publication", "authors")), ("doi", "publication")),
        (Wishes(fields=("publication",), hugoblox_ids=True), ("publication", "hugoblox.ids.doi")),
        (Wishes(fields=("authors",), authors=True), ("doi", "authors")),
    ],
)
def test_the_chosen_fields_of_hugoblox_keep_one_doi(wishes: Wishes, fields: tuple[str, ...]) -> None:
    assert profile("hugoblox", wishes).fields == fields


def test_a_short_name_that_is_the_full_one_is_none() -> None:
    assert "publication_short" not in profile("hugoblox").values(
        Work(Doi("10.1000/a"), container="Bone", short_container="Bone")
    )
