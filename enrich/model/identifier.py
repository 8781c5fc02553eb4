"""Identifiers of works: values that are equal when they mean the same work."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")


@dataclass(frozen=True, slots=True, order=True)
class Doi:
    """A DOI in its one comparable form: no resolver, no escapes, lower case (ISO 26324 compares ASCII case-insensitively).

    Made by `Doi.parse` only, so that two equal values always mean the same work.
    """

    value: str

    @classmethod
    def parse(cls, text: str) -> Doi | None:
        """Return the DOI that `text` stands for, or None where it holds none."""
        found = _DOI.search(text)
        return cls(found.group().rstrip(".,;:").lower()) if found else None

    def __str__(self) -> str:
        return self.value
