from __future__ import annotations

from pathlib import Path

import pytest

from enrich.model.page import Change, Drop, FrontMatter, Insert, Put, Refusal, Style
from enrich.page.front.frontmatter import BOM, locate
from enrich.page.front.splice import edits, splice

PAGES = Path(__file__).resolve().parents[3].parent / "shared" / "pages"
WORKS = [
    {
        "doi": "10.1/a",
        "title": 'Say "A" \\ {x',
        "authors": ["Ann Bee", "C – D"],
        "pdf": {"url": "u", "bytes": 3},
    },
    {"doi": "10.1/b", "year": "2020"},
]
BEGUN: dict[Style, bytes] = {
    "json": b'{\n    "title": "T"\n}\n',
    "yaml": b"---\ntitle: T\n---\n",
    "toml": b'+++\ntitle = "T"\n+++\n',
}


def done(source: bytes, *changes: Change, create: Style | None = None) -> bytes:
    front = locate(source)
    assert not isinstance(front, Refusal), front
    result = splice(source, front, changes, create)
    assert isinstance(result, bytes), result
    return result


def put(*path: str | int, value: object, after: str | None = None) -> Put:
    return Put(path, value, "why", after)


def drop(*path: str | int) -> Drop:
    return Drop(path, "why")


@pytest.mark.parametrize("begun", BEGUN.values(), ids=BEGUN)
def test_a_page_is_enriched_changed_and_given_back(begun: bytes) -> None:
    page = begun + b"Body\n---\n+++\n"
    enriched = done(page, put("citations", value=WORKS))
    changed = done(
        enriched,
        drop("citations", 0),
        Insert(("citations",), 2, {"doi": "10.1/c"}, ""),
        put("citations", 1, "journal", value="J", after="doi"),
    )
    front = locate(changed)
    assert isinstance(front, FrontMatter)
    assert front.data["citations"] == [{"doi": "10.1/b", "journal": "J", "year": "2020"}, {"doi": "10.1/c"}]
    assert changed.endswith(b"Body\n---\n+++\n")
    assert done(changed, drop("citations")) == page


@pytest.mark.parametrize("style", BEGUN)
@pytest.mark.parametrize("body", [b"", b"Text", b"# Text\r\n\r\nmore\r\n", BOM + b"\n---- \n", b"- item\n"])
def test_a_block_is_made_at_the_top_behind_a_bom_in_the_pages_line_ends(style: Style, body: bytes) -> None:
    page = done(body, put("citations", value=WORKS), create=style)
    front = locate(page)
    assert isinstance(front, FrontMatter)
    assert (front.style, front.data) == (style, {"citations": WORKS})
    assert page[: front.block.start] + page[front.body :] == body
    assert (b"\r\n" in page) == (b"\r\n" in body)
    assert page.count(b"\r\n") in (0, page.count(b"\n"))


def test_a_page_without_front_matter_gets_none_unless_told() -> None:
    refused = splice(b"Text", None, [put("doi", value="10.1/a")])
    assert refused == Refusal("the page has no front matter, and none is to be created")


def test_without_changes_a_page_comes_back_as_it_is() -> None:
    assert splice(b"Text", None, [], create="json") == b"Text"
    assert done(BEGUN["toml"]) == BEGUN["toml"]


@pytest.mark.parametrize("begun", BEGUN.values(), ids=BEGUN)
def test_what_stands_there_already_is_no_edit(begun: bytes) -> None:
    enriched = done(begun, put("citations", value=WORKS))
    front = locate(enriched)
    assert isinstance(front, FrontMatter)
    assert edits(enriched, front, [put("citations", value=WORKS)]) == ()
    assert edits(enriched, front, [put("citations", 0, "doi", value="10.1/a")]) == ()


@pytest.mark.parametrize("begun", BEGUN.values(), ids=BEGUN)
def test_a_change_without_a_place_is_refused(begun: bytes) -> None:
    front = locate(begun)
    assert isinstance(front, FrontMatter)
    assert isinstance(splice(begun, front, [drop("gone")]), Refusal)
    assert isinstance(splice(begun, front, [put("title", "deeper", value="x")]), Refusal)


def test_a_front_matter_of_another_page_proves_nothing() -> None:
    front = locate(b'{"title": "Another"}\n')
    assert isinstance(front, FrontMatter)
    refused = splice(b'{"title": "Anothe_"}\n', front, [put("doi", value="10.1/a")])
    assert isinstance(refused, Refusal)
    assert "could not prove" in refused.reason


@pytest.mark.skipif(not PAGES.is_dir(), reason="the real pages are not here")
def test_real_pages_change_by_the_added_key_only() -> None:
    for path in sorted(PAGES.glob("*.md")):
        page = path.read_bytes()
        enriched = done(page, put("citations", value=WORKS))
        assert enriched != page
        assert done(enriched, drop("citations")) == page
