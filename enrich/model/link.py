"""What is known of a link's address and of a hosted PDF: a verdict with its reason, and what the file says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from enrich.model.identifier import Doi

LinkStatus = Literal["ok", "broken", "blocked", "unknown"]
PdfVerdict = Literal["matches", "other_paper", "unreadable"]

# Why a link is not ok, in the words that reports show: `broken: not a PDF`.
Reason = Literal[
    "",
    # broken
    "missing",
    "refused",
    "not a PDF",
    "empty",
    "truncated",
    "placeholder",
    "private address",
    "certificate",
    "redirects",
    "bad address",
    "still failing",
    # blocked
    "refuses robots",
    # unknown
    "timeout",
    "unreachable",
    "name not found",
    "server error",
    "broken answer",
    "too large",
    "port",
]


@dataclass(frozen=True, slots=True)
class LinkVerdict:
    """What became of one address. `detail` is the reason's particulars, for a person; texts may be empty.

    `url` is the page's spelling, `asked_url` the address that a remap put in its place. `final_url` is where
    redirects ended, `permanent` where the permanent ones among them lead. `bytes` is the whole file's size.
    `checked_at` is when the host last said so (Unix seconds).
    """

    url: str
    status: LinkStatus
    reason: Reason = ""
    detail: str = ""
    final_url: str = ""
    permanent: str = ""
    asked_url: str = ""
    media_type: str = ""
    bytes: int | None = None
    etag: str = ""
    last_modified: str = ""
    is_pdf: bool = False
    is_own: bool = False
    checked_at: float = 0.0

    @property
    def version(self) -> str:
        """What changes when the file does: its ETag, else its date, else its size; empty if none is known."""
        return self.etag or self.last_modified or ("" if self.bytes is None else str(self.bytes))

    def __str__(self) -> str:
        reason = f": {self.reason}" if self.reason else ""
        return f"{self.status}{reason}{f' ({self.detail})' if self.detail else ''}"


@dataclass(frozen=True, slots=True)
class PdfContent:
    """What one version of a file says of itself, read once; `problem` says why nothing could be read.

    `title` and `dois` are from its metadata; `text` is that of its first two pages without their list of
    references, cut to some thousand characters.
    """

    version: str
    title: str = ""
    dois: tuple[Doi, ...] = ()
    text: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PdfFinding:
    """Whether a file is the paper that a page cites beside it; `detail` is one sentence for a person."""

    verdict: PdfVerdict
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A failure that lasts: when it was first and last seen (Unix seconds), and in how many runs."""

    first_at: float
    last_at: float
    runs: int = 1
