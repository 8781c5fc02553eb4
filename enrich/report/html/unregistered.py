"""Identifiers on the pages that no agency knows: each once, with every place that has it."""

from __future__ import annotations

from dataclasses import dataclass

from enrich.model.outcome import Report
from enrich.report.sheet import place


@dataclass(frozen=True, slots=True)
class Unregistered:
    """An identifier as the pages spell it, why nobody knows it, and where it stands."""

    identifier: str
    detail: str
    places: tuple[str, ...]


def unregistered(report: Report) -> tuple[Unregistered, ...]:
    """Return them in order of first place; a citation in words has no identifier that could be wrong."""
    places: dict[str, list[str]] = {}
    detail: dict[str, str] = {}
    for page in report.pages:
        for cited in page.citations:
            if cited.status == "not_found" and not cited.in_words:
                detail.setdefault(cited.identifier, cited.detail)
                places.setdefault(cited.identifier, []).append(place(page.path, cited.line))
    return tuple(Unregistered(name, detail[name], tuple(found)) for name, found in places.items())
