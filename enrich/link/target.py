"""What a link's address asks of us: which are asked at all, at which address, and which are wrong as they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fnmatch import translate
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from yarl import URL

from enrich.model.link import Reason

MAX_URL = 8_000
"""Servers refuse request lines of more than about 8 KB."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(//)?", re.IGNORECASE)
# Schemes with `//` that mean something to a reader's programs, if not to us.
_OTHER_SCHEMES = frozenset(
    {
        "ftp",
        "ftps",
        "sftp",
        "ssh",
        "git",
        "svn",
        "irc",
        "ircs",
        "news",
        "nntp",
        "ldap",
        "gopher",
        "gemini",
        "ws",
        "wss",
    }
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PDF = re.compile(r"\.pdf$", re.IGNORECASE)
_SEEMS_PDF = re.compile(r"\.pdf(?:[?#]|$)", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
# Pages that show a file of that name: GitHub, GitLab, wikis.
_VIEWER = re.compile(r"/(?:blob|wiki|browse)/", re.IGNORECASE)
_DOI_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
_SAFE = "%/:?[]@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Target:
    """An address to be asked, as it is sent: ASCII, without fragment and user.

    `remapped` is the page's spelling after a remap, else empty; it makes no other target. `is_own` tells a host
    of the site's PDFs.
    """

    url: str
    is_pdf: bool = False
    is_own: bool = False
    remapped: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """An address that is wrong without asking anybody."""

    reason: Reason
    detail: str


class _Address(NamedTuple):
    url: str
    host: str
    place: str
    path: str


class Terms:
    """What the configuration says of links.

    `hosts` are the site's own PDF hosts, with or without a port. `check` asks ordinary links too. `exclude`
    are shell patterns of whole addresses; `remap` are pairs of prefixes, the longest that fits wins;
    `placeholders` are addresses, or paths from `/`, that stand for "missing".
    """

    def __init__(
        self,
        hosts: Iterable[str] = (),
        *,
        check: bool = False,
        exclude: Iterable[str] = (),
        remap: Iterable[tuple[str, str]] = (),
        placeholders: Iterable[str] = (),
    ) -> None:
        self._hosts = frozenset(host.lower() for host in hosts)
        self._check = check
        self._is_excluded = _any_of(exclude)
        self._remap = sorted(remap, key=lambda pair: len(pair[0]), reverse=True)
        self._placeholders = frozenset(placeholders)

    def is_own(self, place: str) -> bool:
        """Whether the site's PDFs are hosted at `place`, a host with or without a port."""
        return place in self._hosts or place.rpartition(":")[0] in self._hosts

    def target(self, url: str) -> Target | Fault | None:
        """Return what to ask for a link's `url`, or what is wrong with it; None where it is not to be checked.

        Links inside the site, DOIs (the registries' matter), and schemes other than the web's are not.
        """
        text = url.strip()
        if self._is_placeholder(text):
            return Fault("placeholder", "stands for a file that is missing")
        text = _with_scheme(text)
        scheme = _SCHEME.match(text)
        if scheme is None or self._is_excluded(text):
            return None
        if scheme[1].lower() not in ("http", "https"):
            is_unknown = scheme[2] and scheme[1].lower() not in _OTHER_SCHEMES
            return self._fault(text, f"no scheme of the web: {scheme[1][:40]}") if is_unknown else None
        remapped = self._remapped(text)
        try:
            address = _address(remapped)
        except ValueError as error:
            return self._fault(text, str(error))
        return self._target(address, remapped if remapped != text else "")

    def _target(self, address: _Address, remapped: str) -> Target | Fault | None:
        url, host, place, path = address
        if host in _DOI_HOSTS:
            return None
        if self._is_placeholder(url):
            return Fault("placeholder", "stands for a file that is missing")
        is_own = self.is_own(place)
        named = _PDF.search(path) is not None and (is_own or not _VIEWER.search(path))
        is_pdf = named or (is_own and not _EXTENSION.search(path))
        return Target(url, is_pdf, is_own, remapped) if is_pdf or self._check else None

    def _fault(self, text: str, detail: str) -> Fault | None:
        return Fault("bad address", detail) if self._check or _SEEMS_PDF.search(text) else None

    def _is_placeholder(self, text: str) -> bool:
        if not self._placeholders:
            return False
        plain = text.partition("#")[0].partition("?")[0]
        place = plain.partition("://")[2]
        path = place[place.find("/") :] if "/" in place else ""
        return bool(self._placeholders & {text, plain, path})

    def _remapped(self, text: str) -> str:
        for old, new in self._remap:
            if text.startswith(old):
                return new + text[len(old) :]
        return text


def _any_of(patterns: Iterable[str]) -> Callable[[str], object]:
    whole = "|".join(translate(pattern) for pattern in patterns)
    return re.compile(whole).match if whole else lambda _: None


def _with_scheme(text: str) -> str:
    """Complete the addresses that name a host without a scheme."""
    if text.startswith("//"):
        return f"https:{text}"
    return f"http://{text}" if text[:4].lower() == "www." else text


def _address(text: str) -> _Address:
    """Return an http or https address as browsers send it; ValueError says what is wrong."""
    if _CONTROL.search(text):
        raise ValueError("a control character in it")
    if len(text) > MAX_URL:
        raise ValueError(f"longer than {MAX_URL} characters, which servers refuse")
    try:
        parts = urlsplit(text)
        name, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError(f"cannot be read ({error})") from error
    host = _host(name)
    path, query = quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE)
    place = host if port is None else f"{host}:{port}"
    url = f"{parts.scheme}://{place}{path}"
    return _Address(f"{url}?{query}" if query else url, host, place, path)


@lru_cache(4096)
def _host(name: str) -> str:
    """Return a host's name as it stands in a request: IDN as its ASCII form, IPv6 in brackets."""
    if not name:
        raise ValueError("no host in it")
    try:
        ascii_name = name if name.isascii() else URL.build(scheme="http", host=name).raw_host or ""
    except ValueError as error:
        raise ValueError(f"no host can be called {name[:80]}") from error
    if ":" in ascii_name:
        return f"[{ascii_name}]"
    labels = ascii_name.rstrip(".").split(".")
    if not all(0 < len(label) <= 63 for label in labels) or re.search(r"[^a-z0-9._-]", ascii_name):
        raise ValueError(f"no host can be called {name[:80]}")
    return ascii_name
