"""The embedded Crossref's `query.bibliographic`: records ranked by the rare words they share with a text."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

Record = Mapping[str, object]

_WORD = re.compile(r"\w+")
_FIELDS = ("title", "subtitle", "author", "container-title", "issued", "volume", "issue", "page", "ISSN")
# Brings the scores of good matches to the 20-90 that the live service gives.
_SCALE = 3.0


class Ranking:
    """An index of the words of all records."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = list(records)
        self._where: dict[str, set[int]] = defaultdict(set)
        for place, record in enumerate(self._records):
            for word in _words(json.dumps([record.get(name) for name in _FIELDS], ensure_ascii=False)):
                self._where[word].add(place)

    def best(self, text: str) -> list[tuple[Record, float]]:
        """Return the records that share a word with `text`, with their scores, the best first."""
        scores: dict[int, float] = defaultdict(float)
        for word in _words(text):
            places = self._where.get(word, set())
            for place in places:
                scores[place] += _SCALE * math.log(1 + len(self._records) / len(places))
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        return [(self._records[place], score) for place, score in ranked]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
