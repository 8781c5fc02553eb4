"""What people decided."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from enrich.model.accession import Identifier
from enrich.model.identifier import Doi
from enrich.model.page import Refusal
from enrich.store.decisions import Decisions, load, standing

X = Doi.parse("10.1000/x")
Y = Doi.parse("10.1000/y")


def _load(tmp_path: Path, text: str) -> Decisions | Refusal:
    path = tmp_path / "decisions.toml"
    path.write_text(text)
    return load(path)


def _of(tmp_path: Path, text: str, page: str) -> Mapping[Identifier, bool]:
    decisions = _load(tmp_path, text)
    assert isinstance(decisions, Decisions)
    return decisions.of(page)


def test_without_a_file_nothing_is_decided(tmp_path: Path) -> None:
    decisions = load(tmp_path / "decisions.toml")

    assert isinstance(decisions, Decisions)
    assert not decisions.of("content/a.md")


def test_a_decision_holds_for_its_page_and_paper(tmp_path: Path) -> None:
    text = """
        [[decision]]
        page = "content/a.md"
        paper = "https://doi.org/10.1000/X."
        accept = true

        [[decision]]
        page = "./content/a.md"
        paper = "10.1000/y"
        accept = false
    """
    assert _of(tmp_path, text, "content/a.md") == {X: True, Y: False}
    assert _of(tmp_path, text, "content/b.md") == {}


@pytest.mark.parametrize("every", ["", 'page = "*"'])
def test_a_decision_may_hold_for_every_page_and_a_page_outranks_it(tmp_path: Path, every: str) -> None:
    text = f"""
        [[decision]]
        page = "a.md"
        paper = "10.1000/x"
        accept = true

        [[decision]]
        {every}
        paper = "10.1000/x"
        accept = false
    """
    assert _of(tmp_path, text, "a.md") == {X: True}
    assert _of(tmp_path, text, "b.md") == {X: False}


def test_the_last_of_two_decisions_counts_and_an_open_question_is_none(tmp_path: Path) -> None:
    blocks = "".join(
        f'[[decision]]\npaper = "10.1000/x"\naccept = {accept}\n' for accept in ("true", "false", '"?"')
    )

    assert _of(tmp_path, blocks, "a.md") == {X: False}


@pytest.mark.parametrize(
    ("wrong", "line", "word"),
    [
        ('paper = "10.1000/x"\naccept = 1', 8, "accept"),
        ('paper = "10.1000/x"\naccept = "yes"', 8, "accept"),
        ('paper = "10.1000/x"', 6, "accept"),
        ('accept = true\npaper = "Nature 2020"', 8, "paper"),
        ("accept = true\npaper = 10.1", 8, "paper"),
        ("accept = true", 6, "paper"),
        ('paper = "10.1000/x"\naccept = true\n"page" = ""', 9, "page"),
        ('paper = "10.1000/x"\naccept = true\npages = "a.md"', 9, "pages"),
        ('paper = "10.1000/x"\naccept = maybe', 8, "not TOML"),
        ('paper = "10.1000/x"\naccept = true\naccept = true', 9, "not TOML"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(tmp_path: Path, wrong: str, line: int, word: str) -> None:
    good = '# people decide\n\n[[decision]]\npaper = "10.1000/x"\naccept = true\n'
    refusal = _load(tmp_path, f"{good}[[ decision ]]\n{wrong}\n")

    assert isinstance(refusal, Refusal)
    assert word in refusal.reason
    assert refusal.line == line


@pytest.mark.parametrize(
    "text", ["[decision]\npaper = 1", "paper = 1", "decision = [1]", "[[decisions]]\npage = '*'"]
)
def test_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    refusal = _load(tmp_path, text)

    assert isinstance(refusal, Refusal)
    assert "[[decision]]" in refusal.reason


def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "decisions.toml").write_bytes(b"# one\n# caf\xe9\n")

    refusal = load(tmp_path / "decisions.toml")

    assert isinstance(refusal, Refusal)
    assert refusal.line == 2


def test_a_file_that_the_system_will_not_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "decisions.toml").mkdir()

    refusal = load(tmp_path / "decisions.toml")

    assert isinstance(refusal, Refusal)
    assert "Is a directory" in refusal.reason


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    (tmp_path / "decisions.toml").write_bytes(
        b'\xef\xbb\xbf[[decision]]\r\npaper = "10.1000/x"\r\naccept = true\r\n'
    )
    decisions = load(tmp_path / "decisions.toml")

    assert isinstance(decisions, Decisions)
    assert decisions.of("a.md") == {X: True}


CITES = "Sunlight and bone strength. Smith J. J Mar Med 2012;13:84"


def _of_citation(tmp_path: Path, text: str, page: str, cites: str = CITES) -> Mapping[Identifier, bool]:
    decisions = _load(tmp_path, text)
    assert isinstance(decisions, Decisions)
    return decisions.of_citation(page, cites)


def test_a_citation_in_words_is_decided_by_its_words_however_they_are_spaced(tmp_path: Path) -> None:
    text = f'[[decision]]\npage = "a.md"\ncites = "  {CITES.replace(" ", "  ")} "\npaper = "10.1000/x"\naccept = true\n'

    assert _of_citation(tmp_path, text, "a.md") == {X: True}
    assert _of_citation(tmp_path, text, "b.md") == {}
    assert _of_citation(tmp_path, text, "a.md", "Moonlight") == {}
    assert _of(tmp_path, text, "a.md") == {}


def test_a_pages_own_word_on_a_citation_outranks_every_pages(tmp_path: Path) -> None:
    text = "".join(
        f'[[decision]]\n{page}cites = "{CITES}"\npaper = "10.1000/x"\naccept = {accept}\n'
        for page, accept in (('page = "a.md"\n', "true"), ("", "false"))
    )

    assert _of_citation(tmp_path, text, "a.md") == {X: True}
    assert _of_citation(tmp_path, text, "b.md") == {X: False}


def test_a_paper_refused_on_a_page_is_refused_to_its_citations_and_an_accepted_one_is_not_given(
    tmp_path: Path,
) -> None:
    text = '[[decision]]\npaper = "10.1000/x"\naccept = false\n[[decision]]\npaper = "10.1000/y"\naccept = true\n'

    assert _of_citation(tmp_path, text, "a.md") == {X: False}


@pytest.mark.parametrize("wrong", ["cites = 1", 'cites = " "'])
def test_words_that_are_none_are_refused_with_their_line(tmp_path: Path, wrong: str) -> None:
    refusal = _load(tmp_path, f'[[decision]]\npaper = "10.1000/x"\n{wrong}\naccept = true\n')

    assert isinstance(refusal, Refusal)
    assert refusal.line == 3


def test_blocks_are_known_whether_they_are_decided_or_not(tmp_path: Path) -> None:
    decisions = _load(tmp_path, f'[[decision]]\ncites = "{CITES}"\npaper = "10.1000/x"\naccept = "?"\n')

    assert isinstance(decisions, Decisions)
    assert X is not None and Y is not None
    assert decisions.has("a.md", CITES, X)
    assert not decisions.has("a.md", "", X)
    assert not decisions.has("a.md", CITES, Y)


class Rows(dict[str, str]):
    def put(self, key: str, text: str) -> None:
        self[key] = text


def test_while_the_file_is_wrong_what_it_said_last_holds(tmp_path: Path) -> None:
    path, rows = tmp_path / "decisions.toml", Rows()
    assert standing(path, rows) == (Decisions({}), None)
    path.write_text('[[decision]]\npaper = "10.1000/x"\naccept = false\n')
    said, _ = standing(path, rows)
    path.write_text(path.read_text() + "oops\n")

    held, wrong = standing(path, rows)

    assert held == said
    assert said.of("a.md") == {Doi("10.1000/x"): False}
    assert isinstance(wrong, Refusal)
    path.unlink()
    assert standing(path, rows) == (Decisions({}), None)
