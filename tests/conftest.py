"""A site in a folder of its own, with Crossref and doi.org on loopback: what the end-to-end tests stand on."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog

from enrich.cli import main
from enrich.demo.cdn import Cdn
from enrich.demo.crossref import CrossrefServer
from enrich.demo.datacite import DataciteServer
from enrich.demo.pubmed import PubmedServer
from enrich.demo.registry import RegistryServer


@dataclass(frozen=True)
class Run:
    """What a run said: exit code, patch, everything else, and its JSON report."""

    code: int
    out: bytes
    err: str
    report: dict[str, Any]

    @property
    def pages(self) -> dict[str, dict[str, Any]]:
        return {page["path"]: page for page in self.report["pages"]}


@dataclass(frozen=True)
class Site:
    """A folder with pages, and the records that its Crossref has."""

    folder: Path
    crossref: CrossrefServer
    registry: RegistryServer
    cdn: Cdn
    pubmed: PubmedServer
    datacite: DataciteServer
    _out: pytest.CaptureFixture[bytes]

    def page(self, name: str = "page.md") -> Path:
        return self.folder / "content" / name

    def knows(self, record: Mapping[str, object]) -> None:
        """Let Crossref answer with `record` from now on."""
        self.crossref.add(record)

    def run(self, *options: str) -> Run:
        """Run `enrich run` in the site's folder."""
        file = self.folder.parent / "report.json"
        with pytest.raises(SystemExit) as end:
            main(["run", "--no-progress", "--report", str(file), *options])
        said = self._out.readouterr()
        report = json.loads(file.read_text()) if file.exists() else {}
        file.unlink(missing_ok=True)
        return Run(int(end.value.code or 0), said.out, said.err.decode(), report)


Servers = tuple[CrossrefServer, RegistryServer, Cdn, PubmedServer, DataciteServer]


@contextmanager
def _served() -> Iterator[Servers]:
    started: Future[tuple[Servers, Callable[[], object]]] = Future()

    async def serve() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        crossref = CrossrefServer([])
        registry = RegistryServer(crossref=crossref)
        servers = crossref, registry, Cdn(), PubmedServer(), DataciteServer()
        async with AsyncExitStack() as stack:
            for server in servers:
                await stack.enter_async_context(server)
            started.set_result((servers, lambda: loop.call_soon_threadsafe(stop.set)))
            await stop.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    servers, stop = started.result(timeout=30)
    yield servers
    stop()
    thread.join()


@pytest.fixture(autouse=True)
def quiet_afterwards() -> Iterator[None]:
    """Let no test's log go to a stream that an earlier one closed."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Iterator[Site]:
    """An empty site as the working directory, its configuration leading to servers on loopback."""
    with _served() as (crossref, registry, cdn, pubmed, datacite):
        folder = tmp_path / "site"
        (folder / "content").mkdir(parents=True)
        monkeypatch.chdir(folder)
        monkeypatch.setenv("ENRICH_CROSSREF__URL", crossref.url)
        monkeypatch.setenv("ENRICH_REGISTRY__URL", registry.url)
        monkeypatch.setenv("ENRICH_PUBMED__URL", pubmed.url)
        monkeypatch.setenv("ENRICH_PMC__URL", pubmed.url)
        monkeypatch.setenv("ENRICH_DATACITE__URL", datacite.url)
        monkeypatch.setenv("ENRICH_CROSSREF__MAILTO", "test@example.org")
        monkeypatch.setenv("ENRICH_NET__BACKOFF_S", "0")
        yield Site(folder, crossref, registry, cdn, pubmed, datacite, capsysbinary)
