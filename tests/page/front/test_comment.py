from __future__ import annotations

import pytest

from enrich.model.page import Drop, Edit, Put, Refusal, Span, Style
from enrich.page.front import comment, frontmatter

PAGE = b"""---
title: Bones
citations:
  # check this one, Jane!
  - doi: "10.5555/a#b"
    journal: Nutr  # mine too
---
"""


def dropped(text: bytes, style: Style) -> int | None:
    return comment.lost(text, [Edit(Span(0, len(text)), b"", "", "")], style)


@pytest.mark.parametrize(
    ("text", "style", "line"),
    [
        (b"# a\n", "yaml", 1),
        (b"a: 1\nb: 2 # c\n", "yaml", 2),
        (b'a: C#\nb: \'x # y\'\nc: "# \\" #"\n', "yaml", None),
        (b"a: Crohn's # mine\n", "yaml", 1),
        (b"a = 1#c\n", "toml", 1),
        (b'a = "#"\n', "toml", None),
        (b'{"a": "# b"} # c', "json", None),
    ],
)
def test_a_comment_is_found_where_its_format_has_one(text: bytes, style: Style, line: int | None) -> None:
    assert dropped(text, style) == line


def test_a_comment_that_the_new_text_holds_is_not_lost() -> None:
    text = b"a: 1 # c\n"

    assert comment.lost(text, [Edit(Span(0, len(text)), b"b: 1\n# c\n", "", "")], "yaml") is None


def test_what_would_take_a_persons_comment_along_is_refused_with_its_line() -> None:
    front = frontmatter.locate(PAGE)
    assert not isinstance(front, Refusal)

    refused = comment.splice(PAGE, front, [Drop(("citations",), "no longer cited")])

    assert isinstance(refused, Refusal)
    assert refused.line == 4
    assert "a comment" in refused.reason
    changed = comment.splice(PAGE, front, [Put(("citations", 0, "journal"), "Nutrients", "so now")])
    assert isinstance(changed, bytes)
    assert b"# mine too" in changed
