from __future__ import annotations

from enrich.model.page import Span
from enrich.page.body.passage import span_of

SOURCE = "é ab&amp;c".encode()
TEXT = "é ab&c"
RUNS = [(0, 0, 5), (4, 5, 10), (5, 10, 11)]


def test_characters_lead_back_to_their_bytes() -> None:
    assert span_of(SOURCE, TEXT, RUNS, 0, 1) == Span(0, 2)
    assert span_of(SOURCE, TEXT, RUNS, 1, 4) == Span(2, 5)
    assert span_of(SOURCE, TEXT, RUNS, 5, 6) == Span(10, 11)


def test_an_entity_is_one_character_of_many_bytes() -> None:
    assert span_of(SOURCE, TEXT, RUNS, 3, 6) == Span(4, 11)
    assert span_of(SOURCE, TEXT, RUNS, 4, 5) == Span(5, 10)
