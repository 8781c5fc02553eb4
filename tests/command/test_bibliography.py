from __future__ import annotations

import json
import os
from typing import Any


def test_what_is_not_in_the_store_is_counted_with_what_to_do(place: Any) -> None:
    code, out, err = place.run("works")

    assert (code, out) == (0, b"0 works cited on 0 pages\n")
    assert err == "enrich: 1 paper is not in the store and left out; say `enrich run` first\n"
    assert not place.crossref.requests


def test_works_come_from_the_store_and_nobody_is_asked(place: Any) -> None:
    place.run("run", "-n")
    asked = len(place.crossref.requests)
    code, out, err = place.run("export", "bib")

    assert (code, err) == (0, "")
    assert out.startswith(b"@article{marten2021selenium,\n")
    assert b"annote = {Cited on content/a page.md.}" in out
    assert len(place.crossref.requests) == asked
    assert place.page.read_text(encoding="utf-8") == place.text
    assert not (place.folder / ".enrich").exists()


def test_only_the_pages_that_are_named_count(place: Any) -> None:
    other = place.folder / "content" / "sub" / "b.md"
    other.parent.mkdir()
    other.write_text(place.text, encoding="utf-8")
    place.run("run", "-n")

    (work,) = json.loads(place.run("works", "--json", "content/sub")[1])["works"]
    assert work["cited_on"] == ["content/sub/b.md"]
    (work,) = json.loads(place.run("works", "--json")[1])["works"]
    assert work["cited_on"] == ["content/a page.md", "content/sub/b.md"]


def test_a_suspect_paper_is_left_out_and_counted(place: Any) -> None:
    text = "---\ntitle: B\n---\n- Other P, Else Q. *Tooth* 1999;3:44-5. doi: {}\n"
    place.page.write_text(text.format(place.doi), encoding="utf-8")
    place.run("run", "-n")
    code, out, err = place.run("export", "csl")

    assert (code, out) == (0, b"[]\n")
    assert err == "enrich: 1 paper is left out as suspect or only suggested; see `enrich run`\n"


def test_a_page_with_a_name_that_is_no_text_is_exported_all_the_same(place: Any) -> None:
    place.page.rename(place.page.with_name(os.fsdecode(b"\xff.md")))
    place.run("run", "-n")

    for format_ in ("bib", "ris", "csl", "csv"):
        code, out, _ = place.run("export", format_)
        assert code == 0
        assert "content/\ufffd.md" in out.decode()
    assert json.loads(place.run("works", "--json")[1])["works"][0]["cited_on"] == ["content/\udcff.md"]


def test_a_page_that_cannot_be_read_is_named(place: Any) -> None:
    place.page.write_text("---\ntitle: 'x\n---\n", encoding="utf-8")
    code, _, err = place.run("works")

    assert code == 0
    assert err.startswith("enrich: content/a page.md:2: left out: ")
