from __future__ import annotations

from enrich.demo.limits import Gate, Pool, pool


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_pool_is_named_by_politeness_and_route() -> None:
    assert pool(polite=True, is_list=True) == Pool("polite-array", 3, 3)
    assert pool(polite=False, is_list=False) == Pool("public-single", 5, 1)


def test_no_more_pass_in_a_second_than_the_rate() -> None:
    clock = Clock()
    gate = Gate(Pool("p", 2, 9), clock)

    assert [gate.enter() for _ in range(3)] == [True, True, False]
    clock.now = 0.5
    assert not gate.enter()
    clock.now = 1.0
    assert [gate.enter() for _ in range(3)] == [True, True, False]


def test_an_even_pace_at_the_rate_always_passes() -> None:
    clock = Clock()
    gate = Gate(Pool("p", 3, 9), clock)
    for step in range(30):
        clock.now = step / 3
        assert gate.enter()
        gate.leave()


def test_no_more_are_inside_than_the_concurrency() -> None:
    clock = Clock()
    gate = Gate(Pool("p", 9, 1), clock)

    assert [gate.enter(), gate.enter()] == [True, False]
    gate.leave()
    assert gate.enter()
