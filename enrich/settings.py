"""Every setting of the configuration: its table, type, default and the values it takes.

What each one is for stands in the repository's `config.toml`, which a test holds against this file. A new
table is a frozen dataclass and one more field of `Config`: reading, checking, the environment's names and the
errors follow from the types; an `Annotated` type carries the check that its values must pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Annotated, Final, Literal, get_args, get_origin, get_type_hints

from enrich.knob import (
    Check,
    Pairs,
    are_globs,
    are_hosts,
    are_some_globs,
    between,
    is_glob,
    is_key_or_empty,
    is_listen,
    is_mail,
    is_own_key,
    is_service,
    is_time_zone,
    is_token,
    is_web_address,
)

PREFIX: Final = "ENRICH_"
"""What every environment variable of ours begins with."""
FOLDERS: Final = "output.for"
"""The one array of tables: its keys are settings like others, once for each of its tables."""

Address = Annotated[str, is_service]
Globs = Annotated[tuple[str, ...], are_globs]
Days = Annotated[float, between(0, 36_500)]
Patience = Annotated[float, between(0.1, 3600)]


@dataclass(frozen=True, slots=True)
class Pages:
    """`[pages]`: which files are read."""

    root: Path = Path("content")
    include: Annotated[tuple[str, ...], are_some_globs] = ("**/*.md",)
    exclude: Globs = ()
    own_key: Annotated[str, is_key_or_empty] = ""
    max_bytes: Annotated[int, between(1, 10**9)] = 5_000_000


@dataclass(frozen=True, slots=True)
class Crossref:
    """`[crossref]`: the registry that is asked first, and who asks."""

    url: Address = "https://api.crossref.org"
    mailto: Annotated[str, is_mail] = ""
    recheck_days: Days = 7


@dataclass(frozen=True, slots=True)
class Registry:
    """`[registry]`: who knows every DOI's agency."""

    url: Address = "https://doi.org"


@dataclass(frozen=True, slots=True)
class Pubmed:
    """`[pubmed]`: who knows which paper a PubMed number is."""

    url: Address = "https://eutils.ncbi.nlm.nih.gov"
    email: Annotated[str, is_mail] = ""
    api_key: str = ""


@dataclass(frozen=True, slots=True)
class Pmc:
    """`[pmc]`: who knows the other numbers of an article in PubMed Central."""

    url: Address = "https://pmc.ncbi.nlm.nih.gov"


@dataclass(frozen=True, slots=True)
class Datacite:
    """`[datacite]`: the registry of arXiv's papers."""

    url: Address = "https://api.datacite.org"


@dataclass(frozen=True, slots=True)
class Output:
    """`[output]`: what is written, and where. Empty `fields` are all of the profile's: `load` fills them.

    `folders` are the tables `[[output.for]]`, each one already laid over the rest.
    """

    key: Annotated[str, is_own_key] = "citations"
    profile: Literal["list", "flat", "hugoblox", "quarto", "pandoc", "zola", "jekyll"] = "list"
    fields: tuple[str, ...] = ()
    max_authors: Annotated[int, between(1, 100_000)] = 50
    authors: bool = False
    hugoblox_ids: bool = False
    quarto_citation: bool = False
    create: Literal[False, "json", "yaml", "toml"] = False
    folders: tuple[Folder, ...] = field(default=(), metadata={"tables": "for"})


@dataclass(frozen=True, slots=True)
class Folder:
    """`[[output.for]]`: what is written on the pages that fit `path`, from the site's folder."""

    path: str
    output: Output


@dataclass(frozen=True, slots=True)
class Match:
    """`[match]`: how sure a work must be."""

    unattested: Literal["write", "suspect"] = "write"
    limit: Annotated[int, between(0, 10**6)] = 500


@dataclass(frozen=True, slots=True)
class Pdf:
    """`[pdf]`: the files that the site hosts itself."""

    hosts: Annotated[tuple[str, ...], are_hosts] = ()
    identify_per_run: Annotated[int, between(0, 10**6)] = 200
    max_bytes: Annotated[int, between(1024, 10**9)] = 50_000_000


