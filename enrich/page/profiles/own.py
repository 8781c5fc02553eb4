"""Profiles `flat` and `hugoblox`: the values of the page's own work, at top level.

HugoBlox's names stand in https://docs.hugoblox.com/reference/page-features/; it dates pages by `date`, which is the
page's, and has no place for what became of a paper.
"""

from __future__ import annotations

from typing import Final

from enrich.model.kind import kind
from enrich.page.profiles import saying
from enrich.page.profiles.saying import Table

FLAT: Final[Table] = {
    "doi": saying.doi,
    "journal": saying.container,
    "authors": saying.authors,
    "publication_date": saying.published,
}
HUGOBLOX: Final[Table] = {
    "doi": saying.doi,
    "authors": saying.authors,
    "publication": saying.container,
    "publication_short": saying.short_container,
    "publication_types": lambda work, _: [kind(work).csl],
    "hugoblox.ids.doi": saying.doi,
}
