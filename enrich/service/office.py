"""What those who answer and those who run share: the configuration as it is now, the history, and who runs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from enrich.config import Config
from enrich.service import gate
from enrich.service.history import History
from enrich.service.metrics import Metrics
from enrich.service.readiness import Readiness
from enrich.service.runner import Runner
from enrich.service.timekeeper import Timekeeper
from enrich.service.views import Views


@dataclass(slots=True)
class Office:
    """The parts of one service. `config` alone changes, when it is read again."""

    config: Config
    history: History
    metrics: Metrics
    readiness: Readiness
    runner: Runner
    timekeeper: Timekeeper
    views: Views

    @property
    def is_open(self) -> bool:
        """Whether anything can be started or changed through HTTP."""
        return gate.is_open(self.config.service)


OFFICE: Final = web.AppKey("office", Office)
# How many seconds a request's body may take.
BODY_S: Final = web.AppKey("body_s", float)


def hosts(config: Config) -> frozenset[str]:
    """Return the hosts that the configuration names: the registries, and those of the site's own PDFs."""
    urls = (getattr(getattr(config, table.name), "url", "") for table in fields(config))
    named = (urlsplit(url).netloc for url in urls if isinstance(url, str))
    return frozenset(name.lower() for name in (*named, *config.pdf.hosts) if name)
