"""What is written of works, and where: a profile is a table of fields, a place, and who reads it there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from enrich.model.note import Where
from enrich.model.page import Style, Value
from enrich.model.work import Work
from enrich.page.own import is_there, path_of, value_at
from enrich.page.profiles.csl import REFERENCES
from enrich.page.profiles.listed import JEKYLL, LIST
from enrich.page.profiles.own import FLAT, HUGOBLOX
from enrich.page.profiles.quarto import CITATION
from enrich.page.profiles.saying import Beside, Table

# `list` keeps one entry for each work; `flat` the values of the page's own work, each under a key.
Shape = Literal["list", "flat"]
Fields = Mapping[str, Value]

TABLES: Final[Mapping[str, Table]] = {
    "list": LIST,
    "jekyll": JEKYLL,
    "flat": FLAT,
    "hugoblox": HUGOBLOX,
    "references": REFERENCES,
    "citation": CITATION,
}
# Tuples: what a page is looked at with must read the same in every process.
_EVERY_STYLE: Final[tuple[Style, ...]] = get_args(Style)
_ZOLA: Final[tuple[Style, ...]] = ("toml", "yaml")
_YAML: Final[tuple[Style, ...]] = ("yaml",)
# By these an entry is known again, or its readers fail without them.
_ALWAYS: Final = frozenset({"doi", "DOI", "id", "type"})


@dataclass(frozen=True, slots=True)
class Profile:
    """Where a work's values stand and which they are.

    The values of `shape` "list" are entries of the list at `place`, those of "flat" stand under `place`, at top level
    where that is empty. `fields` are the names to write, in order, of the table called `form` (empty: as the shape).
    `reader` is who reads the pages, and in which `styles` alone. On a page of one work `own` is written instead.
    """

    shape: Shape
    place: str
    fields: tuple[str, ...]
    max_authors: int
    form: str = ""
    reader: str = ""
    styles: tuple[Style, ...] = _EVERY_STYLE
    own: Profile | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to the place; none where that is the top level."""
        return tuple(self.place.split(".")) if self.place else ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The top-level keys under which anything may be written, those of `own` included."""
        return (*keys_of(self.where), *(self.own.keys if self.own else ()))

    @property
    def where(self) -> Where:
        """The place and the form, as the memory names them."""
        return self.place, self.form

    @property
    def naming(self) -> str:
        """The field that names a work by its DOI."""
        return next((name for name in self.fields if name.rpartition(".")[2].lower() == "doi"), "doi")

    def values(self, work: Work, pdf: Value = None, cited_as: str = "") -> Fields:
        """Return what is known of `work`, and of the file hosted beside it, under our names; nothing empty."""
        table, beside = TABLES[self.form or self.shape], Beside(self.max_authors, pdf, cited_as)
        said = ((name, table[name](work, beside)) for name in self.fields)
        return {name: value for name, value in said if value not in ("", [], None)}

    def about(self, data: Mapping[str, Value]) -> Profile | None:
        """Return what is written of the page's own work, if it has one; None where its place is not free for that."""
        if self.shape == "flat" or self.own is None:
            return self if self.shape == "flat" else None
        is_taken = is_there(data, self.own.path) and not isinstance(value_at(data, self.own.path), Mapping)
        return None if is_taken else self.own

    def unread(self, style: Style) -> str:
        """Say why a page in this style cannot hold what is written; empty where it can."""
        if style in self.styles:
            return ""
        known = " and ".join(each.upper() for each in self.styles)
        return (
            f"{style.upper()} front matter, where {self.reader} reads {known} alone; turn it into that, "
            "or choose another profile there with [[output.for]]"
        )

    @property
    def refusals(self) -> frozenset[str]:
        """Everything that `unread` can say."""
        return frozenset(filter(None, map(self.unread, _EVERY_STYLE)))


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the configuration says of a profile beside its name; no `fields` are all that it has.

    `key` is that of a list whose place is free. `authors`, `hugoblox_ids` and `quarto_citation` ask for what a page
    gets only on purpose.
    """

    key: str = "citations"
    fields: Collection[str] = ()
    max_authors: int = 50
    authors: bool = False
    hugoblox_ids: bool = False
    quarto_citation: bool = False


def shape_of(where: Where) -> Shape:
    """Return the shape of what stands in a place."""
    place, form = where
    return "flat" if not place or form == "citation" else "list"


def keys_of(where: Where) -> tuple[str, ...]:
    """Return the top-level keys under which something stands that was written in a place."""
    place, form = where
    if place:
        return (place.partition(".")[0],)
    return tuple(path_of(name)[0] for name in TABLES.get(form or "flat", ()))


def profile(name: str, wishes: Wishes = Wishes()) -> Profile:
    """Return the profile that the configuration calls `name`."""
    return _PROFILES[name](wishes)


def _listed(wishes: Wishes) -> Profile:
    return Profile("list", wishes.key, _chosen(LIST, wishes.fields), wishes.max_authors)


def _flat(wishes: Wishes) -> Profile:
    return Profile("flat", "", _chosen(FLAT, wishes.fields), wishes.max_authors)


def _hugoblox(wishes: Wishes) -> Profile:
    ids = "hugoblox.ids.doi"
    unasked = ({"authors"} if not wishes.authors else set()) | ({ids} if not wishes.hugoblox_ids else set())
    wanted = {*(wishes.fields or HUGOBLOX), ids if wishes.hugoblox_ids else "doi"} - unasked
    fields = tuple(name for name in HUGOBLOX if name in wanted)
    return Profile("flat", "", fields, wishes.max_authors, "hugoblox", "HugoBlox")


def _jekyll(wishes: Wishes) -> Profile:
    fields = _chosen(JEKYLL, wishes.fields)
    return Profile("list", wishes.key, fields, wishes.max_authors, "jekyll", "Jekyll", _YAML)


def _zola(wishes: Wishes) -> Profile:
    place = wishes.key if wishes.key.startswith("extra.") else f"extra.{wishes.key}"
    fields = _chosen(LIST, wishes.fields)
    return Profile("list", place, fields, wishes.max_authors, reader="Zola", styles=_ZOLA)


def _pandoc(wishes: Wishes) -> Profile:
    fields = _chosen(REFERENCES, wishes.fields)
    return Profile("list", "references", fields, wishes.max_authors, "references", "Pandoc", _YAML)


def _quarto(wishes: Wishes) -> Profile:
    fields = _chosen(CITATION, {name.lower() for name in wishes.fields})
    own = Profile("flat", "citation", fields, wishes.max_authors, "citation", "Quarto", _YAML)
    return replace(_pandoc(wishes), reader="Quarto", own=own if wishes.quarto_citation else None)


def _chosen(table: Table, fields: Collection[str]) -> tuple[str, ...]:
    """Return the names of `table` that are wanted, in its order; those always that its entries cannot do without."""
    return tuple(name for name in table if not fields or name in fields or name in _ALWAYS)


_PROFILES: Final[Mapping[str, Callable[[Wishes], Profile]]] = {
    "list": _listed,
    "flat": _flat,
    "hugoblox": _hugoblox,
    "quarto": _quarto,
    "pandoc": _pandoc,
    "zola": _zola,
    "jekyll": _jekyll,
}
