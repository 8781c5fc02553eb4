from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.net.hints import NOTHING_SAID, TOLD_IN, Hints, read

NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT


def test_no_headers_say_nothing() -> None:
    assert read({}, NOW) == NOTHING_SAID


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("7", 7.0), ("0", 0.0), (" 1.5 ", 1.5), ("Tue, 14 Nov 2023 22:13:50 GMT", 30.0), ("999999", 999_999.0)],
)
def test_retry_after_is_seconds_or_an_http_date(text: str, seconds: float) -> None:
    assert read({"Retry-After": text}, NOW).retry_after_s == seconds


def test_a_retry_date_in_the_past_asks_for_no_wait() -> None:
    assert read({"Retry-After": "Tue, 14 Nov 2023 22:00:00 GMT"}, NOW).retry_after_s == 0.0


def test_a_retry_date_is_held_against_the_hosts_own_clock() -> None:
    headers = {"Retry-After": "Tue, 14 Nov 2023 20:00:10 GMT", "Date": "Tue, 14 Nov 2023 20:00:00 GMT"}

    assert read(headers, NOW).retry_after_s == 10.0


@pytest.mark.parametrize("text", ["", "soon", "-5", "nan", "1e9", "٣", "Tue, 99 Nov 2023", "9" * 40])
def test_a_retry_after_that_cannot_be_read_is_not_there(text: str) -> None:
    assert read({"retry-after": text}, NOW).retry_after_s is None


@pytest.mark.parametrize(
    ("limit", "interval", "spacing_s"),
    [("3", "1s", 1 / 3), ("50", "1s", 0.02), ("1", "60s", 60.0), ("2", "1m", 30.0), ("4", "2", 0.5)],
)
def test_the_rate_limit_headers_give_the_spacing(limit: str, interval: str, spacing_s: float) -> None:
    headers = {"X-Rate-Limit-Limit": limit, "X-Rate-Limit-Interval": interval}

    assert read(headers, NOW) == Hints(spacing_s=spacing_s)


@pytest.mark.parametrize(
    ("limit", "interval"), [("0", "1s"), ("-1", "1s"), ("x", "1s"), ("3", "soon"), ("3", "")]
)
def test_a_rate_limit_that_cannot_be_read_is_not_there(limit: str, interval: str) -> None:
    headers = {"x-rate-limit-limit": limit, "x-rate-limit-interval": interval}

    assert read(headers, NOW).spacing_s is None


def test_the_concurrency_limit_is_read() -> None:
    assert read({"x-concurrency-limit": "3"}, NOW).at_once == 3
    assert read({"x-concurrency-limit": "0"}, NOW).at_once is None


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=40), st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_any_header_text_is_read_without_an_error(retry: str, limit: str, interval: str, most: str) -> None:
    hints = read(
        {
            "Retry-After": retry,
            "Date": retry,
            "x-rate-limit-limit": limit,
            "x-rate-limit-interval": interval,
            "x-concurrency-limit": most,
        },
        NOW,
    )

    assert hints.retry_after_s is None or hints.retry_after_s >= 0
    assert hints.spacing_s is None or hints.spacing_s >= 0


@pytest.mark.parametrize("name", sorted(TOLD_IN))
def test_every_header_that_tells_something_is_named(name: str) -> None:
    headers = {"x-rate-limit-limit": "3", "x-rate-limit-interval": "1s", name: "3"}

    assert read(headers, 0.0) != NOTHING_SAID
    assert read({"date": "Sat, 21 Nov 2026 17:00:00 GMT", "server": "nginx"}, 0.0) == NOTHING_SAID
