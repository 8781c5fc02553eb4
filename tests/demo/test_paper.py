from __future__ import annotations

import pypdfium2
import pytest

from enrich.demo.paper import paper


def text(data: bytes, page: int = 0) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return str(document[page].get_textpage().get_text_bounded())


def test_a_reader_finds_the_lines_on_their_pages() -> None:
    data = paper(["A title (with brackets)", "D\u00f6rte \\ Bell"], ["Second"])

    assert text(data).splitlines() == ["A title (with brackets)", "D\u00f6rte \\ Bell"]
    assert text(data, 1) == "Second"


def test_a_reader_finds_the_metadata() -> None:
    with pypdfium2.PdfDocument(paper(["x"], info={"Title": "A (good) title"})) as document:
        assert document.get_metadata_value("Title") == "A (good) title"


def test_a_page_without_lines_has_no_text() -> None:
    assert text(paper([])) == ""


def test_padding_makes_it_larger_and_changes_nothing() -> None:
    data = paper(["x"], padding=5000)

    assert len(data) > 5000
    assert text(data) == "x"


def test_a_locked_one_asks_for_a_password() -> None:
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pypdfium2.PdfDocument(paper(["x"], locked=True))
