"""Which of the hosts that carry PDFs are likely the site's own: its address, and what rents out storage. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from enrich.model.survey import Count

# A bucket or distribution there belongs to whoever pays for it. Archives and publishers hold papers of all.
_RENTED: Final = (
    "cloudfront.net",
    "amazonaws.com",
    "storage.googleapis.com",
    "firebasestorage.googleapis.com",
    "blob.core.windows.net",
    "azureedge.net",
    "digitaloceanspaces.com",
    "r2.dev",
    "r2.cloudflarestorage.com",
    "backblazeb2.com",
    "wasabisys.com",
    "b-cdn.net",
    "netlify.app",
    "github.io",
)
_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*(?::\d{1,5})?", re.ASCII)


def parted(hosts: Sequence[Count], address: str) -> tuple[tuple[Count, ...], tuple[Count, ...]]:
    """Part the hosts into those that are likely the site's own, and others. Names that are no hosts are in neither."""
    named = [host for host in hosts if _HOST.fullmatch(host.name)]
    own = tuple(host for host in named if _is_own(host.name, address))
    return own, tuple(host for host in named if host not in own)


def _is_own(host: str, address: str) -> bool:
    name = host.partition(":")[0]
    return _is_within(name, address.removeprefix("www.")) or any(
        _is_within(name, rented) for rented in _RENTED
    )


def _is_within(name: str, domain: str) -> bool:
    return bool(domain) and (name == domain or name.endswith(f".{domain}"))
