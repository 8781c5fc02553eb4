from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import Unidentified
from enrich.page.body import outline, scan
from enrich.page.match.unidentified import LONGEST, find

TITLE = "Sunlight and bone strength in older sailors: a cohort study"
PLACE = "J Mar Med. 2012 Sep 25;13(1):84-90."
NAMES = "Jane Smith 1, Adam B Doe 2, Carl Roe 1 2"
REFERENCE = f"Smith J, Doe AB. {TITLE}. {PLACE}"
PROSE = "Sunlight was associated with bone strength in sailors of 1850 (p = 0.03). " * 6


def cited(text: str) -> tuple[Unidentified, ...]:
    read = outline.read(text.encode(), 0)
    return find(read, scan.mentions(read))


def only(text: str) -> Unidentified:
    (found,) = cited(text)
    return found


def test_a_heading_over_a_journals_line_is_a_citation() -> None:
    found = only(f"#### {TITLE}\n\n{PLACE}\n\n{NAMES}\n\n{PROSE}")

    assert found.claims.titles == (TITLE,)
    assert found.claims.authors == NAMES
    assert (found.claims.journals[0], found.claims.years, found.claims.page) == ("J Mar Med", (2012,), "84")
    assert found.line == 3
    assert (found.section, found.block) == (0, 1)
    assert found.query == f"{TITLE}. {NAMES}. J Mar Med 2012;13:84"


def test_the_span_is_that_of_the_citations_block() -> None:
    text = f"Ünder.\n\n#### {TITLE}\n\n{PLACE}\n"
    span = only(text).span

    assert text.encode()[span.start : span.end].decode().strip() == PLACE


@pytest.mark.parametrize(
    "text",
    [
        f"## New studies\n\n**{TITLE}**\n{PLACE}\n{NAMES}\n",
        f"## New studies\n\n**{TITLE}** {PLACE}\n",
        f"## New studies\n\n**{TITLE}**\n\n{NAMES}\n\n{PLACE}\n",
        f"## New studies\n\n[{TITLE}](https://publisher.example/1)\n{PLACE}\n",
        f"## New studies\n\n- **{TITLE}** {PLACE}\n",
        f"## References\n\n1. {REFERENCE}\n",
        f"## References\n\n{REFERENCE}\n",
        f"Smith J, Doe AB. Sunlight and bone strength\nin older sailors: a cohort study.\n{PLACE}\n",
        f"| Title | Journal | Year |\n|---|---|---|\n| {TITLE} | J Mar Med | 2012 |\n",
        f"| No | Reference |\n|---|---|\n| 1 | {REFERENCE} |\n",
        f"- [{TITLE}](https://publisher.example/1) (J Mar Med, 2012)\n",
        f"## {TITLE}\n\nSmith J, Doe AB. {PLACE}\n",
        f"## New studies\n\n**{TITLE}**\nAnn Roe, Jane E. Smith, Adam Doe. {PLACE}\n",
        f"- **{TITLE}** Smith J, et al. {PLACE}\n",
        f"# 3. {TITLE}\n\n{PLACE}\n",
        f"### {TITLE}\n\n- **Authors:** Jane Smith\n- **Journal:** J Mar Med\n- **Year:** 2012\n",
        f"Title: {TITLE}\nJournal: J Mar Med\nYear: 2012\n",
        f"| Paper | Ref |\n|---|---|\n| {TITLE} | {PLACE} |\n",
        f"| What | Where |\n|---|---|\n| {TITLE} | {PLACE} |\n",
        f"## New studies\n\n{PLACE}\n**{TITLE}**\nJane Smith, Adam Doe\n",
    ],
)
def test_a_title_in_bold_a_list_or_a_table_is_a_citation(text: str) -> None:
    assert TITLE in only(text).claims.titles


def test_a_short_title_in_a_row_needs_three_more_cells() -> None:
    heads = "| Title | Authors | Journal | Year |\n|---|---|---|---|\n"

    assert only(f"{heads}| Old bones | Smith J | J Mar Med | 2012 |\n").claims.titles == ("Old bones",)
    assert cited(f"{heads}| Old bones | | J Mar Med | 2012 |\n") == ()


@pytest.mark.parametrize("head", ["### Old bones\n\n", "## New studies\n\n**Old bones**\n"])
def test_a_short_title_over_a_whole_place_is_a_citation(head: str) -> None:
    found = only(f"{head}Jane Smith 1\n\n{PLACE}\n")

    assert found.claims.titles == ("Old bones",)
    assert found.claims.authors == "Jane Smith 1"
    assert cited(f"{head}J Mar Med. 2012;13(1)\n") == ()


def test_a_title_over_an_author_line_is_a_citation() -> None:
    assert only(f"### {TITLE}\n\n{NAMES}\n\n{PROSE}").query == f"{TITLE}. {NAMES}"


