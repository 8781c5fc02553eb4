from __future__ import annotations

from enrich.model.page import Span
from enrich.page.body.draft import Draft, Sheet


def test_a_row_parts_its_cells_by_tabs() -> None:
    draft = Draft("row", 0, 1)
    for at, cell in enumerate(("2020", "A paper ")):
        draft.begin_cell(at)
        draft.add(cell, at, at + 1)

    block = draft.block("2020\tA paper", ["Year"])

    assert block.cells == (("Year", "2020"), ("", "A paper"))
    assert draft.passage("2020\tA paper", 0, 0).text == "2020\tA paper"


def test_bold_in_bold_is_one_run() -> None:
    draft = Draft("paragraph", 0, 1)
    draft.begin_bold()
    draft.add("a", 0, 1)
    draft.begin_bold()
    draft.add("b", 1, 2)
    draft.end_bold()
    draft.end_bold()

    assert draft.block("ab", ()).strong == ("ab",)


def test_a_passage_knows_where_pieces_and_links_stand() -> None:
    draft = Draft("paragraph", 0, 1)
    draft.add("ab ", 5, 8)
    draft.add("cd", 10, 12)
    draft.link("u", Span(20, 21), 1)
    passage = draft.passage("ab cd", 2, 3)

    assert (passage.section, passage.block) == (2, 3)
    assert passage.runs == [(0, 5, 8), (3, 10, 12)]
    assert [(target.at, target.until) for target in passage.targets] == [(3, 5)]


def test_invisible_characters_leave_the_bytes_of_their_neighbours_right() -> None:
    draft = Draft("paragraph", 0, 1)
    text = "é\u200bb\u00ad\u00adc"
    draft.add(text, 0, len(text.encode()))

    assert draft.parts == ["é", "b", "c"]
    assert [text.encode()[start:end].decode() for start, end in draft.places] == ["é", "b", "c"]


def test_muted_bytes_are_in_no_text() -> None:
    sheet = Sheet(b"a <!-- b --> c", 0)
    sheet.mute(2, b"-->")
    sheet.text("a ", 0, 2)
    sheet.text("b --> c", 7, 14)
    block = sheet.close()

    assert sheet.muted == 12
    assert block and block.text == " c"


def test_without_an_end_all_the_rest_is_muted_unless_there_is_a_limit() -> None:
    sheet = Sheet(b"<code>abc</code>", 0)
    sheet.mute(6, b"</code", 8)
    assert sheet.muted == 0
    sheet.mute(6, b"</pre")
    assert sheet.muted == 16


def test_a_block_without_text_or_links_leaves_no_trace() -> None:
    sheet = Sheet(b"", 0)
    sheet.open("paragraph", 0)
    assert sheet.close() is None
    sheet.open("heading", 0, 2)
    assert sheet.close() is not None
