"""One host's politeness: how often and how many at once, retries, and when to leave it alone.

This is the only place in the program that waits.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_result,
    stop_after_attempt,
    wait_exponential_jitter,
)

from enrich.model.outcome import HostTraffic
from enrich.net.brake import Brake
from enrich.net.hints import NOTHING_SAID, Hints

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

# Why there is no answer: the host says "too many", or that it is at fault, or it is the way there.
Cause = Literal["", "busy", "status", "unresolved", "timeout", "unreachable", "handshake", "broken"]

# A host counts arrivals, and the way there jitters: a little slower than allowed stays within its limit.
_MARGIN = 1.06


@dataclass(frozen=True, slots=True)
class Patience:
    """When to try again and when to stop. Times are seconds.

    A question is tried `attempts` times with exponential waits from `backoff_s`, or after the time that the
    host asks for. After `break_after` failed questions in a row, or when asked to wait longer than
    `max_wait_s`, the host is left alone.
    """

    attempts: int = 4
    backoff_s: float = 1.0
    max_wait_s: float = 120.0
    break_after: int = 5


@dataclass(frozen=True, slots=True)
class Answered(Generic[T_co]):
    """The host answered, be it "there is no such thing"; `bytes` is the size of its answer."""

    value: T_co
    bytes: int = 0
    hints: Hints = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Refused:
    """The host did not answer the question. `again` says whether another try may help, `busy` whether
    everyone should leave the host in peace meanwhile. `detail` is for a person, without the host's name;
    `cause` is for a caller who treats some failures apart.
    """

    detail: str
    again: bool
    busy: bool = False
    bytes: int = 0
    hints: Hints = NOTHING_SAID
    cause: Cause = ""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """No answer is to be had; `detail` names the host and what happened, `cause` the last refusal's."""

    detail: str
    retry_after_s: float | None = None
    cause: Cause = ""


Outcome = Answered[T] | Refused
Attempt = Callable[[], Awaitable[Outcome[T]]]
# Hears of each request that came back: which host, and the seconds that it took.
Observe = Callable[[str, float], None]


class Pace:
    """How often one kind of question may start: `per_s` times a second, or as fast as it goes with None."""

    def __init__(self, per_s: float | None = None) -> None:
        self._own_s = _MARGIN / per_s if per_s else 0.0
        self.spacing_s = self._own_s

    def believe(self, spacing_s: float | None) -> None:
        """Follow the host's latest word where it asks for less; never go faster than `per_s`."""
        if spacing_s is not None:
            self.spacing_s = max(self._own_s, spacing_s * _MARGIN)


