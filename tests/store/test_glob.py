"""Patterns of paths."""

from __future__ import annotations

import pytest

from enrich.errors import EnrichError
from enrich.store.glob import matcher


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("**/*.md", "a.md"),
        ("**/*.md", "a/b/c.md"),
        ("**/*.md", "a/new\nline.md"),
        ("*.md", "a.md"),
        ("posts/**", "posts/a.md"),
        ("posts/**", "posts/a/b.txt"),
        ("posts/", "posts/a/b.txt"),
        ("./posts/*.md", "posts/a.md"),
        ("/posts/*.md", "posts/a.md"),
        ("posts/**/index.md", "posts/index.md"),
        ("posts/**/index.md", "posts/a/b/index.md"),
        ("**", "a/b.md"),
        ("**/drafts", "drafts"),
        ("p?st.md", "post.md"),
        ("[pq]ost.md", "post.md"),
        ("[!pq]ost.md", "most.md"),
        ("[a-c]*.md", "bee.md"),
        ("[^a].md", "^.md"),
        ("a[]]b", "a]b"),
        ("a[b", "a[b"),
        ("a+(b).md", "a+(b).md"),
        ("*.md", ".md"),
        ("a**b.md", "axxb.md"),
    ],
)
def test_a_pattern_fits(pattern: str, path: str) -> None:
    assert matcher([pattern])(path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*.md", "a/b.md"),
        ("**/*.md", "a.markdown"),
        ("**/*.md", "a.md/b.txt"),
        ("posts/**", "posts"),
        ("posts/**", "other/posts/a.md"),
        ("p?st.md", "p/st.md"),
        ("[!p]ost.md", "post.md"),
        ("a[!x]b", "a/b"),
        ("a[/]b", "a/b"),
        ("*.MD", "a.md"),
        ("a.md", "aXmd"),
        ("posts/*", "posts/a/b"),
        ("a**b", "a/b"),
    ],
)
def test_a_pattern_does_not_fit(pattern: str, path: str) -> None:
    assert not matcher([pattern])(path)


def test_one_of_several_patterns_is_enough_and_none_fit_nothing() -> None:
    assert matcher(["a", "b"])("b")
    assert not matcher([])("")


def test_a_pattern_that_means_nothing_is_named() -> None:
    with pytest.raises(EnrichError, match=r"\[z-a\]"):
        matcher(["**/[z-a].md"])


def test_many_stars_do_not_take_long() -> None:
    assert not matcher(["**/" * 30 + "*a" * 12 + ".md"])("a/" * 40 + "a" * 40 + ".txt")
