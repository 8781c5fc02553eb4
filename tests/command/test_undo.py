from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

MEMORY = Path(".enrich") / "memory.jsonl"


def remembered() -> list[str]:
    lines = MEMORY.read_text(encoding="utf-8").splitlines() if MEMORY.exists() else []
    return [page for line in lines if (page := json.loads(line).get("page"))]


def test_what_a_run_wrote_goes_without_a_trace_and_the_next_run_writes_it_anew(place: Any) -> None:
    place.run("run", "-q")
    enriched = place.page.read_bytes()
    assert remembered() == ["content/a page.md"]
    code, out, err = place.run("undo")
    assert (code, out) == (0, b""), err
    assert "written\n  content/a page.md  1 change\n" in err
    assert place.page.read_text(encoding="utf-8") == place.text
    assert remembered() == []
    assert [file.name for file in (place.folder / ".enrich").iterdir()] == ["memory.jsonl"]
    place.run("run", "-q")
    assert place.page.read_bytes() == enriched


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_dry_run_prints_the_patch_and_changes_nothing(place: Any) -> None:
    place.run("run", "-q")
    enriched, memory = place.page.read_bytes(), MEMORY.read_bytes()
    code, out, err = place.run("undo", "-n")
    assert code == 0
    assert out.startswith(b"--- a/content/a page.md\t\n")
    assert "Dry run: nothing was written." in err
    assert (place.page.read_bytes(), MEMORY.read_bytes()) == (enriched, memory)
    subprocess.run(["git", "apply"], input=out, check=True)
    assert place.page.read_text(encoding="utf-8") == place.text


def test_an_entry_that_somebody_edited_stays_and_is_told(place: Any) -> None:
    place.run("run", "-q")
    edited = place.page.read_text(encoding="utf-8").replace("Journal of Made Examples", "J. Made Ex.")
    place.page.write_text(edited, encoding="utf-8")
    code, _, err = place.run("undo")
    assert code == 0
    assert "kept as a person left it" in err
    assert f"of {place.doi}" in err
    assert "1 page in" in err
    assert place.page.read_text(encoding="utf-8") == edited
    assert remembered() == []


def test_only_pages_under_a_path_are_undone(place: Any) -> None:
    other = place.folder / "content" / "papers" / "other.md"
    other.parent.mkdir()
    other.write_text(place.text, encoding="utf-8")
    place.run("run", "-q")
    assert place.run("undo", "content/papers")[0] == 0
    assert other.read_text(encoding="utf-8") == place.text
    assert remembered() == ["content/a page.md"]
    assert place.page.read_text(encoding="utf-8") != place.text


def test_a_path_that_is_not_there_is_told(place: Any) -> None:
    code, _, err = place.run("undo", "content/gone.md")
    assert code == 2
    assert "content/gone.md: No such file or directory" in err


def test_where_nothing_was_written_there_is_nothing_to_undo(place: Any) -> None:
    code, out, err = place.run("undo")
    assert (code, out) == (0, b"")
    assert "nothing to undo" in err
    assert not (place.folder / ".enrich").exists()
    assert place.run("undo", "-q") == (0, b"", "")


def test_a_page_that_was_moved_away_is_no_trouble(place: Any) -> None:
    place.run("run", "-q")
    place.page.rename(place.folder / "elsewhere.md")
    assert place.run("undo")[0] == 0
    assert remembered() == ["content/a page.md"]


def test_a_page_that_can_no_longer_be_read_is_refused_with_its_line(place: Any) -> None:
    place.run("run", "-q")
    place.page.write_text("---\ntitle: [\n---\n", encoding="utf-8")
    code, _, err = place.run("undo")
    assert code == 0
    assert "content/a page.md:" in err
    assert remembered() == ["content/a page.md"]


def test_a_page_that_cannot_be_written_is_left_for_the_next_time(place: Any) -> None:
    place.run("run", "-q")
    enriched = place.page.read_bytes()
    place.page.chmod(0o444)
    code, _, err = place.run("undo")
    assert code == 3
    assert "read-only" in err
    place.page.chmod(0o644)
    assert place.page.read_bytes() == enriched
    assert place.run("undo", "-q")[0] == 0
    assert place.page.read_text(encoding="utf-8") == place.text


def test_a_page_that_opted_out_meanwhile_is_undone_all_the_same(place: Any) -> None:
    place.run("run", "-q")
    text = place.page.read_text(encoding="utf-8")
    place.page.write_text(text.replace("title: Bones", "title: Bones\nenrich: false"), encoding="utf-8")
    assert place.run("undo")[0] == 0
    assert place.page.read_text(encoding="utf-8") == place.text.replace(
        "Bones\n---", "Bones\nenrich: false\n---", 1
    )


@pytest.mark.parametrize("create", ["json", "yaml", "toml"])
def test_a_page_that_had_no_front_matter_has_none_again(
    create: str, place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = place.text.split("---\n")[2]
    place.page.write_text(bare, encoding="utf-8")
    monkeypatch.setenv("ENRICH_OUTPUT__CREATE", create)
    place.run("run", "-q")
    assert place.page.read_text(encoding="utf-8") != bare
    assert place.run("undo", "-q") == (0, b"", "")
    assert place.page.read_text(encoding="utf-8") == bare
