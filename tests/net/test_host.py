from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import TypeVar

import pytest

from enrich.net.hints import Hints
from enrich.net.host import Answered, GivenUp, Host, Outcome, Pace, Refused

T = TypeVar("T")
Question = Callable[[], Awaitable[Outcome[str]]]

BUSY = Refused("429 Too Many Requests", again=True, busy=True)
DOWN = Refused("503 Service Unavailable", again=True)
NO = Refused("403 Forbidden", again=False)


class Clock:
    """A clock that moves only when everybody sleeps."""

    def __init__(self) -> None:
        self.time = 1000.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self._count += 1
        wakes = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.time + seconds, self._count, wakes))
        await wakes

    async def run(self, work: Coroutine[object, object, T]) -> T:
        task = asyncio.ensure_future(work)
        while not task.done():
            for _ in range(30):
                await asyncio.sleep(0)
            if self._sleepers and not task.done():
                self.time, _, wakes = heapq.heappop(self._sleepers)
                if not wakes.done():
                    wakes.set_result(None)
        return task.result()


class Script:
    """An attempt that gives the outcomes one after the other, the last for ever, and notes when it began."""

    def __init__(self, clock: Clock, *outcomes: Outcome[str], takes_s: float = 0.0) -> None:
        self._clock = clock
        self._outcomes = list(outcomes)
        self._takes_s = takes_s
        self.starts: list[float] = []
        self.running = self.most_at_once = 0

    async def __call__(self) -> Outcome[str]:
        self.starts.append(self._clock.time - 1000.0)
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        if self._takes_s:
            await self._clock.sleep(self._takes_s)
        self.running -= 1
        return self._outcomes.pop(0) if len(self._outcomes) > 1 else self._outcomes[0]


@pytest.fixture
def clock() -> Clock:
    return Clock()


def host(clock: Clock, at_once: int = 3) -> Host:
    return Host("api.example.org", at_once=at_once, now=clock.now, sleep=clock.sleep)


async def ask_all(asked: Host, questions: list[Question], pace: Pace | None = None) -> list[str | GivenUp]:
    return await asyncio.gather(*(asked.ask(question, pace) for question in questions))


async def test_an_answer_is_handed_back(clock: Clock) -> None:
    one = host(clock)

    assert await clock.run(one.ask(Script(clock, Answered("yes", bytes=12)))) == "yes"
    assert (one.traffic().sent, one.traffic().failed, one.traffic().bytes) == (1, 0, 12)


async def test_never_more_than_three_starts_in_any_second_and_three_at_once(clock: Clock) -> None:
    script = Script(clock, Answered("yes"), takes_s=2.5)
    one = host(clock)

    await clock.run(ask_all(one, [script] * 30, Pace(3)))

    assert script.most_at_once == 3
    assert all(later - first >= 1 for first, later in zip(script.starts, script.starts[3:], strict=False))


async def test_the_full_pace_is_used(clock: Clock) -> None:
    script = Script(clock, Answered("yes"), takes_s=0.2)

    await clock.run(ask_all(host(clock), [script] * 142, Pace(3)))

    assert 47.0 <= script.starts[-1] < 50.5


async def test_without_a_pace_only_the_permits_hold_back(clock: Clock) -> None:
    script = Script(clock, Answered("yes"), takes_s=1.0)

    await clock.run(ask_all(host(clock, at_once=8), [script] * 80))

    assert script.most_at_once == 8
    assert script.starts[-1] == pytest.approx(9.0)


async def test_two_kinds_of_question_share_the_permits_and_keep_their_own_pace(clock: Clock) -> None:
    lists, singles = Script(clock, Answered("l")), Script(clock, Answered("s"))
    one, slow, fast = host(clock), Pace(3), Pace(10)

    async def both() -> None:
        await asyncio.gather(ask_all(one, [lists] * 9, slow), ask_all(one, [singles] * 9, fast))

    await clock.run(both())

    assert all(later - first >= 1 for first, later in zip(lists.starts, lists.starts[3:], strict=False))
    assert singles.starts[-1] - singles.starts[0] < 1.0


