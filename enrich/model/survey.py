"""What a site is like before anything is asked or written: its generator, its pages, and how they cite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from enrich.model.page import Style

Generator = Literal["hugo", "zola", "quarto", "jekyll", "obsidian", "plain"]
CitedBy = Literal["doi", "damaged_doi", "pmid", "pmcid", "arxiv", "short_doi", "words"]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a site's pages stand, each answer with the sentence that says why.

    `root` is from the site's folder. `address` is the web address that the site states as its own, or empty.
    `reads_config` tells that the generator takes a `config.toml` for its own.
    """

    generator: Generator
    why: str
    root: str
    root_why: str
    include: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    exclude_why: str = ""
    others: tuple[str, ...] = ()
    address: str = ""
    reads_config: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A page that cannot be looked at, and why; `line` where the page itself is at fault."""

    path: str
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class SurveyedPage:
    """What one page shows: its front matter's style (None: it has none), what it cites by, where its PDFs stand.

    `cited_by` and `pdf_hosts` name each citation and link once more: a host that is empty is the site itself.
    `own_key` is the front-matter key that holds a DOI, or empty; `taken_keys` are keys that may be ours to
    write, where something else than a list of works stands.
    """

    path: str
    style: Style | None = None
    cited_by: tuple[CitedBy, ...] = ()
    pdf_hosts: tuple[str, ...] = ()
    own_key: str = ""
    taken_keys: tuple[str, ...] = ()
    opted_out: bool = False
    refused: Fault | None = None
    unreadable: Fault | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many pages show `name`, and how often in all."""

    name: str
    pages: int
    times: int


@dataclass(frozen=True, slots=True)
class Survey:
    """A whole site. `formats` and `cited_by` hold every name, also those that no page shows; the rest what was found.

    `citing` is the number of pages that cite anything at all.
    """

    layout: Layout
    pages: int = 0
    citing: int = 0
    opted_out: int = 0
    endings: tuple[Count, ...] = ()
    formats: tuple[Count, ...] = ()
    cited_by: tuple[Count, ...] = ()
    pdf_hosts: tuple[Count, ...] = ()
    own_keys: tuple[Count, ...] = ()
    taken_keys: tuple[Count, ...] = ()
    refused: tuple[Fault, ...] = ()
    unreadable: tuple[Fault, ...] = ()
