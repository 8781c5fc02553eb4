from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import Block
from enrich.page.body import outline
from enrich.page.body.passage import span_of

PAGES = Path(__file__).resolve().parents[3].parent / "shared" / "pages"


def blocks(text: str, start: int = 0) -> list[Block]:
    return [block for section in outline.read(text.encode(), start).sections for block in section.blocks]


def texts(text: str) -> list[str]:
    return [block.text for block in blocks(text)]


def test_a_heading_begins_a_section() -> None:
    read = outline.read(b"before\n\n# One\n\na\n\n## Two\n\nb\n", 0)

    assert [section.heading for section in read.sections] == ["", "One", "Two"]
    assert [(block.kind, block.text, block.level) for block in read.sections[2].blocks] == [
        ("heading", "Two", 2),
        ("paragraph", "b", 0),
    ]


def test_a_page_that_begins_with_a_heading_has_no_section_before_it() -> None:
    assert [section.heading for section in outline.read(b"# One\n\na\n", 0).sections] == ["One"]


def test_an_empty_body_has_no_sections() -> None:
    assert outline.read(b"{}\n\n", 3).sections == ()


def test_lines_count_from_the_top_of_the_file() -> None:
    assert [(block.line, block.text) for block in blocks("---\n---\n\na\n\nb\n", 8)] == [(4, "a"), (6, "b")]


def test_spans_are_bytes_of_the_file() -> None:
    source = "---\n---\nä ö\n\n# Über\n"
    block = blocks(source, 8)[1]

    assert source.encode()[block.span.start : block.span.end] == "# Über\n".encode()


def test_markup_vanishes_and_escapes_are_read() -> None:
    assert texts("a **b** _c_ ~~d~~ \\*e\\* &amp; &lt;f&gt; `code` <i>g</i><br>h\ni") == [
        "a b c d *e* & <f>   g\nh\ni"
    ]


def test_bold_runs_and_link_targets_are_kept() -> None:
    block = blocks("**Title one** by [X](https://a.org/x) and <b>two</b> <https://b.org>")[0]

    assert block.strong == ("Title one", "two")
    assert block.targets == ("https://a.org/x", "https://b.org")


def test_items_are_blocks_of_their_own_with_all_their_paragraphs() -> None:
    assert [(block.kind, block.text) for block in blocks("- a\n  - b\n\n    c\n\n  back\n- d\n\nout")] == [
        ("item", "a"),
        ("item", "b\nc"),
        ("item", "back"),
        ("item", "d"),
        ("paragraph", "out"),
    ]


def test_a_footnote_is_an_item() -> None:
    assert [block.kind for block in blocks("a[^1]\n\n[^1]: Smith, *Title*.\n")] == ["paragraph", "item"]


def test_rows_know_their_column_heads() -> None:
    rows = blocks("| Year | Paper |\n|---|---|\n| 2020 | **A** b |\n| 2021 |\n")

    assert [row.kind for row in rows] == ["row"] * 3
    assert rows[1].text == "2020\tA b"
    assert rows[1].cells == (("Year", "2020"), ("Paper", "A b"))
    assert rows[2].cells == (("Year", "2021"), ("Paper", ""))


def test_raw_html_makes_blocks_too() -> None:
    source = "<h3>Head</h3>\n<ul><li>one<li>two</ul>\n<table><tr><td>a<td>b</table>\n<p>c<p>d &amp; e\n"

    assert [(block.kind, block.text) for block in blocks(source)] == [
        ("heading", "Head"),
        ("item", "one"),
        ("item", "two"),
        ("row", "a\tb"),
        ("paragraph", "c"),
        ("paragraph", "d & e"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "```\nX\n```",
        "    X",
        "`X`",
        "<pre>\n\nX\n\n</pre>",
        "<pre>\n\nX",
        "<div><pre>\n\nX\n\n</pre></div>",
        "<!-- X -->",
        "<!--\n\nX\n\n-->",
        "<div>\n<!-- a\n\nX --></div>",
        "a <!-- X --> b",
        "a <code>X</code> b",
        "a <PRE>X</PRE> b",
        "<script>\nX\n\nX</script>",
        "<style>X</style>",
        "![X](X)",
        "[a]: X",
        "<div title='X'>",
    ],
)
def test_what_is_not_prose_is_in_no_text(hidden: str) -> None:
    assert "X" not in "".join(texts(f"before\n\n{hidden}\n"))
    assert texts(f"before\n\n{hidden}\n")[0] == "before"


