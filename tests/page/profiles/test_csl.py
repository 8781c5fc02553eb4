from __future__ import annotations

import json
import re
import warnings
from pathlib import Path
from xml.etree import ElementTree

import pytest

from enrich.model.accession import ArxivId, Pmcid, Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Update, Work
from enrich.page.profile import Wishes, profile
from enrich.page.profiles import csl
from enrich.page.profiles.csl import REFERENCES, people
from enrich.page.profiles.saying import Beside

with warnings.catch_warnings():
    # It calls what newer versions of Python deprecate.
    warnings.simplefilter("ignore")
    import citeproc
    from citeproc import formatter
    from citeproc.source.json import CiteProcJSON

PAPER = Work(
    Doi("10.5555/bones"),
    "Selenium in bones",
    authors=(Author("Jo", "Marten", "Jr"), Group("World Health Organization"), Author("Plato", "")),
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
    published_as=Doi("10.5555/final"),
)
ITEM = {
    "id": "doi:10.5555/bones",
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
    "note": "Retracted (notice 10.5555/notice, 2023-01). Published as 10.5555/final.",
}
PANDOC = profile("pandoc")


def variables(definition: str) -> set[str]:
    """Return the words that CSL's schema, which the processor ships, lists under a name."""
    space = "{http://relaxng.org/ns/structure/1.0}"
    schema = ElementTree.parse(Path(citeproc.SCHEMA_PATH)).getroot()
    found = [one for one in schema.iter(f"{space}define") if one.get("name") == definition]
    words = {value.text or "" for one in found for value in one.iter(f"{space}value")}
    references = [one.get("name") or "" for each in found for one in each.iter(f"{space}ref")]
    return words.union(*map(variables, references))


def test_an_item_says_what_is_known() -> None:
    assert PANDOC.values(PAPER) == ITEM
    assert PANDOC.values(Work(Doi("10.5555/x"))) == {
        "id": "doi:10.5555/x",
        "type": "document",
        "DOI": "10.5555/x",
        "URL": "https://doi.org/10.5555/x",
    }


@pytest.mark.parametrize(
    ("work", "key"),
    [
        (Work(Doi("10.5555/x"), pmid=Pmid("7")), "doi:10.5555/x"),
        (Work(None, pmid=Pmid("7"), pmcid=Pmcid("PMC7")), "pmid:7"),
        (Work(None, pmcid=Pmcid("PMC7")), "pmcid:PMC7"),
        (Work(None, arxiv=ArxivId("2101.00001")), "arxiv:2101.00001"),
        (Work(None), None),
    ],
)
def test_the_key_is_the_first_of_a_works_names(work: Work, key: str | None) -> None:
    assert PANDOC.values(work).get("id") == key


def test_the_bodys_own_key_goes_before_all_others() -> None:
    assert PANDOC.values(PAPER, cited_as="doi:10.5555/BONES")["id"] == "doi:10.5555/BONES"


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        (PartialDate(2022, 4, 20), [2022, 4, 20]),
        (PartialDate(2022, 4), [2022, 4]),
        (PartialDate(2022), [2022]),
    ],
)
def test_a_date_is_as_partial_as_it_is(date: PartialDate, parts: list[int]) -> None:
    assert PANDOC.values(Work(None, published=date))["issued"] == {"date-parts": [parts]}


def test_a_long_list_keeps_its_last_author_since_some_styles_print_that_one() -> None:
    everybody = [Author("", name) for name in "ABCDE"]

    assert [str(one) for one in people(everybody, 3)] == ["A", "B", "E"]
    assert people(everybody, 5) == everybody
    assert [str(one) for one in people(everybody, 1)] == ["E"]


def test_every_variable_is_one_of_csl_and_holds_what_csl_wants() -> None:
    names, dates = variables("variables.names"), variables("variables.dates")
    texts = (variables("variables") - names - dates) | {"id"}

    assert {*REFERENCES} == {*ITEM} | {"editor"}
    for name, value in ITEM.items():
        if name == "type":
            assert value in variables("item-types")
        elif isinstance(value, str):
            assert name in texts
        else:
            assert name in (names if isinstance(value, list) else dates)


def test_a_csl_processor_renders_it() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
        items = json.loads(json.dumps([PANDOC.values(PAPER)]))
        made = citeproc.CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        made.register(citeproc.Citation([citeproc.CitationItem("doi:10.5555/bones")]))
        (line,) = map(str, made.bibliography())

    assert line == (
        "Marten, J., Jr, World Health Organization and Plato (2022) “Selenium in bones”, "
        "Journal of Made Examples, 14(9), pp. 568–585. Available at: https://doi.org/10.5555/bones."
    )


def test_fields_that_no_item_can_do_without_are_always_there() -> None:
    assert profile("pandoc", Wishes(fields=("title",))).fields == ("id", "type", "title", "DOI")


@pytest.mark.parametrize(
    "text", ["C*-algebra", "<img src=x>", "[a](javascript:b)", "$x$ & @b_c ~d^2 \\e `f` {g} #h |i|"]
)
def test_a_text_of_a_registry_is_no_markup_to_pandoc(text: str) -> None:
    said = csl.plain(text)

    assert isinstance(said, str)
    assert said.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\") == text
    bare = re.sub(r"\\.", "", said)
    assert not set(bare) & set("\\`*_{}[]<>$~^@|#&")


def test_names_and_titles_are_said_so_and_numbers_as_they_are() -> None:
    assert csl.plain({"family": "O*Neil", "given": "A"}) == {"family": "O\\*Neil", "given": "A"}
    assert csl.plain([1]) == [1]
    assert csl.REFERENCES["title"](Work(None, "K*-theory"), Beside(9)) == "K\\*-theory"
