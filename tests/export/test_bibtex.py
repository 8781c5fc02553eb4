from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import NameParts, SeparateCoAuthors, SplitNameParts
from bibtexparser.model import Entry as Read
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.export import bibtex
from enrich.export.entry import Entry, entries
from enrich.export.plain import line
from enrich.model.accession import ArxivId, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Update, Work

PAPER = Work(
    Doi("10.1175/1520(1974)102<0736:w_a>2.0.co;2"),
    title="Selenium & bones: 5% of {111} in Korea",
    authors=(
        Author("Jo", "van der Berg", suffix="Jr"),
        Author("", "Plato of Athens"),
        Group("World Health Organization"),
        Author("Johnson and", "Smith, Inc"),
    ),
    editors=(Author("Ed", "Itor"),),
    container="Journal of Made Examples",
    short_container="J Made Ex",
    published=PartialDate(2022, 4, 20),
    volume="14",
    issue="9",
    pages="233-240.e2",
    kind="journal-article",
    publisher="Press #1",
    issn=("1234-5678",),
    updated_by=(Update("retraction", Doi("10.5555/notice"), PartialDate(2023)),),
    pmid=Pmid("7"),
    pmcid=Pmcid("PMC7"),
)
WRITTEN = r"""@article{vanderberg2022selenium,
  author = {van der Berg, Jr, Jo and {Plato of Athens} and {World Health Organization} and {Smith, Inc}, {Johnson and}},
  title = {Selenium \& bones: 5\% of \{111\} in {Korea}},
  journal = {Journal of Made Examples},
  shortjournal = {J Made Ex},
  year = {2022},
  month = apr,
  volume = {14},
  number = {9},
  pages = {233--240.e2},
  publisher = {Press \#1},
  issn = {1234-5678},
  doi = {10.1175/1520(1974)102<0736:w_a>2.0.co;2},
  pmid = {7},
  pmcid = {PMC7},
  keywords = {retracted},
  note = {Retracted (notice 10.5555/notice, 2023).},
  annote = {Cited on a.md; b\_c.md.},
}
"""


def read(text: str) -> list[Read]:
    library = parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks
    return library.entries


def one(work: Work) -> dict[str, str]:
    (entry,) = read(bibtex.render(entries([("a.md", work)])))
    return {"": entry.entry_type, **{name: field.value for name, field in entry.fields_dict.items()}}


def test_an_entry_is_written_for_latex() -> None:
    assert bibtex.render(entries([("b_c.md", PAPER), ("a.md", PAPER)])) == WRITTEN


def test_names_are_read_back_in_their_parts() -> None:
    (entry,) = read(WRITTEN)

    names: list[NameParts] = entry["author"]
    assert [tuple(map(" ".join, (name.von, name.last, name.jr, name.first))) for name in names] == [
        ("van der", "Berg", "Jr", "Jo"),
        ("", "{Plato of Athens}", "", ""),
        ("", "{World Health Organization}", "", ""),
        ("", "{Smith, Inc}", "", "{Johnson and}"),
    ]


def test_a_chapter_keeps_its_own_title_and_the_books() -> None:
    chapter = Work(
        Doi("10.5555/c"), "Chapter", container="Book", editors=(Author("Ed", "Itor"),), kind="book-chapter"
    )
    said = one(chapter)
    assert (said[""], said["title"], said["booktitle"]) == ("incollection", "Chapter", "Book")
    assert [name.last for name in said["editor"]] == [["Itor"]]  # type: ignore[attr-defined]


def test_every_kind_names_its_publisher_and_container_as_bibtex_does() -> None:
    work = Work(Doi("10.5555/x"), "T", container="C", publisher="P", kind="dissertation")
    assert one(work) | {"school": "P", "": "phdthesis"} == one(work)
    preprint = Work(Doi("10.5555/x"), "T", container="C", publisher="P", kind="posted-content")
    assert one(preprint) | {"howpublished": "C", "publisher": "P", "": "misc"} == one(preprint)
    assert one(replace(preprint, container=""))["howpublished"] == "P"


def test_a_date_is_as_precise_as_it_is_known() -> None:
    assert "month" not in one(Work(Doi("10.5555/x"), published=PartialDate(987)))
    assert one(Work(Doi("10.5555/x"), published=PartialDate(987)))["year"] == "0987"
    assert "year" not in one(Work(Doi("10.5555/x")))


def test_a_work_without_a_doi_has_an_address() -> None:
    assert one(Work(None, "T", pmid=Pmid("7")))["url"] == "https://pubmed.ncbi.nlm.nih.gov/7/"
    preprint = one(Work(Doi("10.48550/arxiv.2101.00001"), arxiv=ArxivId("2101.00001")))
    assert (preprint["eprint"], preprint["archiveprefix"]) == ("2101.00001", "arXiv")
    assert "url" not in preprint


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_whatever_a_work_holds_is_read_back(
    works: st.SearchStrategy[Work], decoded: Callable[[str], str], data: st.DataObject
) -> None:
    made = entries(("a.md", work) for work in data.draw(st.lists(works, max_size=2)))
    back = read(bibtex.render(made))

    assert [entry.key for entry in back] == [entry.key for entry in made]
    for entry, said in zip(made, back, strict=True):
        fields = {name: field.value for name, field in said.fields_dict.items()}
        assert decoded(fields.get("title", "")) == line(entry.work.title)
        assert decoded(fields.get("volume", "")) == line(entry.work.volume)
        assert [whole(name, decoded) for name in fields.get("author", [])] == [
            squeezed(name) for author in entry.work.authors if (name := line(str(author)))
        ]


def whole(name: NameParts, decoded: Callable[[str], str]) -> str:
    # One by one: names that stand apart make no sign of two, as `?` and a backtick do.
    return squeezed("".join(map(decoded, (*name.first, *name.von, *name.last, *name.jr))))


def squeezed(text: str) -> str:
    """Leave out the spaces between names."""
    return "".join(text.split())


def test_real_works_are_read_back(real: tuple[Entry, ...], decoded: Callable[[str], str]) -> None:
    back = read(bibtex.render(real))

    assert [entry.key for entry in back] == [entry.key for entry in real]
    assert [Doi.parse(entry["doi"]) for entry in back] == [entry.work.doi for entry in real]
    titles = [entry.fields_dict for entry in back[::9]]
    assert [decoded(each["title"].value if "title" in each else "") for each in titles] == [
        entry.work.title for entry in real[::9]
    ]
