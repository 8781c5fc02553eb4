from __future__ import annotations

from collections.abc import Mapping

import pytest

from enrich.model.work import Author, Group
from enrich.source.crossref.names import is_organisation, person


def named(shouting: bool = False, /, **item: object) -> Author | Group | None:
    return person({key.replace("_", "-"): value for key, value in item.items()}, shouting=shouting)


@pytest.mark.parametrize(
    ("item", "author"),
    [
        ({"given": "J.\u2009C.", "family": "Bell"}, Author("J. C.", "Bell")),
        ({"given": "Ana", "family": "Lima, Jr."}, Author("Ana", "Lima", "Jr.")),
        ({"given": "Ana", "family": "Lima III"}, Author("Ana", "Lima", "III")),
        ({"given": "Ana", "family": "Lima", "suffix": "JR."}, Author("Ana", "Lima", "Jr.")),
        ({"given": "Ana", "family": "Lima", "suffix": "M.D., Ph.D."}, Author("Ana", "Lima")),
        ({"given": "Ana", "family": "Lima,"}, Author("Ana", "Lima")),
        ({"given": "Ana", "family": "O' Brien"}, Author("Ana", "O'Brien")),
        ({"given": "Xu Wei Ding", "family": "-"}, Author("Xu Wei", "Ding")),
        ({"family": "Wim A. van der Berg Jr."}, Author("Wim A.", "van der Berg", "Jr.")),
        ({"family": "Lima, Ana"}, Author("Ana", "Lima")),
        ({"family": "Lima JA"}, Author("JA", "Lima")),
        ({"family": "van der Berg J."}, Author("J.", "van der Berg")),
        ({"family": "Ana Lima III"}, Author("Ana", "Lima", "III")),
        ({"given": "Dr. Ana", "family": "Lima PhD, MD"}, Author("Ana", "Lima")),
        ({"given": "Sukarno", "family": "null"}, Author("", "Sukarno")),
        ({"family": "T.J.C"}, Author("T.J.C", "")),
        ({"family": "C."}, Author("C.", "")),
        ({"given": "Nan", "family": "Na"}, Author("Nan", "Na")),
        ({"given": "Ana", "family": "BERG"}, Author("Ana", "Berg")),
        ({"given": "ANA MARIA", "family": "VAN DER BERG"}, Author("Ana Maria", "van der Berg")),
        ({"given": "Ana", "family": "van der BERG"}, Author("Ana", "van der Berg")),
        ({"given": "Ana", "family": "McDONALD"}, Author("Ana", "McDonald")),
        ({"given": "Swetha", "family": "MG"}, Author("Swetha", "MG")),
        ({"given": "A", "family": "RAO"}, Author("A", "Rao")),
        ({"given": "İLKER", "family": "YILDIRIM"}, Author("İlker", "Yıldırım")),
        ({"given": "JosÃ©", "family": "PÃ©rez"}, Author("José", "Pérez")),
        ({"given": "王", "family": "小明"}, Author("王", "小明")),
        ({"given": "Ana", "non_dropping_particle": "de", "family": "Boer"}, Author("Ana", "de Boer")),
    ],
)
def test_a_person_is_named_as_in_print(item: Mapping[str, object], author: Author) -> None:
    assert named(**item) == author


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ({"name": "OLYMPUS Collaboration"}, "OLYMPUS Collaboration"),
        ({"literal": "WHO"}, "WHO"),
        ({"family": "WHO"}, "WHO"),
        ({"family": "The Salt Staff"}, "The Salt Staff"),
        ({"family": "World Health Organization"}, "World Health Organization"),
        ({"given": "on behalf of the", "family": "Salt Study Group"}, "Salt Study Group"),
    ],
)
def test_a_group_keeps_its_name(item: Mapping[str, object], name: str) -> None:
    assert named(**item) == Group(name)


@pytest.mark.parametrize(
    "item", [{}, {"family": "-"}, {"name": "&NA;"}, {"given": 5.5}, {"name": "No authorship indicated"}]
)
def test_who_has_no_name_is_nobody(item: Mapping[str, object]) -> None:
    assert named(**item) is None


def test_short_names_are_recased_where_the_record_shouts() -> None:
    assert named(True, given="Hong", family="LI") == Author("Hong", "Li")
    assert named(given="Hong", family="LI") == Author("Hong", "LI")


def test_an_orcid_is_kept_without_its_address() -> None:
    author = named(given="A", family="B", ORCID="http://orcid.org/0000-0002-1825-009X")

    assert isinstance(author, Author)
    assert author.orcid == "0000-0002-1825-009X"


def test_an_organisation_is_known_by_its_words() -> None:
    assert is_organisation("University of Bern")
    assert not is_organisation("Anna Berner")
