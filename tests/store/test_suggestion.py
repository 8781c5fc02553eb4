from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.claims import Fact, Judgement
from enrich.model.file import Trouble
from enrich.model.identifier import Doi
from enrich.model.page import Refusal
from enrich.model.work import Author, PartialDate, Work
from enrich.store import decisions
from enrich.store.suggestion import Suggestion, append, block, joined

WORK = Work(
    Doi("10.1000/sun"),
    "Sunlight and bone strength",
    authors=(Author("Jane", "Smith"),),
    container="Journal of Marine Medicine",
    published=PartialDate(2012),
    volume="13",
    pages="84-90",
)
YEAR = Fact("year", "2019", "2012", -0.5)
ONE = Suggestion(
    "content/sun.md",
    12,
    'Sunlight and "bone" strength. Smith J. J Mar Med 2019;13:84',
    Doi("10.1000/sun"),
    WORK,
    Judgement("suspect", (YEAR,)),
    "year '2019' on the page, '2012' in the record",
)
TWO = replace(ONE, page="content/moon.md", cites="", paper=Doi("10.1000/moon"))


def loaded(path: Path) -> decisions.Decisions:
    found = decisions.load(path)
    assert isinstance(found, decisions.Decisions)
    return found


def test_a_question_is_a_block_with_both_sides(tmp_path: Path) -> None:
    path = tmp_path / ".enrich" / "decisions.toml"

    assert append(path, [ONE, TWO]) == 2

    text = path.read_text()
    assert tomllib.loads(text)["decision"] == [
        {"page": ONE.page, "cites": ONE.cites, "paper": "10.1000/sun", "accept": "?"},
        {"page": TWO.page, "paper": "10.1000/moon", "accept": "?"},
    ]
    assert "content/sun.md:12 may mean 'Sunlight and bone strength'" in text
    assert "# Jane Smith; Journal of Marine Medicine; 2012; 13:84-90" in text
    assert "year DIFFERS: the page says '2019'" in text
    assert "Crossref says '2012'" in text


def test_an_open_question_decides_nothing_and_is_not_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    append(path, [ONE])
    before = path.read_bytes()

    assert append(path, [ONE, ONE]) == 0
    assert path.read_bytes() == before
    assert loaded(path).of_citation(ONE.page, ONE.cites) == {}


@pytest.mark.parametrize(("answer", "accept"), [("true", True), ("false", False)])
def test_an_answer_holds_for_those_words_and_no_others(tmp_path: Path, answer: str, accept: bool) -> None:
    path = tmp_path / "decisions.toml"
    append(path, [ONE])
    path.write_text(path.read_text().replace('"?"', answer))

    assert loaded(path).of_citation(ONE.page, ONE.cites) == {ONE.paper: accept}
    assert loaded(path).of_citation(ONE.page, "Other words") == {}
    assert loaded(path).of_citation("content/other.md", ONE.cites) == {}
    assert loaded(path).of(ONE.page) == {}
    assert append(path, [ONE]) == 0


def test_a_paper_that_is_decided_for_the_whole_page_is_no_question(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text('[[decision]]\npaper = "10.1000/SUN"\naccept = false\n')

    assert append(path, [ONE]) == 0


@pytest.mark.parametrize(
    "own",
    [
        b'# mine\n\n[[decision]]\npaper = "10.1000/x"   # why\naccept = true\n',
        b'[[decision]]\r\npaper = "10.1000/x"\r\naccept = true\r\n',
        b'\xef\xbb\xbf[[decision]]\npaper = "10.1000/x"\naccept = true',
        b"# nothing yet",
        b"",
    ],
)
def test_what_people_wrote_stays_byte_by_byte(tmp_path: Path, own: bytes) -> None:
    path = tmp_path / "decisions.toml"
    path.write_bytes(own)
    path.chmod(0o640)

    assert append(path, [ONE]) == 1

    now = path.read_bytes()
    assert now.startswith(own)
    assert now.count(b"\r\n") in (0, now.count(b"\n"))
    assert path.stat().st_mode & 0o777 == 0o640
    assert loaded(path).has(ONE.page, ONE.cites, ONE.paper)


@pytest.mark.parametrize(
    "own", ["[[decision]]\npaper = 1\n", "not toml", 'decision = [{paper = "10.1000/x", accept = true}]\n']
)
def test_a_file_that_is_not_in_order_is_left_to_its_owner(tmp_path: Path, own: str) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(own)

    assert isinstance(append(path, [ONE]), Refusal)
    assert path.read_text() == own


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    said = append(tmp_path / "file" / "decisions.toml", [ONE])

    assert isinstance(said, (Trouble, Refusal))
    assert str(tmp_path) in said.reason


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_words_come_back_as_they_were(cites: str, why: str, title: str) -> None:
    made = replace(ONE, cites=cites, why=why, work=replace(WORK, title=title))
    (read,) = tomllib.loads(joined("# mine\n", [block(made)]))["decision"]

    assert read.get("cites", "") == cites
    assert read["page"] == ONE.page
    assert read["accept"] == "?"
