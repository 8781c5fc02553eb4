"""DataCite's record of a DOI made a `Work`: https://datacite-metadata-schema.readthedocs.io."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from enrich.model.identifier import Doi
from enrich.model.work import PartialDate, Work
from enrich.source.crossref import dates
from enrich.source.crossref.contributors import people
from enrich.source.crossref.text import text
from enrich.source.crossref.titles import titles

AGENCY = "DataCite"

# What leads from a preprint to the article that it became, the plainest word first. arXiv uses IsVersionOf.
_LEADS = ("IsPreprintOf", "IsVersionOf", "IsPreviousVersionOf", "IsVariantFormOf")
# What an article can be; data and programs are versions of nothing that is read.
_READ = frozenset(
    {"Book", "BookChapter", "ConferencePaper", "ConferenceProceeding", "DataPaper", "Dissertation"}
    | {"JournalArticle", "Other", "Report", "Text", ""}
)
_PUBLISHED = ("Issued", "Submitted", "Available")
_KINDS = {"Preprint": "posted-content", "JournalArticle": "journal-article", "Dissertation": "dissertation"}

Attributes = Mapping[str, object]


def work(attributes: Attributes) -> Work | None:
    """Return the work that a DOI's `attributes` describe, or None where they have no usable DOI. Never raises."""
    doi = Doi.parse(text(attributes.get("doi")))
    if doi is None:
        return None
    named = titles(
        {"title": list(_titles(attributes, "")), "subtitle": list(_titles(attributes, "Subtitle"))}
    )
    published, years = _dates(attributes)
    types = attributes.get("types")
    kind = text(types.get("resourceTypeGeneral")) if isinstance(types, Mapping) else ""
    return Work(
        doi=doi,
        title=named.title,
        other_titles=named.others,
        authors=people([_person(item) for item in _items(attributes, "creators")], title=named.title),
        published=published,
        years=years,
        kind=_KINDS.get(kind, kind.lower()),
        publisher=_publisher(attributes.get("publisher")),
        agency=AGENCY,
        published_as=_published_as(attributes, doi),
    )


def _titles(attributes: Attributes, kind: str) -> Iterator[str]:
    for item in _items(attributes, "titles"):
        if text(item.get("titleType")) == kind:
            yield text(item.get("title"))


def _person(creator: Mapping[str, object]) -> Mapping[str, object]:
    """Return a creator in Crossref's words; `Family, Given` of a person whose names are not told apart is parted."""
    name = text(creator.get("name"))
    family, given = text(creator.get("familyName")), text(creator.get("givenName"))
    if not family and text(creator.get("nameType")) == "Personal":
        family, _, given = name.partition(", ")
    if not family:
        return {"name": name}
    schemes = (
        item for item in _items(creator, "nameIdentifiers") if item.get("nameIdentifierScheme") == "ORCID"
    )
    return {
        "family": family,
        "given": given,
        "ORCID": next((item.get("nameIdentifier") for item in schemes), ""),
    }


def _dates(attributes: Attributes) -> tuple[PartialDate | None, tuple[int, ...]]:
    """Return the earliest date on which the work was public, and every year of that kind."""
    stated = [
        dates.date({"raw": text(item.get("date"))})
        for item in _items(attributes, "dates")
        if _is_public(item)
    ]
    year = dates.date({"date-parts": [[attributes.get("publicationYear")]]})
    known = [date for date in stated if date]
    earliest = min(known, key=lambda date: (date.year, date.month or 13, date.day or 32), default=year)
    return earliest, tuple(sorted({date.year for date in (*known, year) if date}))


def _is_public(date: Mapping[str, object]) -> bool:
    return date.get("dateType") in _PUBLISHED


def _publisher(stated: object) -> str:
    return text(stated.get("name")) if isinstance(stated, Mapping) else text(stated)


def _published_as(attributes: Attributes, own: Doi) -> Doi | None:
    registrant = own.value.partition("/")[0]
    related = [item for item in _items(attributes, "relatedIdentifiers") if _is_read(item)]
    for lead in _LEADS:
        for item in related:
            doi = Doi.parse(text(item.get("relatedIdentifier")))
            # One registrant's versions of a preprint are preprints, too.
            if item.get("relationType") == lead and doi and doi.value.partition("/")[0] != registrant:
                return doi
    return None


def _is_read(related: Mapping[str, object]) -> bool:
    is_doi = text(related.get("relatedIdentifierType")).upper() in ("DOI", "URL", "")
    return is_doi and text(related.get("resourceTypeGeneral")) in _READ


def _items(record: Attributes, name: str) -> Iterator[Mapping[str, object]]:
    stated = record.get(name)
    yield from (item for item in stated if isinstance(item, Mapping)) if isinstance(stated, list) else ()
