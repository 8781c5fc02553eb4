from __future__ import annotations

from collections.abc import Mapping

import pytest

from enrich.model.note import Note, Recollection, fingerprint
from enrich.model.page import Value
from enrich.page import merge

ORDER = ("doi", "title", "journal")


def remember(**values: Value) -> Recollection:
    return Recollection(
        Note("citations", {"w": {name: fingerprint(value) for name, value in values.items()}})
    )


def one(standing: Mapping[str, Value], said: Mapping[str, Value], memory: Recollection) -> merge.Doing | None:
    return next((each.doing for each in merge.fields("w", standing, said, ("journal",), memory)), None)


@pytest.mark.parametrize(
    ("standing", "said", "memory", "doing"),
    [
        ({}, {"journal": "N"}, Recollection(), "add"),
        ({}, {"journal": "N"}, remember(journal="N"), "keep"),
        ({"journal": "N"}, {"journal": "N"}, Recollection(), "same"),
        ({"journal": "N"}, {"journal": "M"}, remember(journal="N"), "update"),
        ({"journal": "P"}, {"journal": "M"}, remember(journal="N"), "keep"),
        ({"journal": "P"}, {"journal": "M"}, Recollection(), "keep"),
        ({"journal": "N"}, {}, remember(journal="N"), "remove"),
        ({"journal": "P"}, {}, remember(journal="N"), None),
        ({}, {}, remember(journal="N"), None),
    ],
)
def test_each_case_of_page_memory_and_registry_has_one_answer(
    standing: Mapping[str, Value], said: Mapping[str, Value], memory: Recollection, doing: merge.Doing | None
) -> None:
    assert one(standing, said, memory) == doing


def test_a_new_field_stands_after_the_nearest_one_before_it_in_the_profile() -> None:
    merged = list(
        merge.fields("w", {"doi": "x"}, {"doi": "x", "title": "T", "journal": "N"}, ORDER, Recollection())
    )

    assert [(each.name, each.after) for each in merged if each.doing == "add"] == [
        ("title", "doi"),
        ("journal", "title"),
    ]


def test_an_entry_is_untouched_only_while_it_is_just_what_we_wrote() -> None:
    memory = remember(doi="x", title="T")

    assert merge.is_untouched("w", {"doi": "x", "title": "T"}, memory)
    assert not merge.is_untouched("w", {"doi": "x"}, memory)
    assert not merge.is_untouched("w", {"doi": "x", "title": "T", "note": "n"}, memory)
    assert not merge.is_untouched("w", {"doi": "x", "title": "U"}, memory)
