from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.work import Work
from enrich.page.body import outline, scan
from enrich.page.match import claims
from enrich.page.match.evidence import judge


def said(body: str) -> list[Claims]:
    """Return what the page says of each mention, in order."""
    read = outline.read(body.encode(), 0)
    mentions = scan.mentions(read)
    return [
        claims.read(read.sections, each, [other for other in mentions if other is not each])
        for each in mentions
    ]


def titles(found: Sequence[Claims]) -> list[tuple[str, ...]]:
    return [each.titles for each in found]


WIKI = (
    """#### Sunlight and bone strength in older sailors

Bone Joint Res . 2023 Jul 6;12(7):423-432. [doi: 10.1000/sun.](https://doi.org/10.1000/sun.)

Ann Lindqvist 1, Bo Ekström 2 3,  **Carl L Berg**  7

Aims: Previous studies have suggested much. Methods: PubMed was searched in 2019. """
    + "More was said. " * 30
)


def test_heading_journal_line_and_author_line_are_one_citation() -> None:
    [found] = said(WIKI)

    assert found == Claims(
        heading="Sunlight and bone strength in older sailors",
        authors=found.authors,
        journals=("Bone Joint Res",),
        years=(2023,),
        volume="12",
        page="423",
        issue="7",
        text=found.text,
    )
    assert " ".join(found.authors.split()) == "Ann Lindqvist 1, Bo Ekström 2 3, Carl L Berg 7"


def test_an_identifier_is_no_part_of_what_the_page_says() -> None:
    [found] = said("See doi:10.1001/jama.1951.03670340001001 for it.")

    assert found.years == ()
    assert "jama" not in found.text
    assert "1951" not in found.text


TWO = """## New

{title_a}Ann Lindqvist, Bo Ekström{gap}Nutrients. 2019;11(3):550. https://doi.org/10.1000/aaa

{title_b}Carl Roe, Dora Poe{gap}J Nutr. 2018;10(2):77-80. https://doi.org/10.1000/bbb
"""


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_two_papers_under_one_heading_keep_their_own_lines(gap: str) -> None:
    body = TWO.format(
        title_a=f"**Alpha matters greatly for bones**{gap}",
        title_b=f"**Beta matters little for bones**{gap}",
        gap=gap,
    )
    first, second = said(body)

    assert titles([first, second]) == [
        ("Alpha matters greatly for bones",),
        ("Beta matters little for bones",),
    ]
    assert [first.authors, second.authors] == ["Ann Lindqvist, Bo Ekström", "Carl Roe, Dora Poe"]
    assert [first.page, second.page] == ["550", "77"]


def test_a_run_of_title_journal_authors_is_parted_before_each_title() -> None:
    first, second = said(
        "## New\n\n**Alpha matters greatly for bones**\n\nNutrients. 2019;11:550. doi:10.1000/aaa\n\n"
        "Ann Lindqvist 1, Bo Ekström 2\n\n**Beta matters little for bones**\n\n"
        "J Nutr. 2018;10:77. doi:10.1000/bbb\n\nCarl Roe 1, Dora Poe 2\n"
    )

    assert titles([first, second]) == [
        ("Alpha matters greatly for bones",),
        ("Beta matters little for bones",),
    ]
    assert [first.authors, second.authors] == ["Ann Lindqvist 1, Bo Ekström 2", "Carl Roe 1, Dora Poe 2"]


def test_a_heading_belongs_to_the_first_paper_below_it() -> None:
    first, second = said("### Alpha matters\n\ndoi:10.1000/aaa\n\ndoi:10.1000/bbb\n")

    assert (first.heading, second.heading) == ("Alpha matters", "")


def test_a_line_that_may_belong_to_either_belongs_to_none() -> None:
    first, second = said("## New\n\ndoi:10.1000/aaa\n\nAnn Lindqvist 1, Bo Ekström 2\n\ndoi:10.1000/bbb\n")

    assert (first.authors, second.authors) == ("", "")


def test_list_items_speak_for_themselves() -> None:
    first, second = said(
        "## Alpha\n\n- Roe C. Selenium and bones of the old. Nutrients. 2019;11:550. doi:10.1000/aaa\n"
        "- [Iron and bones of the very young](https://doi.org/10.1000/bbb)\n"
    )

    assert (first.titles, first.heading, first.page) == (("Selenium and bones of the old",), "", "550")
    assert (second.titles, second.heading) == ((), "Iron and bones of the very young")


