"""The values that settings take, and the sentences for those that they do not."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args, get_origin
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# A TOML table of texts, in its order.
Pairs = tuple[tuple[str, str], ...]
# What is wrong with a value, as the end of a sentence, or None.
Fault = str | None
Check = Callable[..., Fault]

_LISTED: Final = (
    *("doi", "title", "authors", "journal", "published", "volume", "issue", "pages", "pdf"),
    *("pmid", "pmcid", "arxiv", "published_as", "status", "notice"),
)
_CSL: Final = (
    *(
        "id",
        "type",
        "title",
        "author",
        "editor",
        "container-title",
        "container-title-short",
        "issued",
        "volume",
    ),
    *("issue", "page", "publisher", "ISSN", "DOI", "PMID", "PMCID", "URL", "status", "note"),
)
# What each profile can write of a work.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "list": _LISTED,
    "flat": ("doi", "journal", "authors", "publication_date"),
    "hugoblox": (
        *("doi", "authors", "publication", "publication_short", "publication_types", "hugoblox.ids.doi"),
    ),
    "quarto": (*_CSL, "pdf-url"),
    "pandoc": _CSL,
    "zola": _LISTED,
    "jekyll": tuple("publication_date" if name == "published" else name for name in _LISTED),
}
# Keys that belong to the page or mean something to the site generators: never ours to write.
RESERVED: Final = frozenset(
    {"title", "date", "lastmod", "publishdate", "expirydate", "tags", "categories", "aliases", "draft"}
    | {"slug", "url", "type", "layout", "weight", "enrich", "published", "permalink", "linktitle"}
)

_MAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\"]+")
_KEY = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_HOST = re.compile(r"(?:[\w-]+(?:\.[\w-]+)*|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?")
_LISTEN = re.compile(r"(?:[\w-]+(?:\.[\w-]+)*|\[[0-9a-fA-F:.]+\]):(\d{1,5})")
_TOKEN = re.compile(r"[!-~]{16,512}")


def between(low: float, high: float) -> Callable[[float], Fault]:
    """Return the check for a number from `low` to `high`, both included."""

    def check(value: float) -> Fault:
        return None if low <= value <= high else f"wants {low:g} to {high:g}, got {value:g}"

    return check


def is_service(value: str) -> Fault:
    """Check a service's base address: http or https, a host, nothing after the path."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        return f"is no web address ({error})"
    whole = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", value)
    if not whole or parts.query or parts.fragment or parts.username is not None:
        return f'wants a web address such as "https://api.crossref.org", got "{value}"'
    return None


def is_mail(value: str) -> Fault:
    """Check a contact address, which may be empty."""
    return (
        None
        if not value or _MAIL.fullmatch(value)
        else f'wants an address such as "me@example.org", got "{value}"'
    )


def are_globs(value: tuple[str, ...]) -> Fault:
    """Check patterns: each relative to the root, and none leaving it."""
    for pattern in value:
        if not pattern or pattern.startswith("/") or ".." in pattern.split("/") or "\\" in pattern:
            return f'wants patterns below the root such as "**/*.md", got "{pattern}"'
    return None


def are_some_globs(value: tuple[str, ...]) -> Fault:
    """Check patterns as `are_globs` does, and that there is one."""
    return are_globs(value) if value else 'wants at least one pattern, such as "**/*.md"'


def is_key(value: str) -> Fault:
    """Check a front-matter key, dotted where it is nested."""
    return None if _KEY.fullmatch(value) else f'wants a key such as "params.doi", got "{value}"'


def is_key_or_empty(value: str) -> Fault:
    """Check a front-matter key that may be left empty."""
    return is_key(value) if value else None


def is_own_key(value: str) -> Fault:
    """Check the key that we write: a key, and nobody else's."""
    if value.lower() in RESERVED:
        return f'is "{value}", which belongs to the page or its generator; choose another such as "citations"'
    return is_key(value)


