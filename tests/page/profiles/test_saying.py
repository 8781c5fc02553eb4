from __future__ import annotations

from enrich.model.accession import Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Author, PartialDate, Work
from enrich.page.profiles import saying
from enrich.page.profiles.saying import Beside

BESIDE = Beside(2)


def test_what_is_not_known_is_said_by_something_empty() -> None:
    work = Work(None)
    every = (saying.doi, saying.title, saying.container, saying.short_container, saying.authors)
    more = (saying.published, saying.volume, saying.issue, saying.pages, saying.status)

    assert all(says(work, BESIDE) in ("", []) for says in (*every, *more))


def test_a_long_list_of_texts_ends_with_et_al() -> None:
    three = tuple(Author("", name) for name in "ABC")

    assert saying.authors(Work(None, authors=three), BESIDE) == ["A", "B", "et al."]
    assert saying.authors(Work(None, authors=three[:2]), BESIDE) == ["A", "B"]


def test_dates_and_numbers_are_texts() -> None:
    assert saying.published(Work(None, published=PartialDate(2022, 4)), BESIDE) == "2022-04"
    assert saying.number(Pmid("7")) == "7"
    assert saying.number(Doi("10.1000/a")) == "10.1000/a"
    assert saying.number(None) == ""
