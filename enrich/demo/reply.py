"""What a loopback server is asked and what it answers, before either is HTTP."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

JSON = "application/json"
HTML = "text/html; charset=utf-8"
TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in. `route` is the server's word for what is asked, `dois` are the DOIs or other
    identifiers that it names, in lower case.

    `path` and `query`, a form's fields among it, are decoded; `target` is the request line's own, undecoded text.
    """

    method: str
    path: str
    query: Mapping[str, str]
    target: str
    user_agent: str = ""
    accept: str = ""
    route: str = ""
    dois: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. An empty `content_type` sends none; `bare` sends no header at all."""

    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    bare: bool = False


def as_json(value: object, status: int = 200, content_type: str = JSON) -> Reply:
    r"""Return `value` as Crossref prints it: ASCII, with every slash as `\/`."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("/", "\\/")
    return Reply(status, text.encode("ascii"), content_type)


def as_html(status: int, title: str) -> Reply:
    """Return a small HTML page, as balancers and landing pages answer."""
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"
    return Reply(status, page.encode(), HTML)
