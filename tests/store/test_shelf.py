"""Answers kept with their age."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

import pytest

from enrich.model.lookup import Absent, Found
from enrich.store.shelf import Lifetimes, Shelf

DAY = 86_400.0
NOW = 1_800_000_000.0
FOUND = Found("paper", NOW)
ABSENT = Absent("no_metadata", "registered, no record", NOW)


@dataclass
class Table:
    """Rows in memory."""

    rows: dict[str, str] = field(default_factory=dict)
    distrusted: list[str] = field(default_factory=list)

    def get(self, key: str) -> str | None:
        return self.rows.get(key)

    def put(self, key: str, text: str) -> None:
        self.rows[key] = text

    def distrust(self, key: str) -> None:
        self.distrusted.append(key)


def _shelf(table: Table, version: int = 1) -> Shelf[str, str]:
    def unpack(data: object) -> str | None:
        return data if isinstance(data, str) else None

    return Shelf(table, "works", version, lambda value: value, unpack, Lifetimes(90 * DAY, 7 * DAY))


@pytest.mark.parametrize("answer", [FOUND, ABSENT])
def test_an_answer_is_kept_with_its_time(answer: Found[str] | Absent) -> None:
    shelf = _shelf(Table())
    shelf.put("k", answer)

    assert shelf.get("k", NOW) == answer


def test_what_was_never_put_is_not_there() -> None:
    assert _shelf(Table()).get("k", NOW) is None


def test_a_new_version_does_not_meet_old_rows() -> None:
    table = Table()
    _shelf(table).put("k", FOUND)

    assert _shelf(table, version=2).get("k", NOW) is None
    assert table.distrusted == []


@pytest.mark.parametrize(("answer", "days"), [(FOUND, 90), (ABSENT, 7)])
def test_an_answer_is_stale_past_its_lifetime(answer: Found[str] | Absent, days: int) -> None:
    shelf = _shelf(Table())
    shelf.put("k", answer)

    assert shelf.get("k", NOW + 0.89 * days * DAY) == answer
    assert shelf.get("k", NOW + 1.11 * days * DAY) == replace(answer, stale=True)


def test_lifetimes_differ_by_key_and_are_the_same_in_every_run() -> None:
    table = Table()
    first = _shelf(table)
    keys = [str(number) for number in range(200)]
    for key in keys:
        first.put(key, FOUND)

    def stale(shelf: Shelf[str, str]) -> list[str]:
        return [key for key in keys if (kept := shelf.get(key, NOW + 90 * DAY)) and kept.stale]

    assert 60 < len(stale(first)) < 140
    assert stale(first) == stale(_shelf(table))


@pytest.mark.parametrize("days", [2, 36_500])
def test_an_answer_from_the_future_does_not_live_for_ever(days: int) -> None:
    shelf = _shelf(Table())
    shelf.put("k", Found("paper", NOW + days * DAY))

    kept = shelf.get("k", NOW)

    assert kept and kept.stale


def test_clocks_that_differ_a_little_do_no_harm() -> None:
    shelf = _shelf(Table())
    shelf.put("k", Found("paper", NOW + 60))

    assert shelf.get("k", NOW) == Found("paper", NOW + 60)


@pytest.mark.parametrize(
    "row",
    [
        "",
        "null",
        "[1]",
        "{",
        "[" * 100_000,
        '{"at": 1}',
        '{"found": "x"}',
        '{"at": "1", "found": "x"}',
        '{"at": 1, "found": 7}',
        '{"at": 1, "found": "x", "more": 1}',
        '{"at": 1, "absent": "gone", "detail": ""}',
        '{"at": 1, "absent": ["not_found"], "detail": ""}',
        '{"at": 1, "absent": "not_found", "detail": null}',
        '{"at": 1, "absent": "not_found"}',
        '{"at": 1, "absent": "not_found", "detail": "", "found": "x"}',
    ],
    ids=lambda row: row[:40],
)
def test_a_row_that_does_not_decode_is_missing_and_told_of(row: str) -> None:
    table = Table({"works/1/k": row})
    shelf = _shelf(table)

    assert shelf.get("k", NOW) is None
    assert table.distrusted == ["works/1/k"]


@pytest.mark.parametrize("at", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_time_that_is_none_makes_the_answer_stale(at: str) -> None:
    kept = _shelf(Table({"works/1/k": f'{{"at":{at},"found":"x"}}'})).get("k", NOW)

    assert kept and kept.stale


def test_rows_are_json_text() -> None:
    table = Table()
    _shelf(table).put("10.1/ü", FOUND)

    assert {key: json.loads(row) for key, row in table.rows.items()} == {
        "works/1/10.1/ü": {"at": NOW, "found": "paper"}
    }