@dataclass(frozen=True, slots=True)
class Links:
    """`[links]`: which links are asked, and when a failing one is broken."""

    check: bool = False
    repair: bool = False
    exclude: tuple[str, ...] = ()
    remap: Pairs = ()
    placeholders: tuple[str, ...] = ()
    failures: Annotated[int, between(1, 1000)] = 3
    days: Days = 3


@dataclass(frozen=True, slots=True)
class Memory:
    """`[memory]`: what tells our values from a person's."""

    dir: Path = Path(".enrich")


@dataclass(frozen=True, slots=True)
class Cache:
    """`[cache]`: answers kept, so that nothing is asked twice."""

    dir: Path = Path("cache")
    found_days: Days = 90
    absent_days: Days = 7


@dataclass(frozen=True, slots=True)
class Net:
    """`[net]`: patience, and who may be asked."""

    connect_s: Patience = 10
    read_s: Patience = 30
    total_s: Patience = 60
    backoff_s: Annotated[float, between(0, 60)] = 1
    max_wait_s: Annotated[float, between(0, 86_400)] = 120
    allow: Annotated[tuple[str, ...], are_hosts] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """`[service]`: the same run on a schedule, behind HTTP. A secret stands in the environment alone."""

    listen: Annotated[str, is_listen] = "127.0.0.1:8080"
    cron: str = ""
    timezone: Annotated[str, is_time_zone] = "UTC"
    jitter_s: Annotated[float, between(0, 86_400)] = 0
    hosts: Annotated[tuple[str, ...], are_hosts] = ()
    keep: Annotated[int, between(1, 1000)] = 30
    notify: Annotated[str, is_web_address] = field(default="", repr=False)
    token: Annotated[str, is_token] = field(default="", repr=False, metadata={"secret": True})


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration, as `enrich.config.load` makes it.

    `site` is the folder that relative paths start from. `load` makes every path absolute; tables made by
    hand keep theirs as they are.
    """

    site: Path
    pages: Pages = field(default_factory=Pages)
    crossref: Crossref = field(default_factory=Crossref)
    registry: Registry = field(default_factory=Registry)
    pubmed: Pubmed = field(default_factory=Pubmed)
    pmc: Pmc = field(default_factory=Pmc)
    datacite: Datacite = field(default_factory=Datacite)
    output: Output = field(default_factory=Output)
    match: Match = field(default_factory=Match)
    pdf: Pdf = field(default_factory=Pdf)
    links: Links = field(default_factory=Links)
    memory: Memory = field(default_factory=Memory)
    cache: Cache = field(default_factory=Cache)
    net: Net = field(default_factory=Net)
    service: Service = field(default_factory=Service)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of one table: its type, the check its values must pass, its default, and whether it is a secret."""

    table: str
    key: str
    kind: object
    check: Check | None
    default: object
    is_secret: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that overrides it."""
        return f"{PREFIX}{self.table}__{self.key}".upper()


def settings() -> tuple[Setting, ...]:
    """Return every setting there is, in the order of the tables."""
    tables = [(name, kind) for name, kind in get_type_hints(Config).items() if name != "site"]
    return tuple(one for name, kind in tables for one in _table(name, kind))


def folder_settings() -> tuple[Setting, ...]:
    """Return what each table of `[[output.for]]` may say; no environment variable can."""
    return (
        Setting(FOLDERS, "path", str, is_glob, ""),
        *(replace(one, table=FOLDERS) for one in settings() if one.table == "output"),
    )


def _table(name: str, kind: type) -> Iterator[Setting]:
    hints = get_type_hints(kind, include_extras=True)
    for one in fields(kind):
        if one.metadata.get("tables"):
            continue
        hint = hints[one.name]
        base, check = get_args(hint) if get_origin(hint) is Annotated else (hint, None)
        yield Setting(name, one.name, base, check, one.default, bool(one.metadata.get("secret")))
