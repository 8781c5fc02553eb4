from __future__ import annotations

from enrich.demo.ranking import Ranking

RECORDS: list[dict[str, object]] = [
    {"DOI": "10.5555/a", "title": ["The bone"], "author": [{"family": "Zeng"}]},
    {"DOI": "10.5555/b", "title": ["The bone and the marrow"]},
    {"DOI": "10.5555/c", "title": ["The liver"]},
]


def test_rare_words_weigh_more_than_common_ones() -> None:
    ranked = Ranking(RECORDS).best("the bone of zeng")

    assert [record["DOI"] for record, _ in ranked] == ["10.5555/a", "10.5555/b", "10.5555/c"]
    scores = [score for _, score in ranked]
    assert scores == sorted(scores, reverse=True)


def test_what_shares_no_word_is_not_found() -> None:
    assert Ranking(RECORDS).best("selenium") == []
