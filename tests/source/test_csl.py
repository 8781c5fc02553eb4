from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate
from enrich.source.csl import work


def test_a_datacite_answer_becomes_a_work() -> None:
    found = work(
        {
            "type": "dataset",
            "id": "https://doi.org/10.5061/DRYAD.SALT",
            "DOI": "10.5061/DRYAD.SALT",
            "title": "Data from: salt &amp; goitre",
            "publisher": "Dryad",
            "issued": {"date-parts": [[2019, 2]]},
            "author": [
                {"given": "Ana", "family": "Lima"},
                {"literal": "Berg, Wim A."},
                {"literal": "Salt Survey, Bern"},
            ],
        },
        "DataCite",
    )

    assert found is not None
    assert (found.doi, found.agency, found.kind) == (Doi("10.5061/dryad.salt"), "DataCite", "dataset")
    assert (found.title, found.publisher, found.published) == (
        "Data from: salt & goitre",
        "Dryad",
        PartialDate(2019, 2),
    )
    assert found.authors == (Author("Ana", "Lima"), Author("Wim A.", "Berg"), Group("Salt Survey, Bern"))


def test_crossrefs_own_csl_keeps_its_words() -> None:
    found = work(
        {
            "DOI": "10.5555/a",
            "type": "journal-article",
            "title": "Salt",
            "container-title": "Salt Research",
            "container-title-short": "Salt Res",
            "ISSN": "1234-5678",
            "page": "1-2",
            "volume": 5,
        },
        "Crossref",
    )

    assert found is not None
    assert (found.container, found.short_container, found.kind) == (
        "Salt Research",
        "Salt Res",
        "journal-article",
    )
    assert (found.volume, found.pages, found.issn) == ("5", "1-2", ("1234-5678",))


def test_the_words_of_csl_become_crossrefs() -> None:
    found = work(
        {"DOI": "10.5555/a", "type": "article-journal", "title-short": "S", "title": "Salt"}, "mEDRA"
    )

    assert found is not None
    assert (found.kind, found.other_titles) == ("journal-article", ("S",))


def test_the_doi_may_stand_in_the_id_or_the_address() -> None:
    by_id = work({"id": "https://doi.org/10.5061/X"}, "DataCite")
    by_url = work({"id": "x", "URL": "https://doi.org/10.5061/X"}, "DataCite")

    assert by_id == by_url
    assert by_id is not None
    assert by_id.doi == Doi("10.5061/x")


def test_without_a_doi_there_is_no_work() -> None:
    assert work({"title": "Salt"}, "DataCite") is None


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["DOI", "id", "title", "author", "issued", "type", "container-title"]),
        st.none()
        | st.integers()
        | st.text(max_size=8)
        | st.lists(st.dictionaries(st.just("literal"), st.text())),
    )
)
def test_any_json_is_taken(csl: dict[str, object]) -> None:
    found = work(csl, "JaLC")

    assert found is None or found.agency == "JaLC"
