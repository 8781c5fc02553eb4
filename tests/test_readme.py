"""The README says what the program does: examples, tables and words are held against a real run and the code."""

from __future__ import annotations

import ast
import doctest
import json
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest

from enrich.cli import cli, guarded
from enrich.config import settings
from enrich.door.session import FORMATS
from enrich.errors import EnrichError
from enrich.model.link import LinkStatus, PdfVerdict
from enrich.model.outcome import (
    CitationOutcome,
    LinkOutcome,
    Outcome,
    PageOutcome,
    Report,
    Status,
)
from enrich.net.host import Patience
from enrich.page.profiles.listed import LIST
from enrich.page.profiles.own import FLAT
from enrich.report import json_report, junit, markdown
from enrich.report.tally import FINDINGS, exit_code
from enrich.source.crossref.client import pool
from enrich.store import decisions

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "docs/init.md", "docs/profiles.md", "docs/how-it-decides.md")
}
DOCUMENTATION = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

PAGE = """---
title: The double helix
date: 2024-02-28  # first draft
tags: [dna, history]
---

- Watson and Crick. *Nature* 1953;171:737-8. doi: 10.1038/171737A0.
"""
RECORD: dict[str, object] = {
    "DOI": "10.1038/171737a0",
    "type": "journal-article",
    "title": ["Molecular Structure of Nucleic Acids: A Structure for Deoxyribose Nucleic Acid"],
    "container-title": ["Nature"],
    "author": [{"given": "J. D.", "family": "WATSON"}, {"given": "F. H. C.", "family": "CRICK"}],
    "issued": {"date-parts": [[1953, 4]]},
    "volume": "171",
    "issue": "4356",
    "page": "737-738",
}
ONE, TWO = "10.5555/one.2021", "10.5555/two.2022"

# Each row of the table of hand edits, and the tests that live it.
LIFE = {
    "changed a field": ["test_a_changed_field_is_kept_also_when_the_registry_changes"],
    "changed a field back to what the registry says": ["test_a_field_put_back_follows_the_registry_again"],
    "deleted a field": ["test_a_deleted_field_stays_deleted"],
    "added an entry": [
        "test_an_entry_that_a_person_added_stays",
        "test_an_entry_added_for_a_cited_paper_gets_what_it_lacks",
    ],
    "added a note, a field or a comment to an entry": ["test_a_note_and_a_comment_stay_where_they_were_put"],
    "deleted an entry, and others stand": ["test_a_deleted_entry_stays_away_while_another_one_stands"],
    "deleted the whole key": ["test_a_page_that_lost_the_whole_key_gets_its_entries_again"],
    "deleted all entries and left `citations: []`": ["test_a_list_that_a_person_emptied_stays_empty"],
    "corrected the DOI of an entry": ["test_an_entry_whose_doi_a_person_corrected_is_theirs"],
    "took the citation out of the text": [
        "test_a_paper_no_longer_cited_loses_its_untouched_entry_alone",
        "test_an_edited_entry_outlasts_its_citation",
    ],
    "nothing, but the registry changed": ["test_what_nobody_edited_follows_the_registry"],
    "reverted the page (`git checkout`), not the memory": ["test_a_page_reverted_with_git_is_enriched_again"],
    "went to a branch and back": ["test_pages_and_memory_follow_a_branch_and_back"],
    "made a fresh clone, memory committed": ["test_a_fresh_clone_goes_on_with_and_without_the_memory"],
    "made a fresh clone, memory lost": [
        "test_a_fresh_clone_goes_on_with_and_without_the_memory",
        "test_what_a_person_deleted_comes_back_without_memory",
    ],
    "renamed the page": ["test_a_renamed_page_is_one_without_memory"],
    "applied the patch of a dry run": ["test_values_of_an_applied_patch_are_adopted"],
}


def block(language: str, having: str, text: str = README) -> str:
    """Return the one fenced block of `language` that holds `having`."""
    (found,) = (one for one in re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S) if having in one)
    return str(found)


