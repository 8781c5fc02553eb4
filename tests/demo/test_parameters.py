from __future__ import annotations

from enrich.demo.parameters import dois, mistakes, not_on_a_work, pairs, passing

RECORDS: dict[str, dict[str, object]] = {
    "10.5555/a": {"DOI": "10.5555/a", "type": "book"},
    "10.5555/b": {"DOI": "10.5555/b", "type": "other"},
}


def test_a_pair_is_split_at_its_first_colon_only() -> None:
    assert pairs("doi:10.5555/a:b,type:book") == [("doi", "10.5555/a:b"), ("type", "book")]


def test_dois_of_a_filter_are_lower_case() -> None:
    assert dois("doi:10.5555/A,type:book,doi:10.5555/B") == ("10.5555/a", "10.5555/b")


def test_values_of_one_filter_are_alternatives_and_filters_are_joined() -> None:
    assert passing(RECORDS, {}) == list(RECORDS.values())
    assert passing(RECORDS, {"filter": "doi:10.5555/A,doi:10.5555/B"}) == list(RECORDS.values())
    assert passing(RECORDS, {"filter": "doi:10.5555/a,doi:10.5555/b,type:book"}) == [RECORDS["10.5555/a"]]
    assert passing(RECORDS, {"filter": "type:other"}) == [RECORDS["10.5555/b"]]


def test_all_mistakes_are_told_at_once() -> None:
    kinds = [wrong["type"] for wrong in mistakes({"filter": "dio:1", "select": "doi", "rows": "-1"})]

    assert kinds == ["filter-not-available", "select-not-available", "integer-not-valid"]


def test_a_single_work_takes_an_address_only() -> None:
    assert not_on_a_work({"mailto": "a@example.org"}) == []
    assert [wrong["value"] for wrong in not_on_a_work({"rows": "1"})] == ["rows"]
