from __future__ import annotations

import json
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("options", "head"),
    [
        ((), "cited on 1 page: 1 work"),
        (("--by", "journal"), "Journal of Made Examples: 1 work"),
        (("--by", "year"), "2021: 1 work"),
        (("--by", "standing"), "nothing known against them: 1 work"),
    ],
)
def test_works_are_listed_by_what_is_asked(place: Any, options: tuple[str, ...], head: str) -> None:
    place.run("run", "-n")
    code, out, err = place.run("works", *options)

    assert (code, err) == (0, "")
    assert out.decode().splitlines()[:2] == [
        head,
        f"  marten2021selenium  1 page, https://doi.org/{place.doi}",
    ]


def test_json_is_for_programs(place: Any) -> None:
    place.run("run", "-n")
    code, out, _ = place.run("works", "--json")

    assert code == 0
    assert [work["key"] for work in json.loads(out)["works"]] == ["marten2021selenium"]


def test_an_unknown_order_names_the_known_ones(place: Any) -> None:
    code, _, err = place.run("works", "--by", "author")

    assert code == 2
    assert "'pages', 'journal', 'year', 'standing'" in err
