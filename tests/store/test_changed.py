from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from enrich.errors import EnrichError
from enrich.store.changed import changed_pages

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


class Repository:
    """A scratch repository whose configuration is nobody's own."""

    def __init__(self, top: Path) -> None:
        self.top = top
        top.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *command: str) -> str:
        done = subprocess.run(["git", *command], cwd=self.top, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def write(self, name: str, text: str = "text\n") -> Path:
        file = self.top / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "a change")
        return self.git("rev-parse", "HEAD")

    def pages(self) -> tuple[Path, ...]:
        return tuple(sorted(self.top.rglob("*.md")))

    def changed(self, base: str = "") -> list[str]:
        pages = changed_pages(self.pages(), base)
        return [page.relative_to(self.top).as_posix() for page in pages]


@pytest.fixture(autouse=True)
def _nobodys_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for person in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{person}_NAME", "A Person")
        monkeypatch.setenv(f"GIT_{person}_EMAIL", "person@example.org")
    (tmp_path / "gitconfig").write_text('[protocol "file"]\n\tallow = always\n', encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "site")
    for name in ("one", "two", "three"):
        made.write(f"content/{name}.md")
    made.commit()
    return made


def test_nothing_has_changed_in_a_clean_tree(site: Repository) -> None:
    assert site.changed() == []
    assert changed_pages(()) == ()


def test_staged_unstaged_and_untracked_pages_have_changed(site: Repository) -> None:
    site.write("content/one.md", "staged\n")
    site.git("add", "-A")
    site.write("content/two.md", "unstaged\n")
    site.write("content/new.md")
    site.write("content/kept away.md")
    site.write(".gitignore", "kept*\n")
    assert site.changed() == ["content/new.md", "content/one.md", "content/two.md"]


def test_a_page_that_was_put_back_has_not_changed(site: Repository) -> None:
    site.write("content/one.md", "staged\n")
    site.git("add", "-A")
    site.write("content/one.md")
    assert site.changed() == []


def test_a_renamed_page_is_changed_under_its_new_name_and_a_deleted_one_is_not_there(
    site: Repository,
) -> None:
    site.git("mv", "content/one.md", "content/renamed.md")
    site.git("rm", "-q", "content/two.md")
    (site.top / "content" / "three.md").unlink()
    assert site.changed() == ["content/renamed.md"]


@pytest.mark.parametrize(
    "name", ["a page.md", "Über größe 骨.md", "tab\there.md", "line\nbreak.md", "-n.md", '"q".md', "a\\b.md"]
)
@pytest.mark.parametrize("is_known", [True, False])
def test_names_are_taken_as_they_are(name: str, is_known: bool, site: Repository) -> None:
    page = site.write(f"content/{name}")
    if is_known:
        site.commit()
        page.write_text("edited\n", encoding="utf-8")
    assert site.changed() == [f"content/{name}"]


def test_a_name_that_is_no_utf_8_is_found(site: Repository) -> None:
    file = Path(os.fsdecode(os.fsencode(site.top / "content") + b"/\xff.md"))
    file.write_text("text\n", encoding="utf-8")
    assert changed_pages(site.pages()) == (file,)