def table(head: str, text: str = README) -> list[list[str]]:
    """Return the cells of the one table whose head begins with the cell `head`."""
    (found,) = re.findall(rf"^\| {re.escape(head)} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.M)
    return [[cell.strip() for cell in row[1:-1].split("|")] for row in found.splitlines()]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.fixture
def helix(site: Any) -> Any:
    site.knows(RECORD)
    site.page("helix.md").write_text(PAGE, encoding="utf-8")
    return site


def test_the_first_diff_is_what_a_dry_run_prints(helix: Any) -> None:
    assert helix.run("-n").out.decode() == block("diff", "helix.md")


def test_the_example_of_the_report_is_a_real_one(helix: Any) -> None:
    example = json.loads(block("json", '"version"'))
    real = helix.run("-n").report

    (traffic,) = real["requests"].values()
    (documented,) = example["requests"].values()
    assert documented.keys() == traffic.keys()
    assert documented["sent"] == traffic["sent"]
    assert {**real, "seconds": 0, "requests": 0} == {**example, "seconds": 0, "requests": 0}


def test_every_field_of_the_report_is_explained_and_every_explained_field_exists(helix: Any) -> None:
    fields = {*places(helix.run().report)}
    page = helix.page("helix.md")
    page.write_text(page.read_text().replace("journal: Nature", "journal: Nat."))
    fields |= {*places(helix.run().report), *places(linked())}

    explained = [name for row in table("field") for name in quoted(row[0])]

    assert len(explained) == len(set(explained))
    assert set(explained) == fields


def linked() -> object:
    """Return the report of a run that met a link and a paper newly retracted."""
    cited = CitationOutcome(
        "Bones. Smith", "10.5555/a", 1, "found", in_words=True, matched_by=("title",), is_news=True
    )
    link = LinkOutcome("https://a.example/", 1, "ok")
    page = PageOutcome("a.md", "written", citations=(cited,), links=(link,))
    return json.loads(json_report.render(Report(False, 0, (page,), (), ()), 0))


def places(value: object, at: str = "") -> Iterator[str]:
    """Name each leaf of a report as the README does; a page's values are leaves, whatever they hold."""
    is_value = re.search(r"\.(?:old|new)$|kept\[\]\.(?:page|registry)$", at)
    if isinstance(value, dict) and not is_value:
        for key, item in value.items():
            yield from places(item, f"{at}.{'HOST' if at == 'requests' else key}".lstrip("."))
    elif isinstance(value, list) and not is_value:
        for item in value:
            yield from places(item, f"{at}[]")
    else:
        yield at


def test_the_words_of_outcomes_and_statuses_are_complete() -> None:
    totals = [
        name.removeprefix("totals.") for row in table("field") for name in quoted(row[0]) if "totals" in name
    ]

    words = {*get_args(Outcome), *get_args(Status), *get_args(LinkStatus)}
    assert set(totals) == {"pages", "works", "links", "other_paper", "retracted", *words}
    (status,) = (row for row in table("field") if "`pages[].links[].status`" in row[0])
    (pdf,) = (row for row in table("field") if "`pages[].links[].pdf`" in row[0])
    assert quoted(status[1]) == [*get_args(LinkStatus)] == [row[0].strip("`") for row in table("verdict")]
    assert {*quoted(pdf[1])} == {*get_args(PdfVerdict), "null"}


def test_the_kinds_of_reports_are_told_by_their_endings() -> None:
    assert [quoted(row[0]) for row in table("ending")] == [[ending] for ending in FORMATS]
    assert f"{markdown.LIMIT:,} characters" in README
    junit_said = README[README.index("In JUnit, ") : README.index("The Markdown mentions nobody")]
    failures, errors, skipped = re.split("are failures|errors;", junit_said)
    for said, result in (failures, "failure"), (errors, "error"), (skipped, "skipped"):
        assert {*quoted(said)} == {*endings(result)}


def endings(result: str) -> Iterator[str]:
    """Name the words that JUnit reports as `result`."""
    for words in (junit.PAGES, junit.CITATIONS, junit.LINKS):
        yield from (word for word, one in words.items() if one == result)
    yield from ["other_paper"] * (result == "failure")


def test_the_exit_codes_are_the_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    codes = [
        ended(),
        ended("written", check=True),
        guarded(lambda: raising(EnrichError("no pages"))),
        ended("incomplete"),
        guarded(lambda: raising(ZeroDivisionError())),
        ended(interrupted=signal.SIGINT),
        ended(interrupted=signal.SIGTERM),
    ]

    documented = [int(code) for row in table("code") for code in row[0].split(", ")]

    assert documented == codes
    assert ended("written", "incomplete", check=True) == 1, "1 outranks 3"


def ended(*outcomes: Outcome, check: bool = False, interrupted: int | None = None) -> int:
    pages = tuple(PageOutcome(word, word) for word in outcomes)
    report = Report(dry_run=check, seconds=0, pages=pages, works=(), requests=(), interrupted=interrupted)
    return exit_code(report, check=check, fail_on=frozenset())


def raising(error: Exception) -> int:
    raise error


@pytest.mark.parametrize("name", ["README.md", "docs/api.md"])
def test_examples_in_python_print_what_they_say(
    name: str, helix: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(helix.folder.parent)
    blocks = re.findall(r"^```pycon\n(.*?)^```$", (ROOT / name).read_text(encoding="utf-8"), re.M | re.S)
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, name, name, 0)
    wrong: list[str] = []

    doctest.DocTestRunner().run(examples, out=wrong.append)

    assert examples.examples
    assert "".join(wrong) == ""


def test_every_option_is_listed_and_every_listed_option_exists() -> None:
    command = cli.commands["run"]
    listed = [re.findall(r"--?[a-z][\w-]*", row[0]) for row in table("option of `run`")]

    assert listed == [one.opts for one in command.params if isinstance(one, click.Option)] + [
        ["-h", "--help"]
    ]
    others = [re.findall(r"--?[a-z][\w-]*", row[0]) for row in table("option of other commands")]
    known = [[*one.opts] for one in options(cli)]
    assert [opts for opts in others if opts not in known] == []
    assert [opts for opts in known if opts not in [*listed, *others, ["--version"]]] == []


def options(group: click.Group) -> Iterator[click.Option]:
    for command in (group, *group.commands.values()):
        yield from (one for one in command.params if isinstance(one, click.Option))
        if isinstance(command, click.Group) and command is not group:
            yield from options(command)


def test_every_command_is_listed() -> None:
    listed = {name for row in table("command") for name in re.findall(r"`enrich ([a-z ]+[a-z])", row[0])}
    commands = {name for name, one in cli.commands.items() if not isinstance(one, click.Group)}

    assert listed == {*commands, "cache stats", "cache clear"}
    assert {*cli.commands["cache"].commands} == {"stats", "clear"}  # type: ignore[attr-defined]


def test_the_words_of_fail_on_are_all_there() -> None:
    (row,) = (row for row in table("option of `run`") if "--fail-on" in row[0])

    assert quoted(row[1]) == [*FINDINGS]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_setting_that_is_spoken_of_exists(name: str) -> None:
    known = {(one.table, one.key) for one in settings()}
    spoken = re.findall(r"\[(\w+)\] `?(\w+)\b", re.sub(r"\]\(.*?\)", "", DOCUMENTS[name]))

    assert spoken
    assert {*spoken} <= known
    variables = {one.variable for one in settings()}
    assert {*re.findall(r"ENRICH_\w+__\w+", DOCUMENTS[name])} <= variables


def test_the_listed_settings_have_their_real_defaults() -> None:
    defaults = {(one.table, one.key): one.default for one in settings()}
    for setting, default, _ in table("setting"):
        table_name = re.findall(r"\[(\w+)\]", setting)[0]
        keys = [name.rpartition(" ")[2] for name in quoted(setting)]
        for key, said in zip(keys, quoted(default), strict=True):
            real = defaults[table_name, key]
            expected = str(real) if isinstance(real, Path) else [*real] if isinstance(real, tuple) else real
            assert json.loads(said) == expected, f"[{table_name}] {key}"


def test_the_fields_that_are_written_are_named_in_their_order() -> None:
    written = README[README.index("## What is written") : README.index("## Hand edits")]
    of_list, of_flat = (
        [name for name in quoted(paragraph) if name in {*LIST, *FLAT}]
        for paragraph in written.split("\n\n")[1:3]
    )

    assert [*dict.fromkeys(of_list)] == [*LIST]
    assert of_flat == [*FLAT]


def test_the_limits_are_those_that_are_kept() -> None:
    rows = [[int(cell) for cell in row[1:]] for row in table("questions to Crossref")]
    polite, public = pool("me@example.org"), pool("")

    assert rows == [
        [polite.lists_per_s, public.lists_per_s],
        [polite.singles_per_s, public.singles_per_s],
        [polite.at_once, public.at_once],
    ]
    assert Patience().attempts == 4
    assert "tried four times" in README
    assert Patience().break_after == 5
    assert "after five failed questions in a row" in README


def test_the_decision_in_the_example_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(block("toml", "[[decision]]"), encoding="utf-8")

    decided = decisions.load(file)

    assert isinstance(decided, decisions.Decisions)
    assert [*decided.of("content/helix.md").values()] == [True]


def test_messages_are_quoted_as_the_program_says_them() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "enrich").rglob("*.py")))
    messages = [message for row in table("it says") for message in quoted(row[0])]

    assert messages
    assert [message for message in messages if message not in source] == []


