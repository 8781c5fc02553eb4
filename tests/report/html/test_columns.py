from __future__ import annotations

from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.report.html.columns import columns


def test_years_between_have_columns_of_no_height() -> None:
    drawn = columns({2019: 3, 2021: 1})

    assert drawn is not None
    assert [(column.label, column.count, column.height) for column in drawn.columns] == [
        ("2019", 3, 75.0),
        ("2020", 0, 0.0),
        ("2021", 1, 25.0),
    ]
    assert (drawn.top, drawn.step) == (4, 1)


def test_a_long_time_is_shown_by_spans_of_years() -> None:
    drawn = columns({1851: 1, 2024: 2})

    assert drawn is not None
    assert (drawn.columns[0].label, drawn.columns[-1].label) == ("1850 to 1854", "2020 to 2024")
    assert drawn.step == 5
    assert [label for _, label in drawn.ticks] == ["1850", "1900", "1950", "2000"]


def test_nothing_makes_no_picture() -> None:
    assert columns({}) is None


@law(max_examples=150, deadline=None)
@given(st.dictionaries(st.integers(1, 9999), st.integers(1, 10**6), min_size=1, max_size=40))
def test_every_paper_is_in_a_column_that_fits_the_picture(counts: dict[int, int]) -> None:
    drawn = columns(counts)

    assert drawn is not None
    assert sum(column.count for column in drawn.columns) == sum(counts.values())
    assert len(drawn.columns) <= 73
    assert 1 <= len(drawn.ticks) <= 12
    for column in drawn.columns:
        assert 0 <= column.x <= column.x + column.width <= 100.001
        assert 0 <= column.height <= 100
    assert all(0 <= x <= 100 for x, _ in drawn.ticks)
