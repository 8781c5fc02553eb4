"""Writing, as far as it needs no network but a page and a registry's answer: what is in the way, and what is left."""

from __future__ import annotations

import os
from typing import Any

from enrich import pipeline, wiring
from enrich.config import load
from enrich.model.outcome import Budget, PageOutcome
from enrich.report.tally import Tally
from enrich.run.site import Request

DOI = "10.5555/writing"
PAGE = f"---\ntitle: x\n---\n\nhttps://doi.org/{DOI}\n".encode()


def meanwhile(site: Any, happens: Any) -> None:
    """Let something happen after the pages were looked at and before they are written."""
    answer = site.crossref.answer

    async def answering(asked: Any) -> Any:
        happens()
        return await answer(asked)

    site.crossref.answer = answering


def prepared(site: Any) -> None:
    site.knows({"DOI": DOI, "type": "journal-article", "title": ["On writing"]})
    site.page().write_bytes(PAGE)


def test_a_page_that_vanished_meanwhile_is_incomplete_with_the_systems_reason(site: Any) -> None:
    prepared(site)
    meanwhile(site, site.page().unlink)

    run = site.run()

    assert run.code == 3
    assert "No such file" in run.pages["content/page.md"]["reason"]
    assert run.pages["content/page.md"]["changes"] == []


def test_where_the_memory_cannot_be_read_no_page_is_written(site: Any) -> None:
    prepared(site)
    (site.folder / ".enrich" / "memory.jsonl").mkdir(parents=True)

    run = site.run()

    assert run.code == 2
    assert "memory.jsonl" in run.err
    assert site.page().read_bytes() == PAGE


def test_no_temporary_file_is_left_beside_a_page(site: Any) -> None:
    prepared(site)
    meanwhile(site, lambda: site.page().write_bytes(PAGE + b"more\n"))

    site.run()

    assert [file.name for file in site.page().parent.iterdir()] == ["page.md"]


def test_a_dry_run_writes_neither_page_nor_memory(site: Any) -> None:
    prepared(site)

    run = site.run("-n")

    assert run.report["totals"]["written"] == 1
    assert site.page().read_bytes() == PAGE
    assert not (site.folder / ".enrich").exists()


def test_an_edit_of_ours_need_not_be_looked_at_again(site: Any) -> None:
    prepared(site)
    site.run()
    written = site.page().read_bytes()

    again = site.run()

    (cited,) = again.pages["content/page.md"]["citations"]
    assert cited["line"] == written.count(b"\n", 0, written.rindex(DOI.encode())) + 1


class Steps:
    """Counts the pages written between two chances for others to go on."""

    def __init__(self) -> None:
        self.written = [0]

    def budget(self, budget: Budget) -> None:
        pass

    def files(self, count: int, size: int) -> None:
        pass

    def step(self, name: str, done: int, total: int) -> None:
        if name == "write" and done < total:
            self.written.append(0)

    def page(self, outcome: PageOutcome, old: bytes, new: bytes) -> None:
        self.written[-1] += 1

    def note(self, text: str) -> None:
        pass


async def test_a_disk_that_takes_long_holds_nobody_up_for_a_whole_group_of_pages(site: Any) -> None:
    prepared(site)
    for number in range(200):
        site.page(f"{number}.md").write_bytes(PAGE)
    steps, tally = Steps(), Tally()

    async with wiring.opened(load(None, os.environ), Request()) as opened:
        await pipeline.run(opened, Request(), steps, tally)

    *among, last = steps.written
    assert sum(steps.written) == 201
    assert max(among) <= 4
    assert last <= 64 + 4, "what is left at the end is no more than one group"
    assert all(DOI in site.page(f"{number}.md").read_text().split("---")[1] for number in range(200))