@pytest.mark.parametrize("file", DOCUMENTATION, ids=lambda file: file.stem)
def test_links_lead_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", file.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        there = (file.parent / path).resolve() if path else file
        assert there.exists(), target
        heads = re.findall(r"^#+ (.*)$", there.read_text(encoding="utf-8"), re.M) if anchor else []
        assert not anchor or anchor in [
            re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads
        ]


def test_targets_of_make_that_are_spoken_of_exist() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)

    spoken = re.findall(r"(?:^|`)make ([a-z]+)", README, re.M)

    assert {"run", "test"} < {*spoken} <= {*targets}


def test_every_row_of_the_table_of_hand_edits_is_lived_by_a_test() -> None:
    files = [ROOT / "tests" / name for name in ("test_life.py", "test_readme.py")]
    tests = {
        one.name
        for file in files
        for one in ast.parse(file.read_text()).body
        if isinstance(one, ast.FunctionDef)
    }

    assert [row[0] for row in table("you did this")] == [*LIFE]
    assert {name for names in LIFE.values() for name in names} <= tests


def record(doi: str, journal: str = "Journal of Made Examples") -> dict[str, object]:
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [f"Title of {doi}"],
        "container-title": [journal],
        "issued": {"date-parts": [[2021, 7]]},
    }


