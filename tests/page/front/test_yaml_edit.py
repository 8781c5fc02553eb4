from __future__ import annotations

import pytest

from enrich.model.page import Change, Drop, FrontMatter, Insert, Put, Refusal, Value
from enrich.page.front.frontmatter import locate
from enrich.page.front.splice import splice

PAPER = {
    "doi": "10.1234/abc",
    "title": "Selenium: a review",
    "authors": ["Ada Byron", "Bo O'Neil"],
    "volume": "14",
    "pdf": {"url": "https://cdn.example/a.pdf", "bytes": 120},
}

WHY = "the page cites it"


def changed(page: str, *changes: Change) -> str:
    """Return the page after the changes; splicing proves that they are made and that nothing else is."""
    result = attempted(page, *changes)
    assert isinstance(result, bytes), result
    return result.decode()


def attempted(page: str, *changes: Change) -> bytes | Refusal:
    front = locate(page.encode())
    assert isinstance(front, FrontMatter), front
    return splice(page.encode(), front, changes)


def put(*path: str | int, value: Value = "new", after: str | None = None) -> Put:
    return Put(path, value, WHY, after)


def drop(*path: str | int) -> Drop:
    return Drop(path, WHY)


def insert(*path: str | int, index: int, value: Value) -> Insert:
    return Insert(path, index, value, WHY)


def test_new_papers_come_last_in_the_pages_own_hand() -> None:
    page = '---\ntitle: "A"\naliases:\n  - "/a"\ndate: 2023-09-25\n---\nbody\n'
    new = (
        'citations:\n  - doi: "10.1234/abc"\n    title: "Selenium: a review"\n'
        '    authors:\n      - "Ada Byron"\n'
        '      - "Bo O\'Neil"\n    volume: "14"\n    pdf:\n'
        '      url: "https://cdn.example/a.pdf"\n      bytes: 120\n'
    )
    assert changed(page, put("citations", value=[PAPER])) == page.replace("---\nbody", new + "---\nbody")


def test_a_page_with_plain_texts_and_flush_lists_gets_such() -> None:
    page = "---\ntitle: A\ntags:\n- a\n---\n"
    new = 'citations:\n- doi: "10.1/a"\n  journal: Nutrients\n  answer: "no"\n'
    value = [{"doi": "10.1/a", "journal": "Nutrients", "answer": "no"}]
    assert changed(page, put("citations", value=value)) == page[:-4] + new + "---\n"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("---\n---\n", "---\nnew: x\n---\n"),
        ("---\n# only this\n---\n", "---\n# only this\nnew: x\n---\n"),
        ("---\na: 1\n# end\n\n---\n", "---\na: 1\n# end\nnew: x\n\n---\n"),
        ("---\na: 1\n...\n", "---\na: 1\nnew: x\n...\n"),
        ("---\r\na: 1\r\n---\r\n", "---\r\na: 1\r\nnew: x\r\n---\r\n"),
        ("---\n  a: 1\n---\n", "---\n  a: 1\n  new: x\n---\n"),
        ("---\n{a: 1, b: [c]}\n---\n", "---\n{a: 1, b: [c], new: x}\n---\n"),
        ('---\n{"a": 1,}\n---\n', '---\n{"a": 1, "new": x,}\n---\n'),
        ("---\n{\n}\n---\n", "---\n{new: x}\n---\n"),
        ("---\na: |+\n  t\n\n\n---\n", "---\na: |+\n  t\n\n\nnew: x\n---\n"),
        ("---\na: >\n  t\n  ---\n\n---\n", "---\na: >\n  t\n  ---\nnew: x\n\n---\n"),
        ("---\na: |\n  t\n   \n\n---\n", "---\na: |\n  t\n   \nnew: x\n\n---\n"),
        ("---\na: one\n  two\n---\n", "---\na: one\n  two\nnew: x\n---\n"),
        ("---\na:\n---\n", "---\na:\nnew: x\n---\n"),
        ("---\na: &n 1\nb: *n\n---\n", "---\na: &n 1\nb: *n\nnew: x\n---\n"),
        ("---\ntitre: é 😀\n---\n", "---\ntitre: é 😀\nnew: x\n---\n"),
    ],
)
def test_a_new_key_comes_last_and_changes_nobodys_meaning(page: str, expected: str) -> None:
    assert changed(page, put("new", value="x")) == expected


