"""A service on loopback whose runs are told what to find, and a client of it: what the service's tests stand on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
import structlog

from enrich.config import Config, load
from enrich.door.session import Work
from enrich.model.outcome import CitationOutcome, PageOutcome
from enrich.net.host import Observe
from enrich.report.tally import Tally
from enrich.run.site import Request, Watcher
from enrich.service.application import application, listening
from enrich.service.daemon import Daemon, scheduled
from enrich.service.history import History
from enrich.service.office import Office

TOKEN = "0123456789abcdef"
SUSPECT = PageOutcome(
    "content/sun.md",
    "unchanged",
    citations=(
        CitationOutcome("10.1000/sun", "10.1000/sun", 3, "suspect", "another title"),
        CitationOutcome("Words of a citation", "10.1000/words", 4, "suggested", in_words=True),
    ),
)


@dataclass
class Doing:
    """What runs do here: find `pages`, or raise `fault`; with a `gate` they wait until it is opened."""

    pages: tuple[PageOutcome, ...] = (SUSPECT,)
    fault: Exception | None = None
    gate: asyncio.Event | None = None
    requests: list[Request] = field(default_factory=list)

    def __call__(self, _config: Config, request: Request, observe: Observe) -> Work:
        async def work(watcher: Watcher, tally: Tally) -> None:
            self.requests.append(request)
            watcher.step("look", 1, 2)
            observe("api.crossref.org", 0.2)
            for page in self.pages:
                tally.add_page(page)
            if self.gate:
                await self.gate.wait()
            if self.fault:
                raise self.fault

        return work


@dataclass
class Client:
    """Asks one service."""

    url: str
    office: Office
    daemon: Daemon
    work: Doing
    web: aiohttp.ClientSession

    async def get(self, path: str, **headers: str) -> aiohttp.ClientResponse:
        answer = await self.web.get(self.url + path, headers=headers, allow_redirects=False)
        await answer.read()
        return answer

    async def post(self, path: str, data: object = None, **headers: str) -> aiohttp.ClientResponse:
        answer = await self.web.post(self.url + path, data=data, headers=headers, allow_redirects=False)
        await answer.read()
        return answer

    async def start(self, data: str = "{}", token: str = TOKEN) -> aiohttp.ClientResponse:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return await self.post("/api/runs", data, **headers)

    async def ran(self, data: str = "{}") -> str:
        """Run once, to the end; return the run's name."""
        name = (await (await self.start(data)).json())["id"]
        await self.office.runner.idle()
        assert isinstance(name, str)
        return name


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A site in its own folder, the working directory, with a token and a free port."""
    (tmp_path / "content").mkdir()
    (tmp_path / "cache").mkdir()
    monkeypatch.chdir(tmp_path)
    env = {"ENRICH_SERVICE__TOKEN": TOKEN, "ENRICH_SERVICE__LISTEN": "127.0.0.1:0"}
    return load(None, env)


@asynccontextmanager
async def served(config: Config, *, body_s: float = 10.0, **doing: object) -> AsyncIterator[Client]:
    """Serve `config` on loopback, without a schedule of its own."""
    work = Doing(**doing)  # type: ignore[arg-type]
    history = History(config.cache.dir / "service", config.service.keep)
    daemon = Daemon(lambda: config, work, config, scheduled(config), history)
    async with (
        listening(application(daemon.office, body_s), "127.0.0.1:0") as url,
        aiohttp.ClientSession() as web,
    ):
        try:
            yield Client(url, daemon.office, daemon, work, web)
        finally:
            if work.gate:
                work.gate.set()
            await daemon.office.runner.stop()


@pytest.fixture
def serving() -> Callable[..., AbstractAsyncContextManager[Client]]:
    """How to serve a configuration; further arguments are those of `Doing`."""
    return served


@pytest.fixture
async def client(config: Config) -> AsyncIterator[Client]:
    """A client of a service with a token."""
    async with served(config) as client:
        yield client


@pytest.fixture(autouse=True)
def calm() -> Iterator[None]:
    """Let no test's way of logging outlast it."""
    yield
    structlog.reset_defaults()
