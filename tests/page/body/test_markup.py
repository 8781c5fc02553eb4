from __future__ import annotations

from enrich.page.body.draft import Sheet
from enrich.page.body.markup import Markup


def taken(text: str, in_cell: bool = False) -> Sheet:
    sheet = Sheet(text.encode(), 0)
    markup = Markup(sheet)
    markup.in_cell = in_cell
    if in_cell:
        sheet.open("row", 0)
    markup.take(text, [(0, 0, len(text))], len(text))
    markup.end_link()
    sheet.end_section()
    return sheet


def test_a_link_runs_to_its_end_or_to_the_next() -> None:
    targets = taken("<a href='10.1/a'>b</a>10 <a href=c>d <a href=e>f").passages[0].targets

    assert [(target.url, target.at, target.until) for target in targets] == [
        ("10.1/a", 0, 1),
        ("c", 4, 6),
        ("e", 6, 7),
    ]


def test_superscript_is_marked() -> None:
    assert taken("10.1000/a<sup>1</sup>").passages[0].raised == [9]


def test_blocks_do_not_divide_the_row_of_a_markdown_table() -> None:
    blocks = taken("<ul><li>a</li><li>b</li></ul>", in_cell=True).sections[0].blocks

    assert [(block.kind, block.text.split()) for block in blocks] == [("row", ["a", "b"])]


def test_tags_that_say_nothing_vanish() -> None:
    assert taken("a<wbr>b<span class='x'>c</span>").sections[0].blocks[0].text == "abc"


def test_a_tag_in_muted_bytes_does_nothing() -> None:
    sheet = Sheet(b"<a href=x>y", 0)
    sheet.muted = 20
    Markup(sheet).take_tag("<a href=x>", 0, 10, 11)

    assert sheet.close() is None
