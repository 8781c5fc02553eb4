"""Which files are pages."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from enrich.errors import EnrichError
from enrich.store.listing import list_pages, named, within


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "content"
    _write(
        root / "index.md", root / "posts" / "a.md", root / "posts" / "deep" / "b.md", root / "posts" / "a.png"
    )
    return root


def _write(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def _names(
    root: Path, include: Sequence[str] = ("**/*.md",), exclude: Sequence[str] = (), *paths: Path
) -> list[str]:
    return [page.relative_to(root).as_posix() for page in list_pages(root, include, exclude, paths)]


def test_pages_are_sorted_and_fit_a_pattern(root: Path) -> None:
    _write(root / "posts-2" / "c.md")

    assert _names(root) == ["index.md", "posts-2/c.md", "posts/a.md", "posts/deep/b.md"]
    assert _names(root, ["*.md", "posts/*.png"]) == ["index.md", "posts/a.png"]


@pytest.mark.parametrize("pattern", ["posts", "posts/", "posts/**", "**/posts"])
def test_what_an_excluded_folder_holds_is_left_alone(root: Path, pattern: str) -> None:
    assert _names(root, exclude=[pattern]) == ["index.md"]


def test_hidden_names_are_left_alone(root: Path) -> None:
    _write(root / ".git" / "a.md", root / ".hidden.md", root / "posts" / ".enrich" / "x.md")

    assert _names(root) == ["index.md", "posts/a.md", "posts/deep/b.md"]


def test_a_folder_to_skip_is_left_alone_by_whatever_way_it_is_reached(root: Path, tmp_path: Path) -> None:
    _write(root / "cache" / "README.md")
    (root / "shortcut").symlink_to("cache")

    pages = list_pages(root, ["**/*.md"], skip=[root / "posts" / ".." / "cache"])

    assert [page.name for page in pages] == ["index.md", "a.md", "b.md"]


def test_links_that_leave_the_root_are_not_followed(root: Path, tmp_path: Path) -> None:
    _write(tmp_path / "outside" / "secret.md", tmp_path / "content-2" / "near.md")
    (root / "file.md").symlink_to(tmp_path / "outside" / "secret.md")
    (root / "folder").symlink_to(tmp_path / "outside")
    (root / "near").symlink_to("../content-2")
    (root / "chain.md").symlink_to("file.md")

    assert _names(root) == ["index.md", "posts/a.md", "posts/deep/b.md"]
    with pytest.raises(EnrichError, match="no pages"):
        list_pages(root, ["**/*.md"], paths=[root / "file.md"])


def test_a_linked_page_is_listed_once_under_its_own_name(root: Path) -> None:
    (root / "0.md").symlink_to("posts/a.md")
    (root / "0").symlink_to("posts")

    assert _names(root) == ["index.md", "posts/a.md", "posts/deep/b.md"]


def test_a_link_to_what_is_not_listed_itself_is_followed(root: Path) -> None:
    _write(root / ".shared" / "s.md", root / "posts" / "note.txt")
    (root / "shared").symlink_to(".shared")
    (root / "note.md").symlink_to("posts/note.txt")

    assert _names(root) == ["index.md", "note.md", "posts/a.md", "posts/deep/b.md", "shared/s.md"]


def test_loops_of_links_end(root: Path) -> None:
    (root / "posts" / "up").symlink_to("..")
    (root / "self").symlink_to("self")
    (root / "one").symlink_to("two")
    (root / "two").symlink_to("one")
    (root / "gone.md").symlink_to("nowhere.md")

    assert _names(root) == ["index.md", "posts/a.md", "posts/deep/b.md"]


def test_a_root_may_be_a_link_itself(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("content")

    assert _names(tmp_path / "link")[0] == "index.md"


def test_only_regular_files_are_pages(root: Path) -> None:
    os.mkfifo(root / "pipe.md")
    (root / "folder.md").mkdir()

    assert _names(root) == ["index.md", "posts/a.md", "posts/deep/b.md"]


def test_paths_name_single_pages_and_folders(root: Path) -> None:
    _write(root / "posts" / "notes.txt")

    named = [root / "posts" / "notes.txt", root / "posts" / "deep", root / "posts" / "deep" / "b.md"]

    assert _names(root, ["**/*.md"], [], *named) == ["posts/deep/b.md", "posts/notes.txt"]


def test_patterns_speak_from_the_root_also_where_a_folder_is_named(root: Path) -> None:
    assert _names(root, ["posts/*.md"], [], root / "posts") == ["posts/a.md"]


def test_a_path_elsewhere_is_its_own_root(root: Path, tmp_path: Path) -> None:
    _write(tmp_path / "other" / "x.md", tmp_path / "other" / ".y.md", tmp_path / "single.txt")

    pages = list_pages(root, ["**/*.md"], paths=[tmp_path / "other", tmp_path / "single.txt"])

    assert pages == (tmp_path / "other" / "x.md", tmp_path / "single.txt")


def test_a_path_is_shown_as_it_was_given(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root.parent)

    assert list_pages(Path("content"), ["*.md"]) == (Path("content/index.md"),)
    assert list_pages(root, ["**/*.md"], paths=[Path("content/posts/deep")]) == (
        Path("content/posts/deep/b.md"),
    )


@pytest.mark.parametrize("name", ["nowhere", "nowhere.md"])
def test_a_path_that_does_not_exist_stops_the_run(root: Path, name: str) -> None:
    with pytest.raises(EnrichError, match=f"{name}: No such file or directory"):
        list_pages(root, ["**/*.md"], paths=[root / name])
    with pytest.raises(EnrichError, match=f"{name}: No such file or directory"):
        list_pages(root / name, ["**/*.md"])


def test_no_pages_at_all_stop_the_run_and_it_says_where_it_looked(root: Path) -> None:
    with pytest.raises(EnrichError, match=r"content: no pages that fit \*\.rst"):
        list_pages(root, ["*.rst"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_cannot_be_listed_stands_among_the_pages(root: Path) -> None:
    (root / "posts").chmod(0o000)
    try:
        assert _names(root) == ["index.md", "posts"]
    finally:
        (root / "posts").chmod(0o755)


def test_a_name_that_is_no_text_is_listed(root: Path) -> None:
    (root / os.fsdecode(b"caf\xe9.md")).write_text("x")

    assert os.fsdecode(b"caf\xe9.md") in _names(root)


def test_pages_are_named_by_file_folder_or_link_and_nothing_else_is_a_page(tmp_path: Path) -> None:
    for name in ("content/a.md", "content/papers/b.md", "content/papers/old/c.md", "README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "shelf").symlink_to("content/papers/old")
    pages = list_pages(tmp_path / "content", ["**/*.md"])

    def named(*paths: str) -> list[str]:
        return [page.name for page in within(pages, [tmp_path / path for path in paths])]

    assert named("content/papers") == ["b.md", "c.md"]
    assert named("shelf") == ["c.md"]
    assert named("README.md", "content/a.md", "content/gone.md", "content/pap") == ["a.md"]
    assert named("content/papers/b.md", "content/papers", ".") == ["a.md", "b.md", "c.md"]
    assert named() == []


def test_names_lead_to_the_files_that_are_still_there(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", "papers/c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    names = ("b.md", "papers/c.md", "gone.md", "papers", "a.md")
    assert named(tmp_path, names) == tuple(tmp_path / name for name in ("a.md", "b.md", "papers/c.md"))
    assert named(tmp_path, names, [tmp_path / "papers"]) == (tmp_path / "papers" / "c.md",)
    with pytest.raises(EnrichError, match="gone: No such file or directory"):
        named(tmp_path, names, [tmp_path / "gone"])
