"""A site's folder as far as it tells of a generator: the names at its top, and what its configuration files say."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from enrich.errors import EnrichError
from enrich.model.file import Source
from enrich.model.page import Refusal, Span, Value
from enrich.page.front import yaml_block
from enrich.store import files

# Far above any real configuration.
_LARGEST: Final = 1_000_000
_HUGO: Final = tuple(
    f"{name}.{ending}" for name in ("hugo", "config") for ending in ("toml", "yaml", "yml", "json")
)
_READ: Final = (
    *_HUGO,
    *(f"config/_default/{name}" for name in _HUGO),
    "zola.toml",
    "_config.yml",
    "_config.yaml",
    "_config.toml",
    "_quarto.yml",
    "_quarto.yaml",
    ".obsidian/templates.json",
)
# A YAML file may begin with comments and the mark of its first document.
_DOCUMENT: Final = re.compile(r"\A(?:#[^\n]*\n|\s*\n)*---[ \t\r]*\n")
_INSIDE: Final = ("config/_default", "source/_posts")


@dataclass(frozen=True, slots=True)
class Folder:
    """The names at the top, those of folders with a `/` at their end, and the data of configuration files.

    A file that holds no mapping, or nothing that can be read, has no data: `data` is empty then.
    """

    names: frozenset[str] = frozenset()
    configured: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """Return the first of `names` that stands here, or an empty text."""
        return next((name for name in names if name in self.names), "")

    def data(self, name: str) -> Mapping[str, Value]:
        """Return what the configuration file `name` says."""
        return self.configured.get(name, {})


def read(folder: Path) -> Folder:
    """Look into `folder`. Raises EnrichError where it cannot be listed."""
    try:
        with os.scandir(folder) as entries:
            names = {entry.name + "/" * entry.is_dir() for entry in entries}
    except OSError as error:
        raise EnrichError(f"{folder}: {files.reason(error)}; name the folder of a site") from error
    # Not Path's own, which raise where a folder on the way may not be entered.
    names |= {f"{inside}/" for inside in _INSIDE if os.path.isdir(folder / inside)}  # noqa: PTH112
    configured = dict(_configured(folder))
    return Folder(frozenset({*names, *configured}), configured)


def parsed(name: str, data: bytes) -> Mapping[str, Value]:
    """Return what a TOML, YAML or JSON file says; nothing where it is broken or holds no mapping."""
    try:
        text = data.decode("utf-8-sig")
        found: Value
        if name.endswith(".toml"):
            found = tomllib.loads(text)
        elif name.endswith(".json"):
            found = json.loads(text)
        else:
            found = _yaml(_DOCUMENT.sub("", text).encode())
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _configured(folder: Path) -> Iterator[tuple[str, Mapping[str, Value]]]:
    for name in _READ:
        if os.path.isfile(folder / name):  # noqa: PTH113
            source = files.read(folder / name, _LARGEST)
            yield name, parsed(name, source.data) if isinstance(source, Source) else {}


def _yaml(data: bytes) -> Value:
    root = yaml_block.read(data, Span(0, len(data)))
    return None if isinstance(root, Refusal) else root.value
