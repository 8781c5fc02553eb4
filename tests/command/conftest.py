from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from enrich.cli import main
from enrich.demo.crossref import CrossrefServer
from enrich.demo.registry import RegistryServer

DOI = "10.5555/bones.2021.7"
RECORD = {
    "DOI": DOI,
    "title": ["Selenium in old bones"],
    "author": [{"given": "Jo", "family": "Marten", "sequence": "first"}],
    "container-title": ["Journal of Made Examples"],
    "issued": {"date-parts": [[2021, 7]]},
    "type": "journal-article",
}
PAGE = f"---\ntitle: Bones\n---\n# Selenium in old bones\n\nJ. Marten. https://doi.org/{DOI}.\n"


@dataclass(frozen=True)
class Place:
    folder: Path
    crossref: CrossrefServer
    out: pytest.CaptureFixture[bytes]
    doi: str = DOI
    text: str = PAGE

    @property
    def page(self) -> Path:
        return self.folder / "content" / "a page.md"

    def run(self, *arguments: str) -> tuple[int, bytes, str]:
        with pytest.raises(SystemExit) as end:
            main(arguments)
        said = self.out.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, said.out, said.err.decode()

    def start(self, *arguments: str, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "enrich", *arguments]
        return subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE)


@contextmanager
def served() -> Iterator[tuple[CrossrefServer, RegistryServer]]:
    started: Future[tuple[CrossrefServer, RegistryServer, Callable[[], object]]] = Future()

    async def serve() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        async with CrossrefServer([RECORD]) as crossref, RegistryServer(crossref=crossref) as registry:
            started.set_result((crossref, registry, lambda: loop.call_soon_threadsafe(stop.set)))
            await stop.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    crossref, registry, stop = started.result(timeout=30)
    try:
        yield crossref, registry
    finally:
        stop()
        thread.join()


@pytest.fixture
def place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Iterator[Place]:
    with served() as (crossref, registry):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("ENRICH_CROSSREF__URL", crossref.url)
        monkeypatch.setenv("ENRICH_REGISTRY__URL", registry.url)
        monkeypatch.setenv("ENRICH_CROSSREF__MAILTO", "test@example.org")
        made = Place(tmp_path, crossref, capsysbinary)
        made.page.parent.mkdir()
        made.page.write_text(PAGE, encoding="utf-8")
        yield made