def are_fields(value: tuple[str, ...], profile: str) -> Fault:
    """Check the fields to write: each one of the profile's, and said once."""
    unknown = [name for name in value if name not in FIELDS[profile]]
    if unknown:
        known = ", ".join(FIELDS[profile])
        return f'profile "{profile}" knows no field "{unknown[0]}"; its fields are {known}'
    return "names a field twice" if len(set(value)) < len(value) else None


def is_glob(value: str) -> Fault:
    """Check one pattern as `are_globs` does."""
    return are_globs((value,))


def are_hosts(value: tuple[str, ...]) -> Fault:
    """Check host names or addresses, each with or without a port."""
    for host in value:
        if not _HOST.fullmatch(host):
            return f'wants hosts such as "cdn.example.org" or "127.0.0.1:8080", got "{host}"'
    return None


def is_listen(value: str) -> Fault:
    """Check where a server listens: an address or a name, and a port (0: any that is free)."""
    found = _LISTEN.fullmatch(value)
    if found is None or int(found[1]) > 65_535:
        return f'wants an address and a port such as "127.0.0.1:8080", got "{value}"'
    return None


def is_time_zone(value: str) -> Fault:
    """Check a time zone's name: https://www.iana.org/time-zones"""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f'wants a time zone such as "UTC" or "Europe/Berlin", got "{value}"'
    return None


def is_web_address(value: str) -> Fault:
    """Check an address that may be empty, and that may hold a secret: the fault does not repeat it."""
    try:
        parts = urlsplit(value)
        whole = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        whole = False
    return None if not value or whole else 'wants a web address such as "https://example.org/news"'


def is_token(value: str) -> Fault:
    """Check a secret, which may be empty; the fault does not repeat it."""
    if not value or _TOKEN.fullmatch(value):
        return None
    return "wants 16 to 512 letters, digits and signs without a space; `openssl rand -hex 24` makes one"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value that a setting does not take: `sentence` says what it wants instead."""

    sentence: str


def accept(kind: object, check: Check | None, value: object) -> object:
    """Return `value` as the setting's own type once it passes `check`, or `Wrong`."""
    typed = _typed(kind, value)
    if typed is None:
        return Wrong(f"wants {_wanted(kind)}, got {_shown(value)}")
    fault = check(typed) if check else None
    return Wrong(fault) if fault else typed


def from_text(kind: object, text: str) -> object:
    """Read an environment variable as the value that TOML would hold; a list may be separated by commas."""
    if kind in (str, Path) or text in get_args(kind):
        return text
    if kind != Pairs and get_origin(kind) is tuple and not text.lstrip().startswith("["):
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _typed(kind: object, value: object) -> object:
    """Return `value` as `kind`, or None where it is something else. TOML has no null, so None is free."""
    if get_origin(kind) is Literal:
        return next((word for word in get_args(kind) if type(word) is type(value) and word == value), None)
    if kind == Pairs:
        return _pairs(value)
    if get_origin(kind) is tuple:
        return _texts(value)
    if kind is bool or isinstance(value, bool):
        return value if kind is bool and isinstance(value, bool) else None
    if kind is Path:
        return Path(value) if isinstance(value, str) and value and "\0" not in value else None
    if kind is float:
        return float(value) if isinstance(value, (int, float)) else None
    return value if isinstance(kind, type) and isinstance(value, kind) else None


def _pairs(value: object) -> Pairs | None:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        return None
    return tuple(value.items())


def _texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    texts = tuple(item for item in value if isinstance(item, str))
    return texts if len(texts) == len(value) else None


def _wanted(kind: object) -> str:
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(_shown(word) for word in get_args(kind))
    if kind == Pairs:
        return 'a table of texts such as { "https://old.example/" = "https://new.example/" }'
    if kind is bool:
        return "true or false"
    if get_origin(kind) is tuple:
        return 'a list of texts such as ["a", "b"]'
    names = {str: "a text in quotes", Path: "a path in quotes", int: "a whole number", float: "a number"}
    return next(name for known, name in names.items() if kind is known)


def _shown(value: object) -> str:
    text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"
