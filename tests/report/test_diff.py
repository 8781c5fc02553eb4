from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.report.diff import coloured, quoted, readable, unified

GIT = shutil.which("git")
PATCH = shutil.which("patch")
TOOLS = [
    pytest.param(
        ["git", "apply", "-p1", "-"],
        id="git",
        marks=pytest.mark.skipif(not GIT, reason="git is not installed"),
    ),
    pytest.param(
        ["patch", "-p1", "--quiet", "--fuzz=0", "--no-backup-if-mismatch"],
        id="patch",
        marks=pytest.mark.skipif(not PATCH, reason="patch is not installed"),
    ),
]
HOSTILE = [
    "plain.md",
    "with space.md",
    " leading and trailing .md ",
    "two  spaces/and a folder/p.md",
    "naïve.md",
    "日本.md",
    'quo"te.md',
    "back\\slash.md",
    "tab\there.md",
    "line\nbreak.md",
    "esc\x1b[31m.md",
    "-dash.md",
    "a/b/a/b.md",
    "--- a.md",
    "star*[x]?.md",
    "\udcff not UTF-8.md",
    "dev/null",
]
# Everything that other programs take for the end of a line, beside what hunks are made of.
ENDINGS = [b"\n", b"\n", b"\n", b"\r\n", b"\r", b"\0", b"\x0b", b"\x0c", b"\x1c", b"\x85", b"\xe2\x80\xa8"]
MARKS = [b"@@ -1 +1 @@", b"\\ No newline at end of file", b"--- a/x", b"diff --git a/x b/x", b"-", b"+", b" "]
PIECES = st.sampled_from([*ENDINGS, *MARKS, b"a", b"b", b"\t", b"\xff", b"\xef\xbb\xbf"])
BYTES = st.lists(PIECES, max_size=25).map(b"".join)


def applied(command: list[str], path: str, old: bytes, diff: bytes, folder: Path) -> bytes:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(old)
    done = subprocess.run(command, cwd=folder, input=diff, capture_output=True, check=False)
    assert done.returncode == 0, (done.stdout, done.stderr, diff)
    return file.read_bytes()


@pytest.mark.parametrize("command", TOOLS)
@pytest.mark.parametrize("path", HOSTILE)
def test_hostile_names_reach_their_file(tmp_path: Path, path: str, command: list[str]) -> None:
    old, new = b"---\ntitle: x\n---\nbody\n", b"---\ntitle: x\ncitations: []\n---\nbody\n"
    assert applied(command, path, old, unified(path, old, new), tmp_path) == new