class Host:
    """Asks one host, politely: at most `at_once` questions at a time, `per_s` starts a second (None: any).

    `now` and `sleep` are the clock, so that tests need not wait; `observe` hears of every request.
    """

    def __init__(
        self,
        name: str,
        *,
        at_once: int,
        per_s: float | None = None,
        patience: Patience = Patience(),
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        observe: Observe = lambda _name, _seconds: None,
    ) -> None:
        self.name = name
        self._observe = observe
        self._patience = patience
        self._now = now
        self._sleep = sleep
        self._pace = Pace(per_s)
        self._own_at_once = self._at_once = at_once
        # Questions that wait for their next try count here too: a dead host is noticed after a few questions.
        self._places = asyncio.Semaphore(max(2 * at_once, patience.break_after))
        self._door = asyncio.Lock()
        self._freed = asyncio.Event()
        self._closed = asyncio.Event()
        self._given_up: GivenUp | None = None
        self._running = 0
        self._not_before = now()
        self._brake = Brake()
        self._failed_in_a_row = 0
        self._sent = self._retried = self._failed = self._bytes = 0
        self._waited_s = 0.0
        self._backoff = wait_exponential_jitter(
            multiplier=patience.backoff_s, jitter=patience.backoff_s, max=patience.max_wait_s
        )

    async def ask(self, attempt: Attempt[T], pace: Pace | None = None) -> T | GivenUp:
        """Return what `attempt` answers, tried again as the patience allows, or why it was given up.

        `pace` is for kinds of question that the host counts apart. What `attempt` raises passes through.
        """
        pace = pace or self._pace
        async with self._places:
            first = await self._once(attempt, pace)
            if isinstance(first, GivenUp):
                return first
            # Most questions end here, and tenacity costs more than the question.
            if not self._is_worth_a_try(first):
                return self._note(first, 1)
            return await self._persist(first, attempt, pace)

    async def _once(self, attempt: Attempt[T], pace: Pace, again: bool = False) -> Outcome[T] | GivenUp:
        if not await self._enter(pace):
            return self._given_up or GivenUp(self.name)
        self._sent += 1
        self._retried += again
        began = self._now()
        try:
            outcome = await attempt()
        finally:
            self._leave()
        self._observe(self.name, self._now() - began)
        self._believe(outcome, pace, began)
        return outcome

    async def _persist(self, first: Outcome[T], attempt: Attempt[T], pace: Pace) -> T | GivenUp:
        tries = 0

        async def once() -> Outcome[T] | GivenUp:
            nonlocal tries
            tries += 1
            return first if tries == 1 else await self._once(attempt, pace, again=True)

        retrying = AsyncRetrying(
            retry=retry_if_result(self._is_worth_a_try),
            wait=self._wait_s,
            stop=stop_after_attempt(self._patience.attempts),
            sleep=self._pause,
            retry_error_callback=_last,
        )
        return self._note(await retrying(once), tries)

    def leave_alone(self, why: str, retry_after_s: float | None = None, cause: Cause = "") -> None:
        """Ask nothing more of this host for the rest of the run: its questions are given up at once."""
        if self._given_up is None:
            detail = f"{self.name} is left alone for the rest of this run: {why}"
            self._given_up = GivenUp(detail, retry_after_s, cause)
            self._closed.set()
            self._freed.set()

    def traffic(self) -> HostTraffic:
        """Return what has been asked of this host so far."""
        return HostTraffic(self._sent, self._retried, self._failed, self._bytes, self._waited_s)

    async def _enter(self, pace: Pace) -> bool:
        """Wait, in order of arrival, until one more question may start; False if the host is left alone."""
        async with self._door:
            while self._given_up is None:
                wait_s = self._not_before - self._now()
                if wait_s > 0:
                    await self._pause(wait_s)
                elif self._running >= self._at_once:
                    self._freed.clear()
                    await self._freed.wait()
                else:
                    self._running += 1
                    self._not_before = self._now() + max(pace.spacing_s, self._brake.spacing_s)
                    return True
        return False

    def _leave(self) -> None:
        self._running -= 1
        self._freed.set()

    def _believe(self, outcome: Outcome[T], pace: Pace, began: float) -> None:
        self._bytes += outcome.bytes
        if isinstance(outcome, Answered):
            self._brake.ease()
        elif outcome.busy:
            self._brake.press(began, self._now())
        hints = outcome.hints
        pace.believe(hints.spacing_s)
        if hints.at_once is not None:
            self._at_once = min(self._own_at_once, hints.at_once)
        asked_s = max(hints.spacing_s or 0.0, (hints.retry_after_s or 0.0) if _is_refused(outcome) else 0.0)
        if asked_s > self._patience.max_wait_s:
            cause = outcome.cause if isinstance(outcome, Refused) else ""
            self.leave_alone(f"it asks to wait {asked_s:.0f} s", asked_s, cause)

    def _is_worth_a_try(self, outcome: Outcome[T] | GivenUp) -> bool:
        return isinstance(outcome, Refused) and outcome.again and self._given_up is None

    def _wait_s(self, state: RetryCallState) -> float:
        """Return the seconds until the next try; a busy host's other questions wait as long."""
        refused = state.outcome.result() if state.outcome else None
        asked_s = refused.hints.retry_after_s if isinstance(refused, Refused) else None
        wait_s = asked_s or self._backoff(state)
        if isinstance(refused, Refused) and (refused.busy or asked_s):
            self._not_before = max(self._not_before, self._now() + wait_s)
        return wait_s

    async def _pause(self, wait_s: float) -> None:
        """Sleep, but wake when the host is left alone."""
        began = self._now()
        waits = {asyncio.ensure_future(self._sleep(wait_s)), asyncio.ensure_future(self._closed.wait())}
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            self._waited_s += self._now() - began

    def _note(self, outcome: Outcome[T] | GivenUp, tries: int) -> T | GivenUp:
        if isinstance(outcome, Answered):
            self._failed_in_a_row = 0
            return outcome.value
        self._failed += 1
        if isinstance(outcome, GivenUp):
            return outcome
        self._failed_in_a_row += 1
        asked_s = outcome.hints.retry_after_s
        wait = f", asks to wait {asked_s:.0f} s" if asked_s else ""
        times = f", asked {tries} times" if tries > 1 else ""
        detail = f"{self.name}: {outcome.detail}{times}{wait}"
        if self._failed_in_a_row >= self._patience.break_after:
            why = f"{self._failed_in_a_row} questions in a row failed (last: {outcome.detail})"
            self.leave_alone(why, cause=outcome.cause)
        return GivenUp(detail, asked_s, outcome.cause)


def _is_refused(outcome: Outcome[T]) -> bool:
    return isinstance(outcome, Refused)


def _last(state: RetryCallState) -> object:
    """Return the last refusal once the tries are used up, where tenacity would raise."""
    return state.outcome.result() if state.outcome else None
