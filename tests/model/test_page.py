from __future__ import annotations

from enrich.model.page import Block, Section, Span


def test_a_section_knows_its_heading() -> None:
    heading = Block("heading", "On selenium", Span(0, 1), 1, level=2)
    text = Block("paragraph", "Text", Span(2, 3), 2)

    assert Section((heading, text)).heading == "On selenium"
    assert Section((text,)).heading == ""
