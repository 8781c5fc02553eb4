"""What we wrote last, page by page: a sorted text file in the site, to be committed with its pages.

A page's line is appended before the page is replaced, and tells what is about to stand there and what stood
there before: a kill at any moment makes no value of ours look like a person's. `settle` sorts the file again.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from enrich.errors import EnrichError
from enrich.model.file import Trouble, digest, digester
from enrich.model.note import Note, Recollection, Where
from enrich.store import files
from enrich.store.memory_line import HEADER, Line, MalformedError, pack, page_of, places_of, unpack

_CONFLICT = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")


@dataclass(frozen=True, slots=True)
class Intent:
    """A page about to be replaced: what to remember of it, and the digests of its bytes before and after."""

    note: Note
    old: str
    new: str


class Memory:
    """One site's memory. Pages are named from the site's folder, with `/`. One run at a time holds it."""

    def __init__(self, path: Path) -> None:
        """Read `path`, which may be missing. Raises EnrichError where it is no memory of ours."""
        self._path = path
        # As they stand in the file: most runs need each line once, and few of them parsed at a time.
        self._lines: dict[str, bytes] = {}
        self._previous: dict[str, bytes | None] = {}
        self._content = digester()
        self._size = 0
        self._needs_newline = False
        self._is_torn = False
        self._read()

    def get(self, page: str, current: str) -> Recollection:
        """Return what is remembered of `page`, whose bytes have the digest `current`.

        After a killed run the digest tells whether the page was written. Where it does not, since a person
        edited the page meanwhile, both notes are returned.
        """
        line = self._line(page)
        if line is None:
            return Recollection()
        if not line.is_open:
            return Recollection(line.last)
        if current == line.new:
            return self._closed(page, line.last)
        if current == line.old:
            return self._closed(page, line.before)
        return Recollection(line.last, line.before or Note(line.last.place, form=line.last.form))

    def note(self, intents: Mapping[str, Intent]) -> Trouble | None:
        """Remember what pages are about to hold; on return it is safe on disk, and they may be replaced.

        A Trouble means that nothing is remembered: the pages must stay as they are.
        """
        lines = {page: pack(self._opened(page, intent)) for page, intent in intents.items()}
        if trouble := self._append(lines.values()):
            return trouble
        for page in lines:
            self._previous.setdefault(page, self._lines.get(page))
        self._lines |= lines
        return None

    def confirm(self, page: str) -> None:
        """Hear that `page` was replaced as noted."""
        line = self._line(page)
        self._previous.pop(page, None)
        if line is not None:
            self.adopt(page, line.last)

    def withdraw(self, page: str) -> None:
        """Hear that `page` was not replaced after all: what was remembered before the note holds again."""
        if page in self._previous:
            self._keep(page, self._previous.pop(page))

    def adopt(self, page: str, note: Note) -> None:
        """Take `note` for what is ours on `page` as it stands; a note without works forgets the page."""
        self._keep(page, pack(Line(page, note)) if note.works or note.left else None)

    def forget(self, page: str) -> None:
        """Remember nothing of `page`."""
        self._keep(page, None)

    def pages(self) -> frozenset[str]:
        """Return the pages that something is remembered of."""
        return frozenset(self._lines)

    def places(self) -> frozenset[Where]:
        """Return every place in which anything is remembered, on any page."""
        return frozenset().union(*map(places_of, self._lines.values()))

    def settle(self) -> Trouble | None:
        """Make the file sorted, one line a page; it is not touched where it is so already."""
        lines = [self._lines[page] for page in sorted(self._lines)]
        text = b"\n".join([HEADER, *lines, b""])
        if digest(text) == self._content.hexdigest() and not self._is_torn:
            return None
        if not lines and self._size == 0:
            return None
        if trouble := self._append([]):
            return trouble
        files.sweep([self._path])
        result = files.replace(self._path, text, self._content.hexdigest())
        if isinstance(result, Trouble):
            return Trouble(f"{self._path}: {result.reason}")
        self._content, self._size = digester(text), len(text)
        return None

    def _line(self, page: str) -> Line | None:
        text = self._lines.get(page)
        return None if text is None else unpack(text)

    def _keep(self, page: str, line: bytes | None) -> None:
        if line is None:
            self._lines.pop(page, None)
        else:
            self._lines[page] = line

    def _closed(self, page: str, note: Note | None) -> Recollection:
        """Hold to `note`, which the page's bytes have shown to be the true one of two."""
        self._keep(page, pack(Line(page, note)) if note else None)
        return Recollection(note)

    def _opened(self, page: str, intent: Intent) -> Line:
        known = self.get(page, intent.old)
        # Two open notes and a third: what was surely there outlasts what may never have been written.
        before = known.before if known.before and known.before.works else known.last
        return Line(page, intent.note, before, intent.old, intent.new)

    def _read(self) -> None:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise EnrichError(f"{self._path}: cannot be read: {files.reason(error)}") from error
        *lines, tail = data.split(b"\n")
        if _is_torn(tail):
            # A killed run's last words: it did not get to replace that page.
            self._is_torn = True
            data = data[: len(data) - len(tail)]
            tail = b""
        for number, text in enumerate([*lines, tail], 1):
            self._take(number, text)
        self._needs_newline = bool(tail)
        self._content, self._size = digester(data), len(data)

    def _take(self, number: int, text: bytes) -> None:
        text = text.strip(b"\0 \t\r").removeprefix(b"\xef\xbb\xbf")
        if not text:
            return
        if text.startswith(_CONFLICT):
            raise EnrichError(
                f"{self._path}:{number}: a git conflict; delete the marker lines, keep both sides, run again"
            )
        try:
            page = page_of(text)
        except MalformedError as error:
            raise EnrichError(
                f"{self._path}:{number}: not what enrich remembers ({error}); delete the line or get the"
                " file back with `git checkout`"
            ) from error
        if page is not None:
            self._lines[page] = text

    def _append(self, lines: Iterable[bytes]) -> Trouble | None:
        text = b"".join(line + b"\n" for line in lines)
        if self._size == 0:
            text = HEADER + b"\n" + text
        elif self._needs_newline:
            text = b"\n" + text
        try:
            self._write(text)
        except OSError as error:
            return Trouble(f"{self._path}: cannot be written: {files.reason(error)}")
        self._content.update(text)
        self._size += len(text)
        self._needs_newline = False
        return None

    def _write(self, text: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab", buffering=0) as file:
            if self._is_torn:
                file.truncate(self._size)
                self._is_torn = False
            _write_all(file, text)
        if self._size == 0:
            files.sync_folder(self._path.parent)


def _is_torn(tail: bytes) -> bool:
    """Tell whether a last line without line end stops in its middle."""
    try:
        json.loads(tail or b"{}")
    except (ValueError, RecursionError):
        return True
    return False


def _write_all(file: FileIO, text: bytes) -> None:
    size = os.fstat(file.fileno()).st_size
    try:
        while text:
            text = text[file.write(text) :]
        os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            file.truncate(size)
        raise
