from __future__ import annotations

from typing import Any

import pytest

from enrich.model.accession import Pmid
from enrich.model.identifier import Doi
from enrich.model.note import Recollection
from enrich.model.work import Work
from enrich.page.compose import Cited, Composition, compose
from enrich.page.front.revision import apply
from enrich.page.profile import profile

PANDOC = profile("pandoc")
A = Work(Doi("10.1000/a"), "On A", container="Nutrients", kind="journal-article")


def run(
    data: dict[str, Any], work: Work, memory: Recollection, cited_as: str = ""
) -> tuple[dict[str, Any], Composition]:
    said = PANDOC.values(work, cited_as=cited_as)
    cited = [Cited(work.identifiers, frozenset(work.identifiers), said)]
    composed = compose(data, cited, memory, PANDOC, settled=True)
    after = apply(data, composed.changes)
    assert isinstance(after, dict)
    assert compose(after, cited, Recollection(composed.note), PANDOC, settled=True).changes == ()
    return after, composed


@pytest.mark.parametrize(
    "entry",
    [{"id": "smith2020", "DOI": "10.1000/A"}, {"id": "doi:10.1000/a"}, {"id": "x", "doi": "10.1000/a"}],
)
def test_a_persons_reference_is_found_by_what_names_it_and_keeps_its_key(entry: dict[str, Any]) -> None:
    data, composed = run({"references": [entry]}, A, Recollection())

    assert len(data["references"]) == 1
    assert data["references"][0].items() >= entry.items()
    assert data["references"][0]["container-title"] == "Nutrients"
    assert composed.kept == ()


def test_a_reference_without_a_doi_is_found_by_its_number() -> None:
    work = Work(None, "On A", pmid=Pmid("7"))
    data, composed = run({"references": [{"id": "pmid:7", "title": "Mine"}]}, work, Recollection())

    assert data["references"][0]["title"] == "Mine"
    assert [each.key for each in composed.kept] == ["references[PMID:7].title"]


def test_our_key_follows_the_body() -> None:
    data, composed = run({}, A, Recollection(), "doi:10.1000/A")
    assert data["references"][0]["id"] == "doi:10.1000/A"

    data, _ = run(data, A, Recollection(composed.note), "doi:10.1000/a")

    assert data["references"][0]["id"] == "doi:10.1000/a"


def test_a_reference_whose_doi_a_person_corrected_is_theirs() -> None:
    data, composed = run({}, A, Recollection())
    data["references"][0]["DOI"] = "10.1000/corrected"

    _, again = run(data, A, Recollection(composed.note))

    assert [(each.key, each.page, each.registry) for each in again.kept] == [
        ("references[10.1000/a].DOI", "10.1000/corrected", "10.1000/a")
    ]


def test_a_field_that_is_asked_for_no_longer_goes_unless_it_was_edited() -> None:
    data: dict[str, Any] = {}
    wide, narrow = profile("list"), profile("list")
    said = wide.values(A)
    cited = [Cited(A.identifiers, frozenset(A.identifiers), said)]
    first = compose(data, cited, Recollection(), wide, settled=True)
    after: Any = apply(data, first.changes)
    after["citations"][0]["journal"] = "Nutr"
    narrow = type(narrow)("list", "citations", ("doi",), 50)
    cited = [Cited(A.identifiers, frozenset(A.identifiers), narrow.values(A))]

    second = compose(after, cited, Recollection(first.note), narrow, settled=True)

    assert apply(after, second.changes) == {"citations": [{"doi": "10.1000/a", "journal": "Nutr"}]}
    assert [each.why for each in second.differences] == [
        "the configuration asks for it no longer; nobody had edited our value"
    ]