def test_a_folder_of_the_repository_is_enough(site: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("content/one.md", "edited\n")
    site.write("README.md")
    monkeypatch.chdir(site.top / "content")
    site.git("config", "diff.relative", "true")
    assert changed_pages((Path("one.md"), Path("two.md"))) == (Path("one.md"),)


def test_with_a_base_all_of_a_branch_has_changed_but_nothing_of_what_the_base_did_since(
    site: Repository,
) -> None:
    site.git("switch", "-q", "-c", "topic")
    site.write("content/one.md", "on the branch\n")
    site.commit()
    site.git("switch", "-q", "main")
    site.write("content/two.md", "on main since\n")
    site.commit()
    site.git("switch", "-q", "topic")
    site.write("content/new.md")
    assert site.changed("main") == ["content/new.md", "content/one.md"]
    assert site.changed("HEAD") == ["content/new.md"]


def test_before_the_first_commit_everything_has_changed(tmp_path: Path) -> None:
    fresh = Repository(tmp_path / "fresh")
    fresh.write("a.md")
    fresh.git("add", "a.md")
    fresh.write("b.md")
    assert fresh.changed() == ["a.md", "b.md"]


def test_a_link_that_points_elsewhere_now_has_changed(site: Repository) -> None:
    link = site.top / "content" / "link.md"
    site.write("texts/one.txt")
    site.write("texts/two.txt")
    link.symlink_to("../texts/one.txt")
    site.commit()
    link.unlink()
    link.symlink_to("../texts/two.txt")
    assert site.changed() == ["content/link.md"]


def test_a_page_whose_text_stands_behind_a_link_has_changed_with_it(site: Repository) -> None:
    site.write("texts/one.txt")
    (site.top / "content" / "link.md").symlink_to("../texts/one.txt")
    site.commit()
    site.write("texts/one.txt", "edited\n")
    assert site.changed() == ["content/link.md"]


def test_pages_of_a_submodule_are_held_against_the_commit_it_stood_at(
    site: Repository, tmp_path: Path
) -> None:
    wiki = Repository(tmp_path / "wiki")
    wiki.write("old.md")
    wiki.write("other.md")
    wiki.commit()
    site.git("submodule", "add", "-q", str(wiki.top), "content/wiki")
    assert site.changed() == ["content/wiki/old.md", "content/wiki/other.md"]
    site.commit()
    assert site.changed() == []

    inside = Repository(site.top / "content" / "wiki")
    inside.write("old.md", "edited\n")
    inside.commit()
    inside.write("new.md")
    assert site.changed() == ["content/wiki/new.md", "content/wiki/old.md"]
    assert site.changed("HEAD") == ["content/wiki/new.md", "content/wiki/old.md"]


def test_a_submodule_that_was_not_fetched_holds_nothing(site: Repository, tmp_path: Path) -> None:
    wiki = Repository(tmp_path / "wiki")
    wiki.write("old.md")
    wiki.commit()
    site.git("submodule", "add", "-q", str(wiki.top), "content/wiki")
    site.commit()
    site.git("submodule", "deinit", "-q", "-f", "content/wiki")
    site.write("content/one.md", "edited\n")
    assert site.changed("HEAD") == ["content/one.md"]


def test_a_hooks_own_repository_is_not_the_pages(
    site: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repository(tmp_path / "other")
    site.write("content/one.md", "edited\n")
    monkeypatch.setenv("GIT_DIR", str(other.top / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert [page.name for page in changed_pages(site.pages())] == ["one.md"]


def test_pages_of_two_repositories_are_each_held_against_their_own(site: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    there = other.write("a.md")
    here = site.write("content/one.md", "edited\n")
    assert changed_pages((*site.pages(), there)) == (here, there)


def told(site: Repository, base: str) -> str:
    with pytest.raises(EnrichError) as wrong:
        site.changed(base)
    return str(wrong.value)


def test_a_base_that_is_not_there_says_so(site: Repository) -> None:
    assert told(site, "origin/main") == (
        f"{site.top}: git knows no commit 'origin/main'; name a branch, tag or commit that is there, or fetch it first"
    )


@pytest.mark.parametrize("base", ["--output=x", "-n", "--all", "main..topic", "; touch x", "main\n"])
def test_a_base_is_never_an_option(base: str, site: Repository) -> None:
    assert "git knows no commit" in told(site, base)
    assert sorted(each.name for each in site.top.iterdir()) == [".git", "content"]


def test_a_path_in_the_place_of_a_base_is_explained(
    site: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.top)
    assert "write `--changed=HEAD content`" in told(site, "content")


def test_a_shallow_clone_says_how_to_get_its_history(site: Repository, tmp_path: Path) -> None:
    first = site.git("rev-parse", "HEAD")
    site.write("content/one.md", "edited\n")
    site.commit()
    site.git("clone", "-q", "--depth=1", f"file://{site.top}", str(tmp_path / "shallow"))
    shallow = Repository(tmp_path / "shallow")
    assert "the clone is shallow: fetch its history (`fetch-depth: 0`" in told(shallow, first)
    assert shallow.changed() == []


def test_a_shallow_clone_that_does_not_reach_the_fork_says_so_too(site: Repository, tmp_path: Path) -> None:
    site.git("switch", "-q", "-c", "topic")
    site.write("content/one.md", "edited\n")
    site.commit()
    site.git("switch", "-q", "main")
    site.write("content/two.md", "edited\n")
    site.commit()
    site.git(
        "clone", "-q", "--depth=1", "--no-single-branch", f"file://{site.top}", str(tmp_path / "shallow")
    )
    shallow = Repository(tmp_path / "shallow")
    said = told(shallow, "origin/topic")
    assert "have no commit in common; the clone is shallow" in said


def test_pages_in_no_repository_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "a.md").write_text("text\n", encoding="utf-8")
    with pytest.raises(EnrichError, match=r"not a git repository.*leave out --changed"):
        changed_pages((tmp_path / "plain" / "a.md",))


def test_a_machine_without_git_is_told(
    site: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = site.pages()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(EnrichError, match="git is not installed: install it, or name the pages"):
        changed_pages(pages)
