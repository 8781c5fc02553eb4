from __future__ import annotations

import pytest

from enrich.page.body.tag import href, tokens


def shape(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.name or text[token.start : token.end]) for token in tokens(text)]


def test_html_falls_into_text_and_tags() -> None:
    assert shape('a <B class="x>y">b</B><br/>') == [
        ("text", "a "),
        ("open", "b"),
        ("text", "b"),
        ("close", "b"),
        ("open", "br"),
    ]


@pytest.mark.parametrize("text", ["1 < 2", "<1661::AID>", "<S1::AID-X>", "<", "<a", "<a title='x>"])
def test_what_only_looks_like_a_tag_is_text(text: str) -> None:
    assert {kind for kind, _ in shape(text)} == {"text"}


def test_code_and_comments_are_hidden_with_their_content() -> None:
    assert shape("a<PRE>b<i>c</i></pre >d<!-->e<!-- f --><?php g ?>") == [
        ("text", "a"),
        ("hidden", "pre"),
        ("text", "d"),
        ("hidden", "<!-->"),
        ("text", "e"),
        ("hidden", "<!-- f -->"),
        ("hidden", "<?php g ?>"),
    ]


def test_what_never_closes_says_what_would_close_it() -> None:
    assert [(token.kind, token.closer) for token in tokens("<pre>a")] == [("hidden", "</pre")]
    assert [(token.kind, token.closer) for token in tokens("<!-- a")] == [("hidden", "-->")]


@pytest.mark.parametrize(
    ("tag", "target"),
    [
        ('<a href="x y">', "x y"),
        ("<a class='b' HREF = 'x'>", "x"),
        ("<a href=x/y>", "x/y"),
        ("<a data-href='x'>", None),
        ("<a>", None),
    ],
)
def test_the_target_stands_in_quotes_or_without(tag: str, target: str | None) -> None:
    where = href(tag)

    assert (tag[slice(*where)] if where else None) == target


@pytest.mark.parametrize("piece", ['<a "', "<a '", "<a ", "<", "<!--", "<code>", "<a b=\"c'>"])
def test_a_megabyte_of_broken_tags_is_split_in_a_moment(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))

    assert sum(token.end - token.start for token in tokens(text)) == len(text)
