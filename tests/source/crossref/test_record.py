from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.demo.parameters import SELECTS
from enrich.model.identifier import Doi
from enrich.model.work import Author, PartialDate, Update, Work
from enrich.source.crossref.record import SELECT, work

RECORDS = Path(__file__).resolve().parents[3].parent / "shared" / "crossref" / "works.jsonl.gz"
JUNK = {"-", "null", "no-no", "&na;", "n/a", "[no title]", "0-0"}

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(
        ["10.5555/a", "SMITH", "<i>x</i>", "&amp;", "233-240.e2", "1234-5678", "Jr.", "Part 2"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["date-parts", "family", "given", "name", "DOI", "type", "updated", "affiliation", "raw"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


def record(**fields: object) -> dict[str, object]:
    return {"DOI": "10.5555/a", **{key.replace("_", "-"): value for key, value in fields.items()}}


def made(**fields: object) -> Work:
    found = work(record(**fields))
    assert found is not None
    return found


def test_a_whole_record_becomes_a_work() -> None:
    raw = {
        "DOI": "10.5555/ABC",
        "type": "journal-article",
        "title": ["Salt &amp; goitre"],
        "subtitle": ["a trial"],
        "author": [{"given": "ANA", "family": "LIMA", "ORCID": "https://orcid.org/0000-0002-1825-0097"}],
        "editor": [{"given": "Wim", "family": "Berg"}],
        "container-title": ["Salt Research"],
        "short-container-title": ["Salt Res."],
        "issued": {"date-parts": [[2020, 4]]},
        "published-print": {"date-parts": [[2021, 1]]},
        "volume": "XV",
        "issue": "1-2",
        "page": "233-240.e2",
        "publisher": "Salt &amp; Sons",
        "ISSN": ["1234-567X", "1234-567x", "0000-1111"],
    }

    assert work(raw) == Work(
        doi=Doi("10.5555/abc"),
        title="Salt & goitre: a trial",
        other_titles=("Salt & goitre",),
        authors=(Author("Ana", "Lima", orcid="0000-0002-1825-0097"),),
        editors=(Author("Wim", "Berg"),),
        container="Salt Research",
        short_container="Salt Res.",
        published=PartialDate(2020, 4),
        years=(2020, 2021),
        volume="XV",
        issue="1-2",
        pages="233-240.e2",
        kind="journal-article",
        publisher="Salt & Sons",
        issn=("1234-567X", "0000-1111"),
    )


@pytest.mark.parametrize("doi", [None, "", "no doi", 10.5555, ["10.5555/a"]])
def test_without_a_doi_there_is_no_work(doi: object) -> None:
    assert work({"DOI": doi, "title": ["Salt"]}) is None


@pytest.mark.parametrize(
    ("page", "pages"),
    [
        ("12-15", "12-15"),
        ("12\u201315", "12-15"),
        ("12 - 15", "12-15"),
        ("12--15", "12-15"),
        ("e94", "e94"),
        ("S155-S156", "S155-S156"),
        ("198-a-198", "198-a-198"),
        ("pp. 3-4", "3-4"),
        ("17-", "17"),
        ("no-no", ""),
        ("0-0", ""),
        ("-", ""),
        ("n/a", ""),
        (None, ""),
    ],
)
def test_pages_are_written_one_way(page: object, pages: str) -> None:
    assert made(page=page).pages == pages


def test_an_article_number_stands_in_for_pages() -> None:
    found = made(page="no-no", article_number="063619")

    assert (found.pages, found.article_number) == ("063619", "063619")
    assert made(page="7", article_number="063619").pages == "7"


def test_updates_are_folded_and_a_record_that_points_at_itself_says_nothing() -> None:
    updates = [
        {"DOI": "10.5555/B", "type": "Expression-of Concern", "updated": {"date-parts": [[2023, 5, 1]]}},
        {"DOI": "10.5555/b", "type": "expression_of_concern", "updated": {"date-parts": [[2023, 5, 1]]}},
        {"DOI": "10.5555/A", "type": "new_version"},
        {"DOI": "10.5555/c", "label": "Retraction", "source": "retraction-watch"},
        {"DOI": "10.5555/d"},
        {"type": "retraction"},
        "odd",
    ]

    assert made(updated_by=updates).updated_by == (
        Update("expression_of_concern", Doi("10.5555/b"), PartialDate(2023, 5, 1)),
        Update("retraction", Doi("10.5555/c"), source="retraction-watch"),
    )
    assert made(update_to=updates[3]).update_to == (
        Update("retraction", Doi("10.5555/c"), source="retraction-watch"),
    )


@pytest.mark.parametrize("source", ["retraction-watch", "Retraction Watch"])
def test_retraction_watch_may_know_of_an_event_under_the_papers_own_doi(source: str) -> None:
    own = {"DOI": "10.5555/A", "type": "Retraction", "updated": {"date-parts": [[2021]]}}

    found = made(updated_by=[{**own, "source": source}], update_to=[{**own, "source": source}])
    assert found.updated_by == (Update("retraction", None, PartialDate(2021), source),)
    assert found.update_to == ()
    assert made(updated_by=[{**own, "source": "publisher"}, own]).updated_by == ()


@pytest.mark.parametrize(
    ("relation", "article"),
    [
        ({"is-preprint-of": [{"id-type": "doi", "id": "10.5555/B", "asserted-by": "subject"}]}, "10.5555/b"),
        ({"is-preprint-of": [{"id-type": "doi", "id": "https://doi.org/10.5555/B"}]}, "10.5555/b"),
        ({"is-preprint-of": {"id-type": "DOI", "id": "10.5555/b"}}, "10.5555/b"),
        (
            {
                "is-preprint-of": [
                    {"id-type": "uri", "id": "10.5555/x"},
                    {"id-type": "doi", "id": "10.5555/b"},
                ]
            },
            "10.5555/b",
        ),
        ({"is-preprint-of": [{"id-type": "doi", "id": "10.5555/A"}]}, None),
        ({"is-preprint-of": ["10.5555/b", None, {"id-type": "doi"}]}, None),
        ({"has-preprint": [{"id-type": "doi", "id": "10.5555/b"}]}, None),
        ([], None),
        (None, None),
    ],
)
def test_a_preprint_knows_the_article_that_it_became(relation: object, article: str | None) -> None:
    assert made(relation=relation).published_as == (Doi(article) if article else None)


def test_everything_that_is_selected_may_be_selected() -> None:
    assert set(SELECT) <= SELECTS
    assert "DOI" in SELECT
    assert len(set(SELECT)) == len(SELECT)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(SELECT[1:]), JSON, max_size=8))
def test_any_json_is_taken(fields: dict[str, object]) -> None:
    found = work({"DOI": "10.5555/a", **fields})

    assert found is not None
    for value in values(found):
        assert value == " ".join(value.split())
        value.encode("utf-8")


def values(found: Work) -> Iterator[str]:
    """Every text of a work."""
    yield from (found.title, *found.other_titles, found.container, found.short_container, found.publisher)
    yield from (found.volume, found.issue, found.pages, found.article_number, found.kind, *found.issn)
    for one in (*found.authors, *found.editors):
        yield from (one.given, one.family, one.suffix) if isinstance(one, Author) else (one.name,)


@pytest.fixture(scope="module")
def real() -> list[Work]:
    if not RECORDS.exists():
        pytest.skip(f"{RECORDS} is not here: the real records are not part of the repository")
    with gzip.open(RECORDS, "rt", encoding="utf-8") as lines:
        found = [work(json.loads(line)) for line in lines]
    assert len(found) > 1000
    assert None not in found
    return [one for one in found if one is not None]


def test_real_records_hold_no_markup_and_no_junk(real: list[Work]) -> None:
    for found in real:
        for value in values(found):
            assert not re.search(r"</?[A-Za-z][^<>]*>|&#?\w+;|\s\s|[^\S ]|[\x00-\x1f\u200b\ufeff]", value), (
                found.doi
            )
            assert value.lower() not in JUNK, found.doi


def test_real_records_shout_no_family_name(real: list[Work]) -> None:
    families = [one.family for found in real for one in found.authors if isinstance(one, Author)]

    assert [family for family in families if family.isupper() and len(family) > 3] == []
    assert len(families) > 3000


def test_real_records_keep_what_they_say(real: list[Work]) -> None:
    assert sum(not found.title for found in real) <= 3
    assert sum(found.published is None for found in real) == 22
    assert all(found.published is None or found.published.year in found.years for found in real)
    assert sum(not found.pages for found in real) < 155
    assert sum(not found.container for found in real) <= 45
