"""Every profile lived end to end: written, run again, left for another one and taken up again, by folder, by format."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from enrich.knob import FIELDS
from enrich.model.page import FrontMatter
from enrich.page.front import frontmatter
from enrich.page.profiles.quarto import CITATION

ONE, TWO = "10.5555/one.2021", "10.5555/two.2022"
BODY = f"\nSee [@doi:10.5555/ONE.2021] and https://doi.org/{TWO}.\n"
PAGES = {
    "yaml.md": f"---\ntitle: Two papers\ntags: [a, b]  # mine\n---\n{BODY}",
    "json.md": f'{{\n    "title": "Two papers",\n    "tags": ["a", "b"]\n}}\n{BODY}',
    "toml.md": f'+++\ntitle = "Two papers"\n\n[params]\nx = 1\n+++\n{BODY}',
    "one.md": f"---\ntitle: One paper\n---\n\nSee doi: {TWO}.\n",
    "_index.md": f"---\ntitle: A section\n---\n\nSee doi: {ONE}.\n",
}
READ = {"pandoc": {"yaml"}, "quarto": {"yaml"}, "jekyll": {"yaml"}, "zola": {"yaml", "toml"}}
CONFIGS = {
    **{
        name: f'[output]\nprofile = "{name}"\n'
        for name in ("list", "flat", "hugoblox", "pandoc", "zola", "jekyll")
    },
    "quarto": '[output]\nprofile = "quarto"\n',
    "quarto, citation": '[output]\nprofile = "quarto"\nquarto_citation = true\n',
    "hugoblox, all": '[output]\nprofile = "hugoblox"\nauthors = true\nhugoblox_ids = true\n',
    "moved": '[output]\nkey = "params.citations"\n',
}
PLACES = {
    "list": ("citations",),
    "moved": ("params", "citations"),
    "pandoc": ("references",),
    "quarto": ("references",),
    "zola": ("extra", "citations"),
    "jekyll": ("citations",),
}


def record(doi: str, **more: object) -> dict[str, object]:
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [f"Title of {doi}"],
        "container-title": ["Journal of Made Examples"],
        "short-container-title": ["J Made Ex"],
        "author": [{"given": "Ann", "family": "Lindqvist"}],
        "issued": {"date-parts": [[2021, 7]]},
        **more,
    }


@pytest.fixture
def made(site: Any) -> Any:
    """A site with a page in each format, a page of one paper, and a section."""
    site.knows(record(ONE))
    site.knows(record(TWO))
    for name, text in PAGES.items():
        site.page(name).write_text(text)
    return site


def configure(site: Any, name: str) -> None:
    (site.folder / "config.toml").write_text(CONFIGS[name])


def state(site: Any) -> dict[str, bytes]:
    files = sorted([*(site.folder / "content").rglob("*"), site.folder / ".enrich/memory.jsonl"])
    return {path.name: path.read_bytes() for path in files if path.is_file()}


def data(site: Any, name: str) -> Any:
    front = frontmatter.locate(site.page(name).read_bytes())
    assert isinstance(front, FrontMatter)
    return front.data


def is_read(name: str, page: str) -> bool:
    style = page.partition(".")[0] if page in ("json.md", "toml.md") else "yaml"
    return style in READ.get(name.partition(",")[0], {"yaml", "json", "toml"})


@pytest.mark.parametrize("name", CONFIGS)
def test_a_profile_is_written_once_and_leaves_no_trace_when_it_is_left(made: Any, name: str) -> None:
    configure(made, name)
    assert made.run().code == 0
    written = state(made)
    assert made.run().report["totals"]["written"] == 0
    assert state(made) == written
    for page, text in PAGES.items():
        body = text.partition("\n---\n")[2] or text.partition("\n}\n")[2] or text.partition("\n+++\n")[2]
        assert written[page].endswith(body.encode())
        is_about_one = page in ("one.md", "_index.md")
        is_written = is_read(name, page) and (
            is_about_one or name.partition(",")[0] not in ("flat", "hugoblox")
        )
        assert (written[page] != text.encode()) == is_written, page
    for other in ("flat", "pandoc"):
        configure(made, other)
        made.run()
        configure(made, name)
        assert made.run().code == 0
        now = state(made)
        # A page that its readers cannot read is left as it is, whatever stands there.
        for page in filter(lambda page: is_read(name, page), PAGES):
            assert now[page] == written[page], other
    assert made.run().report["totals"]["written"] == 0


@pytest.mark.parametrize("name", PLACES)
def test_a_list_stands_where_its_readers_look_for_it(made: Any, name: str) -> None:
    configure(made, name)
    made.run()

    for page in ("yaml.md", "json.md", "toml.md", "_index.md"):
        value = data(made, page)
        for key in PLACES[name]:
            value = value.get(key, {}) if isinstance(value, dict) else {}
        assert len(value) == (0 if not is_read(name, page) else 1 if page == "_index.md" else 2)


def test_pages_that_the_readers_cannot_read_are_refused_and_counted_at_the_start(made: Any) -> None:
    configure(made, "zola")
    run = made.run()

    assert run.code == 0
    assert run.report["totals"]["refused"] == 1
    page = run.pages["content/json.md"]
    assert page["outcome"] == "refused"
    assert "Zola reads TOML and YAML alone" in page["reason"]
    assert run.err.index("1 page is refused: JSON front matter") < run.err.index("works")
    assert made.page("json.md").read_text() == PAGES["json.md"]


def test_a_page_that_is_the_paper_says_so_and_the_others_have_references(made: Any) -> None:
    configure(made, "quarto, citation")
    made.run()

    assert data(made, "one.md")["citation"]["doi"] == TWO
    assert "references" not in data(made, "one.md")
    assert "citation" not in data(made, "yaml.md")
    assert [item["id"] for item in data(made, "yaml.md")["references"]] == [
        "doi:10.5555/ONE.2021",
        f"doi:{TWO}",
    ]
    made.page("one.md").write_text(made.page("one.md").read_text() + f"\nAnd doi: {ONE}.\n")

    made.run()

    assert "citation" not in data(made, "one.md")
    assert len(data(made, "one.md")["references"]) == 2


def test_folders_have_profiles_of_their_own(made: Any) -> None:
    papers = made.folder / "content/papers"
    papers.mkdir()
    (papers / "one.md").write_text(PAGES["one.md"])
    (made.folder / "config.toml").write_text(
        '[[output.for]]\npath = "content/papers/**"\nprofile = "hugoblox"\nauthors = true\n'
    )

    made.run()

    assert data(made, "papers/one.md") == {
        "title": "One paper",
        "doi": TWO,
        "authors": ["Ann Lindqvist"],
        "publication": "Journal of Made Examples",
        "publication_short": "J Made Ex",
        "publication_types": ["article-journal"],
    }
    assert len(data(made, "yaml.md")["citations"]) == 2
    assert made.run().report["totals"]["written"] == 0

    (made.folder / "config.toml").write_text("")
    made.run()

    assert [*data(made, "papers/one.md")] == ["title", "citations"]


def test_a_pattern_that_fits_no_page_is_told(made: Any) -> None:
    (made.folder / "config.toml").write_text('[[output.for]]\npath = "contents/**"\nprofile = "flat"\n')

    assert '[[output.for]] "contents/**" fits no page' in " ".join(made.run().err.split())


def test_what_a_person_wrote_stays_and_is_found_again(made: Any) -> None:
    configure(made, "list")
    made.run()
    page: Path = made.page("yaml.md")
    text = page.read_text()
    text = text.replace("journal: Journal of Made Examples", "journal: J. Made Ex.", 1)
    text = text.replace(f'  - doi: "{TWO}"', f'  - title: A book on my shelf\n  - doi: "{TWO}"')
    page.write_text(text.replace("---\n\nSee", "weight: 3\n---\n\nSee"))
    made.run()
    edited = state(made)

    configure(made, "pandoc")
    run = made.run()

    assert [item.get("journal") for item in data(made, "yaml.md")["citations"]] == ["J. Made Ex.", None]
    assert len(data(made, "yaml.md")["references"]) == 2
    assert [each["key"] for each in run.pages["content/yaml.md"]["kept"]] == [f"citations[{ONE}]"]
    assert made.run().report["totals"]["written"] == 0

    configure(made, "list")
    made.run()

    assert state(made) == edited


def test_a_field_that_a_person_deleted_stays_deleted_in_its_profile(made: Any) -> None:
    configure(made, "flat")
    made.run()
    page: Path = made.page("one.md")
    edited = page.read_text().replace("journal: Journal of Made Examples\n", "")
    page.write_text(edited)
    made.run()

    configure(made, "hugoblox")
    made.run()
    assert "journal:" not in page.read_text()
    configure(made, "flat")
    made.run()

    assert page.read_text() == edited


def test_the_pages_own_doi_is_never_ours_to_take_away(made: Any) -> None:
    text = PAGES["one.md"].replace("---\n\nSee", f"doi: {TWO}\n---\n\nSee")
    made.page("one.md").write_text(text)
    for name in ("hugoblox", "flat", "list", "quarto, citation", "flat"):
        (made.folder / "config.toml").write_text('[pages]\nown_key = "doi"\n' + CONFIGS[name])
        made.run()
        assert data(made, "one.md")["doi"] == TWO

    (made.folder / "config.toml").write_text(CONFIGS["list"])
    made.run()

    assert [*data(made, "one.md")] == ["title", "doi", "citations"]


def test_an_outage_moves_nothing_that_is_not_known(made: Any) -> None:
    configure(made, "list")
    made.run()
    listed = state(made)
    for path in (made.folder / "cache").rglob("*"):
        if path.is_file() and path.name != ".gitignore":
            path.unlink()
    configure(made, "pandoc")

    made.run("--offline")

    assert {page: state(made)[page] for page in PAGES} == {page: listed[page] for page in PAGES}
    made.run()
    assert "citations" not in data(made, "yaml.md")
    assert len(data(made, "yaml.md")["references"]) == 2


def test_a_change_of_profile_is_no_news_of_a_retraction(made: Any) -> None:
    notice = {"DOI": "10.5555/notice", "type": "retraction", "updated": {"date-parts": [[2023, 1, 2]]}}
    made.knows(record(ONE, **{"updated-by": [notice]}))
    configure(made, "list")
    assert made.run().report["totals"]["retracted"] > 0

    for name in ("pandoc", "zola", "jekyll", "quarto, citation", "list"):
        configure(made, name)
        assert made.run().report["totals"]["retracted"] == 0, name
    configure(made, "pandoc")
    made.run()
    item = data(made, "yaml.md")["references"][0]
    assert (item["status"], item["note"]) == ("retracted", "Retracted (notice 10.5555/notice, 2023-01-02).")


def test_the_memory_tells_which_profile_wrote(made: Any) -> None:
    configure(made, "pandoc")
    made.run()

    lines = (made.folder / ".enrich/memory.jsonl").read_text().splitlines()[1:]

    assert {(line["in"], line["as"]) for line in map(json.loads, lines)} == {("references", "references")}


def test_the_documents_name_every_profile_and_every_field() -> None:
    text = (Path(__file__).resolve().parents[1] / "docs/profiles.md").read_text(encoding="utf-8")
    parts = {part.partition("\n")[0].strip("`# "): part for part in text.split("\n## ")[1:]}

    for name, fields in FIELDS.items():
        assert f"| `{name}` |" in text
        if name in ("zola", "jekyll", "flat"):
            continue
        said = parts[name] if name != "quarto" else parts["pandoc"] + parts["quarto"]
        assert [field for field in fields if not re.search(rf"\b{re.escape(field)}\b", said)] == []
    assert [field for field in CITATION if f"`{field}`" not in parts["quarto"]] == []
