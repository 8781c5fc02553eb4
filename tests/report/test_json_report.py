from __future__ import annotations

import dataclasses
import datetime
import json
import os

from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.model.claims import Fact, Judgement
from enrich.model.identifier import Doi
from enrich.model.outcome import (
    CitationOutcome,
    Difference,
    HostTraffic,
    Kept,
    LinkOutcome,
    PageOutcome,
    Report,
)
from enrich.model.work import Work
from enrich.report.json_report import plain, render
from enrich.report.tally import totals

JUDGEMENT = Judgement(
    "attested", (Fact("journal", "Nutr", "Nutrients", 1.0), Fact("year", "2021", "2022", -0.5))
)
PAGE = PageOutcome(
    "content/naïve.md",
    "written",
    citations=(
        CitationOutcome(
            "10.3390/NU14091715",
            "10.3390/nu14091715",
            7,
            "found",
            judgement=JUDGEMENT,
            work=Work(Doi("10.3390/nu14091715"), title="On rats"),
            standing="retracted",
        ),
        CitationOutcome("10.1000/none", None, 9, "not_found", "no agency knows it"),
    ),
    changes=(Difference("citations[10.3390/nu14091715].journal", None, "Nutrients", "Crossref says so"),),
    kept=(Kept("citations[10.3390/nu14091715].published", datetime.date(2022, 4, 1), "2022-04-20"),),
    links=(
        LinkOutcome("https://cdn.example/a.pdf", 7, "ok", bytes=81_920, pdf="matches", detail="its DOI"),
        LinkOutcome(
            "http://old.example/b",
            9,
            "broken",
            "missing",
            "404 Not Found",
            final_url="https://new.example/b/",
            asked_url="https://old.example/b",
            permanent="https://new.example/b",
            repaired="https://newest.example/b",
        ),
    ),
)
REPORT = Report(
    dry_run=True,
    seconds=1.23456,
    pages=(PAGE, PageOutcome("b.md", "refused", "the block is never closed", 3)),
    works=(("10.1000/none", "not_found"), ("10.3390/nu14091715", "found")),
    requests=(("api.crossref.org", HostTraffic(2, 1, 0, 900, 0.4)),),
)


def test_the_report_has_the_documented_shape_to_the_key_and_its_order() -> None:
    text = render(REPORT, 3)
    expected = {
        "version": 1,
        "dry_run": True,
        "exit_code": 3,
        "seconds": 1.235,
        "totals": totals(REPORT),
        "alerts": [],
        "requests": {
            "api.crossref.org": {"sent": 2, "retried": 1, "failed": 0, "bytes": 900, "waited_s": 0.4}
        },
        "pages": [
            {
                "path": "content/naïve.md",
                "outcome": "written",
                "reason": "",
                "citations": [
                    {
                        "identifier": "10.3390/NU14091715",
                        "doi": "10.3390/nu14091715",
                        "line": 7,
                        "status": "found",
                        "detail": "",
                        "in_words": False,
                        "matched_by": [],
                        "standing": "retracted",
                        "title": "On rats",
                        "evidence": {
                            "verdict": "attested",
                            "facts": [
                                {"kind": "journal", "page": "Nutr", "registry": "Nutrients", "weight": 1.0},
                                {"kind": "year", "page": "2021", "registry": "2022", "weight": -0.5},
                            ],
                        },
                    },
                    {
                        "identifier": "10.1000/none",
                        "doi": None,
                        "line": 9,
                        "status": "not_found",
                        "detail": "no agency knows it",
                        "in_words": False,
                        "matched_by": [],
                        "standing": None,
                        "title": None,
                        "evidence": {},
                    },
                ],
                "changes": [
                    {"key": "citations[10.3390/nu14091715].journal", "old": None, "new": "Nutrients"},
                ],
                "kept": [
                    {
                        "key": "citations[10.3390/nu14091715].published",
                        "page": "2022-04-01",
                        "registry": "2022-04-20",
                    }
                ],
                "links": [
                    {
                        "url": "https://cdn.example/a.pdf",
                        "line": 7,
                        "status": "ok",
                        "reason": "",
                        "final_url": None,
                        "bytes": 81_920,
                        "pdf": "matches",
                        "detail": "its DOI",
                        "asked_url": None,
                        "permanent": None,
                        "repaired": None,
                    },
                    {
                        "url": "http://old.example/b",
                        "line": 9,
                        "status": "broken",
                        "reason": "missing",
                        "final_url": "https://new.example/b/",
                        "bytes": None,
                        "pdf": None,
                        "detail": "404 Not Found",
                        "asked_url": "https://old.example/b",
                        "permanent": "https://new.example/b",
                        "repaired": "https://newest.example/b",
                    },
                ],
            },
            {
                "path": "b.md",
                "outcome": "refused",
                "reason": "line 3: the block is never closed",
                "citations": [],
                "changes": [],
                "kept": [],
                "links": [],
            },
        ],
    }
    assert json.dumps(json.loads(text)) == json.dumps(expected)
    assert "naïve" in text
    assert text.endswith("}\n")


def test_a_file_name_that_is_no_utf_8_survives_the_journey() -> None:
    report = Report(False, 0.0, (PageOutcome(os.fsdecode(b"\xff.md"), "unchanged"),), (), ())
    read = json.loads(render(report, 0).encode("utf-8"))
    assert os.fsencode(read["pages"][0]["path"]) == b"\xff.md"


def test_values_that_json_lacks_become_text() -> None:
    moment = datetime.datetime(2022, 4, 20, 10, 30, tzinfo=datetime.UTC)
    assert plain({1: [moment, datetime.time(8), float("nan")], "a": (True, None, 1.5, b"x")}) == {
        "1": ["2022-04-20T10:30:00+00:00", "08:00:00", "nan"],
        "a": [True, None, 1.5, "b'x'"],
    }


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.binary()


@law(max_examples=100, deadline=None)
@given(
    st.recursive(
        SCALARS, lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(), each, max_size=4)
    )
)
def test_whatever_a_page_holds_makes_strict_json(value: object) -> None:
    page = PageOutcome("a.md", "written", changes=(Difference("citations", value, value, ""),))
    text = render(Report(False, 0.0, (page,), (), ()), 0)

    def strict(word: str) -> object:
        raise AssertionError(word)

    json.loads(text.encode(), parse_constant=strict)


def test_a_paper_newly_retracted_stands_among_the_alerts() -> None:
    first, second = PAGE.citations
    news = dataclasses.replace(first, is_news=True, fate="Retracted (2026).")
    page = dataclasses.replace(PAGE, citations=(news, second))

    (alert,) = json.loads(render(dataclasses.replace(REPORT, pages=(page,)), 0))["alerts"]

    assert alert == {
        "kind": "retracted",
        "path": "content/naïve.md",
        "line": 7,
        "paper": "10.3390/nu14091715",
        "title": "On rats",
        "detail": "Retracted (2026).",
    }
