from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from enrich.model.file import Trouble, digest
from enrich.model.note import Note, fingerprint
from enrich.model.outcome import Budget, PageOutcome, Report
from enrich.report.tally import Tally
from enrich.run.site import Place
from enrich.run.undoing import Remembered, undo
from enrich.store.memory import Intent, Memory

BEFORE = b"---\ntitle: T\n---\nBody\n"
AFTER = b"---\ntitle: T\ncitations:\n  - doi: 10.1000/x\n    journal: Bone\n---\nBody\n"
NOTE = Note("citations", {"10.1000/x": {"doi": fingerprint("10.1000/x"), "journal": fingerprint("Bone")}})


class Watcher:
    """Watches; a signal may come at the first step."""

    def __init__(self, *, cut: bool = False) -> None:
        self.pages: list[str] = []
        self._cut = cut

    def budget(self, budget: Budget) -> None: ...

    def files(self, count: int, size: int) -> None: ...

    def note(self, text: str) -> None: ...

    def page(self, outcome: PageOutcome, old: bytes, new: bytes) -> None:
        self.pages.append(outcome.path)

    def step(self, name: str, done: int, total: int) -> None:
        task = asyncio.current_task()
        if self._cut and done and task:
            task.cancel()


class Ground:
    """A folder of enriched pages, and their memory."""

    def __init__(self, folder: Path, count: int = 1) -> None:
        self.folder = folder
        self.names = [f"{number:03}.md" for number in range(count)]
        for name in self.names:
            (folder / name).write_bytes(AFTER)
        self.memory = self.opened()
        for name in self.names:
            self.memory.adopt(name, NOTE)
        self.settled(self.memory)

    def opened(self) -> Memory:
        return Memory(self.folder / "memory.jsonl")

    def settled(self, memory: Memory) -> None:
        assert not isinstance(memory.settle(), Trouble)

    async def undo(self, watcher: Watcher | None = None, *, dry_run: bool = False) -> Report:
        places = tuple(Place(self.folder / name, name, name) for name in self.names)
        tally = Tally()
        try:
            await undo(
                Remembered(places, self.opened(), 10_000), watcher or Watcher(), tally, dry_run=dry_run
            )
        except asyncio.CancelledError:
            return tally.report(dry_run=dry_run, seconds=0, interrupted=2)
        return tally.report(dry_run=dry_run, seconds=0)

    def pages(self) -> set[bytes]:
        return {(self.folder / name).read_bytes() for name in self.names}


async def test_many_pages_are_undone_and_forgotten(tmp_path: Path) -> None:
    ground, watcher = Ground(tmp_path, 130), Watcher()
    report = await ground.undo(watcher)
    assert {page.outcome for page in report.pages} == {"written"}
    assert ground.pages() == {BEFORE}
    assert ground.opened().pages() == frozenset()
    assert watcher.pages == ground.names


async def test_cut_short_every_page_is_whole_and_what_was_not_reached_is_told(tmp_path: Path) -> None:
    ground = Ground(tmp_path, 130)
    report = await ground.undo(Watcher(cut=True))
    assert [page.outcome for page in report.pages] == ["written"] * 64 + ["incomplete"] * 66
    assert ground.pages() == {BEFORE, AFTER}
    assert ground.opened().pages() == set(ground.names[64:])
    assert {page.outcome for page in (await ground.undo()).pages} == {"unchanged", "written"}
    assert ground.pages() == {BEFORE}


@pytest.mark.parametrize("stands", [BEFORE, AFTER], ids=["after it was replaced", "before it was replaced"])
async def test_killed_at_any_moment_it_can_be_done_again(stands: bytes, tmp_path: Path) -> None:
    ground = Ground(tmp_path)
    assert ground.memory.note({"000.md": Intent(Note(""), digest(AFTER), digest(BEFORE))}) is None
    (tmp_path / "000.md").write_bytes(stands)
    await ground.undo()
    assert ground.pages() == {BEFORE}
    assert ground.opened().pages() == frozenset()


async def test_a_dry_run_leaves_pages_and_memory(tmp_path: Path) -> None:
    ground, watcher = Ground(tmp_path), Watcher()
    report = await ground.undo(watcher, dry_run=True)
    assert [page.outcome for page in report.pages] == ["written"]
    assert watcher.pages == ["000.md"]
    assert ground.pages() == {AFTER}
    assert ground.opened().pages() == {"000.md"}


async def test_a_page_that_somebody_reverted_is_forgotten(tmp_path: Path) -> None:
    ground = Ground(tmp_path)
    (tmp_path / "000.md").write_bytes(BEFORE)
    report = await ground.undo()
    assert [page.outcome for page in report.pages] == ["unchanged"]
    assert ground.opened().pages() == frozenset()


async def test_a_page_that_is_too_large_or_gone_is_told_and_stays_remembered(tmp_path: Path) -> None:
    ground = Ground(tmp_path, 2)
    (tmp_path / "000.md").write_bytes(AFTER + b"x" * 10_000)
    (tmp_path / "001.md").unlink()
    report = await ground.undo()
    assert [page.outcome for page in report.pages] == ["refused", "incomplete"]
    assert ground.opened().pages() == set(ground.names)
