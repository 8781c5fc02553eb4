from __future__ import annotations

from enrich.model.outcome import Difference
from enrich.report.html.change import counted


def test_changes_are_counted_by_kind() -> None:
    entry = {"doi": "10.1/x"}
    changes = [
        Difference("citations[10.1/x]", None, entry, ""),
        Difference("citations[10.1/y]", entry, None, ""),
        Difference("citations[10.1/z].journal", None, "Selenium", ""),
        Difference("citations[10.1/z].title", "A", "B", ""),
        Difference("citations[10.1/z].issue", "1", "2", ""),
        Difference("journal", "A", None, ""),
    ]

    assert counted(changes) == (
        "1 paper added",
        "1 paper taken out",
        "1 value filled in",
        "2 values brought up to date",
        "1 value taken out",
    )
    assert counted([]) == ()
