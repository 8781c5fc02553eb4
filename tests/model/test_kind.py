from __future__ import annotations

import pytest

from enrich.model.kind import Kind, editors, kind
from enrich.model.work import Author, Work


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("journal-article", Kind("article", "JOUR", "article-journal")),
        ("monograph", Kind("book", "BOOK", "book")),
        ("book-chapter", Kind("incollection", "CHAP", "chapter")),
        ("proceedings-article", Kind("inproceedings", "CPAPER", "paper-conference")),
        ("posted-content", Kind("misc", "UNPB", "article")),
        ("dissertation", Kind("phdthesis", "THES", "thesis")),
        ("dataset", Kind("misc", "DATA", "dataset")),
        ("", Kind("misc", "GEN", "document")),
        ("something-new", Kind("misc", "GEN", "document")),
    ],
)
def test_each_format_has_a_word_for_each_kind(said: str, meant: Kind) -> None:
    assert kind(Work(None, kind=said)) == meant


def test_what_stands_in_a_volume_is_an_article_where_nobody_says() -> None:
    assert kind(Work(None, container="Nature", volume="171")).bibtex == "article"


def test_the_editors_of_a_book_are_cited_and_those_of_an_article_not() -> None:
    editor = (Author("Jo", "Marten"),)

    assert editors(Work(None, editors=editor, kind="book-chapter")) == editor
    assert editors(Work(None, editors=editor, kind="journal-article")) == ()
