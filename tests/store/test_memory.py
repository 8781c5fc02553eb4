"""What we wrote last, page by page."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from enrich.errors import EnrichError
from enrich.model.file import Trouble
from enrich.model.note import Note, Recollection
from enrich.store.memory import Intent, Memory

HEADER = '{"version":1}\n'


def _note(mark: str) -> Note:
    return Note("citations", {"10.1000/x": {"title": mark}})


ONE, TWO, THREE = _note("1"), _note("2"), _note("3")
NOTHING = Note("citations")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".enrich" / "memory.jsonl"


def _noted(memory: Memory, **pages: Intent) -> Memory:
    assert memory.note(pages) is None
    return memory


def _settled(path: Path, **pages: Note) -> Path:
    memory = Memory(path)
    for page, note in pages.items():
        memory.adopt(page, note)
    assert memory.settle() is None
    return path


def _pages(path: Path) -> list[str]:
    return [line["page"] for line in map(json.loads, path.read_text().splitlines()[1:])]


def test_without_a_file_nothing_is_remembered_and_none_is_made(path: Path) -> None:
    memory = Memory(path)

    assert memory.get("a", "1") == Recollection()
    assert memory.settle() is None
    assert not path.parent.exists()


def test_a_page_that_was_written_is_remembered(path: Path) -> None:
    memory = _noted(Memory(path), a=Intent(ONE, "old", "new"))
    memory.confirm("a")

    assert memory.settle() is None
    assert Memory(path).get("a", "whatever") == Recollection(ONE)
    assert path.read_text() == HEADER + '{"page":"a","in":"citations","works":{"10.1000/x":{"title":"1"}}}\n'


def test_the_settled_file_is_sorted_and_stays_as_it_is(path: Path) -> None:
    _settled(path, b=ONE, a=ONE, B=ONE)
    before = path.stat()

    memory = Memory(path)
    memory.adopt("a", ONE)

    assert _pages(path) == ["B", "a", "b"]
    assert memory.settle() is None
    assert path.stat().st_ino == before.st_ino and path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_note_is_on_disk_before_its_page_is_replaced(path: Path) -> None:
    _noted(Memory(path), a=Intent(ONE, "old", "new"), b=Intent(TWO, "old", "new"))

    assert Memory(path).pages() == {"a", "b"}


@pytest.mark.parametrize(
    ("current", "remembered"),
    [
        ("new", Recollection(TWO)),
        ("old", Recollection(ONE)),
        ("edited since", Recollection(TWO, ONE)),
    ],
)
def test_after_a_kill_the_page_itself_tells_whether_it_was_written(
    path: Path, current: str, remembered: Recollection
) -> None:
    _noted(Memory(_settled(path, a=ONE)), a=Intent(TWO, "old", "new"))

    assert Memory(path).get("a", current) == remembered


@pytest.mark.parametrize(
    ("current", "remembered"),
    [
        ("new", Recollection(ONE)),
        ("old", Recollection()),
        ("edited since", Recollection(ONE, NOTHING)),
    ],
)
def test_after_a_kill_at_the_first_writing_too(path: Path, current: str, remembered: Recollection) -> None:
    _noted(Memory(path), a=Intent(ONE, "old", "new"))

    assert Memory(path).get("a", current) == remembered


@pytest.mark.parametrize(("current", "pages"), [("new", ["a"]), ("old", []), ("edited since", ["a"])])
def test_what_a_kill_left_open_is_closed_by_the_next_run_that_looks(
    path: Path, current: str, pages: list[str]
) -> None:
    _noted(Memory(path), a=Intent(ONE, "old", "new"))
    memory = Memory(path)
    memory.get("a", current)

    assert memory.settle() is None
    assert _pages(path) == pages
    assert ('"was"' in path.read_text()) is (current == "edited since")


def test_killed_again_and_again_what_stands_on_the_page_is_ours(path: Path) -> None:
    _settled(path, a=ONE)
    for number, note in enumerate((TWO, THREE, _note("4"))):
        memory = Memory(path)
        assert memory.get("a", "old") == Recollection(ONE)
        _noted(memory, a=Intent(note, "old", f"new{number}"))

    assert Memory(path).get("a", "old") == Recollection(ONE)
    assert Memory(path).get("a", "new2") == Recollection(_note("4"))


def test_killed_edited_and_killed_again_what_was_surely_there_is_ours(path: Path) -> None:
    _settled(path, a=ONE)
    _noted(Memory(path), a=Intent(TWO, "old", "new"))
    _noted(Memory(path), a=Intent(TWO, "edited", "new2"))

    assert Memory(path).get("a", "edited again") == Recollection(TWO, ONE)


def test_a_page_that_was_not_replaced_after_all_is_remembered_as_before(path: Path) -> None:
    memory = _noted(Memory(_settled(path, a=ONE)), a=Intent(TWO, "old", "new"), b=Intent(TWO, "old", "new"))
    text = path.read_text()
    memory.withdraw("a")
    memory.withdraw("b")
    memory.withdraw("c")

    assert memory.get("a", "new") == Recollection(ONE)
    assert memory.get("b", "new") == Recollection()
    assert memory.settle() is None
    assert text.startswith(path.read_text())


def test_a_page_can_be_forgotten(path: Path) -> None:
    memory = Memory(_settled(path, a=ONE, b=ONE, c=ONE))
    memory.forget("a")
    memory.adopt("b", NOTHING)

    assert memory.settle() is None
    assert _pages(path) == ["c"]


def test_confirming_a_note_without_works_forgets_the_page(path: Path) -> None:
    memory = _noted(Memory(_settled(path, a=ONE)), a=Intent(NOTHING, "old", "new"))
    memory.confirm("a")

    assert memory.settle() is None
    assert _pages(path) == []


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_the_torn_last_line_of_a_killed_run_is_as_if_never_written(path: Path, cut: int) -> None:
    _noted(Memory(_settled(path, a=ONE)), b=Intent(ONE, "old", "new"))
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])

    memory = Memory(path)

    assert memory.pages() == ({"a", "b"} if cut == 1 else {"a"})
    _noted(memory, c=Intent(ONE, "old", "new"))
    assert Memory(path).pages() == memory.pages()


def test_settling_takes_a_torn_line_away(path: Path) -> None:
    sound = _settled(path, a=ONE).read_bytes()
    path.write_bytes(sound + b'{"page":"b","in')

    assert Memory(path).settle() is None
    assert path.read_bytes() == sound


def test_a_file_in_disorder_is_read_and_put_in_order(path: Path) -> None:
    def line(page: str, mark: str) -> str:
        return json.dumps({"page": page, "in": "citations", "works": {"w": {"f": mark}}})

    path.parent.mkdir()
    path.write_text(
        "\r\n".join(["\ufeff" + line("b", "1"), "", line("a", "1"), HEADER.strip(), line("a", "2"), "\0\0"]),
        newline="",
    )
    memory = Memory(path)

    assert memory.get("a", "") == Recollection(Note("citations", {"w": {"f": "2"}}))
    assert memory.settle() is None
    assert _pages(path) == ["a", "b"]
    assert b"\r" not in path.read_bytes()


def test_a_last_line_without_its_end_is_not_glued_to_the_next(path: Path) -> None:
    _settled(path, a=ONE).write_bytes(path.read_bytes().rstrip())
    _noted(Memory(path), b=Intent(ONE, "old", "new"))

    assert Memory(path).pages() == {"a", "b"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("<<<<<<< HEAD", "git conflict"),
        ("=======", "git conflict"),
        (">>>>>>> branch", "git conflict"),
        ("{", "not what enrich remembers"),
        ('{"page":"c","in":"citations","works":{},"colour":"red"}', "keys other than"),
        ('{"version":2}', "version 2"),
    ],
)
def test_a_line_that_is_not_ours_stops_the_run_with_its_place(path: Path, line: str, says: str) -> None:
    _settled(path, a=ONE, b=ONE)
    first, second, third = path.read_text().splitlines()
    path.write_text("\n".join([first, second, line, third, ""]))

    with pytest.raises(EnrichError, match=rf"memory\.jsonl:3: .*{says}"):
        Memory(path)


def test_a_newer_file_is_not_cut_short_for_lack_of_a_line_end(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"version":2}')

    with pytest.raises(EnrichError, match="version 2"):
        Memory(path)


def test_a_memory_that_the_system_will_not_read_stops_the_run(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(EnrichError, match="cannot be read: Is a directory"):
        Memory(path)


def test_where_nothing_can_be_noted_it_says_so_and_remembers_nothing(path: Path) -> None:
    memory = Memory(path)
    path.parent.write_text("a file in the way")

    trouble = memory.note({"a": Intent(ONE, "old", "new")})

    assert isinstance(trouble, Trouble)
    assert "memory.jsonl: cannot be written" in trouble.reason
    assert memory.pages() == frozenset()


def test_a_memory_that_changed_under_the_run_is_not_overwritten(path: Path) -> None:
    memory = Memory(_settled(path, a=ONE))
    other = _settled(path, a=TWO, b=TWO).read_bytes()
    memory.forget("a")

    trouble = memory.settle()

    assert isinstance(trouble, Trouble)
    assert path.read_bytes() == other


FULL = """
import resource, sys
from pathlib import Path
from enrich.model.note import Note
from enrich.store.memory import Intent, Memory
memory = Memory(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
intents = {f"page{number}": Intent(Note("c", {"w": {"f": "1"}}), "old", "new") for number in range(50)}
print(memory.note(intents).reason, len(memory.pages()))
memory.forget("a")
print(memory.settle())
"""


def test_a_full_disk_leaves_the_memory_as_it_was(path: Path) -> None:
    before = _settled(path, a=ONE, b=ONE)
    text = before.read_text()

    done = subprocess.run([sys.executable, "-c", FULL, path], capture_output=True, text=True, check=True)

    assert done.stdout == f"{path}: cannot be written: File too large 2\nNone\n"
    assert path.read_text().splitlines() == [line for line in text.splitlines() if '"a"' not in line]


def test_page_names_that_are_no_text_are_kept(path: Path) -> None:
    _settled(path, **{"caf\udce9.md": ONE, "é\u2028.md": TWO})

    assert Memory(path).get("caf\udce9.md", "") == Recollection(ONE)
    assert Memory(path).get("é\u2028.md", "") == Recollection(TWO)


def test_the_leftovers_of_a_killed_settling_are_swept(path: Path) -> None:
    _settled(path, a=ONE)
    (path.parent / ".enrich-12345678.tmp").touch()

    _settled(path, b=ONE)

    assert [each.name for each in path.parent.iterdir()] == ["memory.jsonl"]


def test_every_place_in_which_anything_is_remembered_is_known(path: Path) -> None:
    memory = Memory(path)
    memory.adopt("a", Note("citations", {"10.1/a": {"doi": "x"}}))
    memory.adopt("b", Note("references", {}, form="references", left=(Note("", {"w": {"doi": "x"}}),)))

    assert memory.places() == {("citations", ""), ("references", "references"), ("", "")}
    assert memory.pages() == {"a", "b"}
    memory.settle()
    assert Memory(path).places() == memory.places()
