from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.survey.page import look

WORDS = "#### Sunlight and bone strength in older sailors: a cohort study\n\nJ Mar Med. 2012 Sep 25;13(1):84-90.\n"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("https://doi.org/10.5555/bones.2021.7", ("doi",)),
        ("[doi: 10.5555/bones.2021.7.](https://doi.org/10.5555/bones.2021.7.)", ("damaged_doi",)),
        ("PMID: 23006613 and PMC3502158", ("pmid", "pmcid")),
        ("arXiv:2101.00001, https://doi.org/10/aabbe", ("arxiv", "short_doi")),
        ("10.5555/a.1 and 10.5555/b.2", ("doi", "doi")),
        (WORDS, ("words",)),
        (f"{WORDS}\nPMID: 23006613\n", ("pmid",)),
        ("nothing of the kind", ()),
    ],
)
def test_each_citation_is_counted_by_what_identifies_it(text: str, kinds: tuple[str, ...]) -> None:
    assert look("a.md", text.encode()).cited_by == kinds


@pytest.mark.parametrize(
    ("text", "style"),
    [("---\na: b\n---\n", "yaml"), ('+++\na = "b"\n+++\n', "toml"), ("{}\n", "json"), ("a", None)],
)
def test_the_style_of_the_front_matter_is_told(text: str, style: str | None) -> None:
    assert look("a.md", text.encode()).style == style


def test_a_page_with_a_broken_front_matter_is_refused_with_its_line() -> None:
    page = look("a.md", b'---\ntitle: "x\n---\nPMID: 23006613\n')

    assert page.refused is not None
    assert (page.refused.path, page.refused.line) == ("a.md", 2)
    assert page.cited_by == ()


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("https://CDN.example.org:8080/a%20b.PDF?x=1#page=2", ("cdn.example.org:8080",)),
        ("//cdn.example.org/a.pdf", ("cdn.example.org",)),
        ("/files/a.pdf", ("",)),
        ("a.pdf", ("",)),
        ("https://me:secret@a.org/a.pdf", ("a.org",)),
        ("https://a.org/a.pdf.html", ()),
        ("https://a.org/?file=a.pdf", ()),
        ("ftp://a.org/a.pdf", ()),
        ("https://[a/a.pdf", ()),
    ],
)
def test_a_pdf_is_counted_for_the_host_it_is_on(url: str, hosts: tuple[str, ...]) -> None:
    assert look("a.md", f"See [this]({url}).\n".encode()).pdf_hosts == hosts


@pytest.mark.parametrize(
    ("front", "key"),
    [
        ("doi: 10.5555/a.1", "doi"),
        ("params:\n  doi: https://doi.org/10.5555/a.1", "params.doi"),
        ("doi: none as yet", ""),
        ("doi: [10.5555/a.1]", ""),
    ],
)
def test_the_key_of_the_pages_own_doi_is_found(front: str, key: str) -> None:
    assert look("a.md", f"---\n{front}\n---\n".encode()).own_key == key


@pytest.mark.parametrize(
    ("front", "keys"),
    [
        ("citations:\n  - doi: 10.5555/a.1", ()),
        ("citations: []", ()),
        ("citations:", ()),
        ("citations: 12", ("citations",)),
        ("citations: [a, b]", ("citations",)),
        ("extra: a text", ("extra.citations",)),
        ("extra:\n  citations:\n    a: b", ("extra.citations",)),
        ("title: a", ()),
    ],
)
def test_something_else_under_a_key_of_ours_is_noticed(front: str, keys: tuple[str, ...]) -> None:
    assert look("a.md", f"---\n{front}\n---\n".encode()).taken_keys == keys


def test_a_page_that_keeps_us_out_is_told() -> None:
    assert look("a.md", b"---\nenrich: false\n---\n").opted_out
    assert not look("a.md", b"---\nenrich: 0\n---\n").opted_out


@law(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"---\n{text}\n---\n{text}".encode()))
def test_no_page_is_too_strange_to_be_looked_at(source: bytes) -> None:
    page = look("a.md", source)

    assert page.path == "a.md"
    assert page.refused is None or not page.cited_by
