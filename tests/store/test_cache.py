"""The cache folder: text only, whatever lies in it."""

from __future__ import annotations

import os
import pickle
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from enrich.errors import EnrichError
from enrich.store.cache import Cache, fault, size

ROW = (
    "INSERT OR REPLACE INTO Cache (key, raw, store_time, size, mode, filename, value) VALUES (?,?,0,0,?,?,?)"
)
RAW, BINARY, TEXT, PICKLE = 1, 2, 3, 4


class Bomb:
    """Removes the file `path` when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.unlink, (str(self.path),)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def cache(folder: Path) -> Iterator[Cache]:
    with Cache(folder) as cache:
        yield cache


def _plant(folder: Path, *row: object) -> None:
    with closing(sqlite3.connect(folder / "cache.db")) as database, database:
        database.execute(ROW, row)


def test_a_text_is_kept_from_run_to_run(folder: Path) -> None:
    with Cache(folder) as first:
        first.put("a/1/x", "täxt")
    with Cache(folder) as second:
        assert second.get("a/1/x") == "täxt"
        assert second.get("a/1/y") is None
        assert second.notes() == ()


def test_a_text_is_replaced_in_its_place(cache: Cache) -> None:
    cache.put("k", "old")
    cache.put("k", "new")

    assert cache.get("k") == "new"
    assert cache.stats().answers == (("k", 1),)


def test_a_long_text_stands_in_its_row(cache: Cache, folder: Path) -> None:
    cache.put("k", "x" * 1_000_000)

    assert cache.get("k") == "x" * 1_000_000
    assert {path.name for path in folder.iterdir()} <= {
        ".gitignore",
        "cache.db",
        "cache.db-wal",
        "cache.db-shm",
    }


def test_the_folder_is_for_our_eyes_only_and_out_of_git(cache: Cache, folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / ".gitignore").read_text() == "*\n"


def test_a_folder_that_came_with_a_clone_is_closed_and_its_notes_stay(folder: Path) -> None:
    folder.mkdir(mode=0o755)
    (folder / ".gitignore").write_text("*\n!README.md\n")
    (folder / "README.md").write_text("note")

    with Cache(folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / ".gitignore").read_text() == "*\n!README.md\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_user_keeps_its_mode_and_is_used(folder: Path) -> None:
    folder.mkdir()
    os.chown(folder, 1234, 4321)
    folder.chmod(0o777)
    with Cache(folder) as cache:
        cache.put("k", "v")
        assert cache.get("k") == "v"
        assert not cache.notes()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o777


def test_a_folder_that_holds_other_things_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "thesis.md").write_text("")

    with Cache(tmp_path) as cache:
        cache.put("k", "v")
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert not (tmp_path / ".gitignore").exists()


@pytest.mark.parametrize("in_file", [False, True])
def test_a_planted_pickle_is_never_unpickled(
    cache: Cache, folder: Path, in_file: bool, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.touch()
    bomb = pickle.dumps(Bomb(victim))
    (folder / "bomb.val").write_bytes(bomb)
    _plant(folder, "k", 1, PICKLE, "bomb.val" if in_file else None, None if in_file else bomb)

    assert cache.get("k") is None
    assert victim.exists()
    assert "1 rows were damaged or not ours" in cache.notes()[0]


def test_a_planted_pickle_as_a_key_is_never_unpickled(cache: Cache, folder: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.touch()
    _plant(folder, pickle.dumps(Bomb(victim)), 0, RAW, None, "{}")

    assert cache.stats().answers == ()
    assert victim.exists()


@pytest.mark.parametrize(
    ("mode", "value"), [(RAW, b"bytes"), (RAW, 7), (RAW, None), (TEXT, None), (BINARY, None)]
)
def test_a_row_that_is_not_plain_text_is_missing(
    cache: Cache, folder: Path, mode: int, value: object
) -> None:
    _plant(folder, "k", 1, mode, "../../etc/passwd" if value is None else None, value)

    assert cache.get("k") is None
    assert cache.notes()


def test_replacing_a_planted_row_removes_no_file_that_it_names(
    cache: Cache, folder: Path, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.touch()
    _plant(folder, "k", 1, TEXT, "../victim", None)

    cache.put("k", "ours")

    assert cache.get("k") == "ours"
    assert victim.exists()


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to look at" * 100, b"SQLite format 3\0" + b"\7" * 5000]
)
def test_a_damaged_database_is_moved_aside(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "cache.db").write_bytes(content)

    with Cache(folder) as cache:
        cache.put("k", "v")
        assert cache.get("k") == "v"
        assert "moved to cache.db.damaged" in cache.notes()[0]
    assert (folder / "cache.db.damaged").read_bytes() == content


def test_a_database_damaged_in_its_middle_is_moved_aside_while_we_run(folder: Path) -> None:
    with Cache(folder) as cache:
        for number in range(300):
            cache.put(f"k{number}", "x" * 2000)
    whole = (folder / "cache.db").read_bytes()
    (folder / "cache.db").write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))

    with Cache(folder) as cache:
        assert [cache.get(f"k{number}") for number in range(300)] == [None] * 300
        cache.put("k7", "new")
        assert cache.get("k7") == "new"
        assert any("moved to" in note for note in cache.notes())


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE Cache (a)",
        "CREATE TABLE Settings (a)",
        "CREATE TABLE Settings AS SELECT 'disk_strange' AS key, 1 AS value",
        "CREATE TABLE Settings AS SELECT 'directory' AS key, '/tmp' AS value",
        "CREATE TABLE Settings AS SELECT 'get' AS key, 5 AS value",
    ],
)
def test_a_database_of_another_program_is_moved_aside(folder: Path, statement: str) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "cache.db")) as database:
        database.execute(statement)

    with Cache(folder) as cache:
        cache.put("k", "v")
        assert cache.get("k") == "v"
        assert "moved to" in cache.notes()[0]


def test_without_a_usable_folder_the_run_goes_on_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")

    with Cache(tmp_path / "cache") as cache:
        cache.put("k", "v")
        assert cache.get("k") is None
        assert "no cache" in cache.notes()[0]
        with pytest.raises(EnrichError, match="no cache"):
            cache.stats()


def test_another_program_that_holds_the_database_does_not_hold_up_the_run(cache: Cache, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "cache.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        cache.put("a", "lost")
        other.execute("ROLLBACK")
    cache.put("b", "kept")

    assert cache.get("a") is None
    assert cache.get("b") == "kept"
    assert "1 answers were not kept" in cache.notes()[0]


def test_stats_count_answers_by_shelf(cache: Cache) -> None:
    for key in ("works/1/a", "works/1/b", "agency/2/a"):
        cache.put(key, "{}")

    assert cache.stats().answers == (("agency", 1), ("works", 2))
    assert cache.stats().bytes > 0


def test_size_and_faults_are_told_while_a_run_uses_the_database(folder: Path) -> None:
    assert (size(folder), fault(folder)) == (0, "")
    with Cache(folder) as cache:
        cache.put("a/1/x", "text")
        assert size(folder) == cache.stats().bytes > 0
        assert fault(folder) == ""
        with closing(sqlite3.connect(folder / "cache.db")) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert fault(folder) == "", "held by another program for a moment"
    (folder / "cache.db").write_bytes(b"damaged" * 1000)
    assert fault(folder) == "", "the next run begins it anew"


def test_a_database_that_cannot_be_opened_is_a_fault(folder: Path) -> None:
    (folder / "cache.db").mkdir(parents=True)
    assert fault(folder) == "cache.db cannot be opened (unable to open database file)"


def test_the_services_own_folder_is_no_stranger_to_the_cache(folder: Path) -> None:
    (folder / "service").mkdir(parents=True)
    folder.chmod(0o755)
    with Cache(folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_clearing_removes_everything_but_notes(cache: Cache, folder: Path) -> None:
    cache.put("k", "v")
    (folder / "cache.db.damaged").write_bytes(b"")

    cache.clear()

    assert cache.get("k") is None
    assert not (folder / "cache.db.damaged").exists()
    assert (folder / ".gitignore").exists()


FULL = """
import resource, sys
from pathlib import Path
from enrich.store.cache import Cache, fault, size
with Cache(Path(sys.argv[1])) as cache:
    cache.put("small", "v")
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    for number in range(5):
        cache.put(f"large{number}", "x" * 500_000)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    print(cache.get("small"), cache.get("large0"), *cache.notes())
"""


def test_a_full_disk_costs_only_what_does_not_fit(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, folder], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("v None ")
    assert "5 answers were not kept" in done.stdout


KILLED = """
import os, signal, sys
from pathlib import Path
from enrich.store.cache import Cache, fault, size
cache = Cache(Path(sys.argv[1]))
for number in range(50):
    cache.put(f"k{number}", "v")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_put_outlives_a_killed_run(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, folder], check=False)

    assert done.returncode == -signal.SIGKILL
    with Cache(folder) as cache:
        assert all(cache.get(f"k{number}") == "v" for number in range(50))
        assert cache.notes() == ()
