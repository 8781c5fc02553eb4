"""The sample site, and what the embedded registries know of the papers that it cites.

The pages are made up; the papers are real, and Crossref claims no ownership of the facts about them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from enrich.demo.cdn import Answer, Hosted
from enrich.demo.paper import paper
from enrich.demo.registry import Registration

Record = Mapping[str, object]

_HERE = files("enrich.demo")

FILE_HOST = "https://files.vitamin-pages.example/"
"""Where the sample pages say that the site's PDFs are; it is moved to loopback by `[links] remap`."""


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


def summaries() -> tuple[Record, ...]:
    """Return PubMed's document summaries, as its E-utilities would give them."""
    return tuple(_known()["summaries"])


def hosted() -> Mapping[str, Answer]:
    """Return what the site's file host answers, by path: one file is good, and each other one wrong in its own way.

    A path that is not among them is missing.
    """
    paper_of = {str(record["DOI"]): _paper(record) for record in records()}
    return {
        "/pdf/selenium-and-bone-health.pdf": Hosted(paper_of["10.1302/2046-3758.127.bjr-2022-0420.r1"]),
        "/pdf/maternal-vitamin-d.pdf": Hosted(paper_of["10.1093/advances/nmab126"][:2000]),
        "/pdf/premenstrual-syndrome.pdf": Hosted(
            b"<!DOCTYPE html><title>We moved</title><p>This file is gone."
        ),
        "/pdf/vitamin-d-deficiency.pdf": Hosted(paper_of["10.1136/bmj.i6583"]),
    }


def _paper(record: Record) -> bytes:
    titles = record["title"]
    title = str(titles[0]) if isinstance(titles, list) else ""
    return paper([title, f"https://doi.org/{record['DOI']}"], padding=4000)


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
