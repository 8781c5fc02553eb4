"""CSL JSON, as content negotiation gives it, made a `Work`: https://citeproc-js.readthedocs.io/en/latest/csl-json/."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from enrich.model.identifier import Doi
from enrich.model.work import Work
from enrich.source.crossref import names, record

# CSL's words for a work, in Crossref's; Crossref's own CSL keeps its words.
_KINDS = {
    "article-journal": "journal-article",
    "article": "posted-content",
    "chapter": "book-chapter",
    "paper-conference": "proceedings-article",
    "thesis": "dissertation",
    "entry-encyclopedia": "reference-entry",
}
_NAMES_IN_CROSSREF = {
    "title-short": "short-title",
    "container-title-short": "short-container-title",
    "shortTitle": "short-title",
    "journalAbbreviation": "short-container-title",
}
_PEOPLE = ("author", "editor")
# `Family, Given`, as DataCite gives people whose names were deposited in one piece.
_PERSON = re.compile(r"(?P<family>[^\s,]+(?:[ -][^\s,]+){0,2}), (?P<given>[^\s,]+(?: [^\s,]+){0,2})")


def work(csl: Mapping[str, object], agency: str) -> Work | None:
    """Return the work that `agency` describes, or None where there is no usable DOI. Never raises."""
    known = {_NAMES_IN_CROSSREF.get(key, key): value for key, value in csl.items()}
    known["DOI"] = next((value for key in ("DOI", "id", "URL") if _is_doi(value := csl.get(key))), None)
    known.update({role: _parted(csl.get(role)) for role in _PEOPLE})
    found = record.work(known)
    return None if found is None else replace(found, agency=agency, kind=_KINDS.get(found.kind, found.kind))


def _is_doi(value: object) -> bool:
    return isinstance(value, str) and Doi.parse(value) is not None


def _parted(people: object) -> object:
    if not isinstance(people, list):
        return people
    return [_person(person) if isinstance(person, Mapping) else person for person in people]


def _person(person: Mapping[str, object]) -> Mapping[str, object]:
    literal = person.get("literal")
    found = _PERSON.fullmatch(literal.strip()) if isinstance(literal, str) else None
    if found is None or names.is_organisation(found.group()):
        return person
    return {**person, **found.groupdict()}
