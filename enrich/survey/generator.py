"""Which program makes a site of the pages, by what stands in the folder. Pure.

The signs are those that each program's own documentation names; where two programs left theirs, the one that
builds a site goes before the one that edits notes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from enrich.model.page import Value
from enrich.model.survey import Generator
from enrich.survey.folder import Folder

_HUGO_FILES: Final = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json")
_CONFIG_FILES: Final = ("config.toml", "config.yaml", "config.yml", "config.json")
# https://gohugo.io/configuration/all/ - names that others do not use at the top of a `config.toml`.
_HUGO_KEYS: Final = frozenset(
    {
        "baseurl",
        "languagecode",
        "defaultcontentlanguage",
        "contentdir",
        "publishdir",
        "params",
        "menu",
        "menus",
    }
    | {"markup", "permalinks", "outputs", "taxonomies", "module", "enablerobotstxt", "buildfuture"}
)
_HUGO_FOLDERS: Final = ("archetypes/", "content/", "layouts/", "themes/")
# Programs that are treated as plain, by the file or folder that is theirs alone.
_STRANGERS: Final[Mapping[str, str]] = {
    "mkdocs.yml": "MkDocs",
    "_toc.yml": "Jupyter Book",
    "scaffolds/": "Hexo",
    "docusaurus.config.js": "Docusaurus",
    "docusaurus.config.ts": "Docusaurus",
    "astro.config.mjs": "Astro",
    "astro.config.ts": "Astro",
    "eleventy.config.js": "Eleventy",
    ".eleventy.js": "Eleventy",
    "gatsby-config.js": "Gatsby",
    "pelicanconf.py": "Pelican",
    "book.toml": "mdBook",
}


def recognise(folder: Folder) -> tuple[Generator, str, tuple[str, ...]]:
    """Return the generator, the sentence that says why, and the signs of further ones; `plain` where none is known."""
    told: list[tuple[Generator, str]] = [
        (name, why) for name, rule in _RULES.items() if (why := rule(folder))
    ]
    if told:
        (generator, why), *others = told
        return generator, why, tuple(other for _, other in others)
    stranger = folder.first(*_STRANGERS)
    if stranger:
        return (
            "plain",
            f"{stranger} belongs to {_STRANGERS[stranger]}, which is treated as plain Markdown",
            (),
        )
    return "plain", "nothing here tells of a generator", ()


def reads_config(folder: Folder, generator: Generator) -> bool:
    """Tell whether the generator would take a `config.toml` here for its own.

    Hugo does unless a `hugo.*` stands beside it, and even prefers it to a `config.yaml`; Zola does always.
    """
    return generator == "zola" or (generator == "hugo" and not folder.first(*_HUGO_FILES))


def hugo_file(folder: Folder) -> str:
    """Return the file in which Hugo's settings stand, or an empty text."""
    inside = (f"config/_default/{name}" for name in (*_HUGO_FILES, *_CONFIG_FILES))
    return folder.first(*_HUGO_FILES) or next(filter(folder.data, _CONFIG_FILES), "") or folder.first(*inside)


def folded(data: Mapping[str, Value]) -> dict[str, Value]:
    """Return a mapping with its keys in lower case, as Hugo reads them."""
    return {key.lower(): value for key, value in data.items()}


def _hugo(folder: Folder) -> str:
    if name := folder.first(*_HUGO_FILES):
        return f"{name} is Hugo's configuration"
    if "config/_default/" in folder.names:
        return "config/_default/ is Hugo's configuration"
    for name in filter(folder.data, _CONFIG_FILES):
        keys = [key for key in folder.data(name) if key.lower() in _HUGO_KEYS]
        is_sure = "baseurl" in folded(folder.data(name)) or (keys and folder.first(*_HUGO_FOLDERS))
        if is_sure and "base_url" not in folder.data(name):
            return f"{name} has Hugo's {', '.join(keys[:3])}"
    if {"archetypes/", "content/"} <= folder.names and "base_url" not in folder.data("config.toml"):
        return "archetypes/ and content/ are Hugo's folders"
    return ""


def _zola(folder: Folder) -> str:
    if "zola.toml" in folder.names:
        return "zola.toml is Zola's configuration"
    beside = folder.first("content/", "templates/", "sass/", "themes/")
    if "base_url" in folder.data("config.toml") and beside:
        return f"config.toml has Zola's base_url, and {beside} stands beside it"
    return ""


def _quarto(folder: Folder) -> str:
    if name := folder.first("_quarto.yml", "_quarto.yaml"):
        return f"{name} is Quarto's configuration"
    page = next((name for name in sorted(folder.names) if name.endswith(".qmd")), "")
    return f"{page} is a page of Quarto's" if page else ""


def _jekyll(folder: Folder) -> str:
    if folder.first("_toc.yml", "scaffolds/", "source/_posts/"):
        return ""
    if name := folder.first("_config.yml", "_config.yaml", "_config.toml"):
        return f"{name} is Jekyll's configuration"
    beside = folder.first("_layouts/", "_includes/", "_drafts/", "Gemfile")
    return f"_posts/ and {beside} are Jekyll's" if "_posts/" in folder.names and beside else ""


def _obsidian(folder: Folder) -> str:
    return ".obsidian/ is Obsidian's" if ".obsidian/" in folder.names else ""


_RULES: Final[Mapping[Generator, Callable[[Folder], str]]] = {
    "hugo": _hugo,
    "zola": _zola,
    "quarto": _quarto,
    "jekyll": _jekyll,
    "obsidian": _obsidian,
}