@pytest.fixture
def lived(site: Any) -> Any:
    """A site that was enriched once."""
    site.knows(record(ONE))
    site.knows(record(TWO))
    site.page().write_text(f"---\ntitle: Two papers\n---\n\nSee doi: {ONE} and https://doi.org/{TWO}.\n")
    assert site.run().code == 0
    return site


def edit(site: Any, pattern: str, replacement: str) -> str:
    text = site.page().read_text()
    edited = re.sub(pattern, replacement, text, count=1, flags=re.S)
    assert edited != text
    site.page().write_text(edited)
    return edited


def test_a_field_put_back_follows_the_registry_again(lived: Any) -> None:
    edit(lived, "Journal of Made Examples", "J. Made Ex.")
    lived.run()
    edit(lived, "J. Made Ex.", "Journal of Made Examples")
    lived.run()
    lived.knows(record(ONE, "Journal of Better Examples"))

    lived.run("--refresh")

    assert "Journal of Better Examples" in lived.page().read_text()


def test_an_entry_added_for_a_cited_paper_gets_what_it_lacks(site: Any) -> None:
    site.knows(record(ONE))
    page = f"---\ncitations:\n  - doi: {ONE}\n    title: Mine\n    published: 2021\n---\n\nSee doi: {ONE}.\n"
    site.page().write_text(page)

    site.run()

    journal = "    journal: Journal of Made Examples\n"
    assert site.page().read_text() == page.replace("Mine\n", f"Mine\n{journal}")


