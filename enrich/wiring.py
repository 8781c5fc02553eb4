"""Builds what a run works with from the configuration, in the order in which it must be there, and closes it."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import partial
from math import inf
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

import structlog

from enrich import __version__, looking
from enrich.config import Config, load
from enrich.librarian import library
from enrich.link import target
from enrich.link.links import Links, Manners
from enrich.link.standing import Endurance
from enrich.model.file import Trouble
from enrich.model.link import LinkVerdict, PdfContent, Standing
from enrich.model.lookup import Found
from enrich.model.page import Refusal
from enrich.net.fetch import Caps, Fetcher
from enrich.net.guard import Guard
from enrich.net.host import Observe, Patience
from enrich.net.web import Web
from enrich.run.checking import Tools
from enrich.run.site import Place, Request, Site
from enrich.run.undoing import Remembered
from enrich.store import decisions, files, lock, suggestion, verdicts
from enrich.store.cache import Cache
from enrich.store.changed import changed_pages
from enrich.store.glance import Glances
from enrich.store.listing import list_pages, named, within
from enrich.store.memory import Memory
from enrich.store.shelf import Lifetimes, Shelf

_log = structlog.get_logger()

_Kept = TypeVar("_Kept", LinkVerdict, PdfContent, Standing)

_DAY_S: Final = 86_400
_LOCK: Final = "lock"
_NO_PAGE: Final = "nothing to do: no page of the site is among what changed, or among the paths named"
_NO_CONTACT: Final = (
    "no contact address: Crossref answers more slowly without one; set [crossref] mailto, "
    "or ENRICH_CROSSREF__MAILTO"
)


@asynccontextmanager
async def opened(
    config: Config, request: Request, *, wait: bool = False, observe: Observe = lambda _name, _seconds: None
) -> AsyncIterator[Site]:
    """Open the site for one run; `observe` hears of every request that it sends.

    Raises EnrichError where it cannot start, BusyError where another one is at work.
    """
    places = _places(config, request)
    async with AsyncExitStack() as stack:
        for folder in _held(config, request):
            await stack.enter_async_context(_held_alone(folder, wait=wait))
        if not request.dry_run:
            files.sweep(place.file for place in places)
        cache = stack.enter_context(Cache(config.cache.dir))
        patience = Patience(backoff_s=config.net.backoff_s, max_wait_s=config.net.max_wait_s)
        web = Web(await stack.enter_async_context(_fetcher(config)), patience, observe=observe)
        decided, wrong = decisions.standing(config.memory.dir / "decisions.toml", cache)

        def notes() -> Iterator[str]:
            if not places:
                yield _NO_PAGE
            if not request.paths and request.changed is None:
                for path in folders.idle([place.page for place in places]):
                    yield f'[[output.for]] "{path}" fits no page; paths start from {config.site}'
            if not config.crossref.mailto and web.traffic():
                yield _NO_CONTACT
            if wrong is not None:
                yield _refused(wrong)
            yield from cache.notes()

        memory = Memory(config.memory.dir / "memory.jsonl")
        folders = looking.folders(config, memory)
        yield Site(
            places=places,
            terms=folders.terms,
            write_unattested=config.match.unattested == "write",
            max_bytes=config.pages.max_bytes,
            glances=Glances(cache, looking.digest_of(folders)),
            library=library(config, cache, web),
            links=_links(config, cache, web),
            memory=memory,
            decisions=decided,
            suggest=partial(_suggest, config.memory.dir / "decisions.toml"),
            notes=notes,
            traffic=web.traffic,
            now=time.time,
        )


@asynccontextmanager
async def cache(config: Config, *, wait: bool = False) -> AsyncIterator[Cache]:
    """Open the store of answers alone. Raises BusyError where a run is using it."""
    async with _held_alone(config.cache.dir, wait=wait):
        with Cache(config.cache.dir) as kept:
            yield kept


@asynccontextmanager
async def remembered(config: Config, request: Request, *, wait: bool = False) -> AsyncIterator[Remembered]:
    """Open the memory and the pages that it knows, under the request's paths or all. Raises as `opened` does."""
    folder, is_alone = config.memory.dir, request.dry_run or not config.memory.dir.is_dir()
    async with contextlib.nullcontext() if is_alone else _held_alone(folder, wait=wait):
        memory = Memory(folder / "memory.jsonl")
        pages = named(config.site, memory.pages(), tuple(map(Path, request.paths)))
        yield Remembered(_placed(config, pages), memory, config.pages.max_bytes)


def _held_alone(folder: Path, *, wait: bool) -> AbstractAsyncContextManager[None]:
    def waiting(who: str) -> None:
        _log.warning("waiting", reason=who)

    return lock.held(folder / _LOCK, wait=wait, now=time.time(), waiting=waiting)


def _held(config: Config, request: Request) -> tuple[Path, ...]:
    """Return the folders that no other run may use meanwhile; a dry run leaves the memory alone."""
    return (config.cache.dir,) if request.dry_run else (config.cache.dir, config.memory.dir)


