"""enrich: fills in the papers that a site's Markdown pages cite, and harms no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enrich.api import enrich_page, enrich_site, find_citations
    from enrich.errors import BusyError, ConfigError, EnrichError
    from enrich.model.outcome import CitationOutcome, PageOutcome, Report
    from enrich.model.page import Citation

__version__ = "0.1.0"
__all__ = [
    "BusyError",
    "Citation",
    "CitationOutcome",
    "ConfigError",
    "EnrichError",
    "PageOutcome",
    "Report",
    "enrich_page",
    "enrich_site",
    "find_citations",
]

_HOMES = {
    "enrich_page": "enrich.api",
    "enrich_site": "enrich.api",
    "find_citations": "enrich.api",
    "BusyError": "enrich.errors",
    "ConfigError": "enrich.errors",
    "EnrichError": "enrich.errors",
    "CitationOutcome": "enrich.model.outcome",
    "PageOutcome": "enrich.model.outcome",
    "Report": "enrich.model.outcome",
    "Citation": "enrich.model.page",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import what is asked for, and only then (PEP 562): most who import this package run the command line."""
        if name not in _HOMES:
            raise AttributeError(f"module 'enrich' has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)

    def __dir__() -> list[str]:
        return [*__all__, "__version__"]
