"""The shelf first, then ask: every question has an answer, and what was once answered is not lost again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from enrich.model.lookup import Absent, Failed, Found, LookUp

K = TypeVar("K")
V = TypeVar("V")
_Key = TypeVar("_Key", contravariant=True)

Answer = Callable[[K, LookUp[V]], None]
Ask = Callable[[Sequence[K], Answer[K, V]], Awaitable[None]]

_UNANSWERED = Failed("unavailable", "no answer came; run again")
_OFFLINE = Failed("not_asked", "not in the cache, and --offline asks nobody")


class Shelf(Protocol[_Key, V]):
    """Where answers are kept from run to run."""

    def get(self, key: _Key, now: float) -> Found[V] | Absent | None:
        """Return what is kept, `stale` where it is past its lifetime at `now`; None where nothing is."""

    def put(self, key: _Key, answer: Found[V] | Absent) -> None:
        """Keep `answer`: after this call it is there for the next run, even if this one is killed."""


async def recall(
    keys: Iterable[K],
    shelf: Shelf[K, V],
    ask: Ask[K, V],
    answer: Answer[K, V] = lambda _key, _answer: None,
    *,
    now: float,
    offline: bool = False,
    refresh: bool = False,
) -> dict[K, LookUp[V]]:
    """Return an answer to each distinct key, in sorted order: the kept one, else what `ask` answers.

    `ask` gets every question once, sorted, and is not called without questions. What it answers is kept at
    once, so nothing is lost where it raises or is cancelled; Failed is never kept. A kept answer past its
    lifetime (with `refresh`: any) is asked again and, where that fails, serves marked `stale`. With `offline`
    nothing is asked.
    """
    answers: dict[K, LookUp[V]] = {}
    questions: dict[K, None] = {}
    for key in dict.fromkeys(keys):
        kept = shelf.get(key, now)
        is_asked = not offline and (refresh or kept is None or kept.stale)
        if kept is None:
            answers[key] = _OFFLINE if offline else _UNANSWERED
        else:
            # Until it is answered anew, the kept answer is the best there is.
            answers[key] = replace(kept, stale=True) if is_asked else kept
        if is_asked:
            questions[key] = None
        else:
            answer(key, answers[key])

    def take(key: K, given: LookUp[V]) -> None:
        if key not in questions:
            return
        del questions[key]
        if not isinstance(given, Failed):
            shelf.put(key, given)
            answers[key] = given
        elif isinstance(answers[key], Failed):
            answers[key] = given
        answer(key, answers[key])

    if questions:
        await ask(tuple(questions), take)
    for key in questions:
        answer(key, answers[key])
    return answers
