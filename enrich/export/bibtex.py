"""BibTeX, for LaTeX, JabRef and reference managers: http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf.

What became of a paper is a `note`, which styles print, and a keyword; the citing pages are in `annote`, which
they do not. Fields that BibTeX does not know (`doi`, `pmid`, `shortjournal`, ...) are BibLaTeX's, or ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from enrich.export.entry import Entry
from enrich.export.latex import escaped, protected, verbatim
from enrich.export.plain import line, page_range
from enrich.model.kind import editors, kind
from enrich.model.work import Author, Group, Work

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CONTAINER: Final = {
    "article": "journal",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "misc": "howpublished",
}
_PUBLISHER: Final = {"phdthesis": "school", "techreport": "institution"}
_PARTED: Final = re.compile(r"[,\\]|\band\b", re.IGNORECASE)
_Field = tuple[str, str]


def render(entries: Iterable[Entry]) -> str:
    """Return the entries as the text of a `.bib` file, in UTF-8 and in their order."""
    return "\n".join(map(_entry, entries))


def _entry(entry: Entry) -> str:
    written = (f"  {name} = {value},\n" for name, value in _fields(entry) if value not in ("", "{}"))
    return f"@{kind(entry.work).bibtex}{{{entry.key},\n{''.join(written)}}}\n"


def _fields(entry: Entry) -> Iterator[_Field]:
    work, type_ = entry.work, kind(entry.work).bibtex
    yield "author", _value(_names(work.authors))
    yield "editor", _value(_names(editors(work)))
    yield "title", _value(protected(line(work.title)))
    # BibTeX prints no publisher of a @misc, such as the server of a preprint.
    yield (
        _CONTAINER.get(type_, "series"),
        _text(work.container or (work.publisher if type_ == "misc" else "")),
    )
    if type_ == "article" and work.short_container != work.container:
        yield "shortjournal", _text(work.short_container)
    yield from _date(work)
    yield "volume", _text(work.volume)
    yield "number", _text(work.issue)
    yield "pages", _value("--".join(map(escaped, filter(None, page_range(work)))))
    yield _PUBLISHER.get(type_, "publisher"), _text(work.publisher)
    yield "issn", _text(", ".join(work.issn))
    yield from _numbers(work)
    yield "keywords", _text(entry.standing.status if entry.standing else "")
    yield "note", _text(entry.fate)
    yield "annote", _text(entry.cited_on)


def _date(work: Work) -> Iterator[_Field]:
    if work.published:
        yield "year", _value(f"{work.published.year:04d}")
        if work.published.month:
            yield "month", _MONTHS[work.published.month - 1]


def _numbers(work: Work) -> Iterator[_Field]:
    if work.doi:
        yield "doi", _value(verbatim(work.doi.value))
    else:
        yield "url", _value(work.url)
    if work.pmid:
        yield "pmid", _text(work.pmid.value)
    if work.pmcid:
        yield "pmcid", _text(work.pmcid.value)
    if work.arxiv:
        yield "eprint", _value(verbatim(work.arxiv.value))
        yield "archiveprefix", _value("arXiv")


def _names(people: Iterable[Author | Group]) -> str:
    return " and ".join(name for name in map(_name, people) if name)


def _name(person: Author | Group) -> str:
    """Return `family, given` or `family, suffix, given`; a name in one piece in braces, so that it stays one."""
    given = line(person.given) if isinstance(person, Author) else ""
    family = line(person.family) if isinstance(person, Author) else ""
    if not (isinstance(person, Author) and given and family):
        whole = escaped(line(str(person)))
        return f"{{{whole}}}" if whole else ""
    return ", ".join(map(_part, filter(None, (family, line(person.suffix), given))))


def _part(name: str) -> str:
    """Return a part of a name, in braces where it holds what divides names, or what readers of names trip over."""
    part = escaped(name)
    return f"{{{part}}}" if _PARTED.search(part) else part


def _text(text: str) -> str:
    return _value(escaped(line(text)))


def _value(value: str) -> str:
    return f"{{{value}}}"