@pytest.mark.parametrize("command", TOOLS)
@law(max_examples=40, deadline=None)
@given(pairs=st.lists(st.tuples(BYTES, BYTES), min_size=1, max_size=8))
def test_what_applies_a_diff_gives_the_exact_new_bytes(
    command: list[str], pairs: list[tuple[bytes, bytes]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, (old, _) in enumerate(pairs):
            (folder / f"{number}.md").write_bytes(old)
        diff = b"".join(unified(f"{number}.md", old, new) for number, (old, new) in enumerate(pairs))
        if diff:
            done = subprocess.run(command, cwd=folder, input=diff, capture_output=True, check=False)
            assert done.returncode == 0, (done.stderr, diff)
        for number, (_, new) in enumerate(pairs):
            assert (folder / f"{number}.md").read_bytes() == new


@pytest.mark.skipif(not GIT, reason="git is not installed")
def test_paths_are_from_the_working_directory_also_below_the_top_of_a_repository(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    site = tmp_path / "deep" / "site"
    site.mkdir(parents=True)
    diff = unified("content/a b.md", b"x\n", b"y\n")
    assert applied(["git", "apply"], "content/a b.md", b"x\n", diff, site) == b"y\n"


def test_equal_pages_have_no_diff() -> None:
    assert unified("a.md", b"x", b"x") == b""


def test_a_diff_reads_as_people_know_it() -> None:
    old = b"".join(b"%d\n" % number for number in range(1, 31))
    new = old.replace(b"5\n6\n", b"5\nfive and a half\n6\n", 1).replace(b"\n20\n", b"\n", 1)
    assert unified("p/a.md", old, new) == (
        b"--- a/p/a.md\n+++ b/p/a.md\n"
        b"@@ -3,6 +3,7 @@\n 3\n 4\n 5\n+five and a half\n 6\n 7\n 8\n"
        b"@@ -17,7 +18,6 @@\n 17\n 18\n 19\n-20\n 21\n 22\n 23\n"
    )


def test_a_last_line_without_newline_is_marked() -> None:
    assert unified("a", b"x", b"y") == (
        b"--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n"
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a/x.md", b"a/x.md"),
        ("a/x y.md", b"a/x y.md\t"),
        ("a/n\u00e4.md", b'"a/n\\303\\244.md"'),
        ('a/"\\\t\n\x7f.md', b'"a/\\"\\\\\\t\\n\\177.md"'),
        ("a/\udcff.md", b'"a/\\377.md"'),
        ("a/x.md ", b'"a/x.md "\t'),
    ],
)
def test_names_are_quoted_as_git_quotes_them(name: str, shown: bytes) -> None:
    assert quoted(name) == shown


@pytest.mark.skipif(not GIT, reason="git is not installed")
@pytest.mark.parametrize("path", [name for name in HOSTILE if not name.endswith(" ")])
def test_names_are_written_as_gits_own_diff_writes_them(tmp_path: Path, path: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"x\n")
    git = ["git", "-c", "core.quotePath=true", "-c", "core.excludesFile=", "-c", "diff.noprefix=false"]
    for arguments in (["init", "-q", "."], ["add", "-A"]):
        subprocess.run([*git, *arguments], cwd=tmp_path, check=True)
    file.write_bytes(b"y\n")
    shown = subprocess.run([*git, "diff"], cwd=tmp_path, check=True, capture_output=True).stdout
    assert quoted(f"a/{path}") in [line[4:] for line in shown.split(b"\n") if line.startswith(b"--- ")]


def test_a_page_cannot_send_control_characters_to_the_terminal() -> None:
    diff = unified("a.md", b"x\n", b"\x1b]0;title\x07\r\n")
    shown = coloured(diff)
    assert b"+^[]0;title^G^M" in shown
    assert b"\x1b]" not in shown
    assert b"\x1b[32m" in shown


@law(max_examples=100, deadline=None)
@given(old=BYTES, new=BYTES)
def test_colour_changes_no_line_count(old: bytes, new: bytes) -> None:
    diff = unified("a.md", old, new)
    assert coloured(diff).count(b"\n") == diff.count(b"\n")


def test_a_change_far_down_a_long_page_is_found_fast_and_alone() -> None:
    old = b"".join(b"line %d\n" % number for number in range(100_000))
    diff = unified("a.md", old, old.replace(b"line 77777\n", b"changed\n"))
    assert diff.count(b"\n") == 2 + 1 + 8


def test_a_page_changed_from_end_to_end_is_replaced_whole() -> None:
    old = b"".join(b"old %d\n" % number for number in range(3000))
    diff = unified("a.md", old, old.replace(b"old", b"new"))
    assert diff.count(b"\n-old") == diff.count(b"\n+new") == 3000


def test_a_diff_to_read_is_text_whatever_the_file_holds() -> None:
    assert readable("a.md", b"", b"\xff\n").endswith("+\\xff\n")


def test_a_diff_to_read_ends_at_a_line_where_nobody_reads_on() -> None:
    new = b"a line of a page\n" * 5000
    whole = unified("a.md", b"", new).decode()
    *lines, end = readable("a.md", b"", new).splitlines(keepends=True)
    shown = "".join(lines)
    assert whole.startswith(shown)
    assert 19_900 < len(shown) <= 20_000
    assert end == f"\\ cut here: {len(whole) - len(shown):,} more characters\n"
