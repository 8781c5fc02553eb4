from __future__ import annotations

import pytest

from enrich.model.work import Author, PartialDate


@pytest.mark.parametrize(
    ("date", "text"),
    [(PartialDate(2022, 4, 20), "2022-04-20"), (PartialDate(2022, 4), "2022-04"), (PartialDate(987), "0987")],
)
def test_a_date_is_shown_as_precise_as_it_is_and_read_back(date: PartialDate, text: str) -> None:
    assert str(date) == text
    assert PartialDate.parse(text) == date


@pytest.mark.parametrize("text", ["", "2022-4", "2022-04-20T00", "20 April 2022"])
def test_any_other_text_is_no_date(text: str) -> None:
    assert PartialDate.parse(text) is None


def test_a_person_is_shown_given_name_first() -> None:
    assert str(Author("Ann", "Lee", "Jr")) == "Ann Lee Jr"
    assert str(Author("", "Lee")) == "Lee"
