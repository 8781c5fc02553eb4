from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import enrich
from enrich import EnrichError, enrich_page, enrich_site, find_citations
from enrich.model.accession import Pmid
from enrich.model.identifier import Doi

RECORD = {
    "DOI": "10.5555/bones.2021.7",
    "type": "journal-article",
    "title": ["Selenium in old bones"],
    "container-title": ["Journal of Made Examples"],
}
PAGE = "---\ntitle: Bones\n---\n# Selenium in old bones\n\nhttps://doi.org/10.5555/bones.2021.7.\n"


@pytest.fixture
def bones(site: Any) -> Any:
    site.knows(RECORD)
    site.page().write_text(PAGE)
    return site


def test_a_dry_run_says_what_would_be_written_and_a_run_writes_it(bones: Any) -> None:
    report = asyncio.run(enrich_site(bones.folder, dry_run=True))

    (page,) = report.pages
    assert (report.dry_run, page.path, page.outcome) == (True, "content/page.md", "written")
    assert "+    journal: Journal of Made Examples\n" in page.patch
    assert bones.page().read_text() == PAGE
    assert asyncio.run(enrich_site(bones.folder)).pages[0].patch == page.patch
    assert "journal: Journal of Made Examples\n" in bones.page().read_text()
    assert asyncio.run(enrich_site(bones.folder)).pages[0].outcome == "unchanged"


def test_a_site_elsewhere_has_its_own_configuration_and_memory(
    bones: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bones.folder / "enrich.toml").write_text('[output]\nkey = "params.papers"\n')
    monkeypatch.chdir(tmp_path)

    report = asyncio.run(enrich_site(bones.folder))

    assert [page.path for page in report.pages] == ["site/content/page.md"]
    assert "papers:\n" in bones.page().read_text()
    assert (bones.folder / ".enrich" / "memory.jsonl").exists()
    assert not (tmp_path / ".enrich").exists()


def test_one_page_is_enriched_alone(bones: Any) -> None:
    bones.page("other.md").write_text(PAGE)

    outcome = asyncio.run(enrich_page(bones.page()))

    assert (outcome.path, outcome.outcome) == ("content/page.md", "written")
    assert bones.page("other.md").read_text() == PAGE
    with pytest.raises(EnrichError, match="is a folder"):
        asyncio.run(enrich_page(bones.folder))


async def test_citations_are_found_without_asking_anybody() -> None:
    by_doi, by_number = await find_citations(f"{PAGE}\nPMID: 23006613\n")

    assert by_doi.readings[0] == Doi("10.5555/bones.2021.7")
    assert by_doi.mentions[0].line == 6
    assert by_number.readings == (Pmid("23006613"),)
    assert await find_citations(PAGE.encode()) == (by_doi,)
    with pytest.raises(EnrichError, match="line 2"):
        await find_citations('---\ntitle: "open\n---\n')


def test_the_package_offers_what_it_lists_and_nothing_else() -> None:
    assert all(callable(getattr(enrich, name)) for name in enrich.__all__)
    assert set(enrich.__all__) <= set(dir(enrich))
    with pytest.raises(AttributeError, match="no attribute 'enrich_pages'"):
        _ = enrich.enrich_pages  # type: ignore[attr-defined]


def test_the_page_of_the_library_has_all_that_it_offers() -> None:
    page = Path(__file__).resolve().parents[1] / "docs" / "api.md"
    shown = re.findall(r"^::: enrich\.(\w+)$", page.read_text(encoding="utf-8"), re.M)

    assert sorted(shown) == enrich.__all__


def test_importing_the_package_alone_loads_none_of_its_rooms() -> None:
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import enrich, sys; print([name for name in sys.modules if 'enrich.' in name])",
        ],
        capture_output=True,
        check=True,
    )

    assert said.stdout == b"[]\n"
