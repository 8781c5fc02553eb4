"""The sample site, and what the embedded registries know of the papers that it cites.

The pages are made up; the papers are real, and Crossref claims no ownership of the facts about them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from enrich.demo.registry import Registration

Record = Mapping[str, object]

_HERE = files("enrich.demo")


def pages() -> Mapping[str, bytes]:
    """Return the site's files by their paths from its root (`content/...`), in order."""
    return dict(sorted(_walk(_HERE / "site", "")))


def records() -> tuple[Record, ...]:
    """Return the raw Crossref records, as the REST API would give them."""
    return tuple(_known()["records"])


def registrations() -> tuple[Registration, ...]:
    """Return the DOIs that another agency than Crossref has registered."""
    return tuple(
        Registration(
            doi=str(entry["doi"]),
            agency=str(entry["agency"]),
            url=str(entry["url"]),
            csl=csl if isinstance(csl := entry["csl"], dict) else None,
        )
        for entry in _known()["registrations"]
    )


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{path}{entry.name}/")
        else:
            yield f"{path}{entry.name}", entry.read_bytes()


@cache
def _known() -> dict[str, list[dict[str, object]]]:
    known: dict[str, list[dict[str, object]]] = json.loads((_HERE / "records.json").read_text("utf-8"))
    return known