async def test_a_failure_is_tried_again_with_growing_jittered_waits(clock: Clock) -> None:
    script = Script(clock, DOWN, DOWN, DOWN, Answered("yes"))
    one = host(clock)

    assert await clock.run(one.ask(script)) == "yes"

    waits = [later - first for first, later in zip(script.starts, script.starts[1:], strict=False)]
    assert [low <= wait <= low + 1 for wait, low in zip(waits, (1, 2, 4), strict=True)] == [True] * 3
    assert (one.traffic().sent, one.traffic().retried) == (4, 3)


async def test_retry_after_is_waited_to_the_second(clock: Clock) -> None:
    script = Script(clock, Refused("503", again=True, hints=Hints(retry_after_s=17.0)), Answered("yes"))
    one = host(clock)

    assert await clock.run(one.ask(script)) == "yes"
    assert script.starts == pytest.approx([0.0, 17.0])
    assert one.traffic().waited_s == pytest.approx(17.0)


async def test_a_retry_after_of_nothing_still_backs_off(clock: Clock) -> None:
    script = Script(clock, Refused("429", again=True, hints=Hints(retry_after_s=0.0)), Answered("yes"))

    await clock.run(host(clock).ask(script))

    assert script.starts[1] >= 1.0


async def test_after_a_429_everyone_waits(clock: Clock) -> None:
    first = Script(
        clock, Refused("429", again=True, busy=True, hints=Hints(retry_after_s=20.0)), Answered("a")
    )
    other = Script(clock, Answered("b"))
    one = host(clock, at_once=1)

    await clock.run(ask_all(one, [first, other, other]))

    assert min(other.starts) >= 20.0


async def test_a_429_without_any_header_makes_everyone_back_off_too(clock: Clock) -> None:
    first, other = Script(clock, BUSY, Answered("a")), Script(clock, Answered("b"))

    await clock.run(ask_all(host(clock, at_once=1), [first, other]))

    assert other.starts[0] >= 1.0


async def test_a_permit_is_not_held_while_one_question_backs_off(clock: Clock) -> None:
    failing, other = Script(clock, DOWN, Answered("a")), Script(clock, Answered("b"))

    await clock.run(ask_all(host(clock, at_once=1), [failing, other]))

    assert other.starts == [0.0]


async def test_what_another_try_cannot_mend_is_not_tried_again(clock: Clock) -> None:
    script = Script(clock, NO)
    one = host(clock)

    assert await clock.run(one.ask(script)) == GivenUp("api.example.org: 403 Forbidden")
    assert len(script.starts) == 1
    assert one.traffic().failed == 1


async def test_a_question_is_given_up_after_its_tries(clock: Clock) -> None:
    script = Script(clock, DOWN)

    given_up = await clock.run(host(clock).ask(script))

    assert given_up == GivenUp("api.example.org: 503 Service Unavailable, asked 4 times")


async def test_five_failed_questions_in_a_row_and_the_host_is_left_alone(clock: Clock) -> None:
    script = Script(clock, DOWN)
    one = host(clock)

    answers = await clock.run(ask_all(one, [script] * 200))

    assert all(isinstance(answer, GivenUp) for answer in answers)
    assert len(script.starts) < 40
    assert isinstance(answers[-1], GivenUp)
    assert answers[-1].detail == (
        "api.example.org is left alone for the rest of this run: "
        "5 questions in a row failed (last: 503 Service Unavailable)"
    )


async def test_a_host_that_is_left_alone_is_asked_nothing_more(clock: Clock) -> None:
    one, script = host(clock), Script(clock, Answered("yes"))
    one.leave_alone("it answers nonsense")
    before = clock.time

    answer = await clock.run(one.ask(script))

    assert answer == GivenUp("api.example.org is left alone for the rest of this run: it answers nonsense")
    assert (script.starts, clock.time, one.traffic().sent) == ([], before, 0)


async def test_an_answer_between_failures_starts_the_count_anew(clock: Clock) -> None:
    one = host(clock)

    async def mixed() -> None:
        for _ in range(3):
            for _ in range(4):
                await one.ask(Script(clock, NO))
            await one.ask(Script(clock, Answered("yes")))

    await clock.run(mixed())

    assert await clock.run(one.ask(Script(clock, Answered("still asked")))) == "still asked"