@pytest.mark.parametrize(
    "identifier",
    [
        "[doi: 10.1000/xyz](https://doi.org/10.1000/xyz)",
        "PMID: 23006613",
        "[abstract](https://pubmed.ncbi.nlm.nih.gov/23006613/)",
        "PMC3502158",
        "arXiv:2101.00001",
    ],
)
def test_what_has_an_identifier_is_left_to_it(identifier: str) -> None:
    assert cited(f"### {TITLE}\n\n{PLACE} {identifier}\n") == ()
    assert cited(f"### {TITLE}\n\n{PLACE}\n\n{PROSE}\n\n{identifier}\n") == ()
    assert cited(f"- {REFERENCE} {identifier}\n") == ()
    assert cited(f"{REFERENCE}\n{identifier}\n") == ()
    assert (
        cited(
            f"| Title | Journal | Year | Id |\n|---|---|---|---|\n| {TITLE} | J Mar Med | 2012 | {identifier} |\n"
        )
        == ()
    )


def test_a_list_loses_only_the_items_with_an_identifier() -> None:
    other = REFERENCE.replace("Sunlight", "Moonlight")

    assert only(f"- {REFERENCE} doi:10.1000/xyz\n- {other}\n").line == 2
    assert only(f"{REFERENCE} doi:10.1000/xyz\n\n{other}\n").line == 3


def test_a_bold_title_ends_what_belongs_to_the_one_before() -> None:
    second = "Moonlight and bone strength in older sailors"
    text = f"## Studies\n\n**{TITLE}**\n{PLACE} doi:10.1000/xyz\n\n**{second}**\n{PLACE}\n"

    assert only(text).claims.titles == (second,)


def test_a_hard_wrapped_reference_with_its_identifier_is_left_alone() -> None:
    text = f"Smith J, Doe AB. Sunlight and bone strength\nin older sailors. {PLACE}\ndoi:10.1000/xyz\n"

    assert cited(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        f"## Summary\n\n{PROSE}",
        "## See also\n\n- [Bones](/bones)\n- [Sailors and their bones in the winter of 2012](/sailors)\n",
        "## Items in both categories Bones and Sailors\n\nBones, Sailors, Heart Failure\n",
        "### Causes of weak bones in older sailors\n\nBreast Cancer, Colon Cancer, Heart Failure\n",
        f"## Summary\n\n{PLACE}\n",
        f"{PROSE}\n\n{PLACE}\n",
        f"```\n{REFERENCE}\n```\n",
        f"<!-- {REFERENCE} -->\n",
        "# SHA256 Fingerprint: e3:89:36:0d:0f:db:ae\n-----BEGIN-----\nMIIEGjCCAwICEQ5DsoKeLbnVqAc\n",
        "Opening hours 2012: Monday 10:30-11:45\n",
        "- [Sailors and their bones in the winter](/sailors) (Our Wiki, 2012)\n",
        f"### {TITLE}\n\nJ Mar Med. 2012;13(1):84.\n\nAnn Sea. 2013;14(2):99.\n",
        "",
    ],
)
def test_ordinary_text_is_no_citation(text: str) -> None:
    assert cited(text) == ()


def test_places_above_their_titles_are_not_mixed_up() -> None:
    other = "Moonlight and bone strength in older sailors"
    later = "Ann Sea. 2013;14(2):99-105."
    first, second = cited(f"## Studies\n\n{PLACE}\n**{TITLE}**\n\n{later}\n**{other}**\n")

    assert (first.claims.titles, first.claims.page) == ((TITLE,), "84")
    assert (second.claims.titles, second.claims.page) == ((other,), "99")


def test_the_same_words_are_one_citation() -> None:
    assert only(f"- {REFERENCE}\n- {REFERENCE}\n").line == 1


def test_long_author_lists_do_not_crowd_out_the_place() -> None:
    names = ", ".join(f"Person{chr(65 + n)} {chr(65 + n)}" for n in range(26))
    query = only(f"- {names}. {TITLE}. {PLACE}\n").query

    assert query.startswith(TITLE)
    assert query.endswith("J Mar Med 2012;13:84")


@given(
    st.lists(
        st.sampled_from(
            [f"### {TITLE}", PLACE, NAMES, REFERENCE, PROSE, f"**{TITLE}**", "- x", "|", "doi:10.1/x"]
        )
    )
)
@settings(max_examples=100, deadline=None)
def test_any_order_of_lines_gives_distinct_queries_that_fit(lines: list[str]) -> None:
    found = cited("\n".join(lines))

    queries = [each.query for each in found]
    assert len(set(queries)) == len(queries)
    assert all(0 < len(query) <= LONGEST for query in queries)
