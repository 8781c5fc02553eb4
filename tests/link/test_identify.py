from __future__ import annotations

import pytest

from enrich.link.identify import compare
from enrich.model.identifier import Doi
from enrich.model.link import PdfContent
from enrich.model.work import Author, Work

TITLE = "Selenium status and the density of bones in a thousand sheep"
OTHER = "Vitamin D supplementation during lactation: a randomised trial in goats"
CITED = Doi("10.5555/bones.2020.17")
WORK = Work(CITED, TITLE, authors=(Author("Ann", "Bell"), Author("Carl", "Dorn")))


def finding(
    text: str = "", *dois: str, title: str = "", work: Work = WORK, related: tuple[Doi, ...] = ()
) -> tuple[str, str]:
    content = PdfContent("v", title, tuple(Doi(doi) for doi in dois), text)
    found = compare(content, [work], related)
    return found.verdict, found.detail


@pytest.mark.parametrize(
    "text",
    [
        "https://doi.org/10.5555/BONES.2020.17",
        "doi: 10.5555/bones.\r\n2020.17",
        "doi:10.5555/bones.2020\u2010.17",
        f"Research article\r\n{TITLE}\r\nA. Bell",
        "SELENIUM STATUS AND THE DENSITY\r\nOF BONES IN A\r\nTHOUSAND SHEEP",
        "Selenium status and the density of bones in a thou sand sheep",
        f"{TITLE} doi:10.9999/another.one",
    ],
)
def test_a_file_with_the_doi_or_the_title_matches(text: str) -> None:
    assert finding(text)[0] == "matches"


def test_metadata_alone_matches_too() -> None:
    assert finding("Nothing to see.", "10.5555/bones.2020.17")[0] == "matches"
    assert finding("Nothing to see.", title=TITLE.upper())[0] == "matches"


def test_any_of_the_works_cited_beside_it_will_do() -> None:
    other = Work(Doi("10.5555/goats"), OTHER)
    content = PdfContent("v", text=OTHER)

    assert compare(content, [WORK, other]).verdict == "matches"


def test_a_related_version_matches() -> None:
    preprint = Doi("10.1101/2019.01.01.123")
    text = f"{OTHER}\nbioRxiv doi: https://doi.org/10.1101/2019.01.01.123"

    assert finding(text)[0] == "other_paper"
    assert finding(text, related=(preprint,))[0] == "matches"


@pytest.mark.parametrize("doi", ["10.5555/bones.2020.17.g001", "10.5555/bones.2020.17v2", "10.5555/bones"])
def test_a_part_or_a_version_by_its_doi_is_not_another_paper(doi: str) -> None:
    assert finding(f"A text. doi:{doi}")[0] != "other_paper"


def test_another_papers_doi_is_another_paper_and_is_named() -> None:
    assert finding(f"{OTHER}\ndoi:10.5555/goats") == ("other_paper", "its DOI is 10.5555/goats")
    assert finding("Some text.", "10.5555/goats") == ("other_paper", "its DOI is 10.5555/goats")


def test_another_papers_title_is_another_paper_if_metadata_and_page_say_it() -> None:
    assert finding(f"{OTHER}\nE. Finch", title=OTHER) == ("other_paper", f"its title is {OTHER!r}")
    assert finding("Some text.", title=OTHER)[0] == "unreadable"
    assert finding(f"{OTHER}\nE. Finch")[0] == "unreadable"


def test_a_title_in_another_language_by_the_same_authors_is_not_another_paper() -> None:
    title = "Estado de selenio y densidad de los huesos en mil ovejas"

    assert finding(f"{title}\nA. Bell, C. Dorn", title=title)[0] == "unreadable"


@pytest.mark.parametrize(
    "text",
    [
        "A text that mentions doi:10.5555/one and doi:10.5555/two.",
        "Data: https://doi.org/10.5061/dryad.x and https://doi.org/10.5281/zenodo.1",
        "12. Smith J, Jones K. Another title. J Bones 2001;\n4:1-9. doi:10.5555/cited",
        "[3] Smith J. Another title. https://doi.org/10.5555/cited",
        "No identifier at all.",
        "",
    ],
)
def test_what_is_not_clearly_another_papers_own_doi_does_not_count(text: str) -> None:
    assert finding(text)[0] == "unreadable"


def test_a_doi_that_comes_again_and_again_is_the_papers_own() -> None:
    text = "doi:10.5555/goats\n text, see doi:10.5555/mentioned\f doi:10.5555/goats"

    assert finding(text) == ("other_paper", "its DOI is 10.5555/goats")


@pytest.mark.parametrize("title", ["", "Bones", "Selenium"])
def test_a_work_without_a_title_to_look_for_is_never_called_another(title: str) -> None:
    assert finding("doi:10.5555/goats", work=Work(CITED, title))[0] == "unreadable"


def test_a_title_that_is_there_more_or_less_rules_another_paper_out() -> None:
    damaged = "Sel nium st tus and the dens ty of bon s in a thous nd she p"

    assert finding(f"{damaged}\ndoi:10.5555/goats")[0] != "other_paper"


def test_a_file_that_cannot_be_read_says_why() -> None:
    found = compare(PdfContent("v", problem="encrypted"), [WORK])

    assert (found.verdict, found.detail) == ("unreadable", "encrypted")


def test_without_a_cited_work_nothing_is_another_paper() -> None:
    assert compare(PdfContent("v", text="doi:10.5555/goats"), []).verdict == "unreadable"
