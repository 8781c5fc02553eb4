from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from enrich.command.export import FORMATS
from enrich.export import listing
from enrich.export.entry import entries
from enrich.model.identifier import Doi
from enrich.model.work import Author, PartialDate, Work

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "export.md").read_text(encoding="utf-8")
HELIX = Work(
    Doi("10.1038/171737a0"),
    "Molecular Structure of Nucleic Acids: A Structure for Deoxyribose Nucleic Acid",
    authors=(Author("J. D.", "Watson"), Author("F. H. C.", "Crick")),
    container="Nature",
    published=PartialDate(1953, 4),
    volume="171",
    issue="4356",
    pages="737-738",
    kind="journal-article",
)


def test_every_format_is_read_back(place: Any) -> None:
    place.run("run", "-n")
    said = {format_: place.run("export", format_)[1].decode() for format_ in FORMATS}

    assert [entry.key for entry in parse_string(said["bib"]).entries] == ["marten2021selenium"]
    assert [one["title"] for one in rispy.loads(said["ris"])] == ["Selenium in old bones"]
    assert [one["DOI"] for one in json.loads(said["csl"])] == [place.doi]
    assert [row["doi"] for row in csv.DictReader(io.StringIO(said["csv"], newline=""))] == [place.doi]


def test_a_file_gets_the_same_bytes(place: Any) -> None:
    place.run("run", "-n")
    code, out, err = place.run("export", "RIS", "-o", "site.ris")

    assert (code, out, err) == (0, b"", "")
    assert (place.folder / "site.ris").read_bytes() == place.run("export", "ris")[1]


def test_a_file_that_cannot_be_written_is_named(place: Any) -> None:
    code, _, err = place.run("export", "bib", "-o", "absent/site.bib")

    assert code == 2
    assert "absent/site.bib: could not be written: No such file or directory" in err


@pytest.mark.parametrize("arguments", [("bibtex",), (), ("bib", "-o", "content")])
def test_a_wrong_word_is_told_before_anything_is_looked_at(place: Any, arguments: tuple[str, ...]) -> None:
    code, out, err = place.run("export", *arguments)

    assert (code, out) == (2, b"")
    assert err.startswith("Usage: enrich export")


def test_no_such_page_cannot_start(place: Any) -> None:
    code, out, err = place.run("export", "bib", "content/absent.md", "-o", "site.bib")

    assert (code, out) == (2, b"")
    assert "content/absent.md" in err
    assert not (place.folder / "site.bib").exists()


def test_the_document_shows_what_is_printed() -> None:
    (example,) = re.findall(r"^```json\n(.*?)^```$", DOCUMENT, re.M | re.S)

    assert json.loads(example) == json.loads(listing.as_json(entries([("content/helix.md", HELIX)]), "pages"))


def test_the_document_names_every_format_and_order() -> None:
    assert all(f"enrich export {format_} " in DOCUMENT for format_ in FORMATS)
    assert "| | " + " | ".join(f"`{format_}`" for format_ in FORMATS) + " |" in DOCUMENT
    assert all(f"`{by}`" in DOCUMENT for by in get_args(listing.By))
