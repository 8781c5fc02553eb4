from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.model.accession import Pmid
from enrich.model.file import Trouble
from enrich.model.identifier import Doi
from enrich.model.page import Refusal
from enrich.store import decisions
from enrich.store.decide import Decision, decide

SUN = Decision("content/sun.md", "", Doi("10.1000/sun"), True)
WORDS = Decision("content/sun.md", 'Sunlight and "bone". Smith J', Doi("10.1000/sun"), False)
QUESTION = """\
# Mine.
[[decision]]
# both sides
page = "content/sun.md"
paper = "10.1000/SUN"   # as printed
accept = "?"            # hm

[[decision]]
paper = '10.1000/moon'
accept = false
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".enrich" / "decisions.toml"


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode())
    return file


def said(file: Path) -> list[dict[str, object]]:
    blocks: list[dict[str, object]] = tomllib.loads(file.read_text("utf-8-sig"))["decision"]
    return blocks


def test_a_decision_begins_the_file_and_is_read_as_it_was_meant(file: Path) -> None:
    assert decide(file, SUN) is True
    assert decide(file, WORDS) is True

    assert said(file) == [
        {"page": "content/sun.md", "paper": "10.1000/sun", "accept": True},
        {
            "page": "content/sun.md",
            "cites": 'Sunlight and "bone". Smith J',
            "paper": "10.1000/sun",
            "accept": False,
        },
    ]
    known = decisions.load(file)
    assert isinstance(known, decisions.Decisions)
    assert known.of("content/sun.md") == {Doi("10.1000/sun"): True}
    assert known.of_citation("content/sun.md", WORDS.cites) == {Doi("10.1000/sun"): False}


def test_a_question_is_answered_in_its_own_line_and_no_other_byte_changes(file: Path) -> None:
    written(file, QUESTION)

    assert decide(file, SUN) is True

    assert file.read_text() == QUESTION.replace('accept = "?" ', "accept = true ")


@pytest.mark.parametrize(
    "line",
    [
        'accept = "?"',
        "accept = '?'",
        'accept="?"',
        '\t"accept"\t=\t"?"',
        "accept = false",
        "'accept' = false#no",
    ],
)
def test_every_plain_spelling_of_an_answer_is_changed(file: Path, line: str) -> None:
    written(file, QUESTION.replace('accept = "?"', line))
    assert decide(file, SUN) is True
    assert said(file)[0]["accept"] is True
    assert said(file)[1] == {"paper": "10.1000/moon", "accept": False}


def test_a_block_is_added_where_none_asks_the_same(file: Path) -> None:
    written(file, QUESTION)

    assert decide(file, Decision("content/other.md", "", Pmid("123"), False)) is True
    assert decide(file, WORDS) is True

    text = file.read_text()
    assert text.startswith(QUESTION)
    assert [block["accept"] for block in said(file)] == ["?", False, False, False]
    assert said(file)[2] == {"page": "content/other.md", "paper": "PMID:123", "accept": False}


def test_the_last_block_of_several_is_the_one_that_holds_and_changes(file: Path) -> None:
    written(
        file, QUESTION + '\n[[decision]]\npage = "./content/sun.md"\npaper = "10.1000/sun"\naccept = false\n'
    )

    assert decide(file, SUN) is True

    assert [block["accept"] for block in said(file)] == ["?", False, True]


def test_what_is_decided_so_already_leaves_the_file_alone(file: Path) -> None:
    decide(file, SUN)
    before = file.stat().st_mtime_ns
    assert decide(file, SUN) is False
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize("end", ["", "\r\n"])
def test_line_ends_and_a_byte_order_mark_stay(file: Path, end: str) -> None:
    old = "\ufeff" + QUESTION.replace("\n", "\r\n").removesuffix("\r\n") + end
    written(file, old)

    decide(file, SUN)
    assert file.read_bytes().decode() == old.replace('"?" ', "true ")
    decide(file, Decision("a.md", "", Doi("10.1000/a"), True))
    assert "\n" not in file.read_bytes().decode().replace("\r\n", "")
    assert len(said(file)) == 3


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("decision = [\n", "not TOML"),
        ("[[decision]]\npaper = 1\n", "`paper` is a DOI"),
        ('decision = [{ paper = "10.1000/moon", accept = false }]\n', "write it there by hand"),
        (
            'decision = [{ page = "content/sun.md", paper = "10.1000/sun", accept = "?" }]\n',
            "write it there by hand",
        ),
        (
            '[[decision]]\npage = "content/sun.md"\npaper = "10.1000/sun"\naccept = """?"""\n',
            "write it there by hand",
        ),
        (
            '[[decision]]\ncites = """\n[[decision]]\naccept = true\n"""\npaper = "10.1000/a"\naccept = true\n'
            '[[decision]]\npage = "content/sun.md"\npaper = "10.1000/sun"\naccept = "?"\n',
            "write it there by hand",
        ),
    ],
)
def test_a_file_that_leaves_no_room_is_left_to_a_person(file: Path, text: str, problem: str) -> None:
    written(file, text)
    refused = decide(file, SUN)
    assert isinstance(refused, Refusal)
    assert problem in refused.reason
    assert file.read_text() == text


def test_words_that_cannot_be_written_down_are_refused(file: Path) -> None:
    assert isinstance(decide(file, Decision("a.md", "\udcff", Doi("10.1000/a"), True)), Refusal)
    assert not file.exists()


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert isinstance(decide(tmp_path / ".enrich" / "decisions.toml", SUN), Trouble)


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / ".enrich").touch()
    told = decide(tmp_path / ".enrich" / "decisions.toml", SUN)
    assert isinstance(told, (Trouble, Refusal))
    assert "Not a directory" in told.reason


texts = st.text(st.characters(codec="utf-8"), max_size=30)
chosen = st.builds(
    Decision,
    st.sampled_from(["content/a.md", "content/b.md", 'c "d".md']),
    texts.map(lambda text: " ".join(text.split())),
    st.sampled_from([Doi("10.1000/a"), Doi("10.1000/b"), Pmid("7")]),
    st.booleans(),
)


@law(max_examples=60, deadline=None)
@given(st.lists(chosen, min_size=1, max_size=6))
def test_the_last_word_on_each_question_holds_and_stands_once(
    tmp_path_factory: pytest.TempPathFactory, said_in_turn: list[Decision]
) -> None:
    file = tmp_path_factory.mktemp("site") / "decisions.toml"
    for decision in said_in_turn:
        assert isinstance(decide(file, decision), bool)
    last = {decision.key: decision.accept for decision in said_in_turn}
    assert [block["accept"] for block in said(file)] == list(last.values())
    known = decisions.load(file)
    assert isinstance(known, decisions.Decisions)
    assert known.blocks == {*last}
