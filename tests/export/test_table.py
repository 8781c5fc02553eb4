from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.export import table
from enrich.export.entry import Entry, entries
from enrich.export.plain import line
from enrich.model.accession import Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Update, Work

PAPER = Work(
    Doi("10.5555/bones"),
    title='The "bone", again',
    authors=(Author("Jo", "Marten", suffix="Jr"), Group("World Health Organization"), Author("Plato", "")),
    published=PartialDate(2022, 4),
    kind="journal-article",
    updated_by=(Update("retraction", Doi("10.5555/notice"), PartialDate(2023)),),
    pmid=Pmid("7"),
)


def read(text: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(text, newline=""), strict=True)]


def test_a_work_is_a_row_under_the_head() -> None:
    written = table.render(entries([("b.md", PAPER), ("a.md", PAPER)]))
    (row,) = read(written)

    assert written.startswith("key,doi,pmid,")
    assert written.endswith("\r\n")
    assert {name: value for name, value in row.items() if value} == {
        "key": "marten2022bone",
        "doi": "10.5555/bones",
        "pmid": "7",
        "type": "journal-article",
        "title": 'The "bone", again',
        "authors": "Marten, Jo Jr; World Health Organization; Plato",
        "published": "2022-04",
        "status": "retracted",
        "notice": "10.5555/notice",
        "notice_date": "2023",
        "citing_pages": "2",
        "cited_on": "a.md; b.md",
    }


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("\t=1", "'=1"),
        ("'70s music", "'70s music"),
        ("a=b", "a=b"),
    ],
)
def test_no_cell_is_a_formula(said: str, written: str) -> None:
    assert table.cell(said) == written
    assert table.plain(written) == said.strip()


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_cell_is_one_safe_line_and_gives_its_text_back(
    hostile: st.SearchStrategy[str], data: st.DataObject
) -> None:
    said = data.draw(hostile)
    written = table.cell(said)

    assert table.plain(written) == line(said)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_whatever_a_work_holds_is_read_back(works: st.SearchStrategy[Work], data: st.DataObject) -> None:
    made = entries(("a.md", work) for work in data.draw(st.lists(works, max_size=3)))
    back = read(table.render(made))

    assert [row["key"] for row in back] == [entry.key for entry in made]
    assert [table.plain(row["title"]) for row in back] == [line(entry.work.title) for entry in made]


def test_real_works_are_read_back(real: tuple[Entry, ...]) -> None:
    back = read(table.render(real))

    assert [row["doi"] for row in back] == [str(entry.work.doi) for entry in real]
    assert [table.plain(row["title"]) for row in back] == [entry.work.title for entry in real]
