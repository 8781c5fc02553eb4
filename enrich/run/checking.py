"""The links of a run: each address asked once, then the site's own files read, some of them each night."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from enrich.link.hosted import silent_hosts, to_identify
from enrich.link.links import Links
from enrich.link.reader import PdfReader
from enrich.link.standing import Endurance, judged
from enrich.model.link import LinkVerdict, PdfContent, Standing
from enrich.model.lookup import Absent, Found
from enrich.model.page import Page
from enrich.page.beside import is_doi_link
from enrich.store.recall import Shelf

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tools:
    """What links are checked with. The shelves keep verdicts, failures that last, and what files say, by address."""

    links: Links
    verdicts: Shelf[str, LinkVerdict]
    standings: Shelf[str, Standing]
    contents: Shelf[str, PdfContent]
    endurance: Endurance
    identify_per_run: int


class Checking:
    """Checks the links of the pages that were looked at; afterwards `verdicts` and `contents` say what was found.

    `tell` hears how many files, and bytes, are about to be fetched.
    """

    def __init__(self, tools: Tools, now: float, tell: Callable[[int, int], None]) -> None:
        self.verdicts: dict[str, LinkVerdict] = {}
        self.contents: dict[str, PdfContent] = {}
        self._tools = tools
        self._now = now
        self._tell = tell

    async def everything(self, pages: Iterable[Page]) -> None:
        """Ask every address of `pages`, then read the files that are new, at most as many as a run may."""
        urls = [link.url for page in pages for link in page.links if not is_doi_link(link.url)]
        if not urls:
            return
        await self._tools.links.verdicts(urls, self._take)
        await self._identify()

    @property
    def silent(self) -> Sequence[str]:
        """The site's own hosts that could not be asked at all."""
        return silent_hosts(self.verdicts.values())

    def _take(self, url: str, verdict: LinkVerdict) -> None:
        tools = self._tools
        counted, lasting = judged(
            verdict, _value(tools.standings.get(url, self._now)), tools.endurance, self._now
        )
        self.verdicts[url] = counted
        if lasting is not None:
            tools.standings.put(url, Found(lasting, self._now))
        elif _value(tools.standings.get(url, self._now)) is not None:
            tools.standings.put(url, Absent("not_found", "it answers again", self._now))
        if verdict.status == "ok":
            tools.verdicts.put(url, Found(verdict, self._now))

    async def _identify(self) -> None:
        tools = self._tools
        for url, verdict in self.verdicts.items():
            if verdict.is_own and verdict.is_pdf and (known := self._known(url)):
                self.contents[url] = known
        wanted = to_identify(self.verdicts.values(), self._known, tools.identify_per_run)
        if not wanted:
            return
        self._tell(len(wanted), sum(verdict.bytes or 0 for verdict in wanted))

        def take(verdict: LinkVerdict, content: PdfContent) -> None:
            self.contents[verdict.url] = content
            tools.contents.put(verdict.url, Found(content, self._now))

        async with PdfReader() as reader:
            await tools.links.contents(wanted, reader, take)

    def _known(self, url: str) -> PdfContent | None:
        return _value(self._tools.contents.get(url, self._now))


def _value(answer: Found[T] | Absent | None) -> T | None:
    return answer.value if isinstance(answer, Found) else None