PAPERS = """---
citations:  # ours
  # the first
  - doi: "10.1/a"   # said twice
    title: 'T'

    authors: [A, B]
    # a note
    journal: >-
      A long
      name
    pdf: {url: u, status: ok}
  # the second
  - doi: 10.1/b

  -   note: mine
tags: [a]
---
"""


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (put("citations", 0, "title", value="no"), "'T'", '"no"'),
        (put("citations", 0, "doi", value="x"), '"10.1/a"   #', "x   #"),
        (put("citations", 0, "authors", value=["A", "C", "B"]), "[A, B]", "[A, C, B]"),
        (put("citations", 0, "authors", value=["A"]), "[A, B]", "[A]"),
        (put("citations", 0, "journal", value="M"), ">-\n      A long\n      name\n", "M\n"),
        (put("citations", 0, "pdf", "status", value="broken"), "ok}", "broken}"),
        (put("citations", 0, "pdf", "bytes", value=7), "ok}", "ok, bytes: 7}"),
        (put("citations", 0, "pdf", "bytes", value=7, after="url"), "u, ", "u, bytes: 7, "),
        (put("citations", 0, "volume", value="9", after="journal"), "name\n", 'name\n    volume: "9"\n'),
        (put("citations", 1, "year", value="9"), "10.1/b\n", '10.1/b\n    year: "9"\n'),
        (put("citations", 2, "list", value=["x"]), "mine\n", "mine\n      list:\n        - x\n"),
        (drop("citations", 0, "title"), "    title: 'T'\n", ""),
        (drop("citations", 0, "journal"), "    journal: >-\n      A long\n      name\n", ""),
        (drop("citations", 0, "doi"), 'doi: "10.1/a"   # said twice\n    title', "title"),
        (drop("citations", 0, "pdf", "url"), "url: u, ", ""),
        (drop("citations", 0, "authors", 1), "A, B", "A"),
        (drop("citations", 1), "  - doi: 10.1/b\n", ""),
        (drop("citations", 2, "note"), "note: mine", "{}"),
        (drop("tags", 0), "[a]", "[]"),
        (insert("citations", index=0, value={"doi": "x"}), "ours\n", "ours\n  - doi: x\n"),
        (insert("citations", index=1, value={"doi": "x"}), "ok}\n", "ok}\n  - doi: x\n"),
        (insert("citations", index=3, value={"doi": "x"}), "mine\n", "mine\n  - doi: x\n"),
        (insert("tags", index=0, value="b"), "[a", "[b, a"),
        (insert("tags", index=1, value="b, c"), "[a", '[a, "b, c"'),
    ],
)
def test_one_change_touches_its_own_bytes_only(change: Change, old: str, new: str) -> None:
    assert PAPERS.count(old) == 1
    assert changed(PAPERS, change) == PAPERS.replace(old, new)


def test_a_list_that_loses_all_items_stays_a_list() -> None:
    result = changed(PAPERS, *(drop("citations", index) for index in range(3)))
    assert result.startswith("---\ncitations: []  # ours\n")


def test_an_empty_list_is_filled_in_lines_of_its_own() -> None:
    page = "---\ncitations: [] # none yet\n---\n"
    filled = changed(page, insert("citations", index=0, value={"doi": "x", "year": 1}))
    assert filled == "---\ncitations: # none yet\n  - doi: x\n    year: 1\n---\n"


def test_parents_that_are_missing_are_made() -> None:
    page = "---\nmenu:\n    main: 1\n---\n"
    assert changed(page, put("params", "citations", value=["x"])).endswith(
        "params:\n    citations:\n        - x\n---\n"
    )


def test_a_key_is_added_to_a_mapping_that_is_there() -> None:
    page = "---\nparams:\n  a: 1\n  # end\nz: 1\n---\n"
    result = changed(page, put("params", "citations", value=["x"]))
    assert result == page.replace("a: 1\n", "a: 1\n  citations:\n    - x\n")


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("a: |  # why\n  x\n\nb: 1\n", "t", "a: t  # why\n\nb: 1\n"),
        ("a: |  # why\n  x\n\nb: 1\n", ["t"], "a:  # why\n  - t\n\nb: 1\n"),
        ("a: |+\n  x\n\nb: 1\n", "t", "a: t\nb: 1\n"),
        ("a:\n  >-\n  x\nb: 1\n", "t", "a: t\nb: 1\n"),
        ("a:   # nothing\n", "t", "a: t   # nothing\n"),
        ("a: ~\n", ["t"], "a:\n  - t\n"),
        ("a: x # c\n", {"k": 1}, "a: # c\n  k: 1\n"),
        ("a:\n  # c\n  - 1\n  - 2 # d\nb: 1\n", "t", "a: t\n  # c # d\nb: 1\n"),
        ("a:\n  - 1\n", {"k": 1}, "a:\n  k: 1\n"),
        ("a: &x\n  - 1\nb: 1\n", "t", "a: t\nb: 1\n"),
        ("a:\n  long\n  text\nb: 1\n", "t", "a:\n  t\nb: 1\n"),
        ("a: [1,\n  2] # c\n", "t", "a: t # c\n"),
        ("a: {}\n", {"k": 1}, "a:\n  k: 1\n"),
        (
            "a: {k: 1, empty: , bare}\n",
            {"k": 1, "empty": "x", "bare": "y"},
            'a: {k: 1, empty: x, bare: "y"}\n',
        ),
    ],
)
def test_a_value_of_one_kind_gives_way_to_one_of_another(old: str, value: Value, new: str) -> None:
    assert changed(f"---\n{old}---\n", put("a", value=value)) == f"---\n{new}---\n"


def test_items_give_way_too() -> None:
    page = "---\na:\n- x # c\n-\n- k: 1\n  l: 2\n-\n  # c\n  m: 1\n- |\n  t\n---\n"
    fresh = {"k": [1], "o": "p"}
    result = changed(
        page, *(put("a", index, value=fresh) for index in (0, 1, 4)), *(put("a", at) for at in (2, 3))
    )
    item = "- k:\n  - 1\n  o: p\n"
    assert result == f"---\na:\n{item.replace(':', ': # c', 1)}{item}- new\n-\n  # c\n  new\n{item}---\n"


def test_a_dropped_key_does_not_lengthen_the_text_before_it() -> None:
    assert changed("---\na: |+\n  t\n\nb: 1\n\n---\n", drop("b")) == "---\na: |+\n  t\n\n---\n"


def test_a_list_behind_another_ones_dash_gives_way_as_a_whole() -> None:
    page = "---\nissued:\n  date-parts:\n    - - 2022\n      - 4\n  season: 1\n---\n"

    assert changed(page, put("issued", "date-parts", value=[[2023, 5, 6]])) == (
        "---\nissued:\n  date-parts: [[2023, 5, 6]]\n  season: 1\n---\n"
    )
