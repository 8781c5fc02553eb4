"""What the page brings with it, script and style, and the policy that lets nothing else run (CSP 3).

https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from enrich.report.html.desk import Desk


@cache
def script() -> str:
    """Return the page's script."""
    return _read("report.js")


@cache
def style() -> str:
    """Return the page's style."""
    return _read("report.css")


def policy(desk: Desk | None = None) -> str:
    """Return the Content-Security-Policy of the page, for a header: it may be framed by nobody.

    Nothing is loaded from anywhere; forms go to the service that shows the page, and nowhere from a file.
    """
    return f"{within(desk)}; frame-ancestors 'none'"


def within(desk: Desk | None = None) -> str:
    """Return the policy as a `<meta>` may state it, which cannot speak of frames."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest(script())}'",
            f"style-src '{_digest(style())}'",
            "img-src data:",
            "base-uri 'none'",
            f"form-action {_forms(desk)}",
        )
    )


def _forms(desk: Desk | None) -> str:
    return "'self'" if desk and desk.decide else "'none'"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _read(name: str) -> str:
    return (files("enrich.report.html") / "templates" / name).read_text(encoding="utf-8")
