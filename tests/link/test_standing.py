from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.link.standing import Endurance, judged
from enrich.model.link import LinkStatus, LinkVerdict, Reason, Standing

DAY = 86_400.0
DOWN = LinkVerdict("https://example.org/a.pdf", "unknown", "server error", "500, asked 4 times")
THREE = Endurance(failures=3, days=3)


def run(*days: float, status: LinkStatus = "unknown") -> tuple[LinkVerdict, Standing | None]:
    """Return what stands after failing runs on the given days."""
    standing, verdict = None, DOWN
    for day in days:
        verdict, standing = judged(DOWN, standing, THREE, day * DAY)
    return verdict, standing


@pytest.mark.parametrize("days", [(0,), (0, 1), (0, 5), (0, 1, 2), (0, 0.1, 0.2, 0.3, 0.4)])
def test_a_failure_of_few_runs_or_few_days_is_unknown(days: tuple[float, ...]) -> None:
    verdict, standing = run(*days)

    assert verdict == DOWN
    assert standing == Standing(days[0] * DAY, days[-1] * DAY, len(days))


def test_a_failure_of_enough_runs_over_enough_days_is_broken_and_says_so() -> None:
    verdict, standing = run(0, 1, 3)

    assert (verdict.status, verdict.reason) == ("broken", "still failing")
    assert verdict.detail == "server error, 500, asked 4 times; in 3 runs over 3 days"
    assert standing == Standing(0, 3 * DAY, 3)


@pytest.mark.parametrize("status", ["ok", "broken", "blocked"])
def test_any_answer_clears_it(status: LinkStatus) -> None:
    answered = LinkVerdict(DOWN.url, status)

    assert judged(answered, Standing(0, DAY, 9), THREE, 2 * DAY) == (answered, None)


@pytest.mark.parametrize("reason", ["port", "too large"])
def test_what_we_do_not_ask_or_take_never_counts(reason: Reason) -> None:
    verdict = LinkVerdict(DOWN.url, "unknown", reason)

    assert judged(verdict, None, THREE, 0.0) == (verdict, None)
    assert judged(verdict, Standing(0, DAY, 9), THREE, 9 * DAY) == (verdict, Standing(0, DAY, 9))


def test_a_memory_from_the_future_is_not_believed() -> None:
    assert judged(DOWN, Standing(9 * DAY, 9 * DAY, 9), THREE, DAY) == (DOWN, Standing(DAY, DAY, 1))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0, 30), min_size=1, max_size=12).map(sorted))
def test_it_is_broken_exactly_from_the_run_that_fulfils_both(days: list[float]) -> None:
    verdict, _ = run(*days)

    lasts = len(days) >= 3 and days[-1] * DAY - days[0] * DAY >= 3 * DAY
    assert (verdict.status == "broken") is lasts
