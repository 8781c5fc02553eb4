from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.errors import ConfigError
from enrich.service.schedule import Schedule, Turn

BERLIN = "Europe/Berlin"


def schedule(line: str, zone: str = "UTC") -> Schedule:
    made = Schedule.parse(line, zone)
    assert made is not None
    return made


def unix(text: str, zone: str = "UTC", fold: int = 0) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp()


def times(line: str, after: str, count: int, zone: str = "UTC") -> list[str]:
    """Return the next times as a wall clock of the zone shows them."""
    made, moment, shown = schedule(line, zone), unix(after, zone), []
    for _ in range(count):
        moment = made.after(moment)
        shown.append(datetime.fromtimestamp(moment, ZoneInfo(zone)).strftime("%a %m-%d %H:%M %Z"))
    return shown


def test_a_nightly_run_comes_every_night_at_its_minute() -> None:
    assert times("17 3 * * *", "2026-11-21 03:16:59.5", 2) == ["Sat 11-21 03:17 UTC", "Sun 11-22 03:17 UTC"]
    assert times("17 3 * * *", "2026-11-21 03:17", 1) == ["Sun 11-22 03:17 UTC"]


@pytest.mark.parametrize("sunday", ["0", "7", "SUN", "sun"])
def test_sunday_is_0_and_7(sunday: str) -> None:
    assert times(f"0 6 * * {sunday}", "2026-11-21 00:00", 1) == ["Sun 11-22 06:00 UTC"]


def test_day_of_month_or_weekday_is_enough_where_both_are_named() -> None:
    named = ["Sun 11-22 00:00 UTC", "Wed 11-25 00:00 UTC", "Sun 11-29 00:00 UTC"]
    assert times("0 0 25 * 0", "2026-11-21 00:00", 3) == named


def test_day_of_month_and_weekday_both_hold_where_one_begins_with_a_star() -> None:
    assert times("0 0 */2 * 0", "2026-11-21 00:00", 2) == ["Sun 11-29 00:00 UTC", "Sun 12-13 00:00 UTC"]


def test_a_time_that_spring_leaves_out_comes_right_after_the_gap_and_once() -> None:
    assert times("30 2 * * *", "2026-03-28 12:00", 2, BERLIN) == [
        "Sun 03-29 03:00 CEST",
        "Mon 03-30 02:30 CEST",
    ]


def test_a_time_that_autumn_repeats_comes_once() -> None:
    assert times("30 2 * * *", "2026-10-24 12:00", 2, BERLIN) == [
        "Sun 10-25 02:30 CEST",
        "Mon 10-26 02:30 CET",
    ]


def test_every_half_hour_goes_through_the_repeated_hour_twice() -> None:
    assert times("*/30 * * * *", "2026-10-25 02:00", 4, BERLIN) == [
        "Sun 10-25 02:30 CEST",
        "Sun 10-25 02:00 CET",
        "Sun 10-25 02:30 CET",
        "Sun 10-25 03:00 CET",
    ]


def test_within_the_repeated_hour_the_next_time_is_never_one_that_is_past() -> None:
    second_pass = unix("2026-10-25 02:10", BERLIN, fold=1)
    assert schedule("30 2 * * *", BERLIN).after(second_pass) == unix("2026-10-26 02:30", BERLIN)


def test_a_leap_day_is_waited_for() -> None:
    assert times("0 0 29 2 *", "2026-11-21 00:00", 1) == ["Tue 02-29 00:00 UTC"]


@pytest.mark.parametrize("line", ["", "  "])
def test_an_empty_line_is_no_schedule(line: str) -> None:
    assert Schedule.parse(line, "UTC") is None


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("61 3 * * *", "its minute means nothing"),
        ("17 24 * * *", "its hour means nothing"),
        ("17 3 0 * *", "its day-of-month means nothing"),
        ("17 3 30 2 *", "its day-of-month means nothing"),
        ("17 3 * 13 *", "its month means nothing"),
        ("17 3 * * 8", "its day-of-week means nothing"),
        ("17 3 * * MO", "its day-of-week means nothing"),
        ("*/0 3 * * *", "its minute means nothing"),
        ("9-5 3 * * *", "its minute means nothing"),
        ("1,,2 3 * * *", "its minute means nothing"),
        ("٣ 3 * * *", "its minute means nothing"),
        ("17 3 * *", "has 4 fields"),
        ("0 17 3 * * *", "has 6 fields"),
        ("0 0 */31 * 1#2", "names a day that never comes"),
        ("@daily", "has 1 fields"),
        ("every night", "has 2 fields"),
    ],
)
def test_a_line_that_means_nothing_is_refused_by_the_name_of_its_field(line: str, problem: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Schedule.parse(line, "UTC")
    assert str(refused.value).startswith(f'[service] cron: "{line}"')
    assert problem in str(refused.value)


def test_a_run_that_is_not_late_is_put_off_by_its_delay() -> None:
    due = unix("2026-11-22 03:17")
    assert schedule("17 3 * * *").turn(due - 86_400, due - 60, 25.0) == Turn(due, due + 25)


def test_a_run_that_was_missed_is_made_up_at_once_and_once() -> None:
    nightly, now = schedule("17 3 * * *"), unix("2026-11-25 12:00")
    missed = nightly.turn(unix("2026-11-21 03:17"), now, 25.0)
    assert missed == Turn(unix("2026-11-22 03:17"), now)

    assert nightly.turn(missed.start, now, 0.0).due == unix("2026-11-26 03:17")


@law(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    st.sampled_from(["17 3 * * *", "30 2 * * *", "*/7 * * * *", "0 0 13 * 5", "59 23 L * *"]),
    st.sampled_from(["UTC", BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_times_always_go_forward(moment: datetime, line: str, zone: str) -> None:
    made, moments = schedule(line, zone), [moment.timestamp()]
    for _ in range(4):
        moments.append(made.after(moments[-1]))
    assert all(one < other for one, other in pairwise(moments))
