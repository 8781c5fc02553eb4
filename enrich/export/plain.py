"""A work's texts as formats of one line a value need them: no line breaks, no controls, ranges taken apart."""

from __future__ import annotations

import re
import unicodedata

from enrich.model.work import Work

# Controls that `str.split` takes for no space.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# What stands in the name of a file for bytes that are no UTF-8.
_UNREAD = re.compile("[\ud800-\udfff]")


def line(text: str) -> str:
    """Return `text` in one line, composed (NFC), with single spaces, without controls; U+FFFD for lone surrogates."""
    readable = _UNREAD.sub("\ufffd", _UNSEEN.sub("", text))
    return unicodedata.normalize("NFC", " ".join(readable.split()))


def page_range(work: Work) -> tuple[str, str]:
    """Return a work's first and last page; the last one is empty where there is one page or an article number.

    `1-2-1-10` runs from 1-2 to 1-10. What is not clearly one range (`1-5, 7`) comes back whole, as the first.
    """
    pages = line(work.pages)
    parts = pages.split("-")
    half = len(parts) // 2
    first, last = "-".join(parts[:half]), "-".join(parts[half:])
    is_range = len(parts) % 2 == 0 and first and last and "," not in pages
    return (first, last) if is_range and work.pages != work.article_number else (pages, "")
