"""The process that opens strangers' PDFs: `python -m enrich.link.worker`, one question at a time.

On stdin eight bytes of length and a file, on stdout a line of JSON: `title`, `dois` (as they stand in the
metadata), `text` of the first two pages, `problem`. It lives under limits of its own, and may die at any file.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import sys
from contextlib import suppress
from typing import IO, Final

import pypdfium2

MEMORY_BYTES: Final = 1 << 30
PAGES: Final = 2
# Text of a page that anybody could read is far shorter.
_MOST_TEXT: Final = 40_000
_PASSWORD: Final = 4
_DOI_KEYS: Final = ("doi", "DOI", "WPS-ARTICLEDOI", "prism:doi")
# XMP is left uncompressed so that it can be found (ISO 16684-1).
_XMP_DOI: Final = re.compile(
    rb"<(?:prism|pdfx|crossmark)\d*:doi>\s*([^<]{4,200}?)\s*</|(?:prism|pdfx|crossmark)\d*:doi=\"([^\"]{4,200})\"",
    re.IGNORECASE,
)
_TEXT_IN_SUBJECT: Final = re.compile(r"\b10\.\d{4,9}/\S+")

Said = dict[str, object]


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until the questions end."""
    while len(size := questions.read(8)) == 8:
        answers.write(json.dumps(read(questions.read(int.from_bytes(size, "big")))).encode() + b"\n")
        answers.flush()


def read(data: bytes) -> Said:
    """Return what a file says of itself, or its `problem`."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            return _said(document, data)
    except pypdfium2.PdfiumError as error:
        encrypted = error.err_code == _PASSWORD
        return {"problem": "encrypted" if encrypted else "damaged: a reader cannot open it"}
    except MemoryError:
        return {"problem": "it takes too much memory to read"}


def limit(memory_bytes: int = MEMORY_BYTES) -> None:
    """Take from this process what a reader needs not: memory, files to write, core dumps, Ctrl-C."""
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        os.nice(5)


def _said(document: pypdfium2.PdfDocument, data: bytes) -> Said:
    metadata = document.get_metadata_dict()
    text = "\f".join(_page(document, number) for number in range(min(PAGES, len(document))))
    problem = "" if text.strip() else "scanned: there is no text in it"
    title = str(metadata.get("Title", ""))[:1000]
    return {"title": title, "dois": _dois(document, metadata, data), "text": text, "problem": problem}


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = document[number]
        return str(page.get_textpage().get_text_bounded())[:_MOST_TEXT]
    except pypdfium2.PdfiumError:
        return ""


def _dois(document: pypdfium2.PdfDocument, metadata: dict[str, str], data: bytes) -> list[str]:
    named = [str(document.get_metadata_value(key)) for key in _DOI_KEYS]
    xmp = [(one or other).decode("utf-8", "replace") for one, other in _XMP_DOI.findall(data)]
    subjects = (metadata.get(key, "") for key in ("Title", "Subject", "Keywords"))
    spelt = [found for subject in subjects for found in _TEXT_IN_SUBJECT.findall(str(subject))]
    return [text[:300] for text in (*named, *xmp, *spelt) if text][:20]


if __name__ == "__main__":
    limit()
    serve(sys.stdin.buffer, sys.stdout.buffer)
