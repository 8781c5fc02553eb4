from __future__ import annotations

import json
from dataclasses import fields
from typing import get_args

from enrich.model.survey import CitedBy, Count, Fault, Generator, Layout, Survey
from enrich.report import survey as shown
from enrich.report.survey import as_json, render

LAYOUT = Layout(
    "jekyll",
    "_config.yml is Jekyll's configuration",
    ".",
    "they stand anywhere",
    ("**/*.md",),
    ("_site/",),
    "built",
    others=(".obsidian/ is Obsidian's",),
)
SURVEY = Survey(
    LAYOUT,
    pages=2104,
    citing=1800,
    opted_out=1,
    formats=(Count("json", 0, 0), Count("yaml", 2100, 2100), Count("none", 2, 2)),
    cited_by=(Count("doi", 1800, 2400), Count("damaged_doi", 0, 0), Count("words", 12, 30)),
    pdf_hosts=(Count("cdn.site.example", 410, 412), Count("", 1, 1)),
    refused=(Fault("a\x1b.md", "broken", 3),),
    unreadable=(Fault("b.md", "cannot be read: Permission denied"),),
)


def test_the_sheet_tells_the_generator_and_counts_what_is_there() -> None:
    lines = render(SURVEY).splitlines()

    assert lines[0] == "Jekyll: _config.yml is Jekyll's configuration"
    assert "  beside it: .obsidian/ is Obsidian's" in lines
    assert "  2,104 pages in .: they stand anywhere" in lines
    assert "  without _site/: built" in lines
    assert "    2,100  YAML" in lines
    assert "    1,800      2,400  DOI" in lines
    assert "       12         30  words alone" in lines
    assert "    1,800             any of these" in lines
    assert "      410        412  cdn.site.example" in lines
    assert "        1          1  the site itself" in lines
    assert "1 page kept out of it by `enrich: false`" in lines
    assert "  a\\x1b.md:3  broken" in lines
    assert not any("JSON" in line or "damaged" in line for line in lines)


def test_the_sheet_of_no_pages_says_so() -> None:
    assert (
        render(Survey(Layout("plain", "why", ".", "because", ())))
        == "Plain Markdown: why\n  0 pages in .: because\n"
    )


def test_pages_that_cite_nothing_are_told() -> None:
    assert "\n\nNo page cites a paper in a way that is known\n" in render(Survey(LAYOUT, pages=3))


def test_a_long_list_is_cut_and_says_how_many_more_there_are() -> None:
    faults = tuple(Fault(f"{number}.md", "broken", 1) for number in range(23))

    assert "  and 3 more; --json has them all" in render(Survey(LAYOUT, refused=faults)).splitlines()


def test_colours_are_only_where_they_are_wanted() -> None:
    assert "\x1b" in render(SURVEY, colour=True)
    assert "\x1b" not in render(SURVEY)


def test_every_generator_and_every_kind_has_its_words() -> None:
    assert shown._GENERATORS.keys() == {*get_args(Generator)}
    assert shown._CITED_BY.keys() == {*get_args(CitedBy)}


def test_json_has_all_that_the_survey_has() -> None:
    whole = json.loads(as_json(SURVEY))

    assert whole["version"] == 1
    assert {*whole} >= {field.name for field in fields(Survey)} - {"layout"}
    assert whole["generator"] == "jekyll"
    assert whole["cited_by"]["doi"] == {"pages": 1800, "citations": 2400}
    assert whole["pdf_hosts"][1] == {"host": None, "pages": 1, "links": 1}
    assert whole["refused"] == [{"path": "a\x1b.md", "line": 3, "reason": "broken"}]


def test_json_holds_names_that_are_no_utf_8() -> None:
    text = as_json(Survey(LAYOUT, unreadable=(Fault("\udcff.md", "r"),)))

    assert json.loads(text.encode())["unreadable"][0]["path"] == "\udcff.md"
