"""Pages read and replaced: whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from enrich.model.file import Replaced, Source, Trouble, digest
from enrich.model.page import Refusal
from enrich.store.files import create, read, replace, sweep

OLD = b"old\r\n"
NEW = b"new, and longer\r\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    page = tmp_path / "content" / "page.md"
    page.parent.mkdir()
    page.write_bytes(OLD)
    return page


def _assert_untouched(page: Path, content: bytes = OLD) -> None:
    assert page.read_bytes() == content
    assert [path.name for path in page.parent.iterdir()] == [page.name]


def test_a_page_is_read_with_the_digest_of_its_bytes(page: Path) -> None:
    assert read(page, 5) == Source(OLD, digest(OLD))


def test_a_page_that_is_too_large_is_refused(page: Path) -> None:
    result = read(page, 4)

    assert isinstance(result, Refusal)
    assert "5 bytes" in result.reason


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "loop", "dangling"])
def test_what_the_system_will_not_read_is_trouble(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "page.md"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "loop":
            path.symlink_to("page.md")
        case "dangling":
            path.symlink_to("nowhere.md")
        case _:
            assert kind == "missing"

    assert isinstance(read(path, 100), Trouble)
    assert isinstance(replace(path, NEW, digest(OLD)), Trouble)


def test_a_page_is_replaced(page: Path) -> None:
    assert replace(page, NEW, digest(OLD)) == Replaced(digest(NEW))
    _assert_untouched(page, NEW)


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o200 | 0o444])
def test_the_mode_stays(page: Path, mode: int) -> None:
    page.chmod(mode)

    assert isinstance(replace(page, NEW, digest(OLD)), Replaced)
    assert stat.S_IMODE(page.stat().st_mode) == mode


def test_a_page_that_changed_meanwhile_is_not_overwritten(page: Path) -> None:
    page.write_bytes(b"edited")

    result = replace(page, NEW, digest(OLD))

    assert isinstance(result, Trouble)
    assert "changed" in result.reason
    _assert_untouched(page, b"edited")


EDITED = """
import os, sys
from pathlib import Path
from enrich.store import files
page = Path(sys.argv[1])
os.fsync = lambda handle: page.write_bytes(b"edited")
print(files.replace(page, b"new", files.read(page, 100).digest).reason)
"""


def test_a_page_that_changes_while_the_new_one_is_written_is_not_overwritten(page: Path) -> None:
    done = subprocess.run([sys.executable, "-c", EDITED, page], capture_output=True, text=True, check=True)

    assert "changed while the run worked" in done.stdout
    _assert_untouched(page, b"edited")


def test_the_target_of_a_link_is_replaced_and_the_link_stays(page: Path) -> None:
    link = page.parent.parent / "link.md"
    link.symlink_to("content/page.md")

    assert isinstance(replace(link, NEW, digest(OLD)), Replaced)
    assert link.is_symlink()
    _assert_untouched(page, NEW)


def test_another_name_of_the_file_keeps_the_old_bytes(page: Path) -> None:
    backup = page.parent.parent / "backup.md"
    backup.hardlink_to(page)

    assert isinstance(replace(page, NEW, digest(OLD)), Replaced)
    assert backup.read_bytes() == OLD


def test_a_page_that_its_owner_made_read_only_is_left_alone(page: Path) -> None:
    page.chmod(0o444)

    result = replace(page, NEW, digest(OLD))

    assert isinstance(result, Trouble)
    assert "read-only (mode 0444)" in result.reason
    _assert_untouched(page)


def test_a_folder_that_its_owner_made_read_only_is_left_alone(page: Path) -> None:
    page.parent.chmod(0o555)
    try:
        result = replace(page, NEW, digest(OLD))
    finally:
        page.parent.chmod(0o755)

    assert isinstance(result, Trouble)
    assert "folder is read-only" in result.reason
    _assert_untouched(page)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write any file")
def test_a_page_that_we_may_not_write_gives_the_system_s_reason() -> None:
    result = replace(Path("/etc/passwd"), NEW, digest(Path("/etc/passwd").read_bytes()))

    assert result == Trouble("cannot be written: Permission denied")


FULL = """
import resource, sys
from pathlib import Path
from enrich.store.files import read, replace
page = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
print(replace(page, b"x" * 5000, read(page, 100).digest).reason)
"""


def test_a_full_disk_leaves_the_old_page_and_no_other_file(page: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, page], capture_output=True, text=True, check=True)

    assert done.stdout == "cannot be written: File too large\n"
    _assert_untouched(page)


AS_NOBODY = """
import os, sys
from pathlib import Path
from enrich.store.files import read, replace
page = Path(sys.argv[1])
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
print(replace(page, b"new", read(page, 100).digest).reason)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_page_whose_owner_cannot_be_kept_is_left_alone(page: Path) -> None:
    for folder in page.parents[:5]:
        folder.chmod(folder.stat().st_mode | 0o011)
    page.parent.chmod(0o777)
    page.chmod(0o666)

    done = subprocess.run([sys.executable, "-c", AS_NOBODY, page], capture_output=True, text=True, check=True)

    assert done.stdout == "cannot be written: its owner 0:0 cannot be kept (Operation not permitted)\n"
    _assert_untouched(page)


def test_what_killed_runs_left_is_swept_and_nothing_else(page: Path) -> None:
    left = page.parent / ".enrich-ab_12xyz.tmp"
    others = [
        page.parent / name
        for name in (".enrich-note.tmp", "x.enrich-ab_12xyz.tmp", ".enrich-ab_12xyz.tmp.md")
    ]
    for path in (left, *others):
        path.write_text("")
    (page.parent / ".enrich-ab_12xy0.tmp").symlink_to("page.md")
    (page.parent / ".enrich-ab_12xy1.tmp").mkdir()

    assert sweep([page, page.parent / "gone.md", Path("/nowhere/at/all.md")]) == 1
    assert not left.exists()
    assert all(path.exists() for path in others)


def test_what_was_left_beside_the_target_of_a_link_is_swept(page: Path) -> None:
    link = page.parent.parent / "link.md"
    link.symlink_to("content/page.md")
    (page.parent / ".enrich-ab_12xyz.tmp").write_text("")

    assert sweep([link]) == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from enrich.store import files
page = Path(sys.argv[1])
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
files.replace(page, b"new", files.read(page, 100).digest)
"""


def test_a_run_killed_while_it_writes_leaves_the_old_page_and_what_sweeping_finds(page: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, page], check=False)

    assert page.read_bytes() == OLD
    assert sweep([page]) == 1
    _assert_untouched(page)


def test_a_new_file_comes_with_its_folders_and_never_over_another(tmp_path: Path) -> None:
    create(tmp_path / "a" / "b", b"one")
    assert (tmp_path / "a" / "b").read_bytes() == b"one"
    with pytest.raises(FileExistsError):
        create(tmp_path / "a" / "b", b"two")
    assert (tmp_path / "a" / "b").read_bytes() == b"one"
