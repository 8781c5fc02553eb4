"""The shelf first, then ask."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.store.recall import Answer, recall

NOW = 1000.0
OLD = Found("old", 1.0)


@dataclass
class Board:
    """A shelf in memory: rows in `expired` are past their lifetime."""

    rows: dict[str, Found[str] | Absent] = field(default_factory=dict)
    expired: frozenset[str] = frozenset()

    def get(self, key: str, now: float) -> Found[str] | Absent | None:
        kept = self.rows.get(key)
        return replace(kept, stale=key in self.expired) if kept else None

    def put(self, key: str, answer: Found[str] | Absent) -> None:
        self.rows[key] = answer


@dataclass
class Source:
    """Answers from a table, and remembers what it was asked; what is not in the table gets no answer."""

    answers: dict[str, LookUp[str]] = field(default_factory=dict)
    asked: list[list[str]] = field(default_factory=list)

    async def ask(self, keys: Sequence[str], answer: Answer[str, str]) -> None:
        self.asked.append(list(keys))
        for key in keys:
            if key in self.answers:
                answer(key, self.answers[key])


async def test_every_key_has_one_answer_and_each_question_is_asked_once_in_order() -> None:
    source = Source({"a": Found("A", NOW), "b": Absent("not_found", "", NOW)})

    answers = await recall(["b", "c", "a", "b"], Board(), source.ask, now=NOW)

    assert source.asked == [["b", "c", "a"]]
    assert list(answers) == ["b", "c", "a"]
    assert answers["a"] == Found("A", NOW)
    assert answers["b"] == Absent("not_found", "", NOW)
    assert isinstance(answers["c"], Failed)


async def test_what_is_kept_is_not_asked() -> None:
    source = Source()

    answers = await recall(["a"], Board({"a": OLD}), source.ask, now=NOW)

    assert answers == {"a": OLD}
    assert source.asked == []


async def test_no_keys_ask_nobody() -> None:
    source = Source()

    assert await recall([], Board(), source.ask, now=NOW) == {}
    assert source.asked == []


async def test_an_answer_is_kept_and_a_failure_is_not() -> None:
    board = Board()
    source = Source(
        {"a": Found("A", NOW), "b": Failed("unavailable", "timeout"), "c": Absent("not_found", "", 1)}
    )

    answers = await recall("abc", board, source.ask, now=NOW)

    assert board.rows == {"a": Found("A", NOW), "c": Absent("not_found", "", 1)}
    assert answers["b"] == Failed("unavailable", "timeout")


async def test_an_expired_answer_is_asked_again() -> None:
    board = Board({"a": OLD}, frozenset("a"))
    source = Source({"a": Found("new", NOW)})

    assert await recall("a", board, source.ask, now=NOW) == {"a": Found("new", NOW)}


@pytest.mark.parametrize("given", [{}, {"a": Failed("unavailable", "503")}])
async def test_an_expired_answer_serves_as_stale_where_nobody_answers(given: dict[str, LookUp[str]]) -> None:
    board = Board({"a": OLD}, frozenset("a"))

    assert await recall("a", board, Source(given).ask, now=NOW) == {"a": replace(OLD, stale=True)}


async def test_refresh_asks_what_is_fresh_and_falls_back_on_it_marked_stale() -> None:
    board = Board({"a": OLD, "b": OLD})
    source = Source({"a": Found("new", NOW), "b": Failed("unavailable", "")})

    answers = await recall("ab", board, source.ask, now=NOW, refresh=True)

    assert answers == {"a": Found("new", NOW), "b": replace(OLD, stale=True)}


async def test_offline_asks_nobody() -> None:
    board = Board({"a": OLD, "b": OLD}, frozenset("b"))
    source = Source()

    answers = await recall("abc", board, source.ask, now=NOW, offline=True, refresh=True)

    assert source.asked == []
    assert answers["a"] == OLD
    assert answers["b"] == replace(OLD, stale=True)
    assert isinstance(answers["c"], Failed) and answers["c"].kind == "not_asked"


async def test_what_came_before_a_fault_is_kept() -> None:
    board = Board()

    async def ask(keys: Sequence[str], answer: Answer[str, str]) -> None:
        answer("a", Found("A", NOW))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await recall("ab", board, ask, now=NOW)
    assert board.rows == {"a": Found("A", NOW)}


async def test_what_came_before_the_run_was_cancelled_is_kept() -> None:
    board, came = Board(), asyncio.Event()

    async def ask(keys: Sequence[str], answer: Answer[str, str]) -> None:
        answer("a", Found("A", NOW))
        came.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(recall("ab", board, ask, now=NOW))
    await came.wait()
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert board.rows == {"a": Found("A", NOW)}


async def test_an_answer_to_what_nobody_asked_is_dropped() -> None:
    board = Board({"b": OLD})

    async def ask(keys: Sequence[str], answer: Answer[str, str]) -> None:
        for key in "abc":
            answer(key, Found("new", NOW))

    assert await recall("ab", board, ask, now=NOW) == {"a": Found("new", NOW), "b": OLD}
    assert "c" not in board.rows


async def test_the_first_answer_to_a_question_is_the_one_that_counts() -> None:
    told: list[tuple[str, LookUp[str]]] = []

    async def ask(keys: Sequence[str], answer: Answer[str, str]) -> None:
        answer("a", Found("A", NOW))
        answer("a", Failed("unavailable", "late"))

    answers = await recall("a", Board(), ask, lambda *each: told.append(each), now=NOW)

    assert answers == {"a": Found("A", NOW)}
    assert told == [("a", Found("A", NOW))]


async def test_each_answer_is_told_once_it_is_final() -> None:
    told: list[tuple[str, LookUp[str]]] = []
    source = Source({"b": Found("B", NOW)})

    answers = await recall(
        ["c", "a", "b"], Board({"a": OLD}), source.ask, lambda *each: told.append(each), now=NOW
    )

    assert [key for key, _ in told] == ["a", "b", "c"]
    assert dict(told) == answers
