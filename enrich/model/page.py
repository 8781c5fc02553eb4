"""A page as a place: where its front matter, sections, citations and links stand, in bytes and lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from enrich.model.accession import Identifier
from enrich.model.claims import Claims
from enrich.model.identifier import Doi

Style = Literal["json", "yaml", "toml"]

# Front matter as plain Python: mappings, lists, str, int, float, bool, None, dates. Never mutated.
Value = object
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of bytes in a page."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """The page's own fault, and where: nothing of the page is read or written."""

    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One top-level key of a front matter: the spans of its key and of its value."""

    key: str
    name: Span
    value: Span


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Where a page's front matter stands.

    `block` is everything of it, fences included (a BOM before it is not); `inner` what stands between the
    fences (for JSON the braces and all between); `data` what it means; `body` is where the body begins.
    """

    style: Style
    block: Span
    inner: Span
    body: int
    newline: str
    entries: tuple[Entry, ...]
    data: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Put:
    """Set the value at `path`, making the key (and parents that are missing) where it is not there.

    A new key stands right after its sibling `after` where that exists, else last in its mapping.
    """

    path: Path
    value: Value
    why: str
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a new item into the list at `path`, before the item that stands at `index` now (its length: last)."""

    path: Path
    index: int
    value: Value
    why: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Take the key or the list item at `path` out, with its own lines and nothing else."""

    path: Path
    why: str


Change = Put | Insert | Drop
Changes = Sequence[Change]


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the bytes of `span` by `text`; an edit knows the key it serves and its reason."""

    span: Span
    text: bytes
    key: str
    why: str


BlockKind = Literal["heading", "paragraph", "item", "row"]


@dataclass(frozen=True, slots=True)
class Block:
    r"""A piece of visible text: a heading, a paragraph, a list item, a table row.

    `text` is what a reader sees: markup gone, entities and escapes decoded, "\n" where the source breaks the
    line. Code, comments and `<pre>` are not in it. `strong` are its bold runs, `targets` its link targets.
    `cells` are a row's (column head, text) pairs. `line` counts from 1 in the file.
    """

    kind: BlockKind
    text: str
    span: Span
    line: int
    level: int = 0
    strong: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """From one heading to the next: `blocks[0]` is the heading, but in the section before the first one."""

    blocks: tuple[Block, ...]

    @property
    def heading(self) -> str:
        """The heading's text, or an empty text in the section before the first heading."""
        return self.blocks[0].text if self.blocks and self.blocks[0].kind == "heading" else ""


@dataclass(frozen=True, slots=True)
class Mention:
    """An identifier as it stands on a page.

    `readings` are what it may mean, the likeliest first; each is asked only if the ones before it do not
    exist or are suspect. `text` is what the page says, undamaged. `section` and `block` are indices into the outline.
    Mentions with the same `group` stand together as one reference's identifiers; 0 is no group. `key` is the citation
    key that a Pandoc citation is, and empty where nobody asked for it.
    """

    text: str
    readings: tuple[Identifier, ...]
    span: Span
    line: int
    section: int
    block: int
    damaged: str = ""
    group: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link target of the body, as the page spells it."""

    url: str
    span: Span
    line: int
    section: int
    block: int


@dataclass(frozen=True, slots=True)
class Citation:
    """One paper that a page cites: its mentions with the same likeliest reading, and what stands near each.

    `readings` are the identifiers that the page may mean, the likeliest first. `claims` stand in the mentions'
    order. A citation in `words` alone has no readings, and one mention: where the words stand. A citation
    without mentions is the page's own work, which its front matter names.
    """

    readings: tuple[Identifier, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claims, ...]
    words: str = ""

    @property
    def first(self) -> Identifier | None:
        """The likeliest reading, which is asked first."""
        return self.readings[0] if self.readings else None

    @property
    def start(self) -> int:
        """Where it is first mentioned, in bytes; -1 for the page's own work."""
        return self.mentions[0].span.start if self.mentions else -1


@dataclass(frozen=True, slots=True)
class Unidentified:
    """A paper that a page cites without any identifier: what to ask for, and what the page says of it.

    `query` is the citation in one line, made of the page's own words: the same words, the same query. It is
    what is asked, and how a person's decision names the citation. `section` and `block` are indices into the outline.
    """

    query: str
    claims: Claims
    span: Span
    line: int
    section: int
    block: int


@dataclass(frozen=True, slots=True)
class Page:
    """What looking at a page found: enough to ask and to compose, and none of its body.

    `held` is the part of the front matter that stands under our keys; `own` the page's own work. `skipped` says why
    a page is left alone by its owner's wish; `refusal` what is wrong with it.
    """

    path: str
    digest: str
    held: Mapping[str, Value] = field(default_factory=dict)
    own: Doi | None = None
    citations: tuple[Citation, ...] = ()
    links: tuple[Link, ...] = ()
    skipped: str = ""
    refusal: Refusal | None = None