def test_text_goes_on_behind_what_is_hidden() -> None:
    assert texts("<div><pre>\n\nX\n</pre> after\n\n</div>\n\nmore")[-2:] == [" after", "more"]
    assert texts("<!-- a\n\nb --> tail") == [" tail"]
    assert texts("a <code> b\n\nc") == ["a  b", "c"]


def test_every_kind_of_link_is_found_with_its_bytes() -> None:
    source = (
        'é [a](https://a.org/1 "t") [b](<https://a.org/(2>) [c][R] [d\\]](e(f)g) [](empty) '
        "<https://a.org/é> <a class=x HREF='h&amp;i'>j</a> [![k](l)](m)\n\n[r]: https://a.org/3\n"
    )
    targets = outline.read(source.encode(), 0).passages[0].targets

    assert [target.url for target in targets] == [
        "https://a.org/1",
        "https://a.org/(2",
        "https://a.org/3",
        "e(f)g",
        "empty",
        "https://a.org/é",
        "h&i",
        "m",
    ]
    spelled = [source.encode()[target.span.start : target.span.end].decode() for target in targets]
    assert spelled == [target.url.replace("&", "&amp;") for target in targets]


def test_hugo_shortcodes_are_text() -> None:
    assert texts('{{< toc >}} and {{<doi id="x">}}') == ['{{< toc >}} and {{<doi id="x">}}']


def test_an_old_doi_is_no_autolink() -> None:
    assert texts("9:1<S1::AID-AQC333>3.0") == ["9:1<S1::AID-AQC333>3.0"]


def test_invisible_characters_are_not_in_the_text() -> None:
    assert texts("é\u200bx &shy;y\u00ad 1&#8203;2") == ["éx y 12"]


def test_line_ends_and_marks_of_windows_change_nothing() -> None:
    source = "<div>\r\na <a href='u'>b</a>\r\n</div>\r\n\r\nc\r\nd\r\n"

    assert texts(source)[-1] == "c\nd"
    assert blocks(source)[0].targets == ("u",)


def test_a_body_that_holds_nothing_is_told_cheaply() -> None:
    assert not outline.may_hold(b"[a](http://b)\n---\nNothing here. 10 of 20.", 15)
    assert outline.may_hold(b"---\nDOI 10.1000/x", 3)
    assert outline.may_hold(b"---\n[a](b)", 3)


@given(st.text(alphabet=st.sampled_from("ab é\n\t*_`[]()<>!|-#&;=\"'/\\:10.{}^~\r\u200b"), max_size=120))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_and_every_character_has_its_bytes(text: str) -> None:
    source = text.encode()
    read = outline.read(source, 0)

    for passage in read.passages:
        assert read.sections[passage.section].blocks[passage.block].text == passage.text.rstrip()
        for at in range(len(passage.text)):
            span = span_of(source, passage.text, passage.runs, at, at + 1)
            assert 0 <= span.start <= span.end <= len(source)
    for section in read.sections:
        lines = [block.line for block in section.blocks]
        assert lines == sorted(lines)


@pytest.mark.skipif(not PAGES.exists(), reason=f"no pages at {PAGES}")
def test_real_pages_have_the_sections_that_people_see() -> None:
    source = (PAGES / "selenium-and-osteoporosis.md").read_bytes()
    (section,) = outline.read(source, source.index(b"---\n\n")).sections

    assert section.heading == "The association between selenium and bone health: a meta-analysis"
    assert section.blocks[1].text.endswith("doi: 10.1302/2046-3758.127.BJR-2022-0420.R1.")
    assert len(section.blocks) == 9
