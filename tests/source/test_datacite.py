from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Work
from enrich.source.datacite import work

ARTICLE = {
    "relationType": "IsVersionOf",
    "relatedIdentifier": "10.5555/Article",
    "relatedIdentifierType": "DOI",
}
RECORD: dict[str, Any] = {
    "doi": "10.48550/ARXIV.2101.00001",
    "titles": [{"title": "On\n  Rats"}, {"title": "A view", "titleType": "Subtitle"}],
    "creators": [
        {
            "name": "Lee, Ann",
            "nameType": "Personal",
            "givenName": "Ann",
            "familyName": "Lee",
            "nameIdentifiers": [
                {"nameIdentifier": "https://orcid.org/0000-0002-1825-0097", "nameIdentifierScheme": "ORCID"}
            ],
        },
        {"name": "Ek, Bo", "nameType": "Personal", "nameIdentifiers": []},
        {"name": "Rat Consortium", "nameType": "Organizational"},
    ],
    "publisher": "arXiv",
    "publicationYear": 2021,
    "dates": [
        {"date": "2020-12-31T23:59:00Z", "dateType": "Submitted", "dateInformation": "v1"},
        {"date": "2022-02-01T00:00:00Z", "dateType": "Updated", "dateInformation": "v1"},
        {"date": "2021-01", "dateType": "Available", "dateInformation": "v1"},
    ],
    "types": {"resourceTypeGeneral": "Preprint", "resourceType": "Article"},
    "relatedIdentifiers": [ARTICLE],
}


def made(**fields: object) -> Work:
    found = work({**RECORD, **fields})
    assert found is not None
    return found


def test_a_record_becomes_a_work() -> None:
    assert made() == Work(
        doi=Doi("10.48550/arxiv.2101.00001"),
        title="On Rats: A view",
        other_titles=("On Rats",),
        authors=(
            Author("Ann", "Lee", orcid="0000-0002-1825-0097"),
            Author("Bo", "Ek"),
            Group("Rat Consortium"),
        ),
        published=PartialDate(2020, 12, 31),
        years=(2020, 2021),
        kind="posted-content",
        publisher="arXiv",
        agency="DataCite",
        published_as=Doi("10.5555/article"),
    )


def test_a_record_without_dates_has_its_year_of_publication() -> None:
    found = made(dates=[], publisher={"name": "arXiv"})

    assert (found.published, found.years, found.publisher) == (PartialDate(2021), (2021,), "arXiv")


@pytest.mark.parametrize(
    ("related", "article"),
    [
        (ARTICLE, "10.5555/article"),
        ({**ARTICLE, "relationType": "IsPreprintOf"}, "10.5555/article"),
        ({**ARTICLE, "relatedIdentifier": "https://doi.org/10.5555/Article"}, "10.5555/article"),
        ({**ARTICLE, "resourceTypeGeneral": "JournalArticle"}, "10.5555/article"),
        ({**ARTICLE, "resourceTypeGeneral": "Dataset"}, None),
        ({**ARTICLE, "relationType": "HasVersion"}, None),
        ({**ARTICLE, "relationType": "References"}, None),
        ({**ARTICLE, "relationType": "IsPublishedIn"}, None),
        ({**ARTICLE, "relatedIdentifierType": "ISSN"}, None),
        ({**ARTICLE, "relatedIdentifier": "10.48550/arXiv.2001.00009"}, None),
        ({**ARTICLE, "relatedIdentifier": "10.48550/arXiv.2101.00001"}, None),
        ({**ARTICLE, "relatedIdentifier": "nothing"}, None),
    ],
)
def test_a_preprint_knows_the_article_that_its_record_states(related: object, article: str | None) -> None:
    assert made(relatedIdentifiers=["odd", related]).published_as == (Doi(article) if article else None)


def test_the_plainest_relation_wins() -> None:
    plain = {**ARTICLE, "relationType": "IsPreprintOf", "relatedIdentifier": "10.5555/plain"}

    assert made(relatedIdentifiers=[ARTICLE, plain]).published_as == Doi("10.5555/plain")


def test_a_record_without_a_doi_is_no_work() -> None:
    assert work({"titles": [{"title": "On rats"}]}) is None


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(RECORD)), _json))
def test_any_json_is_taken(fields: dict[str, object]) -> None:
    found = work({**fields, "doi": RECORD["doi"]})

    assert found is not None
    assert found.doi == Doi("10.48550/arxiv.2101.00001")