def test_other_quotes_and_another_order_are_no_edit(lived: Any) -> None:
    edit(lived, '(citations:\n)(.*?)(  - doi: "10.5555/two.*?)(?=---)', r"\1\3\2")
    edit(lived, r"(    journal: [^\n]+\n)(    published: )\"([^\n]+)\"\n", r"\2\3\n\1")
    lived.knows(record(ONE, "Journal of Better Examples"))
    lived.knows(record(TWO, "Journal of Better Examples"))

    run = lived.run("--refresh")

    assert run.pages["content/page.md"]["kept"] == []
    assert lived.page().read_text().count("journal: Journal of Better Examples") == 2


@pytest.mark.parametrize("left", ["citations: []\n", "citations:\n"])
def test_a_list_that_a_person_emptied_stays_empty(lived: Any, left: str) -> None:
    edited = edit(lived, "citations:.*?---", f"{left}---")

    lived.run()

    assert lived.page().read_text() == edited


def test_a_page_that_lost_the_whole_key_gets_its_entries_again(lived: Any) -> None:
    enriched = lived.page().read_text()
    edit(lived, "citations:.*?---", "---")

    lived.run()

    assert lived.page().read_text() == enriched


def test_an_entry_whose_doi_a_person_corrected_is_theirs(lived: Any) -> None:
    edited = edit(lived, f'"{ONE}"', '"10.5555/corrected"')

    run = lived.run()

    assert lived.page().read_text() == edited
    assert [(each["page"], each["registry"]) for each in run.pages["content/page.md"]["kept"]] == [
        ("10.5555/corrected", ONE)
    ]


def test_an_edited_entry_outlasts_its_citation(lived: Any) -> None:
    edit(lived, "Journal of Made Examples", "J. Made Ex.")
    edited = edit(lived, f"doi: {ONE} and ", "")

    lived.run()

    assert lived.page().read_text() == edited


def test_what_nobody_edited_follows_the_registry(lived: Any) -> None:
    enriched = lived.page().read_text()
    lived.knows(record(ONE, "Journal of Better Examples"))

    lived.run("--refresh")

    assert lived.page().read_text() == enriched.replace("Made", "Better", 1)


def test_what_a_person_deleted_comes_back_without_memory(lived: Any) -> None:
    enriched = lived.page().read_text()
    edit(lived, r" +journal: [^\n]+\n", "")
    lived.run()
    shutil.rmtree(lived.folder / ".enrich")

    lived.run()

    assert lived.page().read_text() == enriched


def test_a_renamed_page_is_one_without_memory(lived: Any) -> None:
    enriched = lived.page().read_text()
    edit(lived, r" +journal: [^\n]+\n", "")
    lived.run()
    renamed = lived.page().rename(lived.page("renamed.md"))

    lived.run()

    assert renamed.read_text() == enriched


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_values_of_an_applied_patch_are_adopted(helix: Any) -> None:
    patch = helix.run("-n").out
    subprocess.run(["git", "apply"], input=patch, cwd=helix.folder, check=True)
    helix.run()
    helix.knows({**RECORD, "container-title": ["Nature (London)"]})

    helix.run("--refresh")

    assert "journal: Nature (London)\n" in helix.page("helix.md").read_text()
