"""Every way of hosting a PDF that the link checks know, well and badly: one path each, `/NAME.pdf`."""

from __future__ import annotations

import gzip
from collections.abc import Mapping

from enrich.demo.cdn import Answer, Hosted, Then, Wire
from enrich.demo.paper import paper
from enrich.demo.reply import HTML, Reply, as_html

TITLE = "Selenium status and the density of bones in a thousand sheep"
DOI = "10.5555/enrich.bones"

_PAPER = paper([TITLE, "A. Bell and C. Dorn", f"https://doi.org/{DOI}"], padding=5000)
_PAGE = b"<!DOCTYPE html>\n<html><head><title>Not found</title></head><body>Sorry.</body></html>\n"
_CHALLENGE = b"<html><head><title>Just a moment...</title></head><body>Are you a person?</body></html>"
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n"


def cases() -> dict[str, Answer]:
    """Return the answer of each path."""
    named = {**_good(), **_wrong_content(), **_statuses(), **_redirects(), **_broken_wire()}
    return {f"/{name}.pdf": answer for name, answer in named.items()}


def _good() -> Mapping[str, Answer]:
    return {
        "good": Hosted(_PAPER),
        "small": Hosted(paper([TITLE])),
        "big": Hosted(paper([TITLE], padding=3_000_000)),
        "wrong-media-type": Hosted(_PAPER, "text/html"),
        "no-media-type": Hosted(_PAPER, ""),
        "junk-before": Hosted(b"\xef\xbb\xbf\r\n" + b"junk " * 20 + _PAPER),
        "no-ranges": Hosted(_PAPER, ranges=False),
        "no-ranges-big": Hosted(paper([TITLE], padding=3_000_000), ranges=False),
        "no-length": Hosted(_PAPER, ranges=False, sized=False),
        "no-marks": Hosted(_PAPER, marks=False),
        "compressed": Hosted(gzip.compress(_PAPER), encoding="gzip"),
        "scanned": Hosted(paper([])),
        "encrypted": Hosted(paper([TITLE], locked=True)),
        "odd-ranges": Reply(206, _PAPER, "application/pdf"),
        "busy-once": Then(Reply(429, b"", "text/plain", {"Retry-After": "1"}), Hosted(_PAPER)),
        "down-once": Then(as_html(503, "503 Service Unavailable"), Hosted(_PAPER)),
        "reset-once": Then(Wire(then="reset"), Hosted(_PAPER)),
    }


def _wrong_content() -> Mapping[str, Answer]:
    bomb = gzip.compress(bytes(80_000_000), 1)
    return {
        "soft-404": Hosted(_PAGE, HTML),
        "soft-404-as-pdf": Hosted(_PAGE),
        "text": Hosted(b"Not here any more.\n", "text/plain"),
        "truncated": Hosted(_PAPER[:4000]),
        "truncated-small": Hosted(_PAPER[:700]),
        "truncated-no-ranges": Hosted(_PAPER[:4000], ranges=False),
        "empty": Hosted(b"", ranges=False),
        "empty-416": Hosted(b""),
        "no-content": Reply(204, b"", ""),
        "bomb": Hosted(bomb, encoding="gzip", ranges=False),
    }


def _statuses() -> Mapping[str, Answer]:
    denied = b"<Error><Code>AccessDenied</Code></Error>"
    return {
        "forbidden": Reply(403, denied, "application/xml"),
        "unauthorized": Reply(401, b"", "text/plain", {"WWW-Authenticate": "Basic"}),
        "not-found": as_html(404, "404 Not Found"),
        "gone": as_html(410, "410 Gone"),
        "bad-request": as_html(400, "400 Bad Request"),
        "challenge": Reply(403, _CHALLENGE, HTML, {"cf-mitigated": "challenge"}),
        "challenge-503": Reply(503, _CHALLENGE, HTML),
        "busy": Reply(429, b"Too many", "text/plain"),
        "down": as_html(500, "500 Internal Server Error"),
        "odd-status": Reply(999, b"", "text/plain"),
    }


def _redirects() -> Mapping[str, Answer]:
    chain = {f"chain-{step}": _to(f"/chain-{step + 1}.pdf") for step in range(12)}
    return {
        **chain,
        "moved": _to("/good.pdf", 301),
        "found": _to("/good.pdf", 302),
        "moved-twice": _to("/moved.pdf", 308),
        "moved-then-found": _to("/found.pdf", 301),
        "chain-12": Hosted(_PAPER),
        "loop": _to("/loop-back.pdf"),
        "loop-back": _to("/loop.pdf"),
        "cookie-wall": Reply(302, b"", "", {"Location": "/cookie-wall.pdf", "Set-Cookie": "seen=1"}),
        "to-private": _to("http://10.255.255.1/inside.pdf"),
        "to-metadata": _to("http://169.254.169.254/latest/meta-data/x.pdf"),
        "to-file": _to("file:///etc/passwd"),
        "to-nonsense": _to("http://[::1"),
        "to-nowhere": Reply(302, b"", ""),
        "to-page": _to("/soft-404.pdf"),
    }


def _broken_wire() -> Mapping[str, Answer]:
    return {
        "hang": Wire(then="hang"),
        "hang-in-head": Wire(_HEAD, "hang"),
        "hang-in-body": Wire(_HEAD + b"Content-Length: 5000\r\n\r\n%PDF-1.4", "hang"),
        "trickle": Wire(_HEAD + b"X-Long: ", "trickle"),
        "trickle-body": Wire(_HEAD + b"Content-Length: 9000\r\n\r\n%PDF-1.4\n", "trickle"),
        "reset": Wire(then="reset"),
        "hangs-up": Wire(),
        "cut-off": Wire(_HEAD + b"Content-Length: 5000\r\n\r\n%PDF-1.4\nhalf", "close"),
        "garbage": Wire(b"\x00\x01\x02 this is not HTTP\r\n\r\n"),
        "long-head": Wire(_HEAD + b"X-Long: " + b"x" * 100_000 + b"\r\n\r\n"),
    }


def _to(location: str, status: int = 302) -> Reply:
    return Reply(status, b"", "", {"Location": location})
