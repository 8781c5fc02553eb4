from __future__ import annotations

import pytest

from enrich.model.csl import date_parts, name
from enrich.model.work import Author, Group, PartialDate


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        (PartialDate(2022, 4, 20), [2022, 4, 20]),
        (PartialDate(2022, 4), [2022, 4]),
        (PartialDate(2022), [2022]),
        (PartialDate(2022, None, 20), [2022]),
    ],
)
def test_a_date_has_the_parts_that_are_known(date: PartialDate, parts: list[int]) -> None:
    assert date_parts(date) == parts


def test_a_name_is_taken_apart_only_where_its_family_is_known() -> None:
    assert name(Author("Jo", "Marten", "Jr")) == {"family": "Marten", "given": "Jo", "suffix": "Jr"}
    assert name(Author("", "Marten")) == {"family": "Marten"}
    assert name(Author("Plato", "")) == {"literal": "Plato"}
    assert name(Group("The Group")) == {"literal": "The Group"}
