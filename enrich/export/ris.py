"""RIS, for EndNote, Zotero, Mendeley and the like: https://en.wikipedia.org/wiki/RIS_(file_format), tags of 2011.

What became of a paper is a note (`N1`) and a keyword (`KW`), the citing pages are a note of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enrich.export.entry import Entry
from enrich.export.plain import line, page_range
from enrich.model.kind import editors, kind
from enrich.model.work import Author, Group, PartialDate, Work

_END = "\r\n"


def render(entries: Iterable[Entry]) -> str:
    """Return the entries as the text of a `.ris` file, in UTF-8 and in their order; its lines end in CR LF."""
    return _END.join(map(_entry, entries))


def _entry(entry: Entry) -> str:
    said = ((tag, line(value)) for tag, value in _tags(entry))
    lines = [f"{tag}  - {value}{_END}" for tag, value in said if value]
    return f"TY  - {kind(entry.work).ris}{_END}{''.join(lines)}ER  - {_END}"


def _tags(entry: Entry) -> Iterator[tuple[str, str]]:
    work = entry.work
    yield "ID", entry.key
    yield from (("AU", _name(author)) for author in work.authors)
    yield from (("A2", _name(editor)) for editor in editors(work))
    yield "TI", work.title
    yield "T2", work.container
    yield "J2", work.short_container if work.short_container != work.container else ""
    yield from _dates(work.published)
    yield "VL", work.volume
    yield "IS", work.issue
    yield from zip(("SP", "EP"), page_range(work), strict=True)
    yield "PB", work.publisher
    yield "SN", ", ".join(work.issn)
    yield from _numbers(work)
    yield "KW", entry.standing.status if entry.standing else ""
    yield "N1", entry.fate
    yield "N1", entry.cited_on


def _dates(published: PartialDate | None) -> Iterator[tuple[str, str]]:
    """Yield the year and, where more is known, the date; between its slashes what is not known stays empty."""
    if published:
        year, month, day = (*str(published).split("-"), "", "")[:3]
        yield "PY", year
        yield "DA", f"{year}/{month}/{day}" if month else ""


def _numbers(work: Work) -> Iterator[tuple[str, str]]:
    yield "DO", work.doi.value if work.doi else ""
    yield "AN", work.pmid.value if work.pmid else ""
    yield "C2", work.pmcid.value if work.pmcid else ""
    yield "UR", work.url


def _name(person: Author | Group) -> str:
    """Return `family, given, suffix`, as RIS has it; a name in one piece as it is."""
    if isinstance(person, Group):
        return person.name
    parts = (line(part) for part in (person.family, person.given, person.suffix))
    return ", ".join(part for part in parts if part)
