from __future__ import annotations

from pathlib import Path

import pytest

from enrich.errors import EnrichError
from enrich.model.survey import Layout
from enrich.survey import site

PAGE = "---\ntitle: a\n---\nPMID: 23006613\n"
PLAIN = Layout("plain", "w", ".", "r", ("**/*.md",))


def watch(done: int, total: int) -> None:
    assert 0 < done <= total


def write(folder: Path, name: str, text: str = PAGE) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def test_a_site_is_found_and_all_its_pages_looked_at(tmp_path: Path) -> None:
    write(tmp_path, "hugo.toml", 'baseURL = "https://a.org"\n')
    write(tmp_path, "README.md")
    write(tmp_path, "content/a.md")
    write(tmp_path, "content/b/c.md", "---\ntitle: 'a\n---\n")
    seen: list[tuple[int, int]] = []

    layout = site.found(tmp_path)
    survey = site.survey(tmp_path, layout, lambda done, total: seen.append((done, total)))

    assert (layout.generator, layout.root, layout.address) == ("hugo", "content", "a.org")
    assert (survey.pages, survey.citing) == (2, 1)
    assert [fault.path for fault in survey.refused] == ["content/b/c.md"]
    assert seen == [(1, 2), (2, 2)]


def test_a_plain_site_has_its_pages_where_nearly_all_markdown_stands(tmp_path: Path) -> None:
    for number in range(9):
        write(tmp_path, f"docs/{number}.md")
    write(tmp_path, "README.md")

    layout = site.found(tmp_path)

    assert (layout.root, layout.root_why) == ("docs", "9 of 10 Markdown files stand in docs/")


@pytest.mark.parametrize("names", [["hugo.toml"], ["_config.yml"], ["a.txt"], []])
def test_a_site_without_pages_is_a_survey_of_none(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        write(tmp_path, name, "")

    assert site.survey(tmp_path, site.found(tmp_path), watch).pages == 0


def test_what_cannot_be_read_is_counted_with_its_reason(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "a" * 200)
    write(tmp_path, "b.md")
    (tmp_path / "a folder.md").mkdir()

    class Gone:
        """Takes a page away between listing and reading."""

        def __call__(self, done: int, total: int) -> None:
            (tmp_path / "b.md").unlink(missing_ok=True)

    survey = site.survey(tmp_path, PLAIN, Gone(), max_bytes=100)

    assert survey.pages == 2
    assert [(fault.path, fault.reason.split(":")[0]) for fault in survey.refused] == [
        ("a.md", "larger than [pages] max_bytes")
    ]
    assert [(fault.path, fault.reason) for fault in survey.unreadable] == [
        ("b.md", "cannot be read: No such file or directory")
    ]


def test_our_own_folders_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    write(tmp_path, "cache/README.md")

    assert site.survey(tmp_path, PLAIN, watch, skip=(tmp_path / "cache",)).pages == 1


def test_what_is_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnrichError, match="absent"):
        site.found(tmp_path / "absent")
