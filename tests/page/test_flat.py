from __future__ import annotations

from typing import Any

from enrich.model.identifier import Doi
from enrich.model.note import Recollection
from enrich.page.compose import Cited, Composition, compose
from enrich.page.entries import held
from enrich.page.front.revision import apply
from enrich.page.profile import Profile
from enrich.page.profiles.own import FLAT

PROFILE = Profile("flat", "", tuple(FLAT), 50)
A: dict[str, Any] = {
    "doi": "10.1000/a",
    "journal": "Nutrients",
    "authors": ["Ann Lee"],
    "publication_date": "2022",
}
B: dict[str, Any] = {"doi": "10.1000/b", "journal": "Bone", "publication_date": "2021-04"}


class Site:
    def __init__(self, data: dict[str, Any] | None = None) -> None:
        self.data: dict[str, Any] = data or {"title": "A page"}
        self.memory = Recollection()

    def run(self, *papers: dict[str, Any], settled: bool = True) -> Composition:
        cited = [
            Cited((Doi(paper["doi"]),), frozenset({Doi(paper["doi"])}), paper if settled else None)
            for paper in papers
        ]
        composed = compose(held(self.data, PROFILE), cited, self.memory, PROFILE, settled=settled)
        data = apply(self.data, composed.changes)
        assert isinstance(data, dict)
        again = compose(data, cited, Recollection(composed.note), PROFILE, settled=settled)
        assert again.changes == ()
        self.data, self.memory = data, Recollection(composed.note)
        return composed


def test_the_pages_own_work_stands_at_top_level() -> None:
    site = Site()

    site.run(A)

    assert site.data == {"title": "A page", **A}


def test_a_page_of_two_works_has_none_of_its_own() -> None:
    site = Site()

    assert site.run(A, B).changes == ()


def test_another_own_work_replaces_what_nobody_edited() -> None:
    site = Site()
    site.run(A)

    site.run(B)

    assert site.data == {"title": "A page", **B}


def test_a_hand_edit_at_top_level_wins() -> None:
    site = Site()
    site.run(A)
    site.data["journal"] = "Nutr"

    composed = site.run(A)

    assert site.data["journal"] == "Nutr"
    assert [each.key for each in composed.kept] == ["journal"]


def test_nothing_is_written_beside_another_papers_doi() -> None:
    site = Site({"doi": "10.1000/other"})

    composed = site.run(A)

    assert site.data == {"doi": "10.1000/other"}
    assert composed.kept[0].registry == "10.1000/a"


def test_a_page_without_a_work_of_its_own_loses_what_nobody_edited() -> None:
    site = Site()
    site.run(A)

    site.run(A, B)

    assert site.data == {"title": "A page"}


def test_an_edited_page_without_a_work_of_its_own_keeps_all() -> None:
    site = Site()
    site.run(A)
    site.data["journal"] = "Nutr"

    assert site.run(A, B).changes == ()


def test_an_outage_leaves_the_flat_values_alone() -> None:
    site = Site()
    site.run(A)

    assert site.run(A, settled=False).changes == ()
    assert site.run(A).changes == ()


def test_a_page_reverted_as_a_whole_gets_its_values_again() -> None:
    site = Site()
    site.run(A)
    site.data = {"title": "A page"}

    site.run(A)

    assert site.data == {"title": "A page", **A}
