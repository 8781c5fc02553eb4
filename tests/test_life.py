"""The life of a hand edit, on real files with the real git: the table of the README, row by row."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ONE, TWO = "10.5555/one.2021", "10.5555/two.2022"


def record(doi: str, **more: object) -> dict[str, object]:
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [f"Title of {doi}"],
        "container-title": ["Journal of Made Examples"],
        "author": [{"given": "Ann", "family": "Lindqvist"}],
        "issued": {"date-parts": [[2021, 7]]},
        **more,
    }


OLD = f"---\ntitle: Two papers\n---\n\nSee doi: {ONE} and https://doi.org/{TWO}.\n"
CHANGED = {"container-title": ["Journal of Better Examples"]}


@pytest.fixture
def lived(site: Any) -> Any:
    """A site that was enriched once and committed, memory and all."""
    site.knows(record(ONE))
    site.knows(record(TWO))
    site.page().write_text(OLD)
    git(site, "init", "-q", "-b", "main")
    (site.folder / ".gitignore").write_text("cache/\n")
    commit(site, "before")
    assert site.run().code == 0
    commit(site, "enriched")
    return site


def git(site: Any, *arguments: str) -> None:
    name = ["-c", "user.name=A Person", "-c", "user.email=person@example.org"]
    subprocess.run(["git", *name, *arguments], cwd=site.folder, check=True, capture_output=True)


def commit(site: Any, message: str) -> None:
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", message)


def edit(site: Any, pattern: str, replacement: str) -> str:
    text = site.page().read_text()
    edited = re.sub(pattern, replacement, text, count=1, flags=re.DOTALL)
    assert edited != text
    site.page().write_text(edited)
    return edited


def test_a_second_run_changes_nothing_and_asks_nothing(lived: Any) -> None:
    lived.crossref.requests.clear()
    before = lived.page().read_bytes()
    memory = (lived.folder / ".enrich/memory.jsonl").read_bytes()

    run = lived.run()

    assert run.code == 0
    assert lived.page().read_bytes() == before
    assert (lived.folder / ".enrich/memory.jsonl").read_bytes() == memory
    assert lived.crossref.requests == []


def test_a_changed_field_is_kept_also_when_the_registry_changes(lived: Any) -> None:
    edited = edit(lived, "Journal of Made Examples", "J. Made Ex.")
    lived.knows(record(ONE, **CHANGED))

    run = lived.run("--refresh")

    assert lived.page().read_text() == edited
    kept = run.pages["content/page.md"]["kept"]
    assert [(each["page"], each["registry"]) for each in kept] == [
        ("J. Made Ex.", "Journal of Better Examples")
    ]
    said = " ".join(run.err.split())
    assert "kept: journal 'J. Made Ex.'" in said
    assert "(Crossref: Journal of Better Examples)" in said


def test_a_deleted_field_stays_deleted(lived: Any) -> None:
    edited = edit(lived, r" +journal: [^\n]+\n", "")
    lived.knows(record(ONE, **CHANGED))

    lived.run("--refresh")

    assert lived.page().read_text() == edited


def test_an_entry_that_a_person_added_stays(lived: Any) -> None:
    edited = edit(lived, r"(citations:\n)", "\\1  - title: A book on my shelf\n    note: no DOI\n")

    assert lived.run().code == 0
    assert lived.page().read_text() == edited


def test_a_deleted_entry_stays_away_while_another_one_stands(lived: Any) -> None:
    edited = edit(lived, rf'  - doi: "{re.escape(ONE)}".*?(?=  - doi)', "")

    assert lived.run().code == 0
    assert lived.page().read_text() == edited


def test_a_note_and_a_comment_stay_where_they_were_put(lived: Any) -> None:
    edited = edit(
        lived, r"(    published: [^\n]+\n)", "\\1    note: read this one # twice\n    # and again\n"
    )
    lived.knows(record(ONE, **CHANGED))

    lived.run("--refresh")

    assert lived.page().read_text() == edited.replace("Made Examples", "Better Examples", 1)


def test_a_page_reverted_with_git_is_enriched_again(lived: Any) -> None:
    enriched = lived.page().read_text()
    git(lived, "checkout", "HEAD~1", "--", "content/page.md")

    assert lived.run().code == 0
    assert lived.page().read_text() == enriched


def test_pages_and_memory_follow_a_branch_and_back(lived: Any) -> None:
    enriched = lived.page().read_text()
    git(lived, "checkout", "-q", "-b", "side", "HEAD~1")
    assert lived.page().read_text() == OLD
    lived.run()
    commit(lived, "enriched on the side")
    on_the_side = lived.page().read_text()
    git(lived, "checkout", "-q", "main")

    run = lived.run()

    assert on_the_side == enriched
    assert lived.page().read_text() == enriched
    assert run.report["totals"]["unchanged"] == 1
    assert run.pages["content/page.md"]["kept"] == []


@pytest.mark.parametrize("with_memory", [True, False])
def test_a_fresh_clone_goes_on_with_and_without_the_memory(lived: Any, with_memory: bool) -> None:
    edited = edit(lived, "Journal of Made Examples", "J. Made Ex.")
    lived.run()
    shutil.rmtree(lived.folder / "cache")
    if not with_memory:
        shutil.rmtree(lived.folder / ".enrich")
    lived.knows(record(ONE, title=["Another title"], **CHANGED))

    run = lived.run()

    text = lived.page().read_text()
    # Without memory a value that differs from the registry's is a person's: the title, too, stays.
    assert text == (edited.replace(f"Title of {ONE}", "Another title", 1) if with_memory else edited)
    assert [each["key"] for each in run.pages["content/page.md"]["kept"]][-1].endswith("journal")


def test_what_equals_the_registry_is_adopted_without_memory(lived: Any) -> None:
    shutil.rmtree(lived.folder / ".enrich")
    lived.run()
    lived.knows(record(ONE, **CHANGED))

    lived.run("--refresh")

    assert "Journal of Better Examples" in lived.page().read_text()


def test_a_page_that_opts_out_is_left_alone(lived: Any) -> None:
    edited = edit(lived, "title: Two papers\n", "title: Two papers\nenrich: false\n")
    lived.knows(record(ONE, **CHANGED))

    run = lived.run("--refresh")

    assert lived.page().read_text() == edited
    assert run.report["totals"]["skipped"] == 1


def test_a_paper_no_longer_cited_loses_its_untouched_entry_alone(lived: Any) -> None:
    edit(lived, rf"doi: {re.escape(ONE)} and ", "")

    lived.run()

    text = lived.page().read_text()
    assert ONE not in text
    assert TWO in text


def test_the_site_may_be_run_from_another_folder(
    lived: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (lived.folder / "config.toml").write_text("")
    before = lived.page().read_bytes()
    monkeypatch.chdir(tmp_path)

    run = lived.run("-c", "site/config.toml")

    assert run.code == 0
    assert [*run.pages] == ["site/content/page.md"]
    assert lived.page().read_bytes() == before
