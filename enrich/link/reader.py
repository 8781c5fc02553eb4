"""Reads PDFs in a process of its own, which may crash, hang or eat memory without harm to the run."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import sys
from types import TracebackType
from typing import Self

from enrich.model.identifier import Doi
from enrich.model.link import PdfContent

_COMMAND = (sys.executable, "-m", "enrich.link.worker")
_MOST_ANSWER = 1 << 20
_MOST_TEXT = 8_000
# From here on a page is a list of what others wrote.
_REFERENCES = re.compile(
    r"^\W{0,4}\d{0,2}\W{0,3}(?:references?|references and notes|literature cited|works cited|cited literature"
    r"|bibliography|literatur(?:verzeichnis)?|bibliographie|références|referencias|bibliografía|riferimenti)\W{0,4}$",
    re.IGNORECASE | re.MULTILINE,
)
# pdfium's own sign for a hyphen at a line's end.
_HYPHEN = re.compile("[\ufffe\u00ad\x02]\\s*")


class PdfReader:
    """An async context manager around one worker process; it is started when needed, and anew when it died.

    `limit_s` is the most that one file may take.
    """

    def __init__(self, limit_s: float = 20.0, command: tuple[str, ...] = _COMMAND) -> None:
        self._limit_s = limit_s
        self._command = command
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end()

    async def read(self, data: bytes, version: str = "") -> PdfContent:
        """Return what the file says of itself; whatever it does to the worker is a `problem`."""
        async with self._turn:
            try:
                async with asyncio.timeout(self._limit_s):
                    said = await self._ask(data)
            except TimeoutError:
                await self._end()
                return PdfContent(version, problem=f"reading it takes more than {self._limit_s:g} s")
            except BaseException:
                # Half a question stands in the pipe: whoever comes next must not get its answer.
                await self._end()
                raise
            if said is None:
                await self._end()
                return PdfContent(version, problem="it makes the reader crash")
        return _content(said, version)

    async def _ask(self, data: bytes) -> dict[str, object] | None:
        process = await self._running()
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the worker is started with pipes")
        try:
            process.stdin.write(len(data).to_bytes(8, "big"))
            process.stdin.write(data)
            await process.stdin.drain()
            answer: object = json.loads(await process.stdout.readline())
        except (OSError, ValueError):
            return None
        return answer if isinstance(answer, dict) else None

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=_MOST_ANSWER,
            )
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()


def _content(said: dict[str, object], version: str) -> PdfContent:
    dois, text = said.get("dois"), str(said.get("text", ""))
    parsed = [Doi.parse(str(doi)) for doi in dois] if isinstance(dois, list) else []
    return PdfContent(
        version,
        " ".join(str(said.get("title", "")).split()),
        tuple(dict.fromkeys(doi for doi in parsed if doi is not None)),
        own_text(text),
        str(said.get("problem", "")),
    )


def own_text(text: str) -> str:
    """Return the beginning of a paper's text that is its own: no list of references, no torn words."""
    found = _REFERENCES.search(text)
    return _HYPHEN.sub("", text[: found.start()] if found else text)[:_MOST_TEXT]