async def test_a_retry_after_above_the_limit_leaves_the_host_alone_at_once(clock: Clock) -> None:
    script = Script(clock, Refused("429", again=True, busy=True, hints=Hints(retry_after_s=3600.0)))
    one = host(clock)

    answers = await clock.run(ask_all(one, [script] * 10, Pace(3)))

    assert len(script.starts) == 1
    assert all(isinstance(answer, GivenUp) for answer in answers)
    assert isinstance(answers[-1], GivenUp)
    assert "asks to wait 3600 s" in answers[-1].detail


async def test_those_who_wait_are_woken_when_the_host_is_left_alone(clock: Clock) -> None:
    patient = Script(clock, Refused("503", again=True, hints=Hints(retry_after_s=100.0)))
    one = host(clock)

    async def closing() -> str | GivenUp:
        asked = asyncio.ensure_future(one.ask(patient))
        await clock.sleep(1.0)
        one.leave_alone("enough")
        return await asked

    answer = await clock.run(closing())

    assert isinstance(answer, GivenUp)
    assert clock.time == 1001.0


async def test_the_hosts_word_is_believed_when_it_asks_for_less(clock: Clock) -> None:
    script = Script(clock, Answered("yes", hints=Hints(spacing_s=2.0, at_once=1)), takes_s=3.0)

    await clock.run(ask_all(host(clock), [script] * 12, Pace(3)))

    assert all(later - first >= 3 for first, later in zip(script.starts[4:], script.starts[5:], strict=False))


async def test_the_hosts_word_is_not_believed_when_it_offers_more(clock: Clock) -> None:
    script = Script(clock, Answered("yes", hints=Hints(spacing_s=0.02, at_once=50)), takes_s=2.5)

    await clock.run(ask_all(host(clock), [script] * 12, Pace(3)))

    assert script.most_at_once == 3
    assert all(later - first >= 1 for first, later in zip(script.starts, script.starts[3:], strict=False))


async def test_a_limit_that_the_host_lifts_is_lifted(clock: Clock) -> None:
    slow, quick = Answered("yes", hints=Hints(spacing_s=5.0)), Answered("yes", hints=Hints(spacing_s=0.1))
    script = Script(clock, slow, quick)

    await clock.run(ask_all(host(clock, at_once=1), [script] * 5, Pace(3)))

    assert script.starts[-1] < 7.0


async def test_a_pace_slower_than_the_limit_leaves_the_host_alone(clock: Clock) -> None:
    one = host(clock)

    await clock.run(one.ask(Script(clock, Answered("yes", hints=Hints(spacing_s=600.0)))))

    assert isinstance(await clock.run(one.ask(Script(clock, Answered("no")))), GivenUp)


async def test_a_bug_passes_through_and_frees_its_permit(clock: Clock) -> None:
    one = host(clock, at_once=1)

    async def bug() -> Outcome[str]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await clock.run(one.ask(bug))
    assert await clock.run(one.ask(Script(clock, Answered("yes")))) == "yes"


async def test_a_cancelled_question_frees_its_permit(clock: Clock) -> None:
    one = host(clock, at_once=1)

    async def cancelling() -> str | GivenUp:
        asked = asyncio.ensure_future(one.ask(Script(clock, Answered("late"), takes_s=1000.0)))
        await clock.sleep(1.0)
        asked.cancel()
        return await one.ask(Script(clock, Answered("yes")))

    assert await clock.run(cancelling()) == "yes"


async def test_a_thousand_questions_pass_many_at_a_time() -> None:
    one = Host("cdn.example.org", at_once=32)

    async def quick() -> Outcome[str]:
        await asyncio.sleep(0)
        return Answered("ok")

    answers = await asyncio.gather(*(one.ask(quick) for _ in range(1000)))

    assert answers == ["ok"] * 1000


async def test_after_a_429_a_host_is_asked_more_slowly_and_then_faster_again(clock: Clock) -> None:
    script = Script(clock, BUSY, Answered("yes"))

    await clock.run(ask_all(host(clock, at_once=1), [script] * 60))

    gaps = [later - first for first, later in zip(script.starts[2:], script.starts[3:], strict=False)]
    assert gaps[0] > 0.05
    assert gaps[-1] == 0.0


async def test_why_a_question_was_given_up_is_told(clock: Clock) -> None:
    busy = replace(BUSY, cause="busy")
    one = host(clock, at_once=1)

    answers = await clock.run(ask_all(one, [Script(clock, busy)] * 6))

    assert [answer.cause for answer in answers if isinstance(answer, GivenUp)] == ["busy"] * 6
