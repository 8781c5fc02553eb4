"""The hosts that gave trouble: those that failed, were asked again, were slow, or refuse robots."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from enrich.model.outcome import HostTraffic, Report

# A host whose questions were held back for less, all together, slowed nobody down.
_SLOW_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Host:
    """A host, what was asked of it, and how many of its addresses it would not show to a robot."""

    name: str
    traffic: HostTraffic
    refused: int

    @property
    def is_trouble(self) -> bool:
        """Tell whether the host was slow, failed or refused anything."""
        traffic = self.traffic
        return bool(traffic.failed or traffic.retried or self.refused or traffic.waited_s >= _SLOW_S)


def hosts(report: Report) -> tuple[Host, ...]:
    """Return every host that was asked, those that gave most trouble first."""
    refusing = {link.url for page in report.pages for link in page.links if link.status == "blocked"}
    refused = Counter(_host(url) for url in refusing)
    refused.pop("", None)
    asked = dict(report.requests)
    every = [
        Host(name, asked.get(name, HostTraffic()), refused[name])
        for name in dict.fromkeys((*asked, *refused))
    ]
    return tuple(sorted(every, key=_rank))


def _rank(host: Host) -> tuple[float, ...]:
    traffic = host.traffic
    return -traffic.failed, -host.refused, -traffic.retried, -traffic.waited_s, -traffic.sent


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
