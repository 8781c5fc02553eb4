from __future__ import annotations

from collections.abc import Mapping

import pytest

from enrich.survey.folder import Folder
from enrich.survey.generator import hugo_file, reads_config, recognise


def folder(*names: str, **configured: Mapping[str, object]) -> Folder:
    files = {name.replace("__", "."): data for name, data in configured.items()}
    return Folder(frozenset({*names, *files}), files)


@pytest.mark.parametrize(
    ("found", "generator", "why"),
    [
        (folder("hugo.toml"), "hugo", "hugo.toml is Hugo's configuration"),
        (folder("hugo.yaml", "content/"), "hugo", "hugo.yaml is"),
        (folder("config/", "config/_default/"), "hugo", "config/_default/ is"),
        (folder(config__toml={"baseURL": "https://a.org"}), "hugo", "config.toml has Hugo's baseURL"),
        (
            folder("content/", config__yaml={"languageCode": "en"}),
            "hugo",
            "config.yaml has Hugo's languageCode",
        ),
        (folder("archetypes/", "content/"), "hugo", "archetypes/ and content/ are"),
        (
            folder("content/", config__toml={"base_url": "/"}),
            "zola",
            "config.toml has Zola's base_url, and content/",
        ),
        (folder("archetypes/", "content/", config__toml={"base_url": "/"}), "zola", "base_url"),
        (folder("zola.toml"), "zola", "zola.toml"),
        (folder("_quarto.yml"), "quarto", "_quarto.yml"),
        (folder("index.qmd"), "quarto", "index.qmd is a page of Quarto's"),
        (folder("_config.yml"), "jekyll", "_config.yml is Jekyll's configuration"),
        (folder("_posts/", "Gemfile"), "jekyll", "_posts/ and Gemfile"),
        (folder(".obsidian/", "a.md"), "obsidian", ".obsidian/ is Obsidian's"),
        (folder("a.md"), "plain", "nothing here tells of a generator"),
        (folder("mkdocs.yml", "docs/"), "plain", "mkdocs.yml belongs to MkDocs"),
        (folder("_config.yml", "_toc.yml"), "plain", "_toc.yml belongs to Jupyter Book"),
        (folder("_config.yml", "scaffolds/", "source/_posts/"), "plain", "scaffolds/ belongs to Hexo"),
        (folder(config__toml={"crossref": {"mailto": "a@b.org"}}), "plain", "nothing here"),
        (folder(config__json={"params": 1}), "plain", "nothing here"),
        (folder(config__toml={"base_url": "/"}), "plain", "nothing here"),
    ],
)
def test_a_generator_is_known_by_what_is_its_own(found: Folder, generator: str, why: str) -> None:
    name, said, _ = recognise(found)

    assert name == generator
    assert why in said


def test_what_builds_a_site_goes_before_what_edits_it_and_both_are_told() -> None:
    generator, why, others = recognise(folder("hugo.toml", "_config.yml", ".obsidian/"))

    assert (generator, why) == ("hugo", "hugo.toml is Hugo's configuration")
    assert others == ("_config.yml is Jekyll's configuration", ".obsidian/ is Obsidian's")


@pytest.mark.parametrize(
    ("names", "generator", "expected"),
    [
        (["hugo.toml"], "hugo", False),
        (["config.toml"], "hugo", True),
        (["config.yaml"], "hugo", True),
        (["config/_default/"], "hugo", True),
        (["config.toml"], "zola", True),
        (["_config.yml"], "jekyll", False),
        ([], "plain", False),
    ],
)
def test_a_config_toml_may_be_the_generators(names: list[str], generator: str, expected: bool) -> None:
    assert reads_config(folder(*names), generator) is expected  # type: ignore[arg-type]


def test_hugo_reads_the_first_of_its_files() -> None:
    inside = Folder(
        frozenset({"config/_default/config.toml"}), {"config/_default/config.toml": {"title": "a"}}
    )

    assert hugo_file(folder("hugo.yaml", config__toml={"title": "a"})) == "hugo.yaml"
    assert hugo_file(folder(config__toml={"title": "a"})) == "config.toml"
    assert hugo_file(inside) == "config/_default/config.toml"
    assert hugo_file(folder()) == ""
