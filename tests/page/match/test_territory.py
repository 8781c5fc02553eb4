from __future__ import annotations

from enrich.model.identifier import Doi
from enrich.model.page import Block, Mention, Section, Span
from enrich.page.match.territory import Territory, find


def section(*paragraphs: str) -> Section:
    """Make a section of paragraphs, each line of it one line of the page, a blank line between them."""
    blocks = []
    line = 1
    for text in paragraphs:
        blocks.append(Block("heading" if text.startswith("#") else "paragraph", text, Span(0, 0), line))
        line += text.count("\n") + 2
    return Section(tuple(blocks))


def territory(of: Section, name: str, *others: str) -> Territory:
    return find(of, mention(of, name), [mention(of, other) for other in others])


def mention(of: Section, name: str) -> Mention:
    place, block = next((place, block) for place, block in enumerate(of.blocks) if name in block.text)
    row = block.text[: block.text.index(name)].count("\n")
    return Mention(name, (Doi(name),), Span(0, 0), block.line + row, 0, place)


def lines(found: Territory) -> tuple[list[str], str, list[str]]:
    return [line.text for line in found.before], found.own.text, [line.text for line in found.after]


def test_lines_around_a_lone_citation_are_its_own_nearest_first() -> None:
    found = territory(section("# head", "one", "two", "@a", "three\nfour"), "@a")

    assert lines(found) == (["two", "one"], "@a", ["three", "four"])
    assert found.has_heading


def test_only_three_lines_belong_on_either_side() -> None:
    found = territory(section("1", "2", "3", "4", "@a", "5\n6\n7\n8"), "@a")

    assert lines(found) == (["4", "3", "2"], "@a", ["5", "6", "7"])


def test_prose_ends_a_citation() -> None:
    found = territory(section("title", "prose " * 60, "near", "@a"), "@a")

    assert lines(found)[0] == ["near"]


def test_lines_of_a_paragraph_stay_with_its_citation() -> None:
    both = section("title a\n@a", "title b\n@b\nnames b")

    assert lines(territory(both, "@a", "@b")) == (["title a"], "@a", [])
    assert lines(territory(both, "@b", "@a")) == (["title b"], "@b", ["names b"])


def test_the_edges_of_a_list_show_its_layout() -> None:
    above = section("title a", "@a", "title b", "@b")
    below = section("@a", "Ann Roe 1, Bo Poe 2", "@b", "Cy Xu 1, Di Yu 2")

    assert lines(territory(above, "@a", "@b")) == (["title a"], "@a", [])
    assert lines(territory(above, "@b", "@a")) == (["title b"], "@b", [])
    assert lines(territory(below, "@a", "@b"))[2] == ["Ann Roe 1, Bo Poe 2"]
    assert lines(territory(below, "@b", "@a")) == ([], "@b", ["Cy Xu 1, Di Yu 2"])


def test_a_heading_is_the_first_citations_only() -> None:
    both = section("# head", "@a", "@b")

    assert territory(both, "@a", "@b").has_heading
    assert not territory(both, "@b", "@a").has_heading


def test_citations_in_one_line_share_no_other() -> None:
    both = section("title", "@a and @b", "tail")

    assert lines(territory(both, "@a", "@b"))[1] == "@a and @b"