def _places(config: Config, request: Request) -> tuple[Place, ...]:
    paths = tuple(map(Path, request.paths))
    pages = list_pages(
        config.pages.root,
        config.pages.include,
        config.pages.exclude,
        () if request.only_pages else paths,
        skip=(config.cache.dir, config.memory.dir),
    )
    if request.only_pages and paths:
        pages = within(pages, paths)
    if request.changed is not None:
        pages = changed_pages(pages, request.changed)
    return _placed(config, pages)


def _placed(config: Config, pages: Iterable[Path]) -> tuple[Place, ...]:
    here, site = str(Path.cwd()), str(config.site)
    return tuple(Place(file, _relative(str(file), here), _relative(str(file), site)) for file in pages)


def _relative(file: str, folder: str) -> str:
    # Thousands of pages stand below the folder, where no path needs to be taken apart.
    inside = file.startswith(f"{folder}/") and "/../" not in file
    return file[len(folder) + 1 :] if inside else os.path.relpath(file, folder)


def _fetcher(config: Config) -> Fetcher:
    services = (config.crossref, config.registry, config.pubmed, config.pmc, config.datacite)
    trusted = (urlsplit(service.url).netloc for service in services)
    contact = f"; mailto:{config.crossref.mailto}" if config.crossref.mailto else ""
    net = config.net
    return Fetcher(
        Guard((*config.net.allow, *trusted)),
        f"enrich/{__version__}{contact}",
        Caps(connect_s=net.connect_s, read_s=net.read_s, total_s=net.total_s),
    )


def _links(config: Config, cache: Cache, web: Web) -> Tools:
    settings = config.links
    terms = target.Terms(
        config.pdf.hosts,
        check=settings.check,
        exclude=settings.exclude,
        remap=settings.remap,
        placeholders=settings.placeholders,
    )
    seen = _kept_links(cache, "link", LinkVerdict)

    def known(url: str) -> LinkVerdict | None:
        kept = seen.get(url, time.time())
        return kept.value if isinstance(kept, Found) else None

    manners = Manners(limit_s=config.net.total_s, max_bytes=config.pdf.max_bytes)
    return Tools(
        links=Links(web, terms, manners, known=known),
        verdicts=seen,
        standings=_kept_links(cache, "link-standing", Standing),
        contents=_kept_links(cache, "pdf-content", PdfContent),
        endurance=Endurance(settings.failures, settings.days),
        identify_per_run=config.pdf.identify_per_run,
    )


def _kept_links(cache: Cache, name: str, kind: type[_Kept]) -> Shelf[str, _Kept]:
    # Whether these still hold is asked of the hosts each time, by ETag or version: no lifetime ends them.
    return Shelf(cache, name, verdicts.VERSION, verdicts.pack, verdicts.unpacker(kind), Lifetimes(inf, inf))


def _suggest(file: Path, doubts: Sequence[suggestion.Suggestion]) -> str:
    done = suggestion.append(file, doubts)
    match done:
        case Refusal():
            return _refused(done)
        case Trouble(reason):
            return f"{reason}; the questions stand in the report alone"
        case 0:
            return f"{file}: asks all of this already; answer with accept = true or false"
        case _:
            return f"{file}: asks {done} more questions; answer with accept = true or false"


def _refused(refusal: Refusal) -> str:
    line = f":{refusal.line}" if refusal.line else ""
    place, _, reason = refusal.reason.partition(": ")
    return f"{place}{line}: {reason}; until it is mended, what it said last holds"


@asynccontextmanager
async def demo() -> AsyncIterator[Config]:
    """Copy the sample pages to a new temporary folder, the working directory from now on, and play the registries.

    The configuration that is yielded leads to both; the copies stay, to be looked at.
    """
    # Here, since no real run needs a web server, whose modules take a fifth of a second to load.
    from enrich.demo import samples
    from enrich.demo.cdn import Cdn
    from enrich.demo.crossref import CrossrefServer
    from enrich.demo.datacite import DataciteServer
    from enrich.demo.pubmed import PubmedServer
    from enrich.demo.registry import RegistryServer

    folder = _copied(samples.pages())
    with contextlib.chdir(folder):
        crossref = CrossrefServer(samples.records())
        registry = RegistryServer(samples.registrations(), crossref=crossref)
        pubmed, datacite = PubmedServer(samples.summaries()), DataciteServer()
        async with crossref, registry, pubmed, datacite, Cdn(samples.hosted()) as cdn:
            host = urlsplit(cdn.url).netloc
            variables = {
                "ENRICH_CROSSREF__URL": crossref.url,
                "ENRICH_CROSSREF__MAILTO": "demo@example.org",
                "ENRICH_REGISTRY__URL": registry.url,
                "ENRICH_PUBMED__URL": pubmed.url,
                "ENRICH_PMC__URL": pubmed.url,
                "ENRICH_DATACITE__URL": datacite.url,
                "ENRICH_PDF__HOSTS": host,
                "ENRICH_LINKS__REMAP": f'{{ "{samples.FILE_HOST}" = "{cdn.url}/" }}',
                "ENRICH_NET__ALLOW": host,
            }
            yield load(None, variables)


def _copied(pages: Mapping[str, bytes]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="enrich-demo-")).resolve()
    for name, page in pages.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page)
    return folder
