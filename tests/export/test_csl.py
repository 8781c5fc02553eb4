from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.export import csl
from enrich.export.entry import Entry, entries
from enrich.model.accession import Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.kind import _KINDS, kind
from enrich.model.work import Author, Group, PartialDate, Update, Work

with warnings.catch_warnings():
    # It calls what newer versions of Python deprecate.
    warnings.simplefilter("ignore")
    import citeproc
    from citeproc import formatter
    from citeproc.source.json import CiteProcJSON

PAPER = Work(
    Doi("10.5555/bones"),
    title="Selenium in bones",
    authors=(Author("Jo", "Marten", suffix="Jr"), Group("World Health Organization"), Author("Plato", "")),
    editors=(Author("Ed", "Itor"),),
    container="Journal of Made Examples",
    short_container="J Made Ex",
    published=PartialDate(2022, 4, 20),
    volume="14",
    issue="9",
    pages="568-585",
    kind="journal-article",
    publisher="Press",
    issn=("1234-5678", "2345-6789"),
    updated_by=(Update("retraction", Doi("10.5555/notice"), PartialDate(2023, 1)),),
    pmid=Pmid("7"),
    pmcid=Pmcid("PMC7"),
)
ITEM = {
    "id": "marten2022selenium",
    "type": "article-journal",
    "title": "Selenium in bones",
    "author": [
        {"family": "Marten", "given": "Jo", "suffix": "Jr"},
        {"literal": "World Health Organization"},
        {"literal": "Plato"},
    ],
    "container-title": "Journal of Made Examples",
    "container-title-short": "J Made Ex",
    "issued": {"date-parts": [[2022, 4, 20]]},
    "volume": "14",
    "issue": "9",
    "page": "568-585",
    "publisher": "Press",
    "ISSN": "1234-5678, 2345-6789",
    "DOI": "10.5555/bones",
    "PMID": "7",
    "PMCID": "PMC7",
    "URL": "https://doi.org/10.5555/bones",
    "status": "retracted",
    "note": "Retracted (notice 10.5555/notice, 2023-01). Cited on a.md.",
}


def read(text: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(text)
    return items


def rendered(text: str) -> list[str]:
    """Return the bibliography that a CSL processor makes, in its own style."""
    items = read(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
        made = citeproc.CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for item in items:
            made.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
        return [str(line) for line in made.bibliography()]


def names_of(definition: str) -> set[str]:
    """Return the words that the schema of CSL, which the processor ships, lists under a name."""
    space = "{http://relaxng.org/ns/structure/1.0}"
    schema = ElementTree.parse(Path(citeproc.SCHEMA_PATH)).getroot()
    found = [one for one in schema.iter(f"{space}define") if one.get("name") == definition]
    words = {value.text or "" for one in found for value in one.iter(f"{space}value")}
    references = [one.get("name") or "" for each in found for one in each.iter(f"{space}ref")]
    return words.union(*map(names_of, references))


def test_an_item_says_what_is_known() -> None:
    assert read(csl.render(entries([("a.md", PAPER)]))) == [ITEM]
    assert read(csl.render(entries([("a.md", Work(Doi("10.5555/x")))]))) == [
        {
            "id": "work",
            "type": "document",
            "DOI": "10.5555/x",
            "URL": "https://doi.org/10.5555/x",
            "note": "Cited on a.md.",
        }
    ]


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        (PartialDate(2022, 4, 20), [2022, 4, 20]),
        (PartialDate(2022, 4), [2022, 4]),
        (PartialDate(2022), [2022]),
        (PartialDate(2022, None, 20), [2022]),
    ],
)
def test_a_date_is_as_partial_as_it_is(date: PartialDate, parts: list[int]) -> None:
    (entry,) = entries([("a.md", Work(Doi("10.5555/x"), published=date))])

    assert csl.item(entry)["issued"] == {"date-parts": [parts]}


def test_every_type_and_variable_is_one_of_csl() -> None:
    types, variables = names_of("item-types"), names_of("variables")

    assert {"article-journal", "dataset"} <= types
    assert {*(one.csl for one in _KINDS.values()), kind(Work(None)).csl} <= types
    assert {*ITEM, "editor"} - {"id", "type"} <= variables


def test_a_csl_processor_renders_it() -> None:
    (line,) = rendered(csl.render(entries([("a.md", PAPER)])))

    assert line == (
        "Marten, J., Jr, World Health Organization and Plato (2022) “Selenium in bones”, "
        "Journal of Made Examples, 14(9), pp. 568–585. Available at: https://doi.org/10.5555/bones."
    )


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_a_work_holds_is_read_back(works: st.SearchStrategy[Work], data: st.DataObject) -> None:
    made = entries(("a.md", work) for work in data.draw(st.lists(works, max_size=3)))
    back = read(csl.render(made))

    assert [item["id"] for item in back] == [entry.key for entry in made]
    assert [item.get("title", "") for item in back] == [entry.work.title for entry in made]
    assert all(all(item.values()) for item in back)


def test_real_works_are_read_back_and_rendered(real: tuple[Entry, ...]) -> None:
    assert [item["DOI"] for item in read(csl.render(real))] == [str(entry.work.doi) for entry in real]
    assert len(rendered(csl.render(real[::25]))) == len(real[::25])
