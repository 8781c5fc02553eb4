from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.model.survey import Layout
from enrich.store.glob import matcher
from enrich.survey.content import layout, narrowed
from enrich.survey.folder import Folder


def folder(name: str, data: dict[str, object], *names: str) -> Folder:
    return Folder(frozenset({name, *names}), {name: data})


HUGO = [
    ({}, "content", ("**/*.md", "**/*.markdown", "**/*.mdown")),
    ({"contentDir": "inhalt/"}, "inhalt", None),
    ({"contentdir": "a/b"}, "a/b", None),
    ({"contentDir": "/etc"}, "content", None),
    ({"contentDir": "../elsewhere"}, "content", None),
    ({"contentDir": 3}, "content", None),
    ({"contentDir": "a*b"}, "content", None),
    ({"languages": {"en": {"contentDir": "content/en"}}}, "content/en", None),
    ({"module": {"mounts": [{"source": "docs", "target": "content"}, {"target": "static"}]}}, "docs", None),
    ({"languages": "en", "module": {"mounts": "all"}}, "content", None),
]  # fmt: skip


@pytest.mark.parametrize(("data", "root", "include"), HUGO)
def test_hugos_content_folder_is_the_one_it_names(
    data: dict[str, object], root: str, include: tuple[str, ...] | None
) -> None:
    found = layout(folder("hugo.toml", data))

    assert (found.generator, found.root) == ("hugo", root)
    assert include is None or found.include == include


def test_several_content_folders_are_read_from_what_they_share() -> None:
    inside = layout(
        folder("hugo.toml", {"languages": {"en": {"contentDir": "c/en"}, "de": {"contentDir": "c/de"}}})
    )
    apart = layout(
        folder("hugo.toml", {"languages": {"en": {"contentDir": "en"}, "de": {"contentDir": "de"}}})
    )
    nested = layout(
        folder("hugo.toml", {"languages": {"en": {"contentDir": "c"}, "de": {"contentDir": "c/de"}}})
    )

    assert (inside.root, inside.include[0], inside.include[3]) == ("c", "en/**/*.md", "de/**/*.md")
    assert (apart.root, apart.include[0]) == (".", "en/**/*.md")
    assert (nested.root, nested.include[0]) == ("c", "**/*.md")
    assert "hugo.toml names en/, de/ as content folders" in apart.root_why


def test_the_sites_own_address_is_that_of_its_configuration() -> None:
    assert layout(folder("hugo.toml", {"baseURL": "https://www.a.org/b"})).address == "www.a.org"
    assert layout(folder("config.toml", {"base_url": "https://a.org"}, "content/")).address == "a.org"
    assert layout(folder("_config.yml", {"url": "https://a.org"})).address == "a.org"
    assert layout(folder("_quarto.yml", {"website": {"site-url": "https://a.org"}})).address == "a.org"
    assert layout(folder("hugo.toml", {"baseURL": "https://[a"})).address == ""
    assert layout(folder("hugo.toml", {"baseURL": ["a"]})).address == ""


@pytest.mark.parametrize(
    ("found", "taken", "left"),
    [
        (
            folder("_config.yml", {}, "vendor/", "_posts/"),
            ["_posts/2020-01-01-a.md", "about.markdown"],
            ["_site/a.md", "vendor/gem/README.md", "a.html"],
        ),
        (folder("_config.yml", {"destination": "./out"}), ["a.md"], ["out/a.md"]),
        (
            folder("_quarto.yml", {"project": {"type": "website", "output-dir": "docs"}}),
            ["index.qmd", "posts/a.qmd", "b.md", "c.Rmd"],
            ["docs/a.md", "_site/a.md", "posts/_draft.qmd", "a/_b/c.qmd"],
        ),
        (
            folder(".obsidian/templates.json", {"folder": "My Templates"}, ".obsidian/"),
            ["Notes/a.md"],
            ["My Templates/b.md"],
        ),
        (folder("a.md", {}, "node_modules/"), ["a.md", "b/c.markdown"], ["node_modules/x/README.md"]),
    ],
    ids=["jekyll", "jekyll's destination", "quarto", "obsidian", "plain"],
)
def test_what_is_built_or_fetched_is_no_page(found: Folder, taken: list[str], left: list[str]) -> None:
    placed = layout(found)
    includes, excludes = matcher(placed.include), matcher(placed.exclude)

    def is_page(name: str) -> bool:
        # A folder that is left out is not even searched.
        above = [str(each) for each in PurePosixPath(name).parents]
        return includes(name) and not any(map(excludes, (name, *above)))

    assert placed.root == "."
    assert all(map(is_page, taken))
    assert not any(map(is_page, left))
    assert bool(placed.exclude) == bool(placed.exclude_why)


def test_jekylls_source_is_its_root() -> None:
    assert layout(folder("_config.yml", {"source": "src"})).root == "src"
    assert layout(folder("_config.yml", {"source": "."})).root == "."


PLAIN = Layout("plain", "", ".", "", ("**/*.md",), ("vendor/",), "why")


@pytest.mark.parametrize(
    ("pages", "root"),
    [
        (["docs/a.md"] * 9 + ["README.md"], "docs"),
        (["docs/a.md"] * 8 + ["README.md"] * 2, "."),
        (["docs/a.md", "notes/b.md"], "."),
        (["a.md", "b.md"], "."),
        ([], "."),
        (["a[b]/c.md"], "."),
        (["a\udcff/c.md"], "."),
    ],
)
def test_a_folder_that_holds_nearly_all_pages_is_their_root(pages: list[str], root: str) -> None:
    assert narrowed(PLAIN, pages).root == root
    assert narrowed(PLAIN, pages).exclude == (() if root == "docs" else ("vendor/",))


def test_only_a_plain_folder_is_narrowed() -> None:
    quarto = layout(folder("_quarto.yml", {}))

    assert narrowed(quarto, ["posts/a.qmd"]) == quarto


_KEYS = [
    "contentDir",
    "languages",
    "module",
    "mounts",
    "source",
    "target",
    "project",
    "website",
    "url",
    "folder",
]
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
    max_leaves=8,
)
_FILES = ["hugo.toml", "_config.yml", "_quarto.yml", ".obsidian/templates.json"]


@law(max_examples=150, deadline=None)
@given(st.sampled_from(_FILES), st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=5))
def test_whatever_a_configuration_says_the_pages_are_sought_inside_the_site(
    name: str, data: dict[str, object]
) -> None:
    found = layout(folder(name, data, ".obsidian/"))

    assert not found.root.startswith(("/", ".."))
    assert found.include
    matcher(found.include + found.exclude)("a.md")
