"""Where the pages of a site stand, by the ways of its generator. Pure."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from enrich.model.page import Value
from enrich.model.survey import Generator, Layout
from enrich.survey.folder import Folder
from enrich.survey.generator import folded, hugo_file, reads_config, recognise

# What a generator takes for Markdown, by the endings of the names.
ENDINGS: Final[Mapping[Generator, tuple[str, ...]]] = {
    "hugo": ("md", "markdown", "mdown"),
    "zola": ("md",),
    "quarto": ("qmd", "md", "Rmd"),
    "jekyll": ("md", "markdown", "mkdown", "mkdn", "mkd"),
    "obsidian": ("md",),
    "plain": ("md", "markdown"),
}
_FETCHED: Final = ("node_modules/", "vendor/", "venv/", "_site/", "_build/", "_book/")
# What a pattern of paths would read as more than a name.
_SPECIAL: Final = re.compile(r"[*?\[\]\\\x00-\x1f\x7f\ud800-\udfff]")
# So many of ten Markdown files of a plain folder must stand in one folder for it to be the one of the pages.
_MOST: Final = 0.9


def layout(folder: Folder) -> Layout:
    """Return where the pages of the site in `folder` stand, as far as names and configuration tell."""
    generator, why, others = recognise(folder)
    placed = _WAYS[generator](folder)
    endings = ENDINGS[generator]
    include = tuple(
        f"{inside}/**/*.{ending}" if inside else f"**/*.{ending}"
        for inside in placed.include or ("",)
        for ending in endings
    )
    return replace(
        placed,
        generator=generator,
        why=why,
        others=others,
        include=include,
        reads_config=reads_config(folder, generator),
    )


def narrowed(found: Layout, pages: Sequence[str]) -> Layout:
    """Return the layout of a plain folder once its `pages` (from the root) are known: nearly all in one folder?"""
    tops = Counter(page.partition("/")[0] for page in pages if "/" in page)
    top, number = tops.most_common(1)[0] if tops else ("", 0)
    if found.generator != "plain" or not number or number < _MOST * len(pages) or _SPECIAL.search(top):
        return found
    why = f"{number:,} of {len(pages):,} Markdown files stand in {top}/"
    return replace(found, root=top, root_why=why, exclude=(), exclude_why="")


def _hugo(folder: Folder) -> Layout:
    file = hugo_file(folder)
    data = folded(folder.data(file))
    stated = [inside for each in _content_folders(data) if (inside := _inside(each))]
    folders = [*dict.fromkeys(stated)]
    address = _host(data.get("baseurl"))
    if not folders:
        return _layout("content", "content/ is where Hugo keeps pages", address=address)
    if len(folders) == 1:
        return _layout(folders[0], f"{file} names {folders[0]}/ as the content folder", address=address)
    root = posixpath.commonpath(folders) or "."
    below = tuple("" if each == root else posixpath.relpath(each, root) for each in folders)
    why = f"{file} names {', '.join(f'{each}/' for each in folders)} as content folders"
    return replace(_layout(root, why, address=address), include=() if "" in below else below)


def _content_folders(data: Mapping[str, Value]) -> Iterator[Value]:
    """Yield what Hugo's settings call content folders: https://gohugo.io/configuration/module/#mounts first."""
    module = data.get("module")
    mounts = folded(module).get("mounts") if isinstance(module, Mapping) else None
    for mount in mounts if isinstance(mounts, list) else ():
        if isinstance(mount, Mapping) and folded(mount).get("target") == "content":
            yield folded(mount).get("source")
    languages = data.get("languages")
    of_languages = [
        folded(each).get("contentdir")
        for each in (languages.values() if isinstance(languages, Mapping) else ())
        if isinstance(each, Mapping)
    ]
    yield from of_languages
    if not any(of_languages):
        yield data.get("contentdir")


def _zola(folder: Folder) -> Layout:
    address = _host(folder.data("config.toml").get("base_url"))
    return _layout("content", "content/ is where Zola keeps pages", address=address)


def _quarto(folder: Folder) -> Layout:
    data = folder.data(folder.first("_quarto.yml", "_quarto.yaml"))
    project, website = data.get("project"), data.get("website")
    output = _inside(project.get("output-dir")) if isinstance(project, Mapping) else ""
    exclude = ("**/_*", *([f"{output}/"] if output and not output.startswith("_") else []))
    why = "Quarto leaves alone names that begin with _" + (f", and builds into {output}/" if output else "")
    address = _host(website.get("site-url")) if isinstance(website, Mapping) else ""
    return _layout(".", "a Quarto project's pages stand anywhere in it", exclude, why, address)


def _jekyll(folder: Folder) -> Layout:
    file = folder.first("_config.yml", "_config.yaml", "_config.toml")
    data = folder.data(file)
    address = _host(data.get("url"))
    source = _inside(data.get("source"))
    if source:
        return _layout(source, f"{file} has it as source", address=address)
    built = _inside(data.get("destination")) or "_site"
    exclude = (
        f"{built}/",
        *(each for each in ("_includes/", "vendor/", "node_modules/") if each in folder.names),
    )
    why = f"Jekyll builds into {built}/, and takes none of these for pages"
    return _layout(
        ".",
        "a Jekyll site's pages stand in its own folder, in _posts/ and in collections",
        exclude,
        why,
        address,
    )


def _obsidian(folder: Folder) -> Layout:
    templates = _inside(folder.data(".obsidian/templates.json").get("folder"))
    exclude = (f"{templates}/",) if templates else ()
    why = f"{templates}/ holds templates, by .obsidian/templates.json" if templates else ""
    return _layout(".", "a vault's notes stand anywhere in it", exclude, why)


def _plain(folder: Folder) -> Layout:
    exclude = tuple(each for each in _FETCHED if each in folder.names)
    return _layout(".", "no folder holds nearly all of them", exclude, "tools fetch or build what is there")


_WAYS: Final[Mapping[Generator, Callable[[Folder], Layout]]] = {
    "hugo": _hugo,
    "zola": _zola,
    "quarto": _quarto,
    "jekyll": _jekyll,
    "obsidian": _obsidian,
    "plain": _plain,
}


def _layout(
    root: str, why: str, exclude: tuple[str, ...] = (), exclude_why: str = "", address: str = ""
) -> Layout:
    return Layout("plain", "", root, why, (), exclude, exclude_why if exclude else "", address=address)


def _inside(stated: Value) -> str:
    """Return a folder that a configuration names, from the site's own; empty where it is that, or lies outside."""
    if not isinstance(stated, str) or not stated.strip() or _SPECIAL.search(stated):
        return ""
    path = posixpath.normpath(stated.strip())
    return "" if path.startswith(("/", "..", "~")) or path == "." else path


def _host(url: Value) -> str:
    try:
        return (urlsplit(url).hostname or "") if isinstance(url, str) else ""
    except ValueError:
        return ""