def test_a_bare_item_of_a_section_with_one_paper_is_read_with_its_heading() -> None:
    [found] = said(
        "## Sunlight and bone strength in older sailors\n\n- doi:10.1000/aaa\n- Funded by nobody\n"
    )

    assert found.heading == "Sunlight and bone strength in older sailors"


def test_table_cells_are_read_by_their_heads() -> None:
    first, second = said(
        "| Title | Authors | Year | Dose | DOI |\n|---|---|---|---|---|\n"
        "| Selenium and bones | Roe C, Poe D | 2019 | 1999 | 10.1000/aaa |\n"
        "| Iron and bones | Xu Y | 2018 | 1998 | 10.1000/bbb |\n"
    )

    assert (first.titles, first.authors, first.years) == (("Selenium and bones",), "Roe C, Poe D", (2019,))
    assert (second.titles, second.years) == (("Iron and bones",), (2018,))


def test_papers_in_one_sentence_have_each_its_own_words() -> None:
    first, second = said(
        "As Smith wrote (Nutrients 2019;11:550, doi:10.1000/aaa) and Roe (J Nutr 2018;10:77, doi:10.1000/bbb)"
    )

    assert [(each.journals, each.years, each.page) for each in (first, second)] == [
        (("Nutrients",), (2019,), "550"),
        (("J Nutr",), (2018,), "77"),
    ]


def test_hidden_targets_in_one_line_cannot_be_told_apart() -> None:
    first, second = said(
        "Smith J 2019 [one](https://doi.org/10.1000/aaa), 2018 [two](https://doi.org/10.1000/bbb)"
    )

    assert first == second == Claims()


def test_prose_around_a_citation_makes_no_title_and_no_authors() -> None:
    [found] = said(
        "## Bones\n\n" + "Bones are hard and last for long, as all agree. " * 8 + "So says a trial "
        "(Nutrients 2019;11(3):550, doi:10.1000/aaa). " + "Nobody has doubted it since the year 1999. " * 5
    )

    assert (found.titles, found.authors) == ((), "")
    assert (found.journals, found.volume, found.page) == (("Nutrients",), "11", "550")


def test_a_long_reference_is_no_prose() -> None:
    names = ", ".join(f"Lindqvist A{letter}" for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ")
    [found] = said(f"{names}. Sunlight and bone strength in sailors. Nutrients. 2019;11:550. doi:10.1000/aaa")

    assert found.titles == ("Sunlight and bone strength in sailors",)
    assert found.page == "550"


def test_labelled_lines_are_read() -> None:
    [found] = said(
        "## Summary\n\nTitle: Sunlight and bones\\\nAuthors: Ann Lindqvist, Bo Berg\\\nJournal: Nutrients\\\n"
        "DOI: 10.1000/aaa\n"
    )

    assert (found.titles, found.authors) == (("Sunlight and bones",), "Ann Lindqvist, Bo Berg")
    assert found.journals == ("Nutrients",)


def test_a_call_to_download_is_no_title() -> None:
    [found] = said(
        "## Bones\n\n**Click here to download the whole PDF**\n\nNutrients. 2019;11:550. doi:10.1000/aaa\n"
    )

    assert found.titles == ()


def test_a_citation_in_a_heading_is_read_with_what_follows() -> None:
    [found] = said(
        "### [Sunlight and bones](https://doi.org/10.1000/aaa)\n\nNutrients. 2019;11(3):550.\n\nText.\n"
    )

    assert (found.heading, found.page) == ("Sunlight and bones", "550")


def test_claims_stay_small() -> None:
    [found] = said(f"### {'Word ' * 300}\n\n{'Ann Smith 1, ' * 900} doi:10.1000/aaa {'tail ' * 900}")
    size = len(found.heading) + sum(map(len, found.titles)) + len(found.authors) + len(found.text)

    assert size < 4000


PAGES = sorted((Path(__file__).resolve().parents[3].parent / "shared" / "pages").glob("*.md"))


@pytest.mark.skipif(not PAGES, reason="the real pages are not beside the repository")
def test_the_real_pages_say_title_authors_and_journal() -> None:
    for path in PAGES:
        text = path.read_text()
        end = text.index("\n####")
        [found] = said(text[end:])

        assert found.heading == text[end:].split("\n")[1].lstrip("# ")
        assert found.authors
        assert found.journals[0] in ("Bone Joint Res", "Nutrients", "Adv Nutr")
        assert found.page in ("423", "1715", "nmab126")
        assert judge(found, Work(Doi("10.1/x"), found.heading)).verdict == "attested"
