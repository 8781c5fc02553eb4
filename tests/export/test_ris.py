from __future__ import annotations

import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.export import ris
from enrich.export.entry import Entry, entries
from enrich.export.plain import line
from enrich.model.accession import Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Update, Work

PAPER = Work(
    Doi("10.1175/1520<0736:w;a>2.0.co;2"),
    title="Selenium\nin bones",
    authors=(Author("Jo", "Marten", suffix="Jr"), Group("World Health Organization")),
    editors=(Author("Ed", "Itor"),),
    container="Proceedings of Made Examples",
    short_container="Proc Made Ex",
    published=PartialDate(2022, 4),
    volume="14",
    issue="9",
    pages="568-585",
    kind="proceedings-article",
    publisher="Press",
    issn=("1234-5678", "2345-6789"),
    updated_by=(Update("correction", None),),
    pmid=Pmid("7"),
    pmcid=Pmcid("PMC7"),
)
WRITTEN = """TY  - CPAPER
ID  - marten2022selenium
AU  - Marten, Jo, Jr
AU  - World Health Organization
A2  - Itor, Ed
TI  - Selenium in bones
T2  - Proceedings of Made Examples
J2  - Proc Made Ex
PY  - 2022
DA  - 2022/04/
VL  - 14
IS  - 9
SP  - 568
EP  - 585
PB  - Press
SN  - 1234-5678, 2345-6789
DO  - 10.1175/1520<0736:w;a>2.0.co;2
AN  - 7
C2  - PMC7
UR  - https://doi.org/10.1175/1520%3C0736:w%3Ba%3E2.0.co%3B2
KW  - corrected
N1  - Corrected.
N1  - Cited on a.md; b.md.
ER  -
"""


def test_a_reference_is_written_line_by_line() -> None:
    written = ris.render(entries([("a.md", PAPER), ("b.md", PAPER)]))

    assert written == WRITTEN.replace("ER  -", "ER  - ").replace("\n", "\r\n")


def test_references_stand_apart_and_say_only_what_is_known() -> None:
    written = ris.render(entries([("a.md", Work(Doi("10.5555/a"))), ("a.md", Work(Doi("10.5555/b")))]))

    assert written.count("\r\n\r\n") == 1
    assert "PY" not in written
    assert "TI" not in written
    assert "DA" not in ris.render(entries([("a.md", Work(Doi("10.5555/a"), published=PartialDate(2022)))]))


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_a_work_holds_is_read_back(works: st.SearchStrategy[Work], data: st.DataObject) -> None:
    made = entries(("a.md", work) for work in data.draw(st.lists(works, max_size=3)))
    back = rispy.loads(ris.render(made))

    assert [said["id"] for said in back] == [entry.key for entry in made]
    for entry, said in zip(made, back, strict=True):
        assert said.get("title", "") == line(entry.work.title)
        assert said.get("secondary_title", "") == line(entry.work.container)
        assert len(said.get("authors", [])) == sum(bool(line(str(author))) for author in entry.work.authors)
        assert said["notes"][-1] == entry.cited_on


def test_real_works_are_read_back(real: tuple[Entry, ...]) -> None:
    back = rispy.loads(ris.render(real))

    assert [said["doi"] for said in back] == [str(entry.work.doi) for entry in real]
    assert [said.get("authors", []) for said in back] == [
        [
            ", ".join(filter(None, (one.family, one.given, one.suffix)))
            if isinstance(one, Author)
            else one.name
            for one in entry.work.authors
        ]
        for entry in real
    ]
